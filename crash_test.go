package main

import (
	"fmt"
	"net/url"
	"sync"
	"testing"
	"time"

	"parley/internal/simulator"
)

// crashLease is how long a claimed message stays a dead node's. A send has half
// of it.
const crashLease = 2 * time.Second

// What was said when the node dies: in the middle, and at the very end.
var crashTurns = []int{3, lastTurn}

// A node that is killed at any moment loses nothing, asks nothing twice and
// sends nothing twice. Only where it dies between saying that it sends and
// knowing what came of it is the outcome unknown, and stays so until the
// carrier's callback settles it.
func TestKilledAtAnyMoment(t *testing.T) {
	t.Parallel()
	var running sync.WaitGroup
	for _, b := range backings {
		for _, at := range []moment{afterKeeping, afterCommitting, beforeSaving, beforeMarking, beforeSending, afterSending} {
			for _, turn := range crashTurns {
				name := fmt.Sprintf("%s/%s/turn %d", b.name, at, turn)
				running.Go(func() { // they wait, mostly
					t.Run(name, func(t *testing.T) {
						killedOnce(newWorld(t, b.make(t), 1, simulator.TwilioConfig{}), at, turn)
					})
				})
			}
		}
	}
	running.Wait()
}

// killedOnce has the gateway die in the interview's turn and start again.
func killedOnce(w *world, at moment, turn int) {
	first := w.spawn(plan{Dies: at, Turn: turn, Lease: crashLease})
	w.interviewed(0, 0, turn-1)
	w.settled()             // of earlier texts all is known
	if at == afterSending { // the test calls back itself
		w.carrier.SetFault(parentPhone(0), simulator.Fault{Silent: true})
	}
	fatal := webhook(parentPhone(0), interview[turn-1].says)
	w.front.post(w.t.Context(), w.front.URL, "/twilio/sms", fatal) // the answer may never come
	first.died(w.t)
	w.carrier.SetFault(parentPhone(0), simulator.Fault{})
	w.spawn(plan{Lease: crashLease})
	w.deliver(fatal) // again, as whoever had no answer does

	switch at {
	case beforeSending: // nobody knows that it never left, so it is not sent again
		w.unknown(1)
		if texts := w.carrier.texts(parentPhone(0)); len(texts) != turn-1 {
			w.t.Fatalf("what was never sent is heard: %q", texts)
		}
		w.outlives(turn)
		return
	case afterSending:
		w.unknown(1)
		w.hears(0, turn, interview[turn-1].hears)
		w.callBack(w.carrier.sent(parentPhone(0))[turn-1], "delivered")
		w.unknown(0)
	default:
		w.hears(0, turn, interview[turn-1].hears)
		w.unknown(0)
	}
	w.interviewed(0, turn, lastTurn)
	w.interviewedOnce(0)
	w.has(w.t, lastTurn)
	w.lostNothing()
}

// A send that the carrier takes and never answers is not repeated: what became
// of it is unknown until the carrier calls back.
func TestASendWithoutAnAnswerIsNeverRepeated(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onSQLite(t), 1, simulator.TwilioConfig{Latency: 3 * time.Second})
	w.carrier.SetFault(parentPhone(0), simulator.Fault{Hang: true, Times: 1})
	w.begin(plan{Lease: crashLease})
	w.deliver(webhook(parentPhone(0), interview[0].says))
	w.unknown(1)
	w.hears(0, 1, interview[0].hears)
	w.unknown(0)
	w.interviewed(0, 1, lastTurn)
	w.interviewedOnce(0)
	w.lostNothing()
}

// unknown waits until so many messages are of unknown outcome.
func (w *world) unknown(n int) {
	w.t.Helper()
	w.await(fmt.Sprintf("%d messages of unknown outcome", n), func() bool {
		return w.count("SELECT count(*) FROM messages WHERE status = 'unknown'") == n
	})
}

// callBack posts a status of a message that the carrier has.
func (w *world) callBack(s send, status string) {
	w.t.Helper()
	form := url.Values{"AccountSid": {demoAccount}, "MessageSid": {s.sid}, "MessageStatus": {status}, "To": {s.to}}
	w.await("the gateway takes a status", func() bool {
		return w.front.post(w.t.Context(), w.front.URL, s.callback[len(w.front.URL):], form) == 200
	})
}

// outlives goes on after a turn whose reply was never heard.
func (w *world) outlives(turn int) {
	w.t.Helper()
	for next := turn; next < lastTurn; next++ {
		w.deliver(webhook(parentPhone(0), interview[next].says))
		w.hears(0, next, interview[next].hears)
	}
	w.reportedOnce(0)
	w.has(w.t, lastTurn)
	w.lostNothing()
}
