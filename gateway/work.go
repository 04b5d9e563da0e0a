package gateway

import (
	"errors"
	"time"

	"parley/gateway/directory"
)

// WorkState is where a work item is.
type WorkState string

// A work item waits in a team's queue, is offered to one of its caseworkers for
// a short while, is held by whoever accepted it, and is done when they close it.
const (
	WorkWaiting WorkState = "waiting"
	WorkOffered WorkState = "offered"
	WorkHeld    WorkState = "held"
	WorkDone    WorkState = "done"
)

// Task is a work item with where it stands. Somebody is always answerable for
// it: its holder, or else the team in whose queue it is.
type Task struct {
	WorkItem // Team is the queue that it is in now
	State    WorkState
	Holder   directory.StaffID // whom it is offered to, or who holds it
	Needs    []directory.Skill // that its holder must have
	Rung     int               // of the ladder, 0 in the owning team
	Since    time.Time         // when it came to where it is
	Warned   bool              // its target is near, and its team knows
	Closed   time.Time
	Outcome  string // how it was closed
	Version  int    // for compare-and-set: one change of each version
}

// TaskNote is what somebody wrote about a work item, or what was done with it.
type TaskNote struct {
	At   time.Time
	By   directory.StaffID // empty: the gateway itself
	What string            // "accepted", "returned", "transferred", "offered", "closed", "noted"
	To   string            // a team or a member of staff
	Note string            // sealed at rest
}

// QueueQuery chooses work for a page of it.
type QueueQuery struct {
	Holder directory.StaffID  // their own; empty: anybody's
	Teams  []directory.TeamID // of these queues; none: of every team
	States []WorkState        // none: all that is not done
	Kind   WorkItemKind
	Case   directory.CaseReference
	Person directory.PersonID
	Limit  int    // 0: 50
	After  string // the last id of the page before
}

// Presence is whether somebody is there to take work.
type Presence string

// Only who is Available is offered work. Whoever is not heard of for
// PresenceLife is away, and what was offered to them is offered again.
const (
	Available Presence = "available"
	Busy      Presence = "busy"
	Away      Presence = "away"
)

// PresenceLife is how long a sign of presence lasts.
const PresenceLife = 45 * time.Second

// Why something cannot be done with a work item.
var (
	ErrTaken     = errors.New("somebody else has it")
	ErrNotYours  = errors.New("it is not theirs to do")
	ErrForbidden = errors.New("they may not see this")
)
