package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"parley/gateway/directory"
)

// act is one member of staff doing something with one work item.
type act struct {
	*sweep
	staff  *directory.Staff
	task   Task
	was    time.Time // its Acts as it was read
	matter Matter
	note   TaskNote
}

// triesToChange is how often a change is made anew that another came before.
const triesToChange = 5

// do changes a work item by what decide makes of it. Decide is called anew with
// the work item as it then is when another change comes first. What others of
// staff did since the version that the caller saw, the caller has to see first;
// 0 is any version.
func (g *Gateway) do(ctx context.Context, by directory.StaffID, id string, version int, decide func(*act) error) error {
	s := g.Staff.Staff(by)
	if s == nil || !s.TakesWork() {
		return ErrForbidden
	}
	for range triesToChange {
		a, notes, err := g.newAct(ctx, s, id)
		if err == nil && version > 0 && overtaken(notes, by, version) {
			err = ErrChanged
		}
		if err == nil {
			err = decide(a)
		}
		if errors.Is(err, errNothingToDo) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("work item %s: %w", id, err)
		}
		a.task.Version++
		a.note.Number, a.note.At, a.note.By = a.task.Version, a.now, by
		a.task.Acts = a.task.next(a.targets.of(&a.task.WorkItem).Warn)
		made, err := g.Store.ChangeTasks(ctx, []TaskChange{{Task: a.task, Was: a.was, Note: a.note}})
		if err != nil {
			return fmt.Errorf("changing work item %s: %w", id, err)
		}
		if made[0] {
			g.tellOf(ctx, &TaskChange{Task: a.task, Note: a.note})
			g.desk.stir()
			return nil
		}
	}
	return fmt.Errorf("work item %s: %w", id, ErrTaken)
}

// errNothingToDo: it is as it should be.
var errNothingToDo = errors.New("nothing to do")

func (g *Gateway) newAct(ctx context.Context, s *directory.Staff, id string) (*act, []TaskNote, error) {
	a := &act{staff: s}
	t, notes, err := g.Store.Task(ctx, id)
	if err != nil {
		return a, nil, err
	}
	if err := g.seesTask(ctx, s, &t); err != nil {
		return a, nil, err
	}
	if a.sweep, err = g.newSweep(ctx); err != nil {
		return a, nil, err
	}
	matters, err := a.matters(ctx, []Task{t})
	if err != nil {
		return a, nil, err
	}
	a.task, a.was, a.matter = t, t.Acts, matters[0]
	if t.Owner == "" { // nobody has looked at it yet
		a.task, _ = a.router.look(t, a.matter, a.gone)
	}
	return a, notes, nil
}

// overtaken reports whether others of staff have done something since a version.
func overtaken(notes []TaskNote, by directory.StaffID, version int) bool {
	for _, n := range notes {
		if n.Number > version && n.By != "" && n.By != by {
			return true
		}
	}
	return false
}

// moves reports whether who acts may move or close a work item: its holder, and
// who leads the team that it is in.
func (a *act) moves() bool {
	return a.task.State == WorkHeld && a.task.Holder == a.staff.ID || a.task.State != WorkDone && a.staff.Leads(a.task.Team)
}

// home is the team whose ladder the work item climbs.
func (a *act) home() *directory.Team {
	if team := a.roster.Team(a.task.Home); team != nil {
		return team
	}
	return a.owner(a.targets.of(&a.task.WorkItem), a.matter, a.task.Team)
}

// Accept takes a work item for who acts: one that is offered to them, or that
// waits in a queue of theirs. ErrTaken when somebody else has it, or is offered
// it, or it is done; ErrNotYours when it waits elsewhere. It is the work item as
// it is now that counts, whatever the version.
func (g *Gateway) Accept(ctx context.Context, by directory.StaffID, id string, _ int) error {
	return g.do(ctx, by, id, 0, func(a *act) error {
		t := &a.task
		switch {
		case t.State == WorkHeld && t.Holder == by:
			return errNothingToDo
		case t.State == WorkHeld, t.State == WorkDone, t.State == WorkOffered && t.Holder != by:
			return ErrTaken
		case t.State == WorkWaiting && t.For != by && !a.staff.In(t.Team):
			return ErrNotYours
		}
		t.State, t.Holder, t.Since, t.For, t.Passed = WorkHeld, by, a.now, "", nil
		a.note.What = TaskAccepted
		return nil
	})
}

// Return gives a work item back: "not now" to an offer, or what the caller, or
// somebody of a team that they lead, holds. ErrNotYours; ErrChanged.
func (g *Gateway) Return(ctx context.Context, by directory.StaffID, id string, version int, note string) error {
	return g.do(ctx, by, id, version, func(a *act) error {
		t := &a.task
		a.note.Note, a.note.To = note, string(t.Holder)
		switch {
		case t.State == WorkOffered && t.Holder == by:
			a.note.What = TaskPassed
			a.pass(t, by)
		case t.State == WorkHeld && a.moves():
			a.note.What = TaskReturned
			holder := t.Holder
			m := a.matter
			m.Named = ""
			a.put(t, a.place(&t.WorkItem, m, a.home(), t.Rung))
			t.Passed = []directory.StaffID{holder}
		default:
			return ErrNotYours
		}
		return nil
	})
}

// Destination is where a work item is sent: to a team's queue, or to one member
// of staff, who is asked first.
type Destination struct {
	Team  directory.TeamID // empty: the team that it is in, or the member's own first
	Staff directory.StaffID
}

// Transfer sends a work item on, with a note for whoever gets it. ErrForbidden
// when they may not see it, ErrNoReason without a note, ErrNotFound when there
// is nobody of that name; ErrNotYours; ErrChanged.
func (g *Gateway) Transfer(ctx context.Context, by directory.StaffID, id string, version int, to Destination, note string) error {
	if strings.TrimSpace(note) == "" {
		return ErrNoReason
	}
	return g.do(ctx, by, id, version, func(a *act) error {
		if !a.moves() {
			return ErrNotYours
		}
		p, err := a.destination(to)
		if err != nil {
			return err
		}
		a.put(&a.task, p)
		a.task.Home = p.Team
		a.note.What, a.note.To, a.note.Note = TaskTransferred, string(p.Team), note
		if to.Staff != "" {
			a.note.To = string(to.Staff)
		}
		return nil
	})
}

// destination is the place that a work item is sent to.
func (a *act) destination(to Destination) (Place, error) {
	target := a.targets.of(&a.task.WorkItem)
	member := a.roster.Staff(to.Staff)
	if to.Staff != "" {
		switch {
		case member == nil || !member.TakesWork():
			return Place{}, ErrNotFound
		case !a.maySee(to.Staff, a.matter, target):
			return Place{}, ErrForbidden
		case to.Team == "" && member.In(a.task.Team):
			to.Team = a.task.Team
		case to.Team == "":
			to.Team = member.Teams[0]
		}
	}
	team := a.roster.Team(to.Team)
	switch {
	case team == nil:
		return Place{}, ErrNotFound
	case !team.Specialist && (target.Specialist || a.matter.Protected):
		return Place{}, ErrForbidden
	}
	m := a.matter
	m.Named = to.Staff
	p := a.place(&a.task.WorkItem, m, team, 0)
	if p.Team != team.ID { // nobody there has the skill: whoever sends it knows
		p = Place{Team: team.ID, For: p.For, Until: p.Until}
	}
	return p, nil
}

// longestOutcome is that of an outcome, in characters.
const longestOutcome = 80

// Close ends a work item with its outcome, a word or two without anything
// personal; the note may say more. ErrCause when its kind has to say why it is
// late, and Delay has not; ErrNoReason without an outcome; ErrNotYours;
// ErrChanged.
func (g *Gateway) Close(ctx context.Context, by directory.StaffID, id string, version int, outcome, note string) error {
	if outcome = strings.TrimSpace(outcome); outcome == "" || utf8.RuneCountInString(outcome) > longestOutcome {
		return ErrNoReason
	}
	return g.do(ctx, by, id, version, func(a *act) error {
		switch {
		case !a.moves():
			return ErrNotYours
		case a.targets.of(&a.task.WorkItem).Cause && a.past(a.task.Due) && !a.task.Explained:
			return ErrCause
		}
		a.close(outcome)
		a.task.Holder = by
		a.note.Note = note
		return nil
	})
}

func (a *act) close(outcome string) {
	a.task.close(outcome, a.now)
	a.note.What = TaskClosed
}

func (t *Task) close(outcome string, at time.Time) {
	t.State, t.Closed, t.Outcome, t.Since = WorkDone, at, outcome, at
	t.For, t.Passed = "", nil
}

// Delay says why a work item is late, or will be. ErrNoReason; ErrNotYours.
func (g *Gateway) Delay(ctx context.Context, by directory.StaffID, id string, version int, cause string) error {
	if strings.TrimSpace(cause) == "" {
		return ErrNoReason
	}
	return g.do(ctx, by, id, version, func(a *act) error {
		if !a.moves() {
			return ErrNotYours
		}
		a.task.Explained = true
		a.note.What, a.note.Note = TaskDelayed, cause
		return nil
	})
}

// NoteTask adds a note to a work item that its writer may see. ErrNoReason when
// it says nothing.
func (g *Gateway) NoteTask(ctx context.Context, by directory.StaffID, id string, _ int, note string) error {
	if strings.TrimSpace(note) == "" {
		return ErrNoReason
	}
	return g.do(ctx, by, id, 0, func(a *act) error {
		a.note.What, a.note.Note = TaskNoted, note
		return nil
	})
}
