package gateway

import (
	"context"

	"parley/gateway/directory"
)

// Roster is who works where.
func (g *Gateway) Roster() *directory.Roster { return g.Staff }

// QueueCounts are the figures above a page of work.
type QueueCounts struct {
	Held    int // by who asks
	Offered int // to them
	Teams   []TeamCount
}

// TeamCount counts what waits in a team's queue, offered to one of its members
// or not; Held is what its members hold.
type TeamCount struct {
	Team    directory.TeamID
	Waiting int
	Urgent  int // of those that wait
	Late    int // due before now, waiting or held
	Held    int
}

// Queue returns work that somebody may see: in their teams' queues, or their
// own, most urgent first. Of a case or a person it is all work, if they may see
// the case. What is done comes only when it is asked for.
func (g *Gateway) Queue(ctx context.Context, by directory.StaffID, q QueueQuery) ([]Task, error) {
	return nil, nil
}

// QueueCounts counts the work of somebody and of their teams.
func (g *Gateway) QueueCounts(ctx context.Context, by directory.StaffID) (QueueCounts, error) {
	return QueueCounts{}, nil
}

// Task returns a work item and its history, oldest first. ErrNotFound, also for
// one that they may not even know of; ErrNoReason when its case has to be opened
// with a reason first.
func (g *Gateway) Task(ctx context.Context, by directory.StaffID, id string) (Task, []TaskNote, error) {
	return Task{}, nil, ErrNotFound
}
