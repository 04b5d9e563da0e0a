package store

import (
	"context"
	"errors"
	"sync"
)

// errClosed is what a call gets after Close.
var errClosed = errors.New("the store is closed")

// A group lets concurrent callers share one transaction (group commit): while
// one batch of items is being written, the next gathers. Nobody waits for
// company: an item that comes alone is written at once.
type group[T any] struct {
	// write makes the items durable and returns what became of each, in the
	// same order. It is called by one goroutine at a time.
	write func(items []T) []error
	limit int // items in a batch

	mu      sync.Mutex
	waiting []*member[T]
	writing bool
	closed  bool
	idle    sync.Cond
}

// member is an item with the call that waits for it.
type member[T any] struct {
	item T
	done chan error
}

func newGroup[T any](limit int, write func([]T) []error) *group[T] {
	g := &group[T]{write: write, limit: limit}
	g.idle.L = &g.mu
	return g
}

// do returns when the item is durable, with its own error, or when ctx ends:
// then the item may yet be written, as with any transaction that is broken off
// while it commits. The others of its batch are not touched by that.
func (g *group[T]) do(ctx context.Context, item T) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m := &member[T]{item: item, done: make(chan error, 1)}
	if err := g.join(m); err != nil {
		return err
	}
	select {
	case err := <-m.done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (g *group[T]) join(m *member[T]) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closed {
		return errClosed
	}
	g.waiting = append(g.waiting, m)
	if !g.writing {
		g.writing = true
		go g.drain()
	}
	return nil
}

// drain writes batch after batch until nobody waits.
func (g *group[T]) drain() {
	for {
		batch := g.next()
		if batch == nil {
			return
		}
		items := make([]T, len(batch))
		for i, m := range batch {
			items[i] = m.item
		}
		for i, err := range g.write(items) {
			batch[i].done <- err
		}
	}
}

func (g *group[T]) next() []*member[T] {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.waiting) == 0 {
		g.writing = false
		g.idle.Broadcast()
		return nil
	}
	n := min(g.limit, len(g.waiting))
	batch := g.waiting[:n:n]
	g.waiting = g.waiting[n:]
	return batch
}

// close refuses new items and returns when those that came before are written.
func (g *group[T]) close() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.closed = true
	for g.writing {
		g.idle.Wait()
	}
}
