package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/templates"
)

// Heard is what a caller said or keyed in answer to what they were told.
type Heard struct {
	After      int64 // the sequence of the last entry that they were told
	Text       string
	Spoken     bool
	Confidence float64 // of what was spoken, 0 to 1; 0 when the recogniser does not tell
}

// leastConfidence is how well something must be heard to be taken for an answer.
// What is heard less well is asked for again; words of danger are heeded however
// they were heard.
const leastConfidence = 0.4

// Hear takes what a caller said: one turn, as of any message. The same answer
// to the same words again changes nothing. ErrUnclear when it was not heard well
// enough; ErrNoVisit when the call is over.
func (s *Switchboard) Hear(ctx context.Context, id VisitID, h Heard) error {
	c, err := s.Seen(ctx, id)
	if err != nil {
		return err
	}
	danger := s.Gateway.Understanding.Read(clean(h.Text)).Danger != NoDanger
	if h.Spoken && !danger && h.Confidence > 0 && h.Confidence < leastConfidence {
		return fmt.Errorf("call %s: %w", id, ErrUnclear)
	}
	if danger {
		if c, err = s.change(ctx, id, func(c *Call) { c.Danger = true }); err != nil {
			return err
		}
	}
	in := Inbound{ProviderID: string(id) + "/" + strconv.FormatInt(h.After, 10), From: c.Address(), Text: h.Text}
	if err := s.Gateway.Receive(ctx, in); err != nil {
		return fmt.Errorf("call %s: %w", id, err)
	}
	return nil
}

// Greet begins to talk with a caller: of what is open with them, or the welcome.
// After something has come to its end it welcomes them again.
func (s *Switchboard) Greet(ctx context.Context, id VisitID) error {
	return tryAgain(func() error {
		t, err := s.Gateway.newVisiting(ctx, id)
		if err != nil || t.sender.Held != "" {
			return err
		}
		if open := t.open(); open != nil {
			if open.Address == t.in.From {
				return nil
			}
			return t.greet(ctx)
		}
		if back, err := t.comeBack(ctx); back || err != nil {
			return err
		}
		if begun, err := t.welcome(ctx); !begun || err != nil {
			return err
		}
		return t.commit(ctx)
	})
}

// Said is what is said to a caller, and what comes after it.
type Said struct {
	Entries  []Entry // ours, in order
	Then     CallThen
	Language templates.Language
}

// CallThen is what comes after what was said.
type CallThen int

// After what is said comes the caller's answer; or a person, whom they asked for
// or must have; or nothing: what they called about has come to its end. Or it is
// not all there yet.
const (
	ThenListen CallThen = iota
	ThenPerson
	ThenDone
	ThenMore
)

// It is looked soon whether all that is to be said is there, and then less and
// less often: callers who wait for a slow database must not make it slower.
const (
	lookSoon   = 20 * time.Millisecond
	lookSeldom = 640 * time.Millisecond
)

// Say returns what is to be said in a call after an entry, once all of it is
// there: it has passed the safety gate and come by the outbox, as every message
// does. After the patience given it returns what there is, and ThenMore.
// ErrNoVisit when the call is over.
func (s *Switchboard) Say(ctx context.Context, id VisitID, after int64, patience time.Duration) (Said, error) {
	enough := time.NewTimer(patience)
	defer enough.Stop()
	for again := lookSoon; ; again = min(2*again, lookSeldom) {
		var said Said
		settled, err := s.settled(ctx, id, after, &said)
		if settled || err != nil {
			return said, err
		}
		select {
		case <-time.After(again):
		case <-enough.C:
			said.Then = ThenMore
			said.Entries, err = s.ours(ctx, id, after)
			return said, err
		case <-ctx.Done():
			return said, ctx.Err()
		}
	}
}

// ours are the entries of ours after another.
func (s *Switchboard) ours(ctx context.Context, id VisitID, after int64) ([]Entry, error) {
	shown, err := s.Gateway.Shown(ctx, id, after)
	return slices.DeleteFunc(shown, func(e Entry) bool { return !e.ByUs }), err
}

// settled reports whether nothing more is to be said before the caller does
// something, and then what is, and what comes next. An open question after which
// nothing is said has had its answer, whose turn is still to be made.
func (s *Switchboard) settled(ctx context.Context, id VisitID, after int64, said *Said) (bool, error) {
	c, err := s.Calls.Call(ctx, id)
	if err != nil {
		return false, fmt.Errorf("call %s: %w", id, err)
	}
	if unsaid, err := s.Calls.Unsaid(ctx, c.Address(), c.Person); unsaid || err != nil {
		return false, err
	}
	t, err := s.Gateway.newVisiting(ctx, id)
	if err != nil {
		return false, err
	}
	said.Language = t.language()
	open := t.open()
	switch {
	case c.Danger, t.sender.Held != "":
		said.Then = ThenPerson
	case open == nil:
		if back, err := t.comeBack(ctx); back || err != nil { // what they asked for before comes next
			return false, ignoreConflict(err)
		}
		said.Then, err = s.after(ctx, c)
	case open.Address != t.in.From: // a caseworker, perhaps, has just begun it elsewhere
		return false, ignoreConflict(t.greet(ctx))
	default:
		said.Then = ThenListen
		_, err = s.talkOf(ctx, c)
	}
	if err != nil {
		return false, err
	}
	said.Entries, err = s.ours(ctx, id, after)
	answered := said.Then == ThenListen && len(said.Entries) == 0 && open.Keeper == ""
	return err == nil && !answered, err
}

func ignoreConflict(err error) error {
	if errors.Is(err, ErrConflict) {
		return nil
	}
	return err
}

// talkOf is the conversation in which something was last said in a call, which
// is kept with the call for whoever answers it; zero when that was outside any.
func (s *Switchboard) talkOf(ctx context.Context, c Call) (Conversation, error) {
	id, err := s.Calls.LastTalk(ctx, c.ID)
	if id == "" || err != nil {
		return Conversation{}, err
	}
	talk, err := s.Gateway.Store.Conversation(ctx, id)
	if err != nil || id == c.Talk {
		return talk, err
	}
	_, err = s.change(ctx, c.ID, func(c *Call) {
		c.Talk = id
		if talk.Dialog != s.Gateway.Welcome {
			c.Topic = talk.Dialog
		}
	})
	return talk, err
}

// after is what comes after a conversation has ended: nothing, where the caller
// has got what they came for, and else a person.
func (s *Switchboard) after(ctx context.Context, c Call) (CallThen, error) {
	talk, err := s.talkOf(ctx, c)
	if err == nil && talk.Phase == Ended && served(talk.Outcome) {
		return ThenDone, nil
	}
	return ThenPerson, err
}

// Silent reports whether nothing automatic is to be said to a caller any more: a
// hold lies on them, or there is danger.
func (s *Switchboard) Silent(ctx context.Context, id VisitID) (bool, error) {
	c, err := s.Calls.Call(ctx, id)
	if err != nil || c.Danger {
		return true, err
	}
	t, err := s.Gateway.newVisiting(ctx, id)
	return err != nil || t.sender.Held != "", err
}

// Entry returns one entry of what was said in a call, or ErrNoVisit when the call
// is over or there is none.
func (s *Switchboard) Entry(ctx context.Context, id VisitID, sequence int64) (Entry, error) {
	entries, err := s.Gateway.Shown(ctx, id, sequence-1)
	if err == nil && (len(entries) == 0 || entries[0].Sequence != sequence) {
		err = fmt.Errorf("call %s: %w", id, ErrNoVisit)
	}
	if err != nil {
		return Entry{}, err
	}
	return entries[0], nil
}
