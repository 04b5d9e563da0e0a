package gateway

import (
	"context"
	"time"

	"parley/gateway/directory"
)

// Work is what the desk keeps: where work items stand, who is there, and who may
// see what. A work item that a turn or a settlement adds is waiting, without an
// owner, and is to be looked at at once. Storing a case has all its work looked
// at again.
type Work interface {
	// AddWork adds work items; one whose key is there already is left as it is.
	AddWork(ctx context.Context, items ...WorkItem) error

	// Task returns a work item and its history, oldest first, or ErrNotFound.
	Task(ctx context.Context, id string) (Task, []TaskNote, error)

	// Tasks returns the work that a search finds, first by priority, then by
	// when it is due; what is done by when it was closed, the latest first.
	Tasks(ctx context.Context, s TaskSearch) ([]Task, error)

	// CountTasks counts the work of teams, and that of one member of staff.
	CountTasks(ctx context.Context, of directory.StaffID, teams []directory.TeamID, now time.Time) (QueueCounts, error)

	// ChangeTasks writes changes, each with the note that numbers it, and
	// reports which were made: one whose number is taken is not.
	ChangeTasks(ctx context.Context, changes []TaskChange) (made []bool, err error)

	// DueTasks returns up to limit work items that are to be looked at by now,
	// those first that were due first.
	DueTasks(ctx context.Context, now time.Time, limit int) ([]Task, error)

	// WaitingTasks returns what waits in lines, up to limit of each, as Tasks
	// orders it.
	WaitingTasks(ctx context.Context, lines []string, limit int) ([]Task, error)

	// Ahead counts what comes before a work item in the lines of its team, of
	// its kind alone.
	Ahead(ctx context.Context, t *Task) (int, error)

	// Attendance is who is there or absent, what they hold, and whom staff know.
	Attendance(ctx context.Context, now time.Time) (Attendance, error)

	// SetPresence records a sign of somebody. With again, work that they left
	// is to be looked at: what is offered to them, and what comes first of what
	// they hold.
	SetPresence(ctx context.Context, of directory.StaffID, p Presence, at time.Time, again bool) error

	// SetAbsence records an absence, and has all work looked at that is theirs,
	// or kept for them.
	SetAbsence(ctx context.Context, of directory.StaffID, a Absence, at time.Time) error

	// Acquaint records, or takes back, that somebody knows a person, and has
	// that person's work looked at.
	Acquaint(ctx context.Context, staff directory.StaffID, person directory.PersonID, knows bool, at time.Time) error

	// Acquaintances returns the people whom somebody knows.
	Acquaintances(ctx context.Context, of directory.StaffID) ([]directory.PersonID, error)

	// OpenCase records why a case was opened. Ties returns what ties somebody to
	// each of some cases, in their order.
	OpenCase(ctx context.Context, by directory.StaffID, reference directory.CaseReference, reason string, at time.Time) error
	Ties(ctx context.Context, by directory.StaffID, references []directory.CaseReference) ([]Tie, error)

	// AddAuthority records who may act for a person; Authorities returns those
	// of a person, the latest first.
	AddAuthority(ctx context.Context, id string, a Authority) error
	Authorities(ctx context.Context, person directory.PersonID) ([]Authority, error)

	// UnreleasedHolds returns the danger holds that were laid by a moment, are
	// not released, and have not escalated; EscalateHold marks one, and adds
	// the work that comes of it.
	UnreleasedHolds(ctx context.Context, by time.Time) ([]Hold, error)
	EscalateHold(ctx context.Context, id string, w WorkItem) error

	// Cases returns those of the cases that exist, in the order asked for.
	Cases(ctx context.Context, references ...directory.CaseReference) ([]directory.Case, error)
}

// TaskSearch finds work. What it leaves empty may be anything, but one of the
// first four is needed.
type TaskSearch struct {
	Teams  []directory.TeamID
	Holder directory.StaffID
	Case   directory.CaseReference
	Person directory.PersonID
	Kind   WorkItemKind
	States []WorkState       // none: all that is not done
	Hidden directory.StaffID // nothing of whom they know
	Routed bool              // only what has an owner and is not to be looked at at once
	Limit  int
	After  string
}

// TaskChange is one change of a work item.
type TaskChange struct {
	Task Task      // as it is after it; its Version is one more, or the same without a note
	Was  time.Time // its Acts before: if that has changed since, it stays changed
	Note TaskNote  // without a What: only when it is next looked at has changed
}

// Tie is what may tie a member of staff to a case.
type Tie struct {
	Work   []Task    // on the case and not done, whosoever's it is
	Opened time.Time // when they last opened it; zero: never
}

// Attendance is who is there.
type Attendance struct {
	There  []Attendant
	Absent map[directory.StaffID]Absence
	Knows  []Knows
}

// Attendant is somebody who has said that they are there.
type Attendant struct {
	Staff   directory.StaffID
	State   Presence
	Heard   time.Time
	Held    int // work items
	Offered int
}

// Knows is that somebody of staff knows a person, of a case if of any.
type Knows struct {
	Staff  directory.StaffID
	Person directory.PersonID
	Case   directory.CaseReference
}
