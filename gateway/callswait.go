package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// CallPlace is where a caller who wants a person stands.
type CallPlace struct {
	Position int           // among those who wait for the same people, from 1; 0 when Closed
	Wait     time.Duration // how long those before them waited; 0: not known
	Closed   bool          // nobody is there to answer
	Holiday  bool          // because it is a bank holiday
	Opens    time.Time     // when somebody is, Europe/London; zero: never
	Silent   bool          // nothing automatic is to be said to them
	Text     bool          // they can be sent a text to do it themselves
	CallBack bool          // they can be called back
	Over     bool          // they have waited for so long that they are asked to leave a message
}

// How long somebody waits at most, and how many of the last waits tell how long
// it will be.
const (
	mostWait   = 30 * time.Minute
	waitsAsked = 20
	fewestWait = 3
)

// Wait has a caller wait for a person, and tells where they stand. Waiting again
// is standing where one stood. While nobody is there nobody waits: Closed.
func (s *Switchboard) Wait(ctx context.Context, id VisitID) (CallPlace, error) {
	c, err := s.Seen(ctx, id)
	if err != nil {
		return CallPlace{}, err
	}
	w := s.waiting(c)
	to, err := s.Gateway.Foresee(ctx, w)
	if err != nil && !errors.Is(err, ErrNotFound) { // then nobody is ever there
		return CallPlace{}, fmt.Errorf("whom call %s is for: %w", id, err)
	}
	c, err = s.change(ctx, id, func(c *Call) {
		c.Asked, c.Team = true, to.Team
		if to.Working && c.State == CallTalking {
			c.State, c.Queued, c.Task = CallWaiting, w.Created, w.ID
		}
	})
	if err != nil {
		return CallPlace{}, err
	}
	p := CallPlace{Closed: c.State == CallTalking, Opens: to.Opens.In(s.Gateway.calendar.london)}
	if !p.Closed {
		w = s.waiting(c)
		w.ID, w.Created = c.Task, c.Queued
		if err := s.Gateway.TakeWork(ctx, w); err != nil {
			return p, fmt.Errorf("asking for somebody to take call %s: %w", id, err)
		}
	}
	return p, s.stand(ctx, c, &p)
}

// waiting is the work item of a call that waits: for specialists where there is
// danger. The case of somebody whom nobody has confirmed is only what they say
// that it is, so that where their call goes tells nothing of it: whoever takes
// it finds the reference that they gave in the call.
func (s *Switchboard) waiting(c Call) WorkItem {
	w := WorkItem{
		ID: s.Gateway.NewID(), Kind: CallWork, Key: callKey(CallWork, c.ID), Case: c.Case, Person: c.Person, Conversation: c.Talk,
		Created: s.Gateway.Clock(), Detail: confirmedOrNot(c),
	}
	if c.Danger {
		w.Kind, w.Urgent = DangerWork, true
	}
	return w
}

// take gives the desk something else to do about a call, once.
func (s *Switchboard) take(ctx context.Context, c Call, kind WorkItemKind, since time.Time, detail string) error {
	err := s.Gateway.TakeWork(ctx, WorkItem{
		Kind: kind, Key: callKey(kind, c.ID), Case: c.Case, Person: c.Person, Conversation: c.Talk, Urgent: c.Danger,
		Created: since, Detail: detail,
	})
	if err != nil {
		return fmt.Errorf("work about call %s: %w", c.ID, err)
	}
	return nil
}

// confirmedOrNot tells whoever takes a call how sure we are of the caller.
func confirmedOrNot(c Call) string {
	switch {
	case c.Person != "":
		return "the caller has shown who they are"
	case c.Claimed != "":
		return "the caller gave a reference, and has not shown who they are"
	default:
		return "nobody knows who calls"
	}
}

// stand adds to a place where the caller stands and what else they may do.
func (s *Switchboard) stand(ctx context.Context, c Call, p *CallPlace) error {
	t, err := s.Gateway.newVisiting(ctx, c.ID)
	if err != nil {
		return err
	}
	now := s.Gateway.Clock().In(s.Gateway.calendar.london)
	p.Silent = t.sender.Held != "" || c.Danger
	if p.Closed {
		p.Holiday = directory.BankHoliday(t.nation(), now)
	} else {
		ahead, err := s.Gateway.Ahead(ctx, c.Task)
		if err != nil {
			return fmt.Errorf("where call %s stands: %w", c.ID, err)
		}
		p.Position, p.Over = ahead+1, now.Sub(c.Queued) > mostWait
		if p.Wait, err = s.waits(ctx, c.Team); err != nil {
			return err
		}
	}
	if c.Person == "" || p.Silent {
		return nil
	}
	_, p.Text = s.Gateway.reachable(t.sender.Person)
	_, err = s.safeNumber(ctx, c)
	p.CallBack = err == nil
	if errors.Is(err, ErrNotSafe) {
		return nil
	}
	return err
}

// waits is how long the last callers of a team waited; 0 when there are too few
// to tell.
func (s *Switchboard) waits(ctx context.Context, team directory.TeamID) (time.Duration, error) {
	answered, err := s.Calls.AnsweredCalls(ctx, team, waitsAsked)
	if err != nil {
		return 0, fmt.Errorf("how long callers wait: %w", err)
	}
	var all time.Duration
	for _, a := range answered {
		all += a.Answered.Sub(a.Queued)
	}
	if len(answered) < fewestWait {
		return 0, nil
	}
	return all / time.Duration(len(answered)), nil
}
