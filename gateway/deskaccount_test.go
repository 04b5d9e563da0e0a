package gateway_test

import (
	"fmt"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// figures are what came of a day.
type figures struct {
	items, done, placed int
	events              map[gateway.TaskEvent]int
	waits               []time.Duration // from when somebody was free and it waited until it was offered
}

// account goes through the history of every item: none is lost, none was held
// twice at once, and each is with who it belongs to.
func (d *day) account() figures {
	d.t.Helper()
	f := figures{events: map[gateway.TaskEvent]int{}}
	for i := range dayItems {
		t, notes, err := d.store.Task(d.t.Context(), fmt.Sprintf("W%05d", i))
		if err != nil {
			d.t.Errorf("W%05d is lost: %v", i, err)
			continue
		}
		f.items++
		d.follow(&f, &t, notes)
		switch {
		case t.State == gateway.WorkDone:
			f.done++
			f.placed++
		case d.belongs(&t):
			f.placed++
		default:
			d.t.Errorf("%s is %s in %s, whose owner is %s", t.ID, t.State, t.Team, t.Owner)
		}
	}
	slices.Sort(f.waits)
	return f
}

// belongs reports whether what is not done is in its owner's team or on its
// ladder, on the rung whose time it is.
func (d *day) belongs(t *gateway.Task) bool {
	roster := d.Roster()
	owner, team := roster.Team(t.Owner), roster.Team(t.Team)
	onLadder := t.Team == t.Owner || slices.ContainsFunc(owner.Overflow, func(r directory.Rung) bool { return r.Team == t.Team })
	overdue := t.State == gateway.WorkWaiting && !t.Until.IsZero() && t.Until.Before(d.now)
	return onLadder && !overdue && (team.Specialist || !owner.Specialist)
}

// follow replays one item's history.
func (d *day) follow(f *figures, t *gateway.Task, notes []gateway.TaskNote) {
	var waits time.Time
	state, holder := gateway.WorkWaiting, directory.StaffID("")
	passed := map[directory.StaffID]time.Time{}
	for i, n := range notes {
		if n.Number != i+1 {
			d.t.Fatalf("%s: change %d is numbered %d", t.ID, i+1, n.Number)
		}
		f.events[n.What]++
		switch n.What {
		case gateway.TaskOffered:
			if state != gateway.WorkWaiting {
				d.t.Errorf("%s is offered while %s %s", t.ID, state, holder)
			}
			state, holder = gateway.WorkOffered, directory.StaffID(n.To)
			since := lastBefore(d.since[holder], n.At)
			for _, at := range []time.Time{waits, passed[holder]} {
				if at.After(since) {
					since = at
				}
			}
			f.waits = append(f.waits, n.At.Sub(since))
		case gateway.TaskAccepted:
			if state == gateway.WorkHeld || state == gateway.WorkOffered && holder != n.By {
				d.t.Errorf("%s is taken by %s while %s %s", t.ID, n.By, state, holder)
			}
			state, holder = gateway.WorkHeld, n.By
		case gateway.TaskClosed:
			if (state != gateway.WorkHeld || holder != n.By) && !d.Roster().Staff(n.By).Leads(t.Team) {
				d.t.Errorf("%s is closed by %s while %s %s", t.ID, n.By, state, holder)
			}
		case gateway.TaskPassed:
			passed[holder] = n.At.Add(10 * time.Minute)
			state, waits = gateway.WorkWaiting, n.At
		case gateway.TaskRouted, gateway.TaskReturned, gateway.TaskClimbed:
			state, waits = gateway.WorkWaiting, n.At
			if n.What != gateway.TaskRouted {
				clear(passed)
			}
		}
	}
}

func lastBefore(moments []time.Time, at time.Time) (last time.Time) {
	for _, m := range moments {
		if !m.After(at) && m.After(last) {
			last = m
		}
	}
	return last
}
