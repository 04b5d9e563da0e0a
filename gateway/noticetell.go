package gateway

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/templates"
	"parley/templates/notices"
)

// NoticeRequest asks for one notice to one person, because of something that
// staff did or that a call came to.
type NoticeRequest struct {
	Notice   string // of the template
	Person   directory.PersonID
	Case     directory.CaseReference
	Occasion string       // what it is about: sent once for a person, notice and occasion
	Data     notices.Data // what it says, beside their name
	SendBy   time.Time    // zero: within a week
	By       string       // the caseworker; some notices only a person may send
}

// Why a notice cannot be asked for; also ErrNoSuchNotice.
var (
	ErrOnlyByPerson = errors.New("only a caseworker may send this notice")
	ErrBadData      = errors.New("the notice cannot be put into words")
)

// Notify has one notice sent, and reports whether it is new: one that was asked
// for before is not sent again. ErrNoSuchNotice, ErrOnlyByPerson, ErrBadData, or
// a *BadRecipient.
func (g *Gateway) Notify(ctx context.Context, r NoticeRequest) (bool, error) {
	template := g.notices[r.Notice]
	switch {
	case template == nil:
		return false, fmt.Errorf("sending %q: %w", r.Notice, ErrNoSuchNotice)
	case template.ByPerson && r.By == "":
		return false, fmt.Errorf("sending %q: %w", r.Notice, ErrOnlyByPerson)
	}
	c, person, err := g.recipientOf(ctx, r.Case, r.Person, template)
	if err != nil {
		return false, err
	}
	now := g.Clock()
	m := g.noticeTo(c, person, template, now)
	m.NotBefore, m.SendBy = now, r.SendBy
	if r.SendBy.IsZero() {
		m.SendBy = now.Add(sendWithin)
	}
	m.Notice.Occasion, m.Notice.By = r.Occasion, r.By
	m.Notice.Data["name"] = notices.Text(person.Name)
	maps.Copy(m.Notice.Data, r.Data)
	planned, err := g.plan(ctx, m)
	return planned > 0, err
}

// recipientOf is a parent on a case whom a notice may go to, or a *BadRecipient.
func (g *Gateway) recipientOf(ctx context.Context, of directory.CaseReference, id directory.PersonID, template *notices.Notice) (*directory.Case, *directory.Person, error) {
	c, err := g.Store.Case(ctx, of)
	if errors.Is(err, ErrNotFound) {
		return nil, nil, &BadRecipient{Words: "is on a case that is not known"}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("loading case %s: %w", of, err)
	}
	role := directory.Receiving
	if id == c.PayingParent.ID {
		role = directory.Paying
	}
	person := personOn(&c, id)
	switch {
	case id == "" || person.ID != id:
		return nil, nil, &BadRecipient{Words: "is not a parent on the case"}
	case template.For != "" && template.For != string(role):
		return nil, nil, &BadRecipient{Words: "is not the parent whom the notice is for"}
	}
	return &c, person, nil
}

// event is something that people are told of by the rules.
type event struct {
	schedule.Event
	old Address // that was the person's, and is told in place of those they have; zero: none
}

// tell plans what the rules have people told of events on a case, each once, and
// returns how many notices are new.
func (g *Gateway) tell(ctx context.Context, c *directory.Case, events ...event) (int, error) {
	var batch []Message
	for _, e := range events {
		batch = append(batch, g.told(c, e, g.Clock())...)
	}
	return g.plan(ctx, batch...)
}

// told are the notices of an event that can still be sent.
func (g *Gateway) told(c *directory.Case, e event, now time.Time) (batch []Message) {
	if g.Schedule == nil {
		return nil
	}
	occasions := g.Schedule.Told(c, e.Event, now)
	for i := range occasions {
		m := g.noticeOf(c, &occasions[i], now)
		if e.old.Value != "" {
			m.To, m.Notice.Old = e.old, true
		}
		batch = append(batch, m)
	}
	return batch
}

// plan puts notices into the outbox that can be put into words, and wakes the
// pump.
func (g *Gateway) plan(ctx context.Context, batch ...Message) (int, error) {
	if len(batch) == 0 {
		return 0, nil
	}
	for _, m := range batch {
		if _, err := g.notices[m.Notice.Name].Render(notices.Letter, templates.English, m.Notice.Data); err != nil {
			return 0, fmt.Errorf("%w: %w", ErrBadData, err)
		}
	}
	planned, err := g.Store.PlanNotices(ctx, batch)
	if err != nil {
		return 0, err
	}
	g.pump.stir(directory.Channels()...)
	return planned, nil
}
