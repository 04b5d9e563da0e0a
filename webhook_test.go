package main

import (
	"net/url"
	"sync"
	"testing"
	"time"

	"parley/internal/simulator"
)

// copies is how often one webhook comes at the same moment.
const copies = 32

// The signature of a webhook has no time in it and the network may deliver
// twice, so the same webhook may come at any time, at several nodes at once.
func TestManyCopiesOfAWebhookMakeOneTurn(t *testing.T) {
	t.Parallel()
	type start func(*world, plan) []*node
	oneNode := func(w *world, p plan) []*node { return []*node{w.begin(p)} }
	twoProcesses := func(w *world, p plan) []*node { return []*node{w.spawn(p), w.spawn(p)} }
	for _, c := range []struct {
		name    string
		backing func(*testing.T) backing
		start   start
	}{
		{"SQLite", onSQLite, oneNode},
		{"PostgreSQL and Redis", onServers, oneNode},
		{"two processes on PostgreSQL and Redis", onServers, twoProcesses},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, c.backing(t), 1, simulator.TwilioConfig{}, "PARLEY_INBOUND_LIMIT=1000")
			nodes := c.start(w, plan{})
			begins, answers := webhook(parentPhone(0), interview[0].says), webhook(parentPhone(0), interview[1].says)
			w.deliverCopies(nodes, begins)
			w.hears(0, 1, interview[0].hears)
			w.deliverCopies(nodes, answers)
			w.hears(0, 2, interview[1].hears)
			w.has(t, 2)
			for _, n := range nodes {
				n.stop()
			}
			nodes = c.start(w, plan{Ahead: 24*time.Hour + time.Minute})
			w.deliverCopies(nodes, begins)
			w.deliverCopies(nodes, answers)
			w.has(t, 2)
			w.interviewed(0, 2, lastTurn)
			w.has(t, lastTurn)
			w.interviewedOnce(0)
		})
	}
}

// deliverCopies posts copies of a webhook at once, to each node as many.
func (w *world) deliverCopies(nodes []*node, form url.Values) {
	w.t.Helper()
	var posting sync.WaitGroup
	ready := make(chan struct{})
	for i := range copies {
		posting.Go(func() {
			<-ready
			if status := w.front.post(w.t.Context(), nodes[i%len(nodes)].url, "/twilio/sms", form); status != 200 {
				w.t.Errorf("a copy is answered %d", status)
			}
		})
	}
	close(ready)
	posting.Wait()
}

// has says that so many turns were made, each of one text with one reply.
func (w *world) has(t testing.TB, turns int) {
	t.Helper()
	for what, query := range map[string]string{
		"turns":   "SELECT count(*) FROM turns",
		"texts":   "SELECT count(*) FROM messages WHERE NOT outgoing",
		"replies": "SELECT count(*) FROM messages WHERE outgoing",
	} {
		if got := w.count(query); got != turns {
			t.Errorf("%d %s, want %d", got, what, turns)
		}
	}
	if n := w.count("SELECT count(*) FROM conversations"); n != 1 {
		t.Errorf("%d conversations", n)
	}
}

func TestForgedWebhooksAreRefusedAndLeaveNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onSQLite(t), 1, simulator.TwilioConfig{})
	w.begin(plan{})
	w.interviewed(0, 0, 1)
	w.await("the question is delivered", func() bool { return w.status(w.carrier.sent("")[0].message) == "delivered" })

	const path = "/twilio/sms"
	status := w.carrier.sent("")[0].callback[len(w.front.URL):]
	text := webhook(parentPhone(0), "down")
	failed := url.Values{"AccountSid": {demoAccount}, "MessageSid": {w.carrier.sent("")[0].sid}, "MessageStatus": {"failed"}, "ErrorCode": {"30005"}}
	changed := webhook(parentPhone(0), "down")
	changed.Set("Body", "STOP")
	signed := func(at string, form url.Values) string { return simulator.Sign(demoToken, at, form) }
	before := w.rows()
	for _, c := range []struct {
		name, path string
		form       url.Values
		signature  string
	}{
		{"no signature", path, text, ""},
		{"no signature of a status", status, failed, ""},
		{"not a signature", path, text, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="},
		{"signed with another token", path, text, simulator.Sign("another"+demoToken, w.front.URL+path, text)},
		{"of another text", path, changed, signed(w.front.URL+path, text)},
		{"of a text, replayed to the statuses", status, text, signed(w.front.URL+path, text)},
		{"of a status, replayed to the texts", path, failed, signed(w.front.URL+status, failed)},
		{"of a status, replayed to another message's", "/twilio/sms/status?message=another", failed, signed(w.front.URL+status, failed)},
		{"of a URL without its query", status, failed, signed(w.front.URL+"/twilio/sms/status", failed)},
		{"of another host", path, text, signed("https://gateway.example"+path, text)},
		{"of another scheme", path, text, signed("https"+w.front.URL[len("http"):]+path, text)},
		{"of a path below", path, text, signed(w.front.URL+path+"/", text)},
	} {
		if got := w.front.postSigned(t.Context(), w.front.URL, c.path, c.form, c.signature); got != 403 {
			t.Errorf("%s: answered %d", c.name, got)
		}
	}
	if after := w.rows(); after != before {
		t.Errorf("stored: %+v, before %+v", after, before)
	}
	if got := w.status(w.carrier.sent("")[0].message); got != "delivered" {
		t.Errorf("the question is %s", got)
	}
}

// rows counts what a webhook could leave behind.
func (w *world) rows() [8]int {
	var rows [8]int
	for i, table := range []string{"messages", "taken", "conversations", "turns", "work_items", "opt_outs", "holds", "river_job"} {
		rows[i] = w.count("SELECT count(*) FROM " + table)
	}
	return rows
}
