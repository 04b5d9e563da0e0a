package telemetry

import (
	"sync"
	"time"
)

// recentSends remembers when the last messages were sent: between mostSends and
// twice as many, so that memory is bounded whatever is sent.
type recentSends struct {
	mu          sync.Mutex
	now, before map[string]time.Time
}

const mostSends = 20_000

func (s *recentSends) add(id string, at time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || len(s.now) >= mostSends {
		s.now, s.before = map[string]time.Time{}, s.now
	}
	s.now[id] = at
}

func (s *recentSends) find(id string) (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, ok := s.now[id]; ok {
		return at, true
	}
	at, ok := s.before[id]
	return at, ok
}
