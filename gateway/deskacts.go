package gateway

import (
	"context"

	"parley/gateway/directory"
)

// Accept takes a work item for who acts: one that is offered to them, or that
// waits in a queue of theirs. ErrTaken when somebody else has it or it is
// offered to somebody else.
func (g *Gateway) Accept(ctx context.Context, by directory.StaffID, id string, version int) error {
	return ErrNotFound
}

// Return gives a work item back to its team: "not now" to an offer, or what the
// caller, or somebody in a team that they lead, holds.
func (g *Gateway) Return(ctx context.Context, by directory.StaffID, id string, version int, note string) error {
	return ErrNotFound
}

// Destination is where a work item is sent: to a team's queue, or to one member
// of staff, who is asked first.
type Destination struct {
	Team  directory.TeamID // empty: one of the member's own
	Staff directory.StaffID
}

// Transfer sends a work item on, with a note for whoever gets it. ErrForbidden
// when they may not see it, ErrNoReason without a note.
func (g *Gateway) Transfer(ctx context.Context, by directory.StaffID, id string, version int, to Destination, note string) error {
	return ErrNotFound
}

// Close ends a work item with its outcome. ErrCause when its kind has to say why
// it is late, and Delay has not.
func (g *Gateway) Close(ctx context.Context, by directory.StaffID, id string, version int, outcome, note string) error {
	return ErrNotFound
}

// Delay says why a work item is late, or will be.
func (g *Gateway) Delay(ctx context.Context, by directory.StaffID, id string, version int, cause string) error {
	return ErrNotFound
}

// NoteTask adds a note to a work item.
func (g *Gateway) NoteTask(ctx context.Context, by directory.StaffID, id string, version int, note string) error {
	return ErrNotFound
}
