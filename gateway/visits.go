package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// Over reports whether a visit has ended, or its visitor has been away for too
// long. There is nobody in a visit that is not there.
func (v *Visit) Over(now time.Time) bool {
	return v == nil || !v.Ended.IsZero() || now.Sub(v.Seen) > VisitIdle
}

// shows reports whether a visit shows also what is kept from bystanders: its
// visitor has shown that they are the one whom it is for.
func (v *Visit) shows() bool { return v != nil && v.Level >= directory.Confirmed }

// OpenVisit begins a visit of somebody whom nobody knows, which the secret
// opens from then on.
func (g *Gateway) OpenVisit(ctx context.Context, secret string, language templates.Language) (Visit, error) {
	now := g.Clock()
	return g.Store.BeginVisit(ctx, Visit{ID: VisitID(g.NewID()), Language: language, Began: now, Seen: now}, secret, "")
}

// FollowLink begins a visit of the person to whose address a one-time link was
// sent, or returns ErrLinkUsed.
func (g *Gateway) FollowLink(ctx context.Context, link, secret string) (Visit, error) {
	if link == "" {
		return Visit{}, ErrLinkUsed
	}
	now := g.Clock()
	return g.Store.BeginVisit(ctx, Visit{ID: VisitID(g.NewID()), Level: directory.Known, Began: now, Seen: now}, secret, link)
}

// Visit returns the visit that a secret opens, or ErrNoVisit. It ends one whose
// visitor has been away for too long.
func (g *Gateway) Visit(ctx context.Context, secret string) (Visit, error) {
	v, err := g.Store.Visit(ctx, secret)
	if err == nil && v.Over(g.Clock()) {
		err = errors.Join(g.Leave(ctx, v.ID), ErrNoVisit)
	}
	if err != nil {
		return Visit{}, fmt.Errorf("opening a visit: %w", err)
	}
	return v, nil
}

// Shown returns what a visit may show after a sequence, in order. What is for
// somebody confirmed is left out before they are.
func (g *Gateway) Shown(ctx context.Context, id VisitID, after int64) ([]Entry, error) {
	v, err := g.going(ctx, id)
	if err != nil {
		return nil, err
	}
	entries, err := g.Store.Shown(ctx, id, after)
	if err != nil {
		return nil, err
	}
	var shown []Entry
	for _, e := range entries {
		if !e.Private || v.shows() {
			shown = append(shown, e)
		}
	}
	return shown, nil
}

// going returns a visit that goes on, or ErrNoVisit.
func (g *Gateway) going(ctx context.Context, id VisitID) (Visit, error) {
	v, err := g.Store.VisitByID(ctx, id)
	if err == nil && v.Over(g.Clock()) {
		err = ErrNoVisit
	}
	if err != nil {
		return Visit{}, fmt.Errorf("visit %s: %w", id, err)
	}
	return v, nil
}

// Greet says the first words in a visit that shows nothing yet: the question of
// the conversation that is open, else the welcome. ErrNoVisit when it is over.
func (g *Gateway) Greet(ctx context.Context, id VisitID) error {
	return tryAgain(func() error {
		t, err := g.newVisiting(ctx, id)
		if err != nil {
			return err
		}
		return t.greet(ctx)
	})
}

// newVisiting makes a turn of something that a visitor does, other than write.
func (g *Gateway) newVisiting(ctx context.Context, id VisitID) (*taking, error) {
	t := g.newTurn(g.Clock())
	t.theirs, t.in.From = true, Visit{ID: id}.Address()
	var err error
	if t.sender, err = g.Store.Sender(ctx, t.in.From); err != nil {
		return nil, fmt.Errorf("looking up the visitor: %w", err)
	}
	if t.sender.Visit.Over(t.now) {
		return nil, ErrNoVisit
	}
	t.in.From = t.sender.Visit.Address() // which may be a call
	t.person, _ = t.sender.Standing.Identify(t.now)
	return t, nil
}

func (t *taking) greet(ctx context.Context) error {
	if t.person == "" && !t.visitor() || t.sender.Held != "" {
		return nil // what they write is answered as of anybody else there
	}
	if open := t.open(); open != nil {
		if open.Address == t.in.From {
			return nil
		}
		if err := t.loadRow(ctx); err != nil {
			return err
		}
		if t.surveyedElsewhere(*t.open(), t.in.From) {
			return t.surveyMakesWay(ctx)
		}
		return t.advanceAndCommit(ctx, *t.open(), dialogs.Came)
	}
	shown, err := t.g.Store.Shown(ctx, t.sender.Visit.ID, 0)
	if err != nil || len(shown) > 0 {
		return err
	}
	if back, err := t.comeBack(ctx); back || err != nil {
		return err
	}
	if begun, err := t.welcome(ctx); !begun || err != nil {
		return err
	}
	return t.commit(ctx)
}

func (t *taking) advanceAndCommit(ctx context.Context, c Conversation, event dialogs.Event) error {
	if err := t.advance(ctx, c, dialogs.Input{Event: event}); err != nil {
		return err
	}
	return t.commit(ctx)
}

// What a sender may try: secrets, right ones not counted.
const (
	SecretTries  = 3
	SecretWindow = time.Hour
)

// Confirm takes the PIN or passphrase of a visit's person, from a client whose
// name is for limits, and goes on where a dialog waits for it. ErrWrongSecret;
// ErrBlocked after too many of them from this visit or client, which never
// keeps out the person elsewhere; ErrSessionsAway when nobody can tell how many
// there were: try again later.
func (g *Gateway) Confirm(ctx context.Context, id VisitID, secret, client string) error {
	v, err := g.going(ctx, id)
	if err != nil {
		return err
	}
	if v.Person == "" {
		return fmt.Errorf("confirming visit %s: %w", id, ErrNoVisit)
	}
	senders := []string{"visit " + string(id), "client " + client}
	allowed, err := g.Sessions.Try(ctx, Limit{Messages: SecretTries, Window: SecretWindow}, senders...)
	if err != nil {
		return fmt.Errorf("confirming visit %s: %w", id, err)
	}
	if !allowed {
		return g.blocked(ctx, v)
	}
	right, err := g.isSecret(ctx, v.Person, secret)
	if err == nil && !right {
		err = ErrWrongSecret
	}
	if err != nil {
		return fmt.Errorf("confirming visit %s: %w", id, err)
	}
	if err := g.Sessions.Untry(ctx, senders...); err != nil {
		g.Log.WarnContext(ctx, "a right secret counts as a try", "visit", id, "error", err)
	}
	if err := g.Store.ConfirmVisit(ctx, id, g.Clock()); err != nil {
		return err
	}
	return g.identified(ctx, id)
}

// isSecret reports whether a secret is the person's. It takes the same time
// when they have none.
func (g *Gateway) isSecret(ctx context.Context, person directory.PersonID, secret string) (bool, error) {
	p, _, err := g.Store.Person(ctx, person)
	if err != nil {
		return false, fmt.Errorf("loading person %s: %w", person, err)
	}
	if p.PINHash == "" {
		return false, g.noSecret(secret)
	}
	return directory.VerifyPIN(secret, p.PINHash, g.PINKey)
}

// noSecret takes as long as to look whether a secret is somebody's.
func (g *Gateway) noSecret(secret string) error {
	_, err := directory.HashPIN(secret, g.PINKey, strings.NewReader("sixteen bytes of no hash"))
	return err
}

// blocked tells the team once a visit that somebody tries secrets there, and
// whose, but not from where.
func (g *Gateway) blocked(ctx context.Context, v Visit) error {
	t := g.newTurn(g.Clock())
	t.person = v.Person
	t.work(WorkItem{Kind: SecretWork, Key: string(SecretWork) + "/" + string(v.ID), Detail: "too many wrong PINs or passphrases"})
	if err := t.commit(ctx); err != nil {
		return fmt.Errorf("telling the team of wrong secrets: %w", err)
	}
	return fmt.Errorf("visit %s: %w", v.ID, ErrBlocked)
}

// identified goes on with the conversation that is open with whoever has just
// shown who they are, in their visit.
func (g *Gateway) identified(ctx context.Context, id VisitID) error {
	return tryAgain(func() error {
		t, err := g.newVisiting(ctx, id)
		if err != nil || t.open() == nil || t.sender.Held != "" {
			return err
		}
		if err := t.loadRow(ctx); err != nil {
			return err
		}
		return t.advanceAndCommit(ctx, *t.open(), dialogs.Identified)
	})
}

// Leave ends a visit, for good. The conversation of somebody known goes on,
// elsewhere; that of a visitor whom nobody knows ends with it. To leave again
// is no error.
func (g *Gateway) Leave(ctx context.Context, id VisitID) error {
	return tryAgain(func() error {
		open, err := g.Store.OpenConversation(ctx, Partner{Visit: id})
		if errors.Is(err, ErrNotFound) {
			return g.Store.EndVisit(ctx, id, g.Clock())
		}
		if err != nil {
			return fmt.Errorf("looking for what a visitor leaves: %w", err)
		}
		t := g.newTurn(g.Clock())
		t.turn.Ends = id
		return t.left(ctx, open)
	})
}

// left ends a conversation whose visitor has gone. A person sees to what they
// had asked for, or answered.
func (t *taking) left(ctx context.Context, c Conversation) error {
	var state dialogs.State
	asked := c.Turn == 0 && len(c.State) > 0
	if c.Turn > 0 && state.UnmarshalBinary(c.State) == nil {
		asked = len(state.Answers) > 0
	}
	if asked && c.Dialog != t.g.Survey {
		t.work(WorkItem{Kind: HandoffWork, Key: string(c.ID) + "/left", Conversation: c.ID, Detail: c.Dialog + ": left"})
	}
	if err := t.finish(ctx, c, &dialogs.End{Outcome: "left"}); err != nil {
		return err
	}
	return t.commit(ctx)
}
