package gateway

import (
	"context"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

// waiting has somebody who has left web chat told, in place of a nudge, that
// what they began there waits.
func (t *taking) waiting(ctx context.Context, d *dialogs.Dialog, c Conversation, left bool) error {
	if !left || c.Phase == Ended || t.g.Schedule == nil || len(t.g.Schedule.Of(schedule.ConversationLeft)) == 0 {
		return nil
	}
	file, err := t.caseFile(ctx, c.Case)
	if err != nil {
		return err
	}
	t.turn.Outgoing = nil
	_, err = t.g.tell(ctx, &file, event{Event: schedule.Event{
		On: schedule.ConversationLeft, ID: fmt.Sprint(c.ID, " ", c.Nudges), Person: c.Person, Day: t.g.today(t.now), Data: t.until(d, c),
	}})
	return err
}

// beforeEnd tells that a conversation will soon be over which somebody has taken
// part in, when the rules say so, and returns when to look again: then, or when
// something else is due.
func (t *taking) beforeEnd(ctx context.Context, d *dialogs.Dialog, c Conversation, due time.Time) (time.Time, error) {
	if t.g.Schedule == nil || c.ByUs && !c.LastSaid.After(c.Created) {
		return due, nil
	}
	file, err := t.caseFile(ctx, c.Case)
	if err != nil {
		return time.Time{}, err
	}
	end := c.LastSaid.Add(d.Expire.After)
	e := event{Event: schedule.Event{
		On: schedule.ConversationEnding, ID: fmt.Sprint(c.ID, " ", t.g.today(end)), Person: c.Person, Day: t.g.today(end), Data: t.until(d, c),
	}}
	for _, m := range t.g.told(&file, e, t.now) {
		switch {
		case m.NotBefore.Before(c.LastSaid): // they have only just said something
		case m.NotBefore.After(t.now):
			due = sooner(due, m.NotBefore)
		default:
			if _, err := t.g.plan(ctx, m); err != nil {
				return time.Time{}, err
			}
		}
	}
	return due, nil
}

// until is the last day on which a conversation can be gone on with.
func (t *taking) until(d *dialogs.Dialog, c Conversation) notices.Data {
	return notices.Data{"until": dated(t.g.today(c.LastSaid.Add(d.Expire.After)))}
}

func sooner(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
