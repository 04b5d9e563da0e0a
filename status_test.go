package main

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/internal/simulator"
)

// The carrier promises neither the order of its callbacks nor that each comes
// once. A status names Twilio's error code after a colon.
var statusSets = []struct {
	statuses []string
	ends     string // the row, see outcomeOf
}{
	{[]string{"queued", "sending", "sent", "sent", "delivered", "delivered"}, "delivered"},
	{[]string{"sent", "undelivered:30003", "sent", "undelivered:30003"},
		`undelivered 30003 ["The phone cannot be reached: it may be off or have no signal"]`},
	{[]string{"queued", "failed:30007", "sent", "failed:30007"}, `failed 30007 ["The network filtered the message out"]`},
	{[]string{"sent", "undelivered:30008", "delivered"}, "delivered"}, // what is on the phone is on the phone
}

func TestStatusesInAnyOrderEndAlike(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onSQLite(t), 0, simulator.TwilioConfig{})
	w.begin(plan{})
	strangers := 0
	for _, set := range statusSets {
		orders := permutations(set.statuses)
		sends := w.answeredStrangers(strangers, len(orders))
		strangers += len(orders)
		var calling sync.WaitGroup
		for i, order := range orders {
			calling.Go(func() {
				for _, status := range order {
					w.callBackWith(sends[i], status)
				}
			})
		}
		calling.Wait()
		want := fmt.Sprintf("waiting %v %s", false, set.ends)
		for i, order := range orders {
			if diff := cmp.Diff(want, w.outcomeOf(sends[i].message)); diff != "" {
				t.Errorf("after %v (-want +got):\n%s", order, diff)
			}
		}
	}
}

// The callbacks of a message may all come before the answer to its send.
func TestStatusesMayOvertakeTheReceipt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onSQLite(t), 0, simulator.TwilioConfig{})
	w.begin(plan{})
	for i, c := range []struct {
		fault simulator.Fault
		ends  string
	}{
		{simulator.Fault{}, "waiting false delivered"},
		{simulator.Fault{Shuffled: true, Duplicated: true}, "waiting false delivered"},
		{simulator.Fault{Undelivered: 30007}, `waiting false undelivered 30007 ["The network filtered the message out"]`},
	} {
		w.carrier.SetFault(strangerPhone(i), c.fault)
		release := sync.OnceFunc(w.carrier.holdAnswers())
		t.Cleanup(release)
		w.deliver(webhook(strangerPhone(i), "hello"))
		w.await("the message is sent", func() bool { return len(w.carrier.sent("")) > i })
		message := w.carrier.sent("")[i].message
		w.await("its callbacks are taken", func() bool { return w.outcomeOf(message) == c.ends })
		release()
		w.await("its receipt is recorded", func() bool { return received(w) > i })
		if got := w.outcomeOf(message); got != c.ends {
			t.Errorf("after its receipt it is %s, want %s", got, c.ends)
		}
	}
}

// received counts the messages whose receipt is recorded: only that counts parts.
func received(w *world) int { return w.count("SELECT count(*) FROM messages WHERE segments > 0") }

// answeredStrangers returns the answers to texts from so many numbers that
// nobody holds, from one on.
func (w *world) answeredStrangers(from, n int) []send {
	w.t.Helper()
	var sends []send
	for i := from; i < from+n; i++ {
		w.carrier.SetFault(strangerPhone(i), simulator.Fault{Silent: true})
		w.deliver(webhook(strangerPhone(i), "hello"))
	}
	for i := from; i < from+n; i++ {
		w.await("a stranger is answered", func() bool { return len(w.carrier.sent(strangerPhone(i))) == 1 })
		sends = append(sends, w.carrier.sent(strangerPhone(i))[0])
	}
	w.await("every receipt is recorded", func() bool {
		return w.count("SELECT count(*) FROM messages WHERE outgoing AND segments = 0") == 0
	})
	return sends
}

// callBackWith posts a status with its error code.
func (w *world) callBackWith(s send, status string) {
	status, code, _ := strings.Cut(status, ":")
	form := url.Values{"AccountSid": {demoAccount}, "MessageSid": {s.sid}, "MessageStatus": {status}, "To": {s.to}}
	if code != "" {
		form.Set("ErrorCode", code)
	}
	if got := w.front.post(w.t.Context(), w.front.URL, s.callback[len(w.front.URL):], form); got != 200 {
		w.t.Errorf("status %s is answered %d", status, got)
	}
}

// outcomeOf is all that a message's row says of what became of it.
func (w *world) outcomeOf(message string) string {
	w.t.Helper()
	var status, code, reasons string
	var waiting bool
	row := w.store.Writer().QueryRowContext(w.t.Context(), "SELECT waiting, status, code, reasons FROM messages WHERE id = $1", message)
	if err := row.Scan(&waiting, &status, &code, &reasons); err != nil {
		w.t.Fatal(err)
	}
	return strings.TrimSpace(fmt.Sprintf("waiting %v %s %s %s", waiting, status, code, reasons))
}

// permutations lists the distinct orders of some words.
func permutations(words []string) [][]string {
	if len(words) == 0 {
		return [][]string{nil}
	}
	var orders [][]string
	for i, first := range words {
		if slices.Contains(words[:i], first) {
			continue
		}
		rest := slices.Concat(words[:i], words[i+1:])
		for _, order := range permutations(rest) {
			orders = append(orders, append([]string{first}, order...))
		}
	}
	return orders
}
