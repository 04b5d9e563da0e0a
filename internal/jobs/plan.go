package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"parley/gateway"
)

// Planner is what plans notices. PlanDay may be called more than once at the
// same time, on two nodes. One that was stopped is gone on with by the next.
type Planner interface {
	PlanDay(ctx context.Context) (gateway.Planned, error)
}

// defaultPlanEvery is how often all cases are gone through. Notices are planned
// a day ahead, so nothing is late when one going through fails.
const defaultPlanEvery = 15 * time.Minute

// planTimeout is how long is planned at a time. For so long after a node died
// that did it, no other begins.
const planTimeout = 10 * time.Minute

// plan is going through all cases: by one node at a time.
type plan struct{}

// Kind implements river.JobArgs.
func (plan) Kind() string { return "plan" }

// InsertOpts implements river.JobArgsWithInsertOpts. What fails is done again
// by the next.
func (plan) InsertOpts() river.InsertOpts {
	return river.InsertOpts{
		MaxAttempts: 1,
		UniqueOpts: river.UniqueOpts{ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable,
			rivertype.JobStateRunning, rivertype.JobStateScheduled,
		}},
	}
}

type planWorker struct {
	river.WorkerDefaults[plan]
	planner Planner
}

// Timeout implements river.Worker.
func (planWorker) Timeout(*river.Job[plan]) time.Duration { return planTimeout }

// Work implements river.Worker. Cases that there was no time for are the next's
// first, and no failure.
func (w *planWorker) Work(ctx context.Context, _ *river.Job[plan]) error {
	planned, err := w.planner.PlanDay(ctx)
	if err == nil || planned.Cases > 0 && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return nil
	}
	return fmt.Errorf("planning notices: %w", err)
}

// periodically plans at the start and again and again.
func periodically(every time.Duration) []*river.PeriodicJob {
	now := func() (river.JobArgs, *river.InsertOpts) { return plan{}, nil }
	return []*river.PeriodicJob{river.NewPeriodicJob(river.PeriodicInterval(every), now, &river.PeriodicJobOpts{RunOnStart: true})}
}
