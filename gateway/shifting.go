package gateway

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"sync"
	"time"

	"parley/gateway/directory"
)

// How traffic shifts: after each window of attempts at the first provider its
// share halves when more than one in ten failed, and grows by shareStep when at
// most one in fifty did. It keeps leastShare, so that its recovery shows.
const (
	fullShare   = 1.0
	leastShare  = 1.0 / 64
	shareStep   = 0.1
	shareWindow = 20 // attempts
)

// Shifting is a Channel that sends by two providers. What belongs to no
// conversation goes by the first as far as its share, which shrinks and grows
// with how it does; the same person goes by the same provider while the share
// stands. What belongs to a conversation goes by the first, whose number the
// person has texted, unless it does not take it.
//
// The other provider is tried only when the one said that the message has not
// left and that it takes nothing now (Retry with Busy): never after a refusal,
// which may be an opt-out, nor when nobody knows.
type Shifting struct {
	first, second Channel
	clock         func() time.Time

	mu       sync.Mutex
	share    float64 // of the first
	attempts int     // at the first, in this window
	failures int     // of them
	rest     time.Time
}

// NewShifting makes one channel of two providers of the same channel.
func NewShifting(first, second Channel, clock func() time.Time) (*Shifting, error) {
	if first.Name() != second.Name() {
		return nil, fmt.Errorf("shift between providers: one carries %s and the other %s", first.Name(), second.Name())
	}
	return &Shifting{first: first, second: second, clock: clock, share: fullShare}, nil
}

// Name is what both are.
func (s *Shifting) Name() directory.Channel { return s.first.Name() }

// Prepare is the first's: providers of one channel carry texts alike.
func (s *Shifting) Prepare(text string) Prepared { return s.first.Prepare(text) }

// Share is the part of the traffic that goes by the first provider, 0 to 1.
func (s *Shifting) Share() float64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.share
}

// Send implements Channel.
func (s *Shifting) Send(ctx context.Context, m Message) (Receipt, error) {
	if !s.byFirst(m) {
		receipt, err := s.second.Send(ctx, m)
		if !untaken(err) {
			return receipt, err
		}
		return s.tryFirst(ctx, m)
	}
	receipt, err := s.tryFirst(ctx, m)
	if !untaken(err) {
		return receipt, err
	}
	other, otherErr := s.second.Send(ctx, m)
	if untaken(otherErr) {
		return receipt, err
	}
	return other, otherErr
}

// byFirst chooses the provider to try first.
func (s *Shifting) byFirst(m Message) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.clock().Before(s.rest) {
		return false
	}
	return m.Conversation != "" || place(m) < s.share
}

// place is where a message's person stands between 0 and 1, always the same.
func place(m Message) float64 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(cmp.Or(string(m.Person), m.To.Value))) // a hash never fails
	return float64(h.Sum32()) / (1 << 32)
}

// tryFirst sends by the first provider and learns from how it does.
func (s *Shifting) tryFirst(ctx context.Context, m Message) (Receipt, error) {
	receipt, err := s.first.Send(ctx, m)
	var failed *SendError
	busy := errors.As(err, &failed) && failed.Busy
	s.mu.Lock()
	defer s.mu.Unlock()
	s.attempts++
	if busy {
		s.failures++
		s.rest = later(s.rest, s.clock().Add(min(failed.RetryAfter, longestAsked)))
	}
	if s.attempts < shareWindow {
		return receipt, err
	}
	switch {
	case s.failures*10 > s.attempts:
		s.share = max(leastShare, s.share/2)
	case s.failures*50 <= s.attempts:
		s.share = min(fullShare, s.share+shareStep)
	}
	s.attempts, s.failures = 0, 0
	return receipt, err
}

// untaken reports whether a provider said that it took nothing, and would take
// nothing from anybody.
func untaken(err error) bool {
	var failed *SendError
	return errors.As(err, &failed) && failed.Outcome == Retry && failed.Busy && !failed.Suspended
}

// Find implements Finder: it asks both, since nobody noted which was asked.
func (s *Shifting) Find(ctx context.Context, m Message, since time.Time) ([]StatusUpdate, error) {
	var found []StatusUpdate
	for _, provider := range []Channel{s.first, s.second} {
		finder, ok := provider.(Finder)
		if !ok {
			return nil, errNoFinder
		}
		some, err := finder.Find(ctx, m, since)
		if err != nil {
			return nil, err
		}
		found = append(found, some...)
	}
	return found, nil
}
