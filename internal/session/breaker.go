package session

import (
	"sync"
	"time"
)

// A breaker remembers that Redis failed, so that not every turn waits to learn
// it anew.
type breaker struct {
	clock func() time.Time
	rest  time.Duration

	mu    sync.Mutex
	until time.Time // zero: nothing is known against Redis
}

// allows says whether to call Redis. After a rest it lets one call through and
// the others rest on, until that one has succeeded.
func (b *breaker) allows() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.until.IsZero() {
		return true
	}
	now := b.clock()
	if now.Before(b.until) {
		return false
	}
	b.until = now.Add(b.rest)
	return true
}

func (b *breaker) failed() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.until = b.clock().Add(b.rest)
}

func (b *breaker) succeeded() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.until = time.Time{}
}
