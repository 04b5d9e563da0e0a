package main

import (
	"context"
	"runtime/metrics"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

// BenchmarkPlanning has the planner go through as many cases as it is asked for,
// each with a plan of which a payment is due in three days, and put a reminder
// for each into the outbox: PostgreSQL with fsync. It reports the most memory
// that was in use while the first tenth was planned, and at any time: they are
// as good as the same, however many there are.
//
//	go test -run xxx -bench Planning -benchtime 1000000x -timeout 60m .
func BenchmarkPlanning(b *testing.B) {
	if b.N == 1 {
		return // the measuring run comes with -benchtime Nx
	}
	p := planningParts(b)
	putPlans(b, p.store, b.N)
	ctx, stop := context.WithCancel(b.Context())
	heap := watchHeap(ctx, p.store, b.N/10)
	b.ResetTimer()
	begun := time.Now()
	planned, err := p.gateway.PlanDay(b.Context())
	took := time.Since(begun)
	b.StopTimer()
	stop()
	<-heap.done
	if err != nil || planned.Notices < b.N || planned.Failed > 0 {
		b.Fatalf("%+v are planned of %d, %v", planned, b.N, err)
	}
	b.ReportMetric(float64(b.N)/took.Seconds(), "planned/s")
	b.ReportMetric(float64(took.Microseconds())/float64(b.N), "µs/case")
	b.ReportMetric(float64(heap.first>>20), "first-heap-MB")
	b.ReportMetric(float64(heap.most>>20), "peak-heap-MB")
	b.ReportMetric(0, "ns/op")
}

// planningParts is a gateway that plans and does nothing else.
func planningParts(b *testing.B) *parts {
	b.Helper()
	set := benchSettings(b)
	set.DatabaseURL, set.RedisURL = servertest.StartPostgres(b).URL(), servertest.Redis(b)
	migrate(b, set)
	p := benchParts(set)
	b.Cleanup(func() { p.stop(context.Background()) })
	for _, start := range []func(context.Context) error{p.openStore, p.openSessions, p.makeChannels, p.makeGateway} {
		if err := start(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	return p
}

// putPlans stores n cases, each with a plan.
func putPlans(b *testing.B, s *store.Store, n int) {
	b.Helper()
	const chunk = 200
	now := time.Now()
	due := now.AddDate(0, 0, 3)
	plan := directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(due.Year(), due.Month(), due.Day())}
	var putting errgroup.Group
	putting.SetLimit(4)
	for first := 0; first < n; first += chunk {
		putting.Go(func() error {
			past := &store.Past{}
			for i := first; i < min(first+chunk, n); i++ {
				c := campaignCase(i)
				c.Plan, c.EffectiveDate = plan, calculation.NewDate(2026, 4, 6)
				past.Cases = append(past.Cases, c)
			}
			return s.PutPast(b.Context(), past, now)
		})
	}
	if err := putting.Wait(); err != nil {
		b.Fatal(err)
	}
	if err := s.Measure(b.Context()); err != nil {
		b.Fatal(err)
	}
}

// heapWatch is the most memory that objects took, in bytes, while the first
// notices were planned, and ever.
type heapWatch struct {
	first, most uint64
	done        chan struct{}
}

// watchHeap samples the heap until ctx ends. The first are over when so many
// notices are in the outbox.
func watchHeap(ctx context.Context, s *store.Store, first int) *heapWatch {
	w := &heapWatch{done: make(chan struct{})}
	var over atomic.Bool
	go func() {
		const sooner = `SELECT count(*) >= $1 FROM (SELECT 1 FROM messages WHERE notice <> '' LIMIT $1) AS some`
		for enough := false; !enough && ctx.Err() == nil; time.Sleep(100 * time.Millisecond) {
			if s.Writer().QueryRowContext(ctx, sooner, first).Scan(&enough) == nil {
				over.Store(enough)
			}
		}
	}()
	go func() {
		defer close(w.done)
		sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
		for ctx.Err() == nil {
			metrics.Read(sample)
			now := sample[0].Value.Uint64()
			w.most = max(w.most, now)
			if !over.Load() {
				w.first = max(w.first, now)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}()
	return w
}
