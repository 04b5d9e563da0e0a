package console

import (
	"sync"
	"time"
)

// saw records that somebody sees something of a person, before it is shown.
// Staff, At and, from the route, Action are filled in.
func (c *Console) saw(r *request, what AuditEntry) error {
	return c.record(r, what, onItsOwn(r.Request))
}

// did records that somebody does something, before it is done.
func (c *Console) did(r *request, what AuditEntry) error { return c.record(r, what, false) }

func (c *Console) record(r *request, what AuditEntry, again bool) error {
	what.Staff = r.Staff.ID
	if what.Action == "" {
		what.Action = r.route.audited
	}
	now := c.config.Clock()
	if again && c.sights.fresh(what, now) {
		r.recorded = true
		return nil
	}
	key := what
	what.At = now
	if err := c.config.Audit.Record(r.Context(), what); err != nil {
		return err
	}
	c.sights.keep(key, now)
	r.recorded = true
	return nil
}

// How long a page that stays open, and is shown anew as it changes, counts as
// one sight, and how many of them are remembered.
const (
	sightLife  = 10 * time.Minute
	mostSights = 10_000
)

// sights are those recorded of late, so that the audit is not full of a page
// that somebody left open. It is safe for concurrent use.
type sights struct {
	mu   sync.Mutex
	last map[AuditEntry]time.Time // by the entry without its time
}

func (s *sights) fresh(what AuditEntry, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.last[what]
	return ok && now.Sub(at) < sightLife
}

func (s *sights) keep(what AuditEntry, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last == nil || len(s.last) >= mostSights { // what is forgotten is recorded once more
		s.last = map[AuditEntry]time.Time{}
	}
	s.last[what] = now
}
