package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"

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

// TeamCount counts the work in a team's queue.
type TeamCount struct {
	Team    directory.TeamID
	Waiting int // offered to somebody or not
	Urgent  int // of those that wait
	Held    int
	Late    int // due before now, waiting or held
}

// pageOfWork is how much work a query returns that does not say.
const pageOfWork = 50

// Queue returns work that somebody may see: in their teams' queues, or their
// own, most urgent first; teams that are not theirs are passed over. Of a case
// or a person it is all work on the cases that they may see without a reason
// more. What is done comes only when it is asked for, the latest first.
func (g *Gateway) Queue(ctx context.Context, by directory.StaffID, q QueueQuery) ([]Task, error) {
	s := g.Staff.Staff(by)
	if s == nil || !s.TakesWork() {
		return nil, ErrForbidden
	}
	search := TaskSearch{
		Holder: q.Holder, Case: q.Case, Person: q.Person, Kind: q.Kind, States: q.States,
		Hidden: by, Routed: true, Limit: q.Limit, After: q.After,
	}
	if q.Limit == 0 {
		search.Limit = pageOfWork
	}
	if q.Holder != by && q.Case == "" && q.Person == "" {
		for _, team := range s.Teams {
			if len(q.Teams) == 0 || slices.Contains(q.Teams, team) {
				search.Teams = append(search.Teams, team)
			}
		}
		if len(search.Teams) == 0 {
			return nil, nil
		}
	}
	tasks, err := g.Store.Tasks(ctx, search)
	if err != nil {
		return nil, fmt.Errorf("reading a queue: %w", err)
	}
	if len(search.Teams) > 0 || q.Holder == by {
		return tasks, nil
	}
	return g.seen(ctx, s, tasks)
}

// seen are those of some tasks that somebody may see.
func (g *Gateway) seen(ctx context.Context, s *directory.Staff, tasks []Task) ([]Task, error) {
	var seen []Task
	for i := range tasks {
		switch err := g.seesTask(ctx, s, &tasks[i]); err {
		case nil:
			seen = append(seen, tasks[i])
		case ErrNotFound, ErrNoReason:
		default:
			return nil, err
		}
	}
	return seen, nil
}

// QueueCounts counts the work of somebody and of their teams.
func (g *Gateway) QueueCounts(ctx context.Context, by directory.StaffID) (QueueCounts, error) {
	s := g.Staff.Staff(by)
	if s == nil || !s.TakesWork() {
		return QueueCounts{}, ErrForbidden
	}
	counts, err := g.Store.CountTasks(ctx, by, s.Teams, g.Clock())
	if err != nil {
		return QueueCounts{}, fmt.Errorf("counting work: %w", err)
	}
	return counts, nil
}

// Task returns a work item and its history, oldest first. ErrNotFound, also for
// one that they may not even know of; ErrNoReason, and nothing but its case,
// when that has to be opened with a reason first.
func (g *Gateway) Task(ctx context.Context, by directory.StaffID, id string) (Task, []TaskNote, error) {
	s := g.Staff.Staff(by)
	if s == nil || !s.TakesWork() {
		return Task{}, nil, ErrForbidden
	}
	t, notes, err := g.Store.Task(ctx, id)
	if err == nil {
		err = g.seesTask(ctx, s, &t)
	}
	switch {
	case errors.Is(err, ErrNoReason):
		return Task{WorkItem: WorkItem{ID: id, Case: t.Case}}, nil, ErrNoReason
	case err != nil:
		return Task{}, nil, fmt.Errorf("reading work item %s: %w", id, err)
	}
	return t, notes, nil
}
