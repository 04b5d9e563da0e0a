package jobs_test

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/jobs"
)

// planner tells of each going through the cases, of which no two may be at the
// same time.
type planner struct {
	begun chan struct{}

	mu    sync.Mutex
	busy  bool
	twice bool
	fails error
}

func (p *planner) PlanDay(context.Context) (gateway.Planned, error) {
	p.mu.Lock()
	p.twice, p.busy = p.twice || p.busy, true
	err := p.fails
	p.fails = nil
	p.mu.Unlock()
	p.begun <- struct{}{}
	time.Sleep(100 * time.Millisecond) // longer than until the next would begin
	p.mu.Lock()
	p.busy = false
	p.mu.Unlock()
	return gateway.Planned{}, err
}

// Two nodes, of which one plans at a time; after a failure planning goes on.
func TestNoticesArePlannedAgainAndAgainByOneNode(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		p := &planner{begun: make(chan struct{}, 100), fails: errors.New("the store is away")}
		nodes := 1
		if d.postgres {
			nodes = 2
		}
		for range nodes {
			node, err := jobs.New(jobs.Config{
				Database: d.open(t), Postgres: d.postgres, Waker: newWaker(), Planner: p, Clock: time.Now,
				Log: slog.New(slog.DiscardHandler), Poll: 20 * time.Millisecond, PlanEvery: 50 * time.Millisecond,
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := node.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { stop(t, node) })
		}
		for i := range 3 {
			select {
			case <-p.begun:
			case <-time.After(patience):
				t.Fatalf("planned %d times", i)
			}
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		if p.twice {
			t.Error("planned twice at the same time")
		}
	})
}
