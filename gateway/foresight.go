package gateway

import (
	"context"
	"fmt"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Foresight is what would be sent, exactly, if something were sent now.
type Foresight struct {
	Channel  directory.Channel
	Language templates.Language
	Text     string
	Segments int
	Action   Action    // what the gate would answer
	At       time.Time // when it would leave; zero when it never would
	Reasons  []string
	Waits    bool // another conversation is open with the person, and comes first
}

// ForeseeStart tells what Start would send, with Start's errors. Nothing is kept.
func (g *Gateway) ForeseeStart(ctx context.Context, r StartRequest) (Foresight, error) {
	d, ok := g.library.named(r.Dialog)
	if !ok {
		return Foresight{}, ErrNoSuchDialog
	}
	t, party, address, err := g.toStart(ctx, d, r)
	if err != nil {
		return Foresight{}, err
	}
	after, err := t.afterOpen(ctx, Partner{Person: party.Person})
	if err != nil {
		return Foresight{}, err
	}
	if err := t.begin(ctx, d, party, address, given(r)); err != nil {
		return Foresight{}, badGiven(err)
	}
	f, err := t.foresee(ctx)
	f.Waits = after.After(t.now)
	return f, err
}

// ForeseeWriteTo tells what WriteTo would send, with its errors.
func (g *Gateway) ForeseeWriteTo(ctx context.Context, id ConversationID, by directory.StaffID, text string) (Foresight, error) {
	t, c, err := g.joined(ctx, id, by, WroteTo)
	if err != nil {
		return Foresight{}, err
	}
	m, err := t.fromStaff(c, text)
	if err == nil {
		err = t.discloses(ctx, c, text)
	}
	if err != nil {
		return Foresight{}, err
	}
	t.turn.Outgoing = []Message{m}
	return t.foresee(ctx)
}

// foresee puts the turn's first message through the gate.
func (t *taking) foresee(ctx context.Context) (Foresight, error) {
	if len(t.turn.Outgoing) == 0 {
		return Foresight{}, ErrNoWords
	}
	first := t.turn.Outgoing[:1]
	facts, err := t.g.Store.GateFacts(ctx, first, t.now)
	if err != nil {
		return Foresight{}, fmt.Errorf("asking what the gate must know: %w", err)
	}
	m, d := t.g.consider(first[0], facts[0], t.now)
	prepared := t.g.channels[m.To.Channel].Prepare(m.Text)
	f := Foresight{
		Channel: m.To.Channel, Language: m.Language, Text: prepared.Text, Segments: prepared.Segments,
		Action: d.Action, Reasons: d.Reasons,
	}
	switch d.Action {
	case Send:
		f.At = t.now
	case WaitUntil:
		f.At = d.Until
	}
	return f, nil
}
