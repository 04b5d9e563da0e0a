package gateway

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
)

// Recordings keeps voicemails, as evidence is kept. internal/evidence is the one
// implementation.
type Recordings interface {
	// TakeVoicemail reads a recording to its end, has it scanned, and keeps it;
	// the errors are those of Evidence.Take.
	TakeVoicemail(ctx context.Context, from Address, person directory.PersonID, content io.Reader) (File, error)

	// OpenVoicemail returns a voicemail, whoever left it, or ErrNotFound: for
	// staff who may hear it. The caller closes it.
	OpenVoicemail(ctx context.Context, id FileID) (File, io.ReadCloser, error)
}

// safeNumber is the number at which the confirmed caller can safely be called:
// the one on their record that is theirs alone, if calls are safe. It is never
// the one that they call from. Else ErrNotSafe.
func (s *Switchboard) safeNumber(ctx context.Context, c Call) (Address, error) {
	if c.Person == "" {
		return Address{}, ErrNotSafe
	}
	p, _, err := s.Gateway.Store.Person(ctx, c.Person)
	if err != nil {
		return Address{}, fmt.Errorf("loading person %s: %w", c.Person, err)
	}
	held, ok := p.Address(directory.SMS)
	if !ok || !p.Permits(directory.Voice) {
		return Address{}, ErrNotSafe
	}
	number := Address{Channel: directory.SMS, Value: held.Value}
	sender, err := s.Gateway.Store.Sender(ctx, number)
	if err != nil {
		return Address{}, fmt.Errorf("looking up a number: %w", err)
	}
	if person, _ := sender.Standing.Identify(s.Gateway.Clock()); person != c.Person {
		return Address{}, ErrNotSafe
	}
	return number, nil
}

// CallBack has the confirmed caller called back at their safe number, in the
// place that they have: by the time since which they wait. ErrNotSafe when
// nobody is confirmed or there is no such number.
func (s *Switchboard) CallBack(ctx context.Context, id VisitID) error {
	c, err := s.Calls.Call(ctx, id)
	if err != nil {
		return fmt.Errorf("call %s: %w", id, err)
	}
	if _, err := s.safeNumber(ctx, c); err != nil {
		return fmt.Errorf("calling back call %s: %w", id, err)
	}
	since := c.Queued
	if since.IsZero() {
		since = s.Gateway.Clock()
	}
	if err := s.take(ctx, c, CallbackWork, since, "to be called at the safe number on the record"); err != nil {
		return err
	}
	return s.left(ctx, id, LeftCallback)
}

// left keeps what a caller leaves instead of waiting, which ends the wait.
func (s *Switchboard) left(ctx context.Context, id VisitID, what CallLeft) error {
	c, err := s.change(ctx, id, func(c *Call) { c.Left = what })
	if err != nil {
		return err
	}
	return s.endWait(ctx, c, string(what))
}

// endWait closes the work item of a call that waits no more.
func (s *Switchboard) endWait(ctx context.Context, c Call, outcome string) error {
	if c.Task == "" || !c.Answered.IsZero() {
		return nil
	}
	if err := s.Gateway.EndWork(ctx, c.Task, outcome); err != nil {
		return fmt.Errorf("ending the wait of call %s: %w", c.ID, err)
	}
	return nil
}

// Text has the confirmed caller go on by text, or on another channel that is
// safe for them: with the question that is open in the call, or with the dialog
// that the call is about. ErrNotSafe when nobody is confirmed or there is no
// such channel.
func (s *Switchboard) Text(ctx context.Context, id VisitID) error {
	c, err := s.Calls.Call(ctx, id)
	if err != nil {
		return fmt.Errorf("call %s: %w", id, err)
	}
	if c.Person == "" {
		return fmt.Errorf("call %s: %w", id, ErrNotSafe)
	}
	if err := tryAgain(func() error { return s.textOnce(ctx, c) }); err != nil {
		return fmt.Errorf("going on by text from call %s: %w", id, err)
	}
	return s.left(ctx, id, LeftText)
}

func (s *Switchboard) textOnce(ctx context.Context, c Call) error {
	t, err := s.Gateway.newVisiting(ctx, c.ID)
	if err != nil {
		return err
	}
	to, ok := s.Gateway.reachable(t.sender.Person)
	if !ok || t.sender.Held != "" {
		return ErrNotSafe
	}
	if open := t.open(); open != nil && open.Address == t.in.From {
		return t.goOnAt(ctx, to)
	}
	dialog := c.Topic
	if dialog == "" {
		dialog = s.Gateway.Welcome
	}
	_, err = s.Gateway.Start(ctx, StartRequest{Person: c.Person, Dialog: dialog, Channel: to.Channel, Case: c.Case, By: "call"})
	if errors.Is(err, ErrNoAddress) {
		err = ErrNotSafe
	}
	return err
}

// goOnAt asks the question that is open at another address of the person's, with
// a link to go on in web chat where there is that.
func (t *taking) goOnAt(ctx context.Context, to Address) error {
	if err := t.loadRow(ctx); err != nil {
		return err
	}
	c := *t.open()
	t.in.From = to
	t.sender.Visit = nil // what was confirmed in the call is not confirmed there
	if err := t.advance(ctx, c, dialogs.Input{Event: dialogs.Came}); err != nil {
		return err
	}
	if n := len(t.turn.Outgoing); n > 0 {
		last := &t.turn.Outgoing[n-1]
		c.Address = to
		last.Text = t.invite(c, last.Text)
	}
	return t.commit(ctx)
}

// Recorded keeps that a caller has left a voicemail, of which the provider has
// the recording, and gives it to the team. It is fetched after that.
func (s *Switchboard) Recorded(ctx context.Context, id VisitID, recording string) error {
	c, err := s.Calls.Call(ctx, id)
	if err != nil || c.Recording != "" {
		return err
	}
	now := s.Gateway.Clock()
	if err := s.take(ctx, c, VoicemailWork, now, confirmedOrNot(c)); err != nil {
		return err
	}
	if err := s.endWait(ctx, c, string(LeftVoicemail)); err != nil {
		return err
	}
	return s.keep(ctx, id, func(c *Call) { c.Left, c.Recording, c.Fetch = LeftVoicemail, recording, now })
}

// keep changes a call whether or not it has ended.
func (s *Switchboard) keep(ctx context.Context, id VisitID, change func(*Call)) error {
	return tryAgain(func() error {
		c, err := s.Calls.Call(ctx, id)
		if err != nil {
			return fmt.Errorf("call %s: %w", id, err)
		}
		change(&c)
		return s.Calls.KeepCall(ctx, c)
	})
}

// How voicemails are fetched: some at a time, and one that could not be fetched
// is tried again later.
const (
	fetchAtOnce = 20
	fetchAgain  = 5 * time.Minute
)

// Fetch fetches the voicemails that are due, each by its recording's id, and has
// done with each once it is kept. What cannot be fetched is tried again later.
func (s *Switchboard) Fetch(ctx context.Context, from func(ctx context.Context, recording string) (io.ReadCloser, error), done func(ctx context.Context, recording string) error) error {
	due, err := s.Calls.Unfetched(ctx, s.Gateway.Clock(), fetchAtOnce)
	if err != nil {
		return fmt.Errorf("fetching voicemails: %w", err)
	}
	for _, c := range due {
		later := s.Gateway.Clock().Add(fetchAgain)
		if err := s.keep(ctx, c.ID, func(c *Call) { c.Fetch = later }); err != nil { // first: another node leaves it alone
			return err
		}
		file, err := s.fetchOne(ctx, c, from)
		if err == nil {
			err = s.keep(ctx, c.ID, func(c *Call) { c.Voice, c.Fetch = file, time.Time{} })
		}
		if err == nil {
			err = done(ctx, c.Recording)
		}
		if err != nil {
			s.Gateway.Log.WarnContext(ctx, "a voicemail was not fetched, or is left at the provider", "call", c.ID, "error", err)
		}
	}
	return nil
}

func (s *Switchboard) fetchOne(ctx context.Context, c Call, from func(context.Context, string) (io.ReadCloser, error)) (FileID, error) {
	content, err := from(ctx, c.Recording)
	if err != nil {
		return "", err
	}
	defer content.Close()
	f, err := s.Recordings.TakeVoicemail(ctx, c.Address(), c.Person, content)
	return f.ID, err
}

// Voicemail returns what a caller has left, for staff who may see what the call
// is about; ErrNotFound when there is none, or not yet. The caller closes it.
func (s *Switchboard) Voicemail(ctx context.Context, id VisitID) (File, io.ReadCloser, error) {
	c, err := s.Calls.Call(ctx, id)
	if err == nil && c.Voice == "" {
		err = ErrNotFound
	}
	if err != nil {
		return File{}, nil, fmt.Errorf("voicemail of call %s: %w", id, err)
	}
	return s.Recordings.OpenVoicemail(ctx, c.Voice)
}
