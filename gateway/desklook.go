package gateway

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"parley/gateway/directory"
)

// How long an offer stands, and after how long somebody who let a work item go
// by may be asked again.
const (
	OfferLife = time.Minute
	passLife  = 10 * time.Minute
)

// look decides what is to become of a work item now: one thing at a time, until
// there is none. The event is empty when all stays as it is but for when it is
// next looked at. It is pure but for the roster and the attendance that it was
// given.
func (r *router) look(t Task, m Matter, gone func(directory.StaffID) bool) (Task, TaskNote) {
	target := r.targets.of(&t.WorkItem)
	owner := r.owner(target, m, cmp.Or(t.Owner, t.Team))
	home := cmp.Or(r.roster.Team(t.Home), owner)
	note := TaskNote{At: r.now}
	switch {
	case t.Owner == "":
		r.clock(&t, target, owner)
		r.settle(&t, &note, m, owner, target.Rung)
	case r.misplaced(&t, m, target, owner):
		r.settle(&t, &note, m, owner, 0)
	case t.State == WorkOffered && (gone(t.Holder) || r.past(t.Since.Add(OfferLife))):
		note.What, note.To = TaskPassed, string(t.Holder)
		r.pass(&t, t.Holder)
	case t.State == WorkHeld && (r.away(t.Holder) || t.Priority == 0 && gone(t.Holder)):
		note.What, note.To = TaskReturned, string(t.Holder)
		m.Named = r.covered(t.Holder)
		r.put(&t, r.place(&t.WorkItem, m, home, 0))
	case t.State == WorkWaiting && t.For != "" && (r.away(t.For) || r.past(t.Until)):
		m.Named = r.covered(t.For)
		r.put(&t, r.place(&t.WorkItem, m, home, t.Rung))
		note.What, note.To = TaskRouted, string(t.Team)
	case t.State == WorkWaiting && r.past(t.Until):
		r.put(&t, r.place(&t.WorkItem, m, home, t.Rung+1))
		note.What, note.To = TaskClimbed, string(t.Team)
	case r.stuck(&t, m, home):
		m.Named = ""
		r.put(&t, r.place(&t.WorkItem, m, home, t.Rung))
		note.What, note.To = TaskRouted, string(t.Team)
	case len(t.Passed) > 0 && t.State == WorkWaiting && r.past(t.Since.Add(passLife)):
		t.Passed = nil
	case !t.Missed && r.past(t.Due):
		t.Warned, t.Missed, t.Priority = true, true, min(t.Priority, 1)
		note.What = TaskMissed
	case !t.Warned && r.past(t.Due.Add(-target.Warn)):
		t.Warned, t.Priority = true, min(t.Priority, 1)
		note.What = TaskWarned
	}
	t.Acts = t.next(target.Warn)
	return t, note
}

// settle has a work item wait with the team that answers for it.
func (r *router) settle(t *Task, note *TaskNote, m Matter, owner *directory.Team, rung int) {
	t.Owner, t.Home = owner.ID, owner.ID
	r.put(t, r.place(&t.WorkItem, m, owner, rung))
	note.What, note.To = TaskRouted, string(t.Team)
}

// past reports whether a moment has come; one that is not set never does.
func (r *router) past(t time.Time) bool { return !t.IsZero() && !r.now.Before(t) }

// clock sets by when a work item is answered and done. A date that somebody was
// promised stands.
func (r *router) clock(t *Task, target Target, owner *directory.Team) {
	t.Priority = target.Priority
	if t.Urgent {
		t.Priority = 0
	}
	t.Answer = target.Answer.After(r.roster, owner, t.Created)
	if t.Due.IsZero() {
		t.Due = target.Due.After(r.roster, owner, t.Created)
	}
}

// put has a work item wait in a place.
func (r *router) put(t *Task, p Place) {
	t.State, t.Holder, t.Since = WorkWaiting, "", r.now
	t.Team, t.For, t.Needs, t.Rung, t.Until, t.Passed = p.Team, p.For, p.Needs, p.Rung, p.Until, nil
}

// pass puts an offer back where it was, for others than who let it go by.
func (r *router) pass(t *Task, by directory.StaffID) {
	t.State, t.Holder, t.Since = WorkWaiting, "", r.now
	t.Passed = append(slices.Clone(t.Passed), by)
	if t.For == by { // the team is asked now
		t.Until = r.now
	}
}

// misplaced reports whether a work item is where it may not stay: its case has
// gone to another team, or somebody on it has got a risk marker, or who has it
// knows them.
func (r *router) misplaced(t *Task, m Matter, target Target, owner *directory.Team) bool {
	for _, id := range []directory.StaffID{t.Holder, t.For} {
		if id != "" && !r.maySee(id, m, target) {
			return true
		}
	}
	return t.Owner != owner.ID && t.State != WorkHeld
}

// stuck reports whether a work item waits where nobody can do it any more, and
// somebody elsewhere can.
func (r *router) stuck(t *Task, m Matter, home *directory.Team) bool {
	if t.State != WorkWaiting || t.For != "" {
		return false
	}
	if _, able := r.able([]directory.Rung{{Team: t.Team}}, 0, t.Needs, m); able {
		return false
	}
	m.Named = ""
	p := r.place(&t.WorkItem, m, home, t.Rung)
	return p.Team != t.Team || !slices.Equal(p.Needs, t.Needs)
}

// maySee reports whether somebody may have to do with a matter at all.
func (r *router) maySee(id directory.StaffID, m Matter, target Target) bool {
	s := r.roster.Staff(id)
	return s != nil && s.TakesWork() && !slices.Contains(m.Barred, id) &&
		(!m.Protected && !target.Specialist || handlesRisk(r.roster, s))
}

func (r *router) away(id directory.StaffID) bool {
	a, absent := r.absent[id]
	return absent && a.Until.After(r.now)
}

// covered is somebody who is absent, whose cover is asked in their place; who is
// only out of the room is not waited for.
func (r *router) covered(id directory.StaffID) directory.StaffID {
	if r.away(id) {
		return id
	}
	return ""
}

// next is when a work item has to be looked at again.
func (t *Task) next(warn time.Duration) time.Time {
	var first time.Time
	at := func(when time.Time) {
		if first.IsZero() || when.Before(first) {
			first = when
		}
	}
	if t.State == WorkDone {
		return first
	}
	if t.State == WorkOffered {
		at(t.Since.Add(OfferLife))
	}
	if t.State == WorkWaiting && !t.Until.IsZero() {
		at(t.Until)
	}
	if t.State == WorkWaiting && len(t.Passed) > 0 {
		at(t.Since.Add(passLife))
	}
	switch {
	case t.Missed:
	case t.Warned:
		at(t.Due)
	default:
		at(t.Due.Add(-warn))
	}
	if first.IsZero() { // nothing ahead, and still not "at once"
		return farOff
	}
	return first
}

// farOff is later than anything.
var farOff = time.Date(9999, time.January, 1, 0, 0, 0, 0, time.UTC)

// Line is the line that a waiting work item stands in: of one member of staff,
// or of those of a team who have what it needs. See lines.
func (t *Task) Line() string {
	if t.State != WorkWaiting {
		return ""
	}
	if t.For != "" {
		return "@" + string(t.For)
	}
	return lineOf(t.Team, t.Needs)
}

func lineOf(team directory.TeamID, needs []directory.Skill) string {
	parts := []string{string(team)}
	for _, skill := range needs {
		parts = append(parts, string(skill))
	}
	return strings.Join(parts, "+")
}

// linesOf are the lines that somebody serves: their own, and those of their
// teams, of every choice of their skills.
func linesOf(s *directory.Staff) []string {
	lines := []string{"@" + string(s.ID)}
	skills := slices.Sorted(slices.Values(s.Skills))
	for _, team := range s.Teams {
		for chosen := range 1 << len(skills) {
			var needs []directory.Skill
			for i, skill := range skills {
				if chosen&(1<<i) != 0 {
					needs = append(needs, skill)
				}
			}
			lines = append(lines, lineOf(team, needs))
		}
	}
	return lines
}
