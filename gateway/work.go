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
	WorkItem  // Team is the queue that it is in now
	State     WorkState
	Owner     directory.TeamID    // that answers for its case; empty: it was never routed
	Home      directory.TeamID    // whose ladder it climbs: the owner, or where it was transferred to
	Holder    directory.StaffID   // whom it is offered to, or who holds or closed it
	For       directory.StaffID   // waiting: who is asked first, before anybody else of the team
	Needs     []directory.Skill   // that its holder must have
	Passed    []directory.StaffID // who let it go by, and is not asked again for a while
	Rung      int                 // of the ladder, 0 at home
	Priority  int                 // 0 comes first; within one, what is due first
	Answer    time.Time           // when somebody should have taken it
	Since     time.Time           // when it came to where it is
	Until     time.Time           // waiting: when it goes on of itself, to the team or up the ladder
	Warned    bool                // its target is near, and its team knows
	Missed    bool                // its target has passed, and its team knows
	Explained bool                // somebody has said why it is late
	Closed    time.Time
	Outcome   string    // how it was closed
	Version   int       // for compare-and-set: one change of each version
	Acts      time.Time // when the desk looks at it next
}

// TaskNote is what somebody wrote about a work item, or what was done with it.
type TaskNote struct {
	Number int // the version that it made
	At     time.Time
	By     directory.StaffID // empty: the gateway itself
	What   TaskEvent
	To     string // a team or a member of staff
	Note   string // sealed at rest
}

// TaskEvent is what happened to a work item.
type TaskEvent string

// What happens to work items.
const (
	TaskRouted      TaskEvent = "routed"
	TaskOffered     TaskEvent = "offered"
	TaskPassed      TaskEvent = "passed" // not taken by whom it was offered to
	TaskAccepted    TaskEvent = "accepted"
	TaskReturned    TaskEvent = "returned"
	TaskTransferred TaskEvent = "transferred"
	TaskClimbed     TaskEvent = "climbed" // to the next rung of the ladder
	TaskWarned      TaskEvent = "warned"
	TaskMissed      TaskEvent = "missed"  // its target
	TaskDelayed     TaskEvent = "delayed" // the cause of its being late was said
	TaskNoted       TaskEvent = "noted"
	TaskClosed      TaskEvent = "closed"
)

// QueueQuery chooses work for a page of it.
type QueueQuery struct {
	Holder directory.StaffID  // their own, offered or held; empty: anybody's
	Teams  []directory.TeamID // of these queues; none: of every team of who asks
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
	ErrChanged   = errors.New("somebody has changed it since it was read")
	ErrCause     = errors.New("it is late, and nobody has said why")
	ErrNoReason  = errors.New("a reason is needed")
)
