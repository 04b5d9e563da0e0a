package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// Act is what a member of staff did in a turn of a conversation.
type Act string

// The acts. Each is a turn of its own, so that what the person, the dialog and
// several members of staff do has one order.
const (
	TookOver   Act = "took over"
	WroteTo    Act = "wrote"
	HandedBack Act = "handed back"
	ClosedIt   Act = "closed"
)

// Why somebody cannot act in a conversation, beside ErrTaken and ErrNotYours.
var (
	ErrNotOpen   = errors.New("the conversation is not open")
	ErrNoWords   = errors.New("there is nothing to send")
	ErrTooLong   = errors.New("it is longer than the channel carries")
	ErrDiscloses = errors.New("it holds something of somebody else on the case")
)

// TakeOver has a member of staff talk to the person of an open conversation
// instead of its dialog, which waits. From is who keeps it now, as they believe;
// ErrTaken when it is somebody else.
func (g *Gateway) TakeOver(ctx context.Context, id ConversationID, by, from directory.StaffID) error {
	return g.acting(ctx, id, by, TookOver, func(t *taking, c Conversation) error {
		if c.Keeper != from {
			return ErrTaken
		}
		c.Keeper = by
		return t.besideDialog(c)
	})
}

// Typing lets watchers know that somebody of ours is writing in a conversation.
func (g *Gateway) Typing(ctx context.Context, id ConversationID, by directory.StaffID) {
	g.Tell(ctx, Change{Conversation: id, Typing: by})
}

// HandBack gives a conversation back to its dialog. What was agreed are answers
// by question, as a person would write them; again is a question to be asked
// again, if any. ErrBadGiven names the question whose answer cannot be read.
func (g *Gateway) HandBack(ctx context.Context, id ConversationID, by directory.StaffID, again string, agreed map[string]string) error {
	return g.acting(ctx, id, by, HandedBack, func(t *taking, c Conversation) error {
		if c.Keeper != by {
			return ErrNotYours
		}
		c.Keeper = ""
		err := t.advance(ctx, c, dialogs.Input{Event: dialogs.Handed, Again: again, Facts: dialogs.Facts{Given: agreed}})
		return badGiven(err)
	})
}

// CloseConversation ends a conversation that a member of staff keeps. The
// outcome is a word for the record, like "resolved".
func (g *Gateway) CloseConversation(ctx context.Context, id ConversationID, by directory.StaffID, outcome string) error {
	return g.acting(ctx, id, by, ClosedIt, func(t *taking, c Conversation) error {
		if c.Keeper != by {
			return ErrNotYours
		}
		if err := t.recordBeside(); err != nil {
			return err
		}
		return t.finish(ctx, c, &dialogs.End{Outcome: outcome})
	})
}

// WriteTo sends what its keeper writes to the person of a conversation. It
// passes the same gate as everything else, but for a danger hold. ErrDiscloses,
// as a *DisclosureError, when it holds what only others on the case should know.
// After is the last turn that the keeper saw: the same words again, written
// since then, are the same message.
func (g *Gateway) WriteTo(ctx context.Context, id ConversationID, by directory.StaffID, text string, after int) error {
	text = strings.TrimSpace(clean(text))
	if text == "" {
		return ErrNoWords
	}
	return g.acting(ctx, id, by, WroteTo, func(t *taking, c Conversation) error {
		if c.Keeper != by {
			return ErrNotYours
		}
		m, err := t.fromStaff(c, text)
		if err != nil {
			return err
		}
		if err := t.discloses(ctx, c, text); err != nil {
			return err
		}
		if said, err := t.saidSince(ctx, c, m, after); said || err != nil {
			return errors.Join(err, errSaid)
		}
		t.turn.Outgoing = append(t.turn.Outgoing, m)
		return t.besideDialog(c)
	})
}

// fromStaff is what somebody of ours writes, as the channel carries it. A
// person who has not written for a while is approached.
func (t *taking) fromStaff(c Conversation, text string) (Message, error) {
	prepared := t.g.channels[c.Address.Channel].Prepare(text)
	if c.Address.Channel == directory.SMS && prepared.Segments > templates.MaxSegments {
		return Message{}, ErrTooLong
	}
	m := Message{
		ID: MessageID(t.g.NewID()), Conversation: c.ID, Person: c.Person, Case: c.Case, To: c.Address, Language: t.spoken(c),
		Text: prepared.Text, Subject: Reply, Staff: t.staff, Priority: Urgent, NotBefore: t.now, Created: t.now,
	}
	if !t.theirs {
		m.Subject = Approach
	}
	return m, nil
}

// spoken is the language of a conversation.
func (t *taking) spoken(c Conversation) (language templates.Language) {
	var state dialogs.State
	if state.UnmarshalBinary(c.State) == nil && state.Language != "" {
		return state.Language
	}
	return t.own()
}

// errSaid says that a message is in the conversation already.
var errSaid = errors.New("it was said before")

// saidSince reports whether a keeper's words were sent after a turn.
func (t *taking) saidSince(ctx context.Context, c Conversation, m Message, after int) (bool, error) {
	if c.Turn <= after {
		return false, nil
	}
	view, err := t.g.Store.ConversationView(ctx, c.ID)
	if err != nil {
		return false, fmt.Errorf("reading conversation %s: %w", c.ID, err)
	}
	return slices.ContainsFunc(view.Messages, func(said MessageView) bool {
		return said.Turn > after && said.Staff == m.Staff && said.Text == m.Text
	}), nil
}

// acting makes a turn of what a member of staff does in an open conversation.
func (g *Gateway) acting(ctx context.Context, id ConversationID, by directory.StaffID, act Act, do func(*taking, Conversation) error) error {
	return tryAgain(func() error {
		t, c, err := g.joined(ctx, id, by, act)
		if err != nil {
			return err
		}
		switch err := do(t, c); {
		case errors.Is(err, errSaid):
			return nil
		case err != nil:
			return err
		}
		return t.commit(ctx)
	})
}

// joined begins a turn of a member of staff in an open conversation.
func (g *Gateway) joined(ctx context.Context, id ConversationID, by directory.StaffID, act Act) (*taking, Conversation, error) {
	c, err := g.Store.Conversation(ctx, id)
	if err != nil {
		return nil, c, fmt.Errorf("conversation %s: %w", id, err)
	}
	if c.Phase != Open || by == "" {
		return nil, c, ErrNotOpen
	}
	t := g.newTurn(g.Clock())
	t.staff, t.act, t.theirs = by, act, t.now.Sub(c.LastSaid) <= liveReply
	if t.person = c.Person; t.person != "" {
		if t.sender.Person, _, err = g.Store.Person(ctx, c.Person); err != nil {
			return nil, c, fmt.Errorf("loading person: %w", err)
		}
	}
	_, err = t.elsewhere(ctx, &c)
	return t, c, err
}

// besideDialog makes a turn in which the dialog has no part: what is said goes
// to whoever keeps the conversation, or comes from them.
func (t *taking) besideDialog(c Conversation) error {
	if err := t.recordBeside(); err != nil {
		return err
	}
	t.settle(c, nil)
	return nil
}

func (t *taking) recordBeside() error {
	facts := dialogs.Facts{Today: t.g.calendar.day(t.now), HandoffBy: t.g.calendar.day(t.g.calendar.promised(t.now).handoff)}
	record, err := json.Marshal(Record{
		Text: t.in.Text, Files: fileNames(t.in.Files), Lost: t.in.Media, Reading: t.reading, Now: t.now, Facts: facts, Staff: t.staff, Act: t.act, Beside: true,
	})
	if err != nil {
		return fmt.Errorf("recording the turn: %w", err)
	}
	t.turn.Record = record
	return nil
}
