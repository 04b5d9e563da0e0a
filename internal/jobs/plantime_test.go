package jobs

import (
	"context"
	"errors"
	"testing"
	"time"

	"parley/gateway"
)

// stoppedPlanner has gone through some cases when it is stopped.
type stoppedPlanner struct{ cases int }

func (p stoppedPlanner) PlanDay(context.Context) (gateway.Planned, error) {
	return gateway.Planned{Cases: p.cases}, errors.New("stopped")
}

// What there was no time for is the next's; a node that ends, and a round in
// which nobody had a turn, are told of.
func TestNoTimeForAllCasesIsNoFailure(t *testing.T) {
	late, done := context.WithDeadline(t.Context(), time.Unix(1, 0))
	defer done()
	ended, end := context.WithCancel(t.Context())
	end()
	for _, test := range []struct {
		name  string
		ctx   context.Context
		cases int
		fails bool
	}{
		{"no time for all", late, 500, false},
		{"no time for any", late, 0, true},
		{"the node ends", ended, 500, true},
		{"the store is away", t.Context(), 500, true},
	} {
		w := planWorker{planner: stoppedPlanner{test.cases}}
		if err := w.Work(test.ctx, nil); (err != nil) != test.fails {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
