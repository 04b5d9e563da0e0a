package gateway

import (
	"context"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// Answered keeps that a person has taken a call, at most one of several who try.
// It reports whether this one has.
func (s *Switchboard) Answered(ctx context.Context, id VisitID) (bool, error) {
	now := s.Gateway.Clock()
	took := false
	_, err := s.change(ctx, id, func(c *Call) {
		if took = c.State == CallWaiting; took {
			c.State, c.Answered = CallAnswered, now
		}
	})
	return took, err
}

// Missed has a caller wait again to whom nobody could be put through after all;
// who has hung up meanwhile is a missed call.
func (s *Switchboard) Missed(ctx context.Context, id VisitID) error {
	ended := false
	err := s.keep(ctx, id, func(c *Call) {
		ended = c.State == CallEnded
		c.Answered = time.Time{}
		if c.State == CallAnswered {
			c.State = CallWaiting
		}
	})
	if err != nil || !ended {
		return err
	}
	return s.missed(ctx, id)
}

// missed gives the desk a call that nobody took, unless the caller left
// something.
func (s *Switchboard) missed(ctx context.Context, id VisitID) error {
	c, err := s.Calls.Call(ctx, id)
	if err != nil {
		return fmt.Errorf("call %s: %w", id, err)
	}
	if !c.Asked || c.Left != LeftNothing || !c.Answered.IsZero() {
		return nil
	}
	detail := "hung up before anybody answered; " + confirmedOrNot(c)
	if c.Queued.IsZero() {
		detail = "called while nobody was there; " + confirmedOrNot(c)
	}
	return s.take(ctx, c, MissedCallWork, s.Gateway.Clock(), detail)
}

// HangUp ends a call, for good. What was answered in it is kept: somebody known
// goes on by text or in web chat, and what somebody unknown had answered is for
// a person. Who wanted a person, got none and left nothing is a missed call. To
// end a call again is no error.
func (s *Switchboard) HangUp(ctx context.Context, id VisitID) error {
	c, err := s.Calls.Call(ctx, id)
	if err != nil {
		return fmt.Errorf("ending call %s: %w", id, err)
	}
	if err := s.Gateway.Leave(ctx, id); err != nil {
		return fmt.Errorf("ending call %s: %w", id, err)
	}
	if c.State == CallEnded {
		return nil
	}
	if err := s.missed(ctx, id); err != nil {
		return err
	}
	if err := s.endWait(ctx, c, "rang off"); err != nil {
		return err
	}
	now := s.Gateway.Clock()
	_, err = s.change(ctx, id, func(c *Call) { c.State, c.Ended = CallEnded, now })
	return err
}

// How long a call may be silent that no word of the provider has ended, and how
// many such calls are ended at a time.
const (
	silentFor = VisitIdle
	endAtOnce = 100
)

// EndSilent ends the calls whose end was never told.
func (s *Switchboard) EndSilent(ctx context.Context) error {
	silent, err := s.Calls.SilentCalls(ctx, s.Gateway.Clock().Add(-silentFor), endAtOnce)
	if err != nil {
		return fmt.Errorf("ending silent calls: %w", err)
	}
	for _, c := range silent {
		if c.State == CallAnswered && s.Gateway.Clock().Sub(c.Answered) < longestCall {
			continue // people talk for longer
		}
		if err := s.HangUp(ctx, c.ID); err != nil {
			return err
		}
	}
	return nil
}

// longestCall is how long two people may talk.
const longestCall = 4 * time.Hour

// Call returns a call, for whoever answers it, or ErrNotFound.
func (s *Switchboard) Call(ctx context.Context, id VisitID) (Call, error) {
	return s.Calls.Call(ctx, id)
}

// Waiting returns the calls that wait for a team, who waits longest first.
func (s *Switchboard) Waiting(ctx context.Context, team directory.TeamID) ([]Call, error) {
	return s.Calls.WaitingCalls(ctx, team)
}
