package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/dialogs"
)

// queuedCheck is how often a queued conversation looks whether its turn has
// come, beside being woken when the one before it ends.
const queuedCheck = time.Hour

// Wake does what is due in a conversation: opens one that waits, nudges, or
// ends one that has been silent for too long. It returns when to wake next, or
// the zero time when the conversation has ended. Waking early, late or twice
// does nothing twice.
func (g *Gateway) Wake(ctx context.Context, id ConversationID) (time.Time, error) {
	var next time.Time
	err := tryAgain(func() error {
		var err error
		next, err = g.wakeOnce(ctx, id, Address{})
		return err
	})
	return next, err
}

// wakeOnce wakes a conversation for whoever is at an address now, or, without
// one, because it is time.
func (g *Gateway) wakeOnce(ctx context.Context, id ConversationID, at Address) (time.Time, error) {
	c, err := g.Store.Conversation(ctx, id)
	if errors.Is(err, ErrNotFound) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("waking conversation %s: %w", id, err)
	}
	if c.Phase == Ended {
		return time.Time{}, nil
	}
	t := g.newTurn(g.Clock())
	if at.Value != "" {
		c.Address, c.LastSaid = at, t.now
	}
	if t.person = c.Person; t.person != "" {
		if t.sender.Person, _, err = g.Store.Person(ctx, c.Person); err != nil {
			return time.Time{}, fmt.Errorf("loading person: %w", err)
		}
	}
	over, err := t.elsewhere(ctx, &c)
	switch {
	case err != nil:
		return time.Time{}, err
	case over && c.Person == "", t.surveyedElsewhere(c, c.Address):
		return time.Time{}, t.left(ctx, c)
	case c.Phase == Waiting:
		return t.unqueue(ctx, c, over)
	case c.Person == "":
		return t.awayAfter(), nil
	case c.Keeper != "":
		return t.now.Add(queuedCheck), nil
	default:
		return t.overdue(ctx, c, over)
	}
}

// unqueue opens a waiting conversation when it may open: one of the person's
// own asking at once while they are there, any other in our hours.
func (t *taking) unqueue(ctx context.Context, c Conversation, moved bool) (time.Time, error) {
	t.theirs = c.own() && !moved && t.now.Sub(c.LastSaid) <= liveReply
	from, err := t.afterOpen(ctx, c.Partner())
	if err == nil && !t.theirs && !from.After(t.now) {
		from, err = t.opportune(ctx, c.Case)
	}
	if err != nil || from.After(t.now) {
		return from, err
	}
	d, err := t.g.library.version(ctx, t.g.Store, c.Version)
	if err != nil && !errors.Is(err, errUnloadable) {
		return time.Time{}, err
	}
	in := dialogs.Input{Event: dialogs.Begin}
	switch {
	case c.Turn > 0:
		in.Event = dialogs.Resume
	case c.ByUs:
		in.Facts.Given, c.State = dialogs.ParseGiven(c.State), nil
	default:
		var waited bool
		in.Text, waited = strings.CutPrefix(string(c.State), waitsBehind)
		c.State = nil
		t.reading = t.g.Understanding.Read(in.Text)
		t.hear()
		if waited && d != nil {
			in.Facts.Matter = t.g.matter(d, d.Spoken(t.own()))
		}
	}
	c.Phase, c.LastSaid, c.Nudges = Open, t.now, 0
	if err := t.advance(ctx, c, in); err != nil {
		return time.Time{}, err
	}
	if err := t.commit(ctx); err != nil {
		return time.Time{}, err
	}
	switch {
	case d == nil, t.turn.Conversation.Phase == Ended:
		return time.Time{}, nil
	case c.Person == "":
		return t.awayAfter(), nil
	default:
		return t.now.Add(firstWake(d)), nil
	}
}

// overdue nudges or ends an open conversation, when it is time. Whoever has left
// web chat is not asked elsewhere what was asked there, but told that it waits.
func (t *taking) overdue(ctx context.Context, c Conversation, left bool) (time.Time, error) {
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
		return t.beforeEnd(ctx, d, c, due)
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
		if err := t.waiting(ctx, d, *after, left); err != nil {
			return time.Time{}, err
		}
	}
	if err := t.commit(ctx); err != nil {
		return time.Time{}, err
	}
	if after.Phase == Ended {
		return time.Time{}, nil
	}
	return t.beforeEnd(ctx, d, *after, dueNext(d, *after))
}

// dueNext is when the next nudge, or the end, of an open conversation is due.
func dueNext(d *dialogs.Dialog, c Conversation) time.Time {
	if c.Nudges < len(d.Nudges) && d.Nudges[c.Nudges] < d.Expire.After {
		return c.LastSaid.Add(d.Nudges[c.Nudges])
	}
	return c.LastSaid.Add(d.Expire.After)
}
