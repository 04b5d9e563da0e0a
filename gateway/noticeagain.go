package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// againSuffix ends the occasion of a notice that goes once more.
const againSuffix = " again"

// instead is a notice that was passed on and not delivered, as it goes once more
// by the next channel that is safe. Nil when it goes no more, or is no notice.
func (g *Gateway) instead(ctx context.Context, u StatusUpdate, now time.Time) (*Message, error) {
	m, err := g.Store.SentNotice(ctx, u.Message, u.Channel, u.ProviderID)
	switch {
	case errors.Is(err, ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("looking for a notice that was not delivered: %w", err)
	}
	return g.elsewhere(m, now), nil
}

// elsewhere is a message that did not come, as it goes once more by the next channel
// that is safe. Nil when it goes no more: it did already, it is too late, it is
// no notice, or only to its old address.
func (g *Gateway) elsewhere(m Message, now time.Time) *Message {
	switch {
	case m.Notice == nil || m.Notice.Failed != "" || m.Notice.Old || g.notices[m.Notice.Name] == nil:
		return nil
	case !m.statutory() && !m.SendBy.IsZero() && now.After(m.SendBy):
		return nil
	}
	notice := *m.Notice
	notice.Occasion, notice.Failed = notice.Occasion+againSuffix, m.To.Channel
	m.Notice, m.ID, m.NotBefore, m.Created = &notice, MessageID(g.NewID()), now, now
	m.Text, m.Title, m.Document = "", "", nil
	return &m
}

// without are the ways but one.
func without(ways []Address, channel directory.Channel) (left []Address) {
	for _, to := range ways {
		if to.Channel != channel {
			left = append(left, to)
		}
	}
	return left
}
