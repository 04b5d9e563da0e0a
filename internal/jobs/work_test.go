package jobs_test

import (
	"bytes"
	"context"
	"database/sql"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/jobs"
)

var discard = slog.New(slog.DiscardHandler)

func TestConversationIsWokenUntilItEnds(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		next := times(time.Now().Add(1200*time.Millisecond), time.Now().Add(-time.Hour), time.Time{})
		w.wake = func(context.Context, gateway.ConversationID) (time.Time, error) { return next(), nil }
		d.start(t, w)
		d.set(t, wakeAt("C1", due()))
		first := w.next(t, "wake", "C1").at
		second := w.next(t, "wake", "C1").at
		third := w.next(t, "wake", "C1").at
		if wait := second.Sub(first); wait < time.Second {
			t.Errorf("woken again after %v, want about 1.2 s", wait)
		}
		if wait := third.Sub(second); wait < 900*time.Millisecond {
			t.Errorf("due again at once, woken again after %v: that would spin", wait)
		}
		w.silent(t)
		d.wantStates(t, "completed")
	})
}

func TestFailuresAreTriedAgain(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		fails := times(errAway, nil)
		w.finish = fails
		panics := times(true, false)
		w.wake = func(context.Context, gateway.ConversationID) (time.Time, error) {
			if panics() {
				panic("a bug")
			}
			return time.Time{}, nil
		}
		d.start(t, w)
		d.set(t, finishAt("M1", due()))
		first := w.next(t, "finish", "M1").at
		if wait := w.next(t, "finish", "M1").at.Sub(first); wait < 900*time.Millisecond || wait > 5*time.Second {
			t.Errorf("tried again after %v, want a second", wait)
		}
		d.set(t, wakeAt("C1", due()))
		w.next(t, "wake", "C1")
		w.next(t, "wake", "C1")
		d.wantStates(t, "completed", "completed")
	})
}

// TestGivingUp: after the 25th attempt a person is to read the message, and
// the job does not end before that has been arranged.
func TestGivingUp(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		w.finish = times(errAway)
		w.giveUp = times(errAway, nil)
		d.set(t, finishAt("M1", due()))
		d.change(t, `UPDATE river_job SET attempt = 23`)
		d.start(t, w)
		w.next(t, "finish", "M1")    // the 24th attempt
		d.wantStates(t, "retryable") // for a minute
		d.change(t, `UPDATE river_job SET state = 'available', scheduled_at = created_at WHERE state = 'retryable'`)
		w.next(t, "finish", "M1") // the 25th
		w.next(t, "give up", "M1")
		d.wantStates(t, "retryable")
		d.change(t, `UPDATE river_job SET state = 'available', scheduled_at = created_at WHERE state = 'retryable'`)
		w.next(t, "finish", "M1")
		w.next(t, "give up", "M1")
		d.wantStates(t, "completed")
	})
}

func TestTwoNodesRunAJobOnce(t *testing.T) {
	t.Parallel()
	d := newPostgres(t).migrated(t)
	w := newWaker()
	w.wake = func(context.Context, gateway.ConversationID) (time.Time, error) {
		time.Sleep(time.Millisecond)
		return time.Time{}, nil
	}
	d.start(t, w)
	d.start(t, w)
	const many = 100
	var timers []gateway.Timer
	for i := range many {
		timers = append(timers, wakeAt(string(rune('A'+i)), due()))
	}
	d.set(t, timers...)
	woken := map[string]int{}
	for range many {
		select {
		case c := <-w.calls:
			woken[c.id]++
		case <-time.After(patience):
			t.Fatalf("only %d conversations were woken", len(woken))
		}
	}
	w.silent(t)
	if len(woken) != many {
		t.Errorf("%d conversations were woken by %d calls", len(woken), many)
	}
}

func TestStopWaitsForWhatIsUnderWay(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		var ended time.Time
		w.wake = func(ctx context.Context, _ gateway.ConversationID) (time.Time, error) {
			time.Sleep(300 * time.Millisecond)
			ended = time.Now()
			return time.Time{}, ctx.Err()
		}
		node := d.start(t, w)
		d.set(t, wakeAt("C1", due()))
		w.next(t, "wake", "C1")
		stop(t, node)
		if ended.IsZero() {
			t.Error("stopped in the middle of a job")
		}
		d.wantStates(t, "completed")
	})
}

func TestStopEndsWhatWillNotEnd(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		w.wake = func(ctx context.Context, _ gateway.ConversationID) (time.Time, error) {
			<-ctx.Done()
			return time.Time{}, ctx.Err()
		}
		node := d.node(t, w, discard)
		if err := node.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.set(t, wakeAt("C1", due()))
		w.next(t, "wake", "C1")
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := node.Stop(ctx); err != nil {
			t.Errorf("Stop: %v", err)
		}
		w.wake = nil
		d.start(t, w)
		w.next(t, "wake", "C1") // it was not lost
		d.wantStates(t, "completed")
	})
}

func TestStopBeforeStart(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) { stop(t, d.node(t, newWaker(), discard)) })
}

func TestStartWaitsForItsTables(t *testing.T) {
	t.Parallel()
	for name, d := range map[string]database{"SQLite": newSQLite(t), "PostgreSQL": newPostgres(t)} {
		t.Run(name, func(t *testing.T) {
			w := newWaker()
			node := d.node(t, w, discard)
			if err := node.Start(t.Context()); err == nil {
				t.Error("started without tables")
			}
			d.migrated(t)
			if err := node.Start(t.Context()); err != nil {
				t.Fatal(err)
			}
			d.set(t, wakeAt("C1", due()))
			w.next(t, "wake", "C1")
			stop(t, node)
		})
	}
}

// TestMigrateTogether has every node of a new service migrate at once.
func TestMigrateTogether(t *testing.T) {
	t.Parallel()
	d := newPostgres(t)
	handles := make([]*sql.DB, 8)
	for i := range handles {
		handles[i] = d.open(t)
	}
	var all sync.WaitGroup
	for _, db := range handles {
		all.Go(func() {
			if err := jobs.Migrate(t.Context(), db, true); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

// TestLog: a failure is told once, with ids; a good day is silent.
func TestLog(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		var log syncBuffer
		w := newWaker()
		w.finish = times(errAway, nil)
		node := d.node(t, w, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelInfo})))
		if err := node.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		d.set(t, wakeAt("C1", due()), wakeAt("C2", inAnHour()))
		w.next(t, "wake", "C1")
		if words := log.String(); words != "" {
			t.Errorf("logged without a cause: %s", words)
		}
		d.set(t, finishAt("M1", due()))
		w.next(t, "finish", "M1")
		w.next(t, "finish", "M1")
		stop(t, node)
		words := log.String()
		if strings.Count(words, "\n") != 1 || !strings.Contains(words, "level=WARN") || !strings.Contains(words, "finishing message M1: the store is away") {
			t.Errorf("logged of one failure: %s", words)
		}
	})
}

// syncBuffer is a buffer that many may write to.
type syncBuffer struct {
	mu     sync.Mutex
	buffer bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.buffer.String()
}
