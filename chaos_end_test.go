package main

import (
	"context"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/internal/chaos"
)

// asleep lists, for SQL, whom nothing is sent to now.
func (w *chaosWorld) asleep() string {
	people := []string{"''"}
	for _, p := range w.players {
		if p.parent.Asleep {
			people = append(people, "'"+p.parent.Person+"'")
		}
	}
	return strings.Join(people, ", ")
}

func (w *chaosWorld) flush() {
	options, err := redis.ParseURL(w.redis.URL())
	if err == nil {
		client := redis.NewClient(options)
		err = client.FlushAll(context.Background()).Err()
		_ = client.Close()
	}
	if err != nil {
		w.t.Error(err)
	}
}

// finished reports whether everybody has.
func (w *chaosWorld) finished() bool {
	for _, p := range w.players {
		p.mu.Lock()
		done := p.done
		p.mu.Unlock()
		if !done {
			return false
		}
	}
	return true
}

// leap puts every clock forward to so much ahead, one node after the other as
// in a rolling restart.
func (w *chaosWorld) leap(ahead time.Duration) {
	w.phones.ahead.Store(int64(ahead))
	for _, p := range w.places {
		p.node.stop()
		p.begin(ahead)
	}
}

// settleLosses lets the minutes pass in which messages of unknown outcome are
// looked for and, if they never left, sent once more: until everybody has
// finished, or waits for what was given up.
func (w *chaosWorld) settleLosses() {
	w.t.Helper()
	for round := range 6 {
		for begun := time.Now(); time.Since(begun) < patience && !w.finished(); time.Sleep(50 * time.Millisecond) {
			if time.Since(begun) > 8*time.Second && w.count(`SELECT count(*) FROM flights`) == 0 {
				break
			}
		}
		if w.finished() {
			return
		}
		w.leap(time.Duration(round+1) * 7 * time.Minute)
		w.timersAreDue("finish") // the queue's clock is the real one, and did not leap
	}
}

// comeBackLater is two days on: whoever went silent is nudged, though every
// timer goes off three times and nodes are killed meanwhile.
func (w *chaosWorld) comeBackLater() {
	w.t.Helper()
	w.settled()
	w.leap(49 * time.Hour)
	for i := range 3 {
		w.timersAreDue("wake")
		time.Sleep(time.Second)
		w.places[i].node.kill()
		w.places[i].begin(49 * time.Hour)
	}
	w.await("every timer has gone off", func() bool {
		w.timersAreDue("finish")
		return w.count(`SELECT count(*) FROM river_job WHERE kind IN ('wake', 'finish') AND (state IN ('available', 'running', 'retryable') OR state = 'scheduled' AND scheduled_at < now())`) == 0
	})
	w.leap(49*time.Hour + 10*time.Minute) // for nudges of unknown outcome
	w.settled()
}

// timersAreDue brings timers of a kind forward to now, and all that are to be
// tried again, which River does by the clock of the database.
func (w *chaosWorld) timersAreDue(kind string) {
	w.t.Helper()
	if _, err := w.store.Writer().ExecContext(w.t.Context(),
		`UPDATE river_job SET scheduled_at = now() WHERE kind = $1 AND state = 'scheduled' OR state = 'retryable' AND scheduled_at > now()`, kind); err != nil {
		w.t.Fatal(err)
	}
}

// record is what was seen, and what is stored.
func (w *chaosWorld) record() chaos.Record {
	w.t.Helper()
	ledger, err := chaos.ReadLedger(context.WithoutCancel(w.t.Context()), w.store.Writer(), time.Now())
	if err != nil {
		w.t.Fatal(err)
	}
	r := chaos.Record{Ledger: ledger}
	for _, p := range w.players {
		p.mu.Lock()
		p.parent.Waits = !p.done
		r.Parents = append(r.Parents, p.parent)
		r.Said = append(r.Said, p.said...)
		r.Heard = append(r.Heard, p.heard...)
		p.mu.Unlock()
	}
	for _, a := range w.post.at {
		r.Heard = append(r.Heard, a.heard...)
	}
	return r
}
