package main

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/internal/chaos"
)

// clock is the nodes' clock, but for what a step may have put it off.
func (w *chaosWorld) clock() time.Time { return time.Now().Add(time.Duration(w.phones.ahead.Load())) }

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

// catchUp lets nodes that have fallen behind, as all do on a machine that does much
// else, answer what waits: as long as more than a few messages a second do come and go.
func (w *chaosWorld) catchUp() {
	const (
		look = 5 * time.Second
		few  = 10 * int(look/time.Second)
		most = 20 * time.Minute
	)
	for begun, before := time.Now(), 0; time.Since(begun) < most; {
		now := w.count("SELECT count(*) FROM messages")
		if now-before < few {
			return
		}
		before = now
		time.Sleep(look)
	}
	w.t.Logf("the nodes have not caught up in %v", most)
}

// leap restarts all nodes with their clocks, and the carrier's, so far ahead.
func (w *chaosWorld) leap(ahead time.Duration) {
	w.phones.ahead.Store(int64(ahead))
	var stopping sync.WaitGroup
	for _, p := range w.places {
		stopping.Go(p.node.stop)
	}
	stopping.Wait()
	for _, p := range w.places {
		p.begin(ahead)
	}
	w.timersAreDue("finish")
}

// settleLosses lets the minutes pass in which messages of unknown outcome are
// looked for and, if they never left, sent once more: until everybody has
// finished, or waits for what was given up.
func (w *chaosWorld) settleLosses() {
	w.t.Helper()
	w.quiet(aLease)                                                           // no node looks for anything within the first minute
	for round := 1; round < 10 && !(w.finished() && w.lost() == 0); round++ { // later than an hour no answer is sent again
		w.leap(time.Duration(round) * 6 * time.Minute)
		w.quiet(aLook)
	}
	w.settled()
}

// comeBackLater is two days on: whoever went silent is nudged, though every
// timer goes off three times and a node is killed meanwhile.
func (w *chaosWorld) comeBackLater() {
	w.t.Helper()
	const later = 49 * time.Hour
	for _, p := range w.players {
		p.mu.Lock()
		p.parent.Slow = !p.done || p.fate == endangered || p.stalls // where they stand is a specialist's doing
		p.mu.Unlock()
	}
	w.leap(later)
	for range 3 {
		w.timersAreDue("wake")
		time.Sleep(500 * time.Millisecond)
	}
	w.places[0].node.kill()
	w.places[0].begin(later)
	w.await("every timer has gone off", func() bool {
		w.timersAreDue("finish")
		return w.count(`SELECT count(*) FROM river_job WHERE kind IN ('wake', 'finish') AND (state IN ('available', 'running', 'retryable') OR state = 'scheduled' AND scheduled_at < now())`) == 0
	})
	w.quiet(aLease)
	for round := 1; w.lost() > 0; round++ { // nudges, of unknown outcome
		w.leap(later + time.Duration(round)*6*time.Minute)
		w.quiet(aLook)
	}
	w.settled()
}

// rest lets what the last parent to finish led to find its owner; what has none
// after that is judged.
func (w *chaosWorld) rest() {
	w.quiet(aLease)
	for begun := time.Now(); w.count("SELECT count(*) FROM work_items WHERE owner = '' AND state <> 'done'") > 0 && time.Since(begun) < patience; {
		time.Sleep(100 * time.Millisecond)
	}
}

// lost counts the messages of which it is still to be found out whether they left.
func (w *chaosWorld) lost() int { return w.count(`SELECT count(*) FROM losses WHERE look_at > 0`) }

// await waits as long as the slowest machine may need.
func (w *chaosWorld) await(what string, so func() bool) {
	w.t.Helper()
	for deadline := time.Now().Add(5 * patience); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			w.t.Fatalf("never: %s", what)
		}
	}
}

// tellOfWaiting logs who and what still waits.
func (w *chaosWorld) tellOfWaiting() {
	for _, p := range w.players {
		p.mu.Lock()
		if !p.done {
			w.t.Logf("%s, who %s by %s, has said %d and waits", p.parent.Person, p.fate, p.channel, len(p.said))
		}
		p.mu.Unlock()
	}
	rows, err := w.store.Writer().QueryContext(context.WithoutCancel(w.t.Context()), `SELECT id || ' to ' || person || ' by ' || channel || ', ' || subject || ', is ' || status || ', not before ' ||
		to_timestamp(not_before / 1000000) || ', ' || reasons FROM messages WHERE outgoing AND waiting LIMIT 20`)
	if err != nil {
		return
	}
	defer rows.Close()
	for rows.Next() {
		var row string
		if rows.Scan(&row) == nil {
			w.t.Log(row)
		}
	}
}

// tellOf logs the conversations of who a finding is about, and what was said in
// them, in order: ids and what was done, never a text.
func (w *chaosWorld) tellOf(f chaos.Finding) {
	rows, err := w.store.Writer().QueryContext(context.WithoutCancel(w.t.Context()), `
		SELECT created || ' conversation ' || id || ' ' || dialog || ' ' || phase || ' ' || outcome || ' turn ' || turn
			FROM conversations WHERE person = ANY($1) OR id = ANY($1) UNION ALL
		SELECT created || ' message ' || id || ' ' || channel || CASE WHEN outgoing THEN ' out ' || status || ' ' || subject ELSE ' in ' || kind END ||
			' ' || conversation || ' turn ' || turn || ' ' || provider_id FROM messages WHERE person = ANY($1) OR conversation = ANY($1) UNION ALL
		SELECT created || ' work ' || id || ' ' || kind || ' ' || state || ' ' || conversation FROM work_items WHERE person = ANY($1) ORDER BY 1 LIMIT 60`,
		strings.FieldsFunc(f.Detail, func(r rune) bool { return strings.ContainsRune(" ,()", r) }))
	if err != nil {
		w.t.Log(err)
		return
	}
	defer rows.Close()
	for rows.Next() {
		var row string
		if rows.Scan(&row) == nil {
			w.t.Log(row)
		}
	}
}

// What quiet outlasts: the lease of a node that died, and the pause between a
// node's looks for what is lost.
const (
	aLease = crashLease + 500*time.Millisecond
	aLook  = 7 * time.Second
)

// quiet waits until nothing is in flight and nothing has happened for a while,
// which is the shorter one when nothing is lost.
func (w *chaosWorld) quiet(while time.Duration) {
	if w.lost() == 0 {
		while = aLease
	}
	now, since := "", time.Now()
	for begun := time.Now(); time.Since(since) < while && time.Since(begun) < patience; time.Sleep(100 * time.Millisecond) {
		var all string
		row := w.store.Writer().QueryRowContext(w.t.Context(), `SELECT count(*) || ' ' || COALESCE(sum(rank), 0) || ' ' || (SELECT count(*) FROM flights) FROM messages`)
		if err := row.Scan(&all); err != nil {
			w.t.Fatal(err)
		}
		if all != now || !strings.HasSuffix(all, " 0") {
			now, since = all, time.Now()
		}
	}
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
	ledger, err := chaos.ReadLedger(context.WithoutCancel(w.t.Context()), w.store.Writer(), w.clock())
	if err != nil {
		w.t.Fatal(err)
	}
	r := chaos.Record{Ledger: ledger}
	for _, p := range w.players {
		p.mu.Lock()
		p.parent.Waits = !p.done
		r.Parents = append(r.Parents, p.parent)
		r.Said = append(r.Said, p.said...)
		p.mu.Unlock()
	}
	for _, a := range w.post.at {
		for _, came := range a.heard {
			r.Heard = append(r.Heard, came.Heard)
		}
	}
	return r
}
