package main

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/simulator"
)

// stormParents talk while the gateway is killed. A parent asks how it stands
// after impatience: later than any text comes that comes at all.
const (
	stormParents = 20
	impatience   = 10 * time.Second
)

// storm is how often the gateway is killed, and how long a parent thinks at
// most before each text, so that the talk outlasts the kills.
func storm() (kills int, thinks time.Duration) {
	if long() {
		return 30, 6 * time.Second
	}
	return 6, 1200 * time.Millisecond
}

// Killed at random moments under load, and started again each time, a gateway
// brings every conversation to its end, with one report each.
func TestKilledUnderLoad(t *testing.T) {
	t.Parallel()
	var running sync.WaitGroup
	for _, b := range backings {
		running.Go(func() { // they wait, mostly
			t.Run(b.name, func(t *testing.T) { weatherStorm(t, b.make(t)) })
		})
	}
	running.Wait()
}

func weatherStorm(t *testing.T, b backing) {
	w := newWorld(t, b, stormParents, simulator.TwilioConfig{Latency: 500 * time.Millisecond})
	w.carrier.answerAfter(100 * time.Millisecond) // so that kills meet sends under way
	kills, thinks := storm()
	current := w.spawn(plan{Lease: crashLease})
	done := make(chan struct{})
	go func() {
		defer close(done)
		w.everybodyTalks(thinks)
	}()
	for range kills {
		time.Sleep(300*time.Millisecond + rand.N(700*time.Millisecond))
		current.kill()
		current = w.spawn(plan{Lease: crashLease})
	}
	<-done
	w.settled()
	for i := range stormParents {
		w.reportedOnce(i)
		w.askedOnce(i)
	}
	w.lostNothing()
}

// everybodyTalks returns when every parent has been interviewed.
func (w *world) everybodyTalks(thinks time.Duration) {
	var talking sync.WaitGroup
	for i := range stormParents {
		talking.Go(func() { w.persist(i, thinks) })
	}
	talking.Wait()
}

// persist has a parent answer what is asked, whatever becomes of the gateway,
// until they are thanked. It reports an error, since it is no test's goroutine.
func (w *world) persist(i int, thinks time.Duration) {
	says, heard := interview[0].says, 0
	for begun := time.Now(); time.Since(begun) < 2*patience; {
		time.Sleep(rand.N(thinks)) // a parent reads and thinks
		form := webhook(parentPhone(i), says)
		for w.front.post(w.t.Context(), w.front.URL, "/twilio/sms", form) != 200 {
			time.Sleep(20 * time.Millisecond)
		}
		text, ok := w.next(i, &heard)
		switch next := replyTo(text); {
		case strings.Contains(text, interview[lastTurn-1].hears):
			return
		case !ok, next == "":
			says = "STATUS"
		default:
			says = next
		}
	}
	w.t.Errorf("%s was never thanked, and heard %q", parent(i), w.carrier.texts(parentPhone(i)))
}

// next waits for a parent's next text, not for ever.
func (w *world) next(i int, heard *int) (text string, ok bool) {
	for begun := time.Now(); time.Since(begun) < impatience; time.Sleep(10 * time.Millisecond) {
		if texts := w.carrier.texts(parentPhone(i)); len(texts) > *heard {
			*heard++
			return texts[*heard-1], true
		}
	}
	return "", false
}

// replyTo is what a parent says to a text; nothing to one that asks nothing.
func replyTo(text string) string {
	for turn, exchange := range interview[:lastTurn-1] {
		if strings.Contains(text, exchange.hears) {
			return interview[turn+1].says
		}
	}
	return ""
}

// settled waits until nothing is on its way any more.
func (w *world) settled() {
	w.t.Helper()
	w.await("every message is handed over or given up", func() bool {
		return w.count("SELECT count(*) FROM messages WHERE outgoing AND waiting")+w.count("SELECT count(*) FROM flights") == 0
	})
}

// askedOnce says that a parent heard each question once, but for when they
// asked how it stands.
func (w *world) askedOnce(i int) {
	w.t.Helper()
	for _, exchange := range interview {
		times := 0
		for _, text := range w.carrier.texts(parentPhone(i)) {
			if strings.HasPrefix(text, exchange.hears) {
				times++
			}
		}
		if times > 1 {
			w.t.Errorf("%s heard %q %d times: %q", parent(i), exchange.hears, times, w.carrier.texts(parentPhone(i)))
		}
	}
}

// lostNothing says that every text that came in made one turn, that every turn
// replied, and that each reply was sent once or is of unknown outcome.
func (w *world) lostNothing() {
	w.t.Helper()
	if n := w.count(`SELECT count(*) FROM turns t WHERE NOT EXISTS (SELECT 1 FROM messages m
		WHERE m.conversation = t.conversation AND m.turn = t.number AND m.outgoing)`); n > 0 {
		w.t.Errorf("%d turns replied nothing", n)
	}
	if n := w.count("SELECT count(*) FROM messages WHERE NOT outgoing AND kind <> 'turn' AND kind <> 'no dialog'"); n > 0 {
		w.t.Errorf("%d texts made no turn", n)
	}
	sends := map[string]int{}
	for _, s := range w.carrier.sent("") {
		sends[s.message]++
	}
	for id, times := range sends {
		if times > 1 {
			w.t.Errorf("message %s was sent %d times", id, times)
		}
	}
	unknown := 0
	for _, id := range w.outgoing() {
		status := w.status(id)
		if status == "unknown" {
			unknown++
		}
		if sends[id] == 0 && status != "unknown" {
			w.t.Errorf("message %s was never sent and is %s", id, status)
		}
	}
	if unknown > 0 {
		w.t.Logf("%d texts sent, %d of unknown outcome", len(sends), unknown)
	}
}

// outgoing lists the ids of the messages that the gateway has made.
func (w *world) outgoing() []string {
	w.t.Helper()
	rows, err := w.store.Writer().QueryContext(w.t.Context(), "SELECT id FROM messages WHERE outgoing ORDER BY id")
	if err != nil {
		w.t.Fatal(err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			w.t.Fatal(err)
		}
		ids = append(ids, id)
	}
	if err := rows.Err(); err != nil {
		w.t.Fatal(err)
	}
	return ids
}
