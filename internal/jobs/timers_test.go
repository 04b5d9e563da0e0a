package jobs_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/jobs"
)

func ExampleTimers() {
	timers, err := jobs.NewTimers(false)
	if err != nil {
		fmt.Println(err)
		return
	}
	// Without a transaction there is nothing to set a timer in.
	err = timers.Set(context.Background(), nil, []gateway.Timer{{Kind: "alarm"}})
	fmt.Println(err)
	// Output: setting timers: there is no kind "alarm"
}

func TestTimerFiresWhenDue(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		d.start(t, w)
		at := time.Now().Add(700 * time.Millisecond)
		d.set(t, wakeAt("C1", at), finishAt("M1", inAnHour()))
		if c := w.next(t, "wake", "C1"); c.at.Before(at.Truncate(time.Millisecond)) { // SQLite keeps milliseconds
			t.Errorf("woken %v early", at.Sub(c.at))
		}
		w.silent(t)
		d.wantStates(t, "completed", "scheduled")
	})
}

func TestTimerOfAnUndoneTurnNeverFires(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		d.start(t, w)
		if err := d.trySet(t, false, wakeAt("undone", due()), finishAt("undone", due())); err != nil {
			t.Fatal(err)
		}
		d.set(t, wakeAt("done", due()))
		w.next(t, "wake", "done")
		w.silent(t)
	})
}

func TestTimerOfNoKindIsRefused(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		if err := d.trySet(t, true, wakeAt("C1", inAnHour()), gateway.Timer{Kind: "alarm"}); err == nil {
			t.Error("a timer of no kind was set")
		}
		d.wantStates(t)
	})
}

func TestTimerFiresAfterRestart(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		before := newWaker()
		node := d.node(t, before, discard)
		if err := node.Start(t.Context()); err != nil {
			t.Fatal(err)
		}
		stop(t, node)
		d.set(t, finishAt("M1", due()))
		before.silent(t)
		after := newWaker()
		d.start(t, after)
		after.next(t, "finish", "M1")
		d.wantStates(t, "completed")
	})
}

// TestOneJobForEachConversation: a timer that is earlier brings the job
// forward, a later one changes nothing, and after its end there is room again.
func TestOneJobForEachConversation(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		w.wake = func(context.Context, gateway.ConversationID) (time.Time, error) { return inAnHour(), nil }
		d.start(t, w)
		d.set(t, wakeAt("C1", inAnHour()), wakeAt("C2", inAnHour()))
		d.set(t, wakeAt("C1", inAnHour().Add(time.Hour)))
		w.silent(t)
		d.wantStates(t, "scheduled", "scheduled")

		d.set(t, wakeAt("C1", due()))
		w.next(t, "wake", "C1")
		d.wantStates(t, "scheduled", "scheduled")

		d.set(t, wakeAt("C1", inAnHour().Add(-time.Minute))) // it finds for itself when to run next
		w.next(t, "wake", "C1")
		w.silent(t)
		d.wantStates(t, "scheduled", "scheduled")

		w.wake = nil
		d.set(t, wakeAt("C1", due()))
		w.next(t, "wake", "C1")
		d.wantStates(t, "completed", "scheduled")
		d.set(t, wakeAt("C1", due()))
		w.next(t, "wake", "C1")
		d.wantStates(t, "completed", "scheduled", "completed")
	})
}

// TestUndoneTurnBringsNothingForward is the same promise for a job that exists.
func TestUndoneTurnBringsNothingForward(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		w := newWaker()
		d.start(t, w)
		d.set(t, wakeAt("C1", inAnHour()))
		if err := d.trySet(t, false, wakeAt("C1", due())); err != nil {
			t.Fatal(err)
		}
		w.silent(t)
		d.wantStates(t, "scheduled")
	})
}

// TestJobsHoldOnlyIDs: what River keeps, shows and logs of a job.
func TestJobsHoldOnlyIDs(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		d.set(t, wakeAt("C1", inAnHour()), finishAt("M1", inAnHour()))
		rows, err := d.Query(`SELECT kind, CAST(args AS text) FROM river_job ORDER BY id`)
		if err != nil {
			t.Fatal(err)
		}
		defer rows.Close()
		var got []string
		for rows.Next() {
			var kind, args string
			if err := rows.Scan(&kind, &args); err != nil {
				t.Fatal(err)
			}
			got = append(got, kind+args)
		}
		want := []string{`wake{"conversation": "C1"}`, `finish{"message": "M1"}`}
		if !d.postgres { // which writes JSON its own way
			want = []string{`wake{"conversation":"C1"}`, `finish{"message":"M1"}`}
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("jobs %s, want %s", got, want)
		}
	})
}

func BenchmarkSet(b *testing.B) {
	for name, d := range map[string]database{"SQLite": newSQLite(b).migrated(b), "PostgreSQL": newPostgres(b).migrated(b)} {
		b.Run(name, func(b *testing.B) {
			timers, err := jobs.NewTimers(d.postgres)
			if err != nil {
				b.Fatal(err)
			}
			for n := 0; b.Loop(); n++ {
				tx, err := d.Begin()
				if err != nil {
					b.Fatal(err)
				}
				if err := timers.Set(b.Context(), tx, []gateway.Timer{wakeAt(fmt.Sprintf("%s-%d", b.Name(), n), inAnHour())}); err != nil {
					b.Fatal(err)
				}
				if err := tx.Commit(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
