package main

import (
	"os"
	"slices"
	"testing"
	"time"
)

// Three nodes behind a balancer are restarted one after the other, twice, while
// parents talk by text, web chat and email: nothing is lost, and hardly a
// webhook is refused, which its network then delivers again.
func TestRollingRestart(t *testing.T) {
	if !long() && os.Getenv("PARLEY_TEST_CHAOS_SPAN") == "" {
		t.Skip("it takes 20 seconds: PARLEY_TEST_ALL=1, or make cluster")
	}
	t.Parallel()
	size := sizeOfChaos(t)
	size.calm = true
	w := newChaosWorld(t, size)
	begun := time.Now()
	end := w.everybodyPlays()
	for round := range 2 {
		for i, p := range w.places {
			if wait := size.span*time.Duration(3*round+i)/6 - time.Since(begun); wait > 0 {
				time.Sleep(wait)
			}
			w.front.drain(p.node)
			time.Sleep(300 * time.Millisecond) // what was on its way to it gets there
			p.node.stop()
			p.begin(0)
		}
	}
	defer func() {
		if t.Failed() {
			w.tellOfWaiting()
		}
	}()
	w.await("everybody has finished", w.finished)
	end()
	w.settled()
	w.judge(begun)
	w.phones.mu.Lock()
	defer w.phones.mu.Unlock()
	took := w.phones.took
	if w.phones.refused > len(took)/100 {
		t.Errorf("%d of %d webhooks were refused", w.phones.refused, len(took))
	}
	slices.Sort(took)
	t.Logf("%d webhooks, %d refused at first, taken in: half within %v, 99%% within %v, all within %v", len(took), w.phones.refused, took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// drain takes a node out of the balancer, which still ends what it has begun.
func (f *front) drain(n *node) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nodes = slices.DeleteFunc(f.nodes, func(other *node) bool { return other == n })
}
