package gateway

import (
	"context"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// NewTask is work that a member of staff writes down: a letter, a call, a
// complaint by telephone.
type NewTask struct {
	Kind      WorkItemKind
	Case      directory.CaseReference
	Person    directory.PersonID // whom it is about
	Urgent    bool
	Due       time.Time // zero: by the target of its kind
	Note      string    // what it is, for who takes it
	Authority *Authority
}

// Authority is somebody's authority to act for a parent: without one that
// stands, nothing of the parent's record may be told to them.
type Authority struct {
	Who          string // the Member of Parliament, adviser, relative
	Organisation string
	For          directory.PersonID
	ShownBy      string           // a signed letter of 2 March; elected representative (Data Protection Act 2018 Schedule 1 paragraph 23)
	Until        calculation.Date // zero: without an end
	By           directory.StaffID
	At           time.Time
}

// AddTask adds work that somebody writes down, and returns its id. Work for a
// third party (MPWork, ThirdPartyWork) names them in its Authority; one with
// an empty ShownBy says that nothing was shown yet.
func (g *Gateway) AddTask(ctx context.Context, by directory.StaffID, n NewTask) (string, error) {
	return "", nil
}

// Authorities are those on record to act for a person, the latest first.
func (g *Gateway) Authorities(ctx context.Context, by directory.StaffID, person directory.PersonID) ([]Authority, error) {
	return nil, nil
}

// TakeWork adds a work item of another room, as a voicemail or a call. Its ID,
// Key, Created and Due are filled in where they are empty; one whose key is
// there already is no error.
func (g *Gateway) TakeWork(ctx context.Context, w WorkItem) error { return nil }

// EndWork closes a work item on the gateway's own account, as when a caller
// rings off. One that is done, or not there, is no error.
func (g *Gateway) EndWork(ctx context.Context, id, outcome string) error { return nil }

// Ahead is how many work items of a kind come before one in its team's queue.
func (g *Gateway) Ahead(ctx context.Context, id string) (int, error) { return 0, nil }

// Foresee is where a work item would go now, and whether its team works now.
func (g *Gateway) Foresee(ctx context.Context, w WorkItem) (Place, error) { return Place{}, nil }

// Place is where work goes: to a team's queue, and in it first to somebody.
type Place struct {
	Team    directory.TeamID
	For     directory.StaffID
	Needs   []directory.Skill
	Rung    int
	Until   time.Time // when it goes on, to the team or up the ladder; zero: it stays
	Working bool      // the team works at this moment
	Opens   time.Time // when it next does
}
