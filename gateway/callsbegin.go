package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Switchboard sees to telephone calls. What is said in a call goes through the
// gateway as in web chat: the same turns, the same safety gate. All its fields
// are needed.
type Switchboard struct {
	Gateway    *Gateway
	Calls      Calls
	Recordings Recordings
}

// callSecret is what finds a call by the provider's id of it.
func callSecret(sid string) string { return "call " + sid }

// Begin begins a call from a number, empty when it is withheld, under the
// provider's id. Begun again it is the same call. The call is in the language of
// whoever alone holds the number: that is all that a number is good for.
func (s *Switchboard) Begin(ctx context.Context, sid, from string) (Call, error) {
	now := s.Gateway.Clock()
	c := Call{
		ID: VisitID(s.Gateway.NewID()), From: from, State: CallTalking, Language: templates.English,
		Began: now, Seen: now, Version: 1,
	}
	if from != "" {
		sender, err := s.Gateway.Store.Sender(ctx, Address{Channel: directory.SMS, Value: from})
		if err != nil {
			return Call{}, fmt.Errorf("beginning a call: %w", err)
		}
		if sender.Person.Language != "" {
			c.Language = sender.Person.Language
		}
	}
	err := s.Calls.BeginCall(ctx, c, callSecret(sid))
	if errors.Is(err, ErrDuplicate) {
		return s.Find(ctx, sid)
	}
	if err != nil {
		return Call{}, fmt.Errorf("beginning a call: %w", err)
	}
	return c, nil
}

// Find returns the call of a provider's id, also when it has ended, or
// ErrNotFound.
func (s *Switchboard) Find(ctx context.Context, sid string) (Call, error) {
	return s.Calls.CallBySecret(ctx, callSecret(sid))
}

// Address is where messages to the caller go.
func (c Call) Address() Address { return Address{Channel: directory.Voice, Value: string(c.ID)} }

// change changes a call as it is kept, afresh after each lost compare-and-set.
// A call that has ended, and one that change leaves as it was, stays so.
func (s *Switchboard) change(ctx context.Context, id VisitID, change func(*Call)) (Call, error) {
	var c Call
	err := tryAgain(func() error {
		var err error
		if c, err = s.Calls.Call(ctx, id); err != nil || c.State == CallEnded {
			return err
		}
		before := c
		change(&c)
		if c == before {
			return nil
		}
		err = s.Calls.KeepCall(ctx, c)
		c.Version++
		return err
	})
	if err != nil {
		return c, fmt.Errorf("call %s: %w", id, err)
	}
	return c, nil
}

// Speak has a call go on in a language.
func (s *Switchboard) Speak(ctx context.Context, id VisitID, language templates.Language) error {
	if _, err := s.change(ctx, id, func(c *Call) { c.Language = language }); err != nil {
		return err
	}
	return s.Calls.SpeakInCall(ctx, id, language)
}

// Claim keeps the reference that a caller keyed in. It says nothing of whether
// there is such a reference.
func (s *Switchboard) Claim(ctx context.Context, id VisitID, reference directory.CaseReference) error {
	_, err := s.change(ctx, id, func(c *Call) { c.Claimed = reference })
	return err
}

// withheld is the one caller that all withheld numbers are: who withholds their
// number does not get more tries by calling again.
const withheld = "withheld"

// Confirm takes the PIN that a caller keyed in after a reference. The right one
// makes the call that person's, Confirmed. ErrWrongSecret when there is no such
// reference as well as when it is not the person's PIN; ErrBlocked after too
// many of either from this call or number, which keeps out nobody who calls from
// elsewhere, and of which the person's team is told; ErrSessionsAway when nobody
// can tell how many there were.
func (s *Switchboard) Confirm(ctx context.Context, id VisitID, pin string) error {
	c, err := s.Calls.Call(ctx, id)
	if err != nil || c.Person != "" {
		return err
	}
	parties, err := s.Calls.PartiesOf(ctx, c.Claimed)
	if err != nil {
		return fmt.Errorf("confirming call %s: %w", id, err)
	}
	from := c.From
	if from == "" {
		from = withheld
	}
	senders := []string{"call " + string(id), "caller " + from}
	allowed, err := s.Gateway.Sessions.Try(ctx, Limit{Messages: SecretTries, Window: SecretWindow}, senders...)
	if err != nil {
		return fmt.Errorf("confirming call %s: %w", id, err)
	}
	party, err := s.whose(ctx, parties, pin)
	switch {
	case err != nil:
		return fmt.Errorf("confirming call %s: %w", id, err)
	case !allowed:
		return s.blocked(ctx, id, parties)
	case party.Person == "":
		return fmt.Errorf("confirming call %s: %w", id, ErrWrongSecret)
	}
	if err := s.Gateway.Sessions.Untry(ctx, senders...); err != nil {
		s.Gateway.Log.WarnContext(ctx, "a right secret counts as a try", "call", id, "error", err)
	}
	return s.identify(ctx, id, party)
}

// whose is the part of the one whose PIN it is; none when it is nobody's.
func (s *Switchboard) whose(ctx context.Context, parties []directory.Party, pin string) (directory.Party, error) {
	if len(parties) == 0 {
		return directory.Party{}, s.Gateway.noSecret(pin)
	}
	for _, p := range parties {
		if right, err := s.Gateway.isSecret(ctx, p.Person, pin); right || err != nil {
			return p, err
		}
	}
	return directory.Party{}, nil
}

// identify makes a call that of a person.
func (s *Switchboard) identify(ctx context.Context, id VisitID, party directory.Party) error {
	now := s.Gateway.Clock()
	if err := s.Calls.IdentifyCall(ctx, id, party.Person, now); err != nil {
		return err
	}
	_, err := s.change(ctx, id, func(c *Call) { c.Person, c.Case = party.Person, party.Case })
	return err
}

// blocked tells the team once of a call in which somebody tries references and
// PINs, and whose, but not from where.
func (s *Switchboard) blocked(ctx context.Context, id VisitID, parties []directory.Party) error {
	for _, p := range parties {
		err := s.Gateway.TakeWork(ctx, WorkItem{
			Kind: SecretWork, Key: callKey(SecretWork, id) + "/" + string(p.Person), Case: p.Case, Person: p.Person,
			Detail: "too many wrong PINs in a call",
		})
		if err != nil {
			return fmt.Errorf("telling the team of wrong secrets: %w", err)
		}
	}
	return fmt.Errorf("call %s: %w", id, ErrBlocked)
}

// Seen keeps a call going while its caller is there: they may wait for longer
// than somebody is thought to be away.
func (s *Switchboard) Seen(ctx context.Context, id VisitID) (Call, error) {
	now := s.Gateway.Clock()
	c, err := s.change(ctx, id, func(c *Call) {
		if now.Sub(c.Seen) >= seenInCall {
			c.Seen = now
		}
	})
	if err != nil {
		return c, err
	}
	return c, s.Gateway.Store.SeeVisit(ctx, id, now)
}

// seenInCall is how often it is written down that a caller is there.
const seenInCall = 10 * time.Second
