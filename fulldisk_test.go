package main

import (
	"context"
	"fmt"
	"testing"

	"parley/internal/simulator"
)

// When the disk is full nothing more is taken, so that whoever delivers a text
// keeps it; and once there is room, the conversation goes on where it was. The
// disk is SQLite's max_page_count (https://sqlite.org/pragma.html#pragma_max_page_count).
func TestADiskIsFullInTheMiddle(t *testing.T) {
	t.Parallel()
	w := newWorld(t, onSQLite(t), 2, simulator.TwilioConfig{})
	made := w.beginHere()
	w.interviewed(0, 0, 2)
	w.interviewed(1, 0, 3)

	limit := func(pages int) {
		t.Helper()
		if _, err := made.store.Writer().ExecContext(t.Context(), fmt.Sprintf("PRAGMA max_page_count = %d", pages)); err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite makes it as many as there are
	refused := 0
	for i := range 2000 { // what is free within pages is used up first
		if w.front.post(t.Context(), w.front.URL, "/twilio/sms", webhook(strangerPhone(i%999), fmt.Sprint("hello ", i))) == 503 {
			refused++
		}
		if refused == 5 {
			break
		}
	}
	if refused < 5 {
		t.Fatal("the disk is never full")
	}
	text := webhook(parentPhone(0), interview[2].says)
	if got := w.front.post(t.Context(), w.front.URL, "/twilio/sms", text); got != 503 {
		t.Errorf("with a full disk a text is answered %d", got)
	}
	limit(1 << 30)
	w.deliver(text)
	w.hears(0, 3, interview[2].hears)
	for i := range 2 {
		w.interviewed(i, 3, lastTurn)
		w.interviewedOnce(i)
	}
}

// beginHere starts a node within the tests' process, and returns its parts.
func (w *world) beginHere() *parts {
	w.t.Helper()
	set, err := readSettings(w.setting)
	if err != nil {
		w.t.Fatal(err)
	}
	n := &node{log: newNodeLog(), gone: make(chan struct{}), killed: func() bool { return false }}
	made := &parts{settings: set, log: newLogger(&streams{Err: n.log}, set)}
	ctx, cancel := context.WithCancel(context.WithoutCancel(w.t.Context()))
	go func() {
		defer close(n.gone)
		if err := made.serve(ctx); err != nil {
			w.t.Errorf("node: %v", err)
		}
	}()
	n.stop = func() { cancel(); <-n.gone }
	n.await(w.t)
	w.front.add(n)
	return made
}
