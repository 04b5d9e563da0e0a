package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
)

// queuedCheck is how often a queued conversation looks whether its turn has
// come, beside being woken when the one before it ends.
const queuedCheck = time.Hour

// Wake does what is due in a conversation: opens one that was queued, nudges,
// or ends one that has been silent for too long. It returns when to wake next,
// or the zero time when the conversation has ended. Waking early, late or
// twice does nothing twice.
func (g *Gateway) Wake(ctx context.Context, id ConversationID) (time.Time, error) {
	var next time.Time
	err := tryAgain(func() error {
		var err error
		next, err = g.wakeOnce(ctx, id)
		return err
	})
	return next, err
}

func (g *Gateway) wakeOnce(ctx context.Context, id ConversationID) (time.Time, error) {
	c, err := g.Store.Conversation(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("waking conversation %s: %w", id, err)
	}
	t := g.newTurn(g.Clock())
	t.person = c.Person
	if t.sender.Person, _, err = g.Store.Person(ctx, c.Person); err != nil {
		return time.Time{}, fmt.Errorf("loading person: %w", err)
	}
	switch c.Phase {
	case Waiting:
		return t.unqueue(ctx, c)
	case Open:
		return t.overdue(ctx, c)
	default:
		return time.Time{}, nil
	}
}

// unqueue opens a queued conversation when it may open.
func (t *taking) unqueue(ctx context.Context, c Conversation) (time.Time, error) {
	from, err := t.opening(ctx, c.Person, c.Case)
	if err != nil || from.After(t.now) {
		return from, err
	}
	d, err := t.g.library.version(ctx, t.g.Store, c.Version)
	if err != nil && !errors.Is(err, errUnloadable) {
		return time.Time{}, err
	}
	given := dialogs.ParseGiven(c.State)
	c.Phase, c.LastSaid, c.State = Open, t.now, nil
	if err := t.advance(ctx, c, dialogs.Input{Event: dialogs.Begin, Facts: dialogs.Facts{Given: given}}); err != nil {
		return time.Time{}, err
	}
	if err := t.commit(ctx); err != nil {
		return time.Time{}, err
	}
	if d == nil {
		return time.Time{}, nil
	}
	return t.now.Add(firstWake(d)), nil
}

// overdue nudges or ends an open conversation, when it is time.
func (t *taking) overdue(ctx context.Context, c Conversation) (time.Time, error) {
	d, err := t.g.library.version(ctx, t.g.Store, c.Version)
	if errors.Is(err, errUnloadable) {
		if err := t.unloadable(ctx, c); err != nil {
			return time.Time{}, err
		}
		return time.Time{}, t.commit(ctx)
	}
	if err != nil {
		return time.Time{}, err
	}
	event := dialogs.Nudge
	switch due := dueNext(d, c); {
	case t.now.Before(due):
		return due, nil
	case !t.now.Before(c.LastSaid.Add(d.Expire.After)):
		event = dialogs.Lapse
	}
	if event == dialogs.Nudge { // made now, it could be overtaken by the answer while it waits
		if from, err := t.opportune(ctx, c.Case); err != nil || from.After(t.now) {
			return from, err
		}
	}
	if err := t.advance(ctx, c, dialogs.Input{Event: event}); err != nil {
		return time.Time{}, err
	}
	after := t.turn.Conversation
	if event == dialogs.Nudge {
		after.Nudges++
	}
	if err := t.commit(ctx); err != nil {
		return time.Time{}, err
	}
	if after.Phase == Ended {
		return time.Time{}, nil
	}
	return dueNext(d, *after), nil
}

// dueNext is when the next nudge, or the end, of an open conversation is due.
func dueNext(d *dialogs.Dialog, c Conversation) time.Time {
	if c.Nudges < len(d.Nudges) && d.Nudges[c.Nudges] < d.Expire.After {
		return c.LastSaid.Add(d.Nudges[c.Nudges])
	}
	return c.LastSaid.Add(d.Expire.After)
}
