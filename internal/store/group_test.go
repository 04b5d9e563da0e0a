package store

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
)

// slowWriter writes a batch each time it is let.
type slowWriter struct {
	begun   chan []int
	proceed chan struct{}
}

func newSlowWriter() *slowWriter {
	return &slowWriter{begun: make(chan []int, 9), proceed: make(chan struct{}, 9)}
}

var errOdd = errors.New("odd")

// write fails the odd items.
func (w *slowWriter) write(items []int) []error {
	w.begun <- slices.Clone(items)
	<-w.proceed
	errs := make([]error, len(items))
	for i, item := range items {
		if item%2 == 1 {
			errs[i] = errOdd
		}
	}
	return errs
}

func TestItemsThatComeMeanwhileShareABatch(t *testing.T) {
	w := newSlowWriter()
	g := newGroup(3, w.write)
	var callers sync.WaitGroup
	join := func(item int) {
		callers.Go(func() {
			if err := g.do(t.Context(), item); (item%2 == 1) != errors.Is(err, errOdd) {
				t.Errorf("item %d: got error %v", item, err)
			}
		})
	}
	join(0)
	if first := <-w.begun; !slices.Equal(first, []int{0}) {
		t.Errorf("the first batch is %v: an item that is alone waited", first)
	}
	for item := 1; item <= 5; item++ {
		join(item)
	}
	waitFor(t, g, func() bool { return len(g.waiting) == 5 })
	var sizes []int
	for len(sizes) < 2 {
		w.proceed <- struct{}{}
		sizes = append(sizes, len(<-w.begun))
	}
	w.proceed <- struct{}{}
	callers.Wait()
	if !slices.Equal(sizes, []int{3, 2}) {
		t.Errorf("batches of %v, want 3 and 2", sizes)
	}
}

// waitFor waits until a group is so.
func waitFor[T any](t *testing.T, g *group[T], so func() bool) {
	t.Helper()
	for range 2000 {
		g.mu.Lock()
		done := so()
		g.mu.Unlock()
		if done {
			return
		}
		time.Sleep(time.Millisecond)
	}
	t.Fatal("waited in vain")
}

func TestACallThatIsGivenUpLeavesItsBatchAlone(t *testing.T) {
	w := newSlowWriter()
	g := newGroup(9, w.write)
	ctx, cancel := context.WithCancel(t.Context())
	givenUp, other := make(chan error), make(chan error)
	go func() { givenUp <- g.do(ctx, 2) }()
	<-w.begun
	go func() { other <- g.do(t.Context(), 4) }()
	cancel()
	if err := <-givenUp; !errors.Is(err, context.Canceled) {
		t.Errorf("the call that was given up: got error %v", err)
	}
	w.proceed <- struct{}{}
	<-w.begun
	w.proceed <- struct{}{}
	if err := <-other; err != nil {
		t.Errorf("the other: got error %v", err)
	}
}

func TestClosingFinishesWhatCameBefore(t *testing.T) {
	w := newSlowWriter()
	g := newGroup(9, w.write)
	before := make(chan error, 1)
	go func() { before <- g.do(t.Context(), 2) }()
	<-w.begun
	closed := make(chan struct{})
	go func() { g.close(); close(closed) }()
	waitFor(t, g, func() bool { return g.closed })
	if err := g.do(t.Context(), 4); !errors.Is(err, errClosed) {
		t.Errorf("a call after close: got error %v, want %v", err, errClosed)
	}
	select {
	case <-closed:
		t.Error("closed while an item was being written")
	default:
	}
	w.proceed <- struct{}{}
	<-closed
	if err := <-before; err != nil {
		t.Errorf("the call before: got error %v", err)
	}
}
