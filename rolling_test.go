package main

import (
	"slices"
	"testing"
	"time"
)

// Three nodes behind a balancer are restarted one after the other, twice, while
// parents talk by text, web chat and email: no webhook is refused, nothing is
// lost, and nobody waits long.
func TestRollingRestart(t *testing.T) {
	t.Parallel()
	size := sizeOfChaos(t)
	size.calm = true
	if !long() && size.span == defaultSpan {
		size.parents = 40
	}
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
	if w.phones.refused > 0 {
		t.Errorf("%d webhooks were refused", w.phones.refused)
	}
	took := w.phones.took
	slices.Sort(took)
	t.Logf("%d webhooks, taken in: half within %v, 99%% within %v, all within %v", len(took), took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
}

// drain takes a node out of the balancer, which still ends what it has begun.
func (f *front) drain(n *node) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nodes = slices.DeleteFunc(f.nodes, func(other *node) bool { return other == n })
}
