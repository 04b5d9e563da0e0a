package console

import (
	"sync"
	"time"

	"parley/gateway/directory"
)

// perStaff is how many streams one member of staff has at once on a node: fewer
// than the six connections that browsers open to a site by HTTP/1.1, all of
// which idle pages would otherwise hold.
const perStaff = 4

// streams are those that are open, of each member of staff the latest.
type streams struct {
	beat time.Duration

	mu     sync.Mutex
	open   map[directory.StaffID][]chan bool
	closed bool
}

func newStreams() *streams { return &streams{beat: beat, open: map[directory.StaffID][]chan bool{}} }

// enter adds a stream, and has the oldest rest where there are too many: rest
// says true when this one shall, and is closed when all end. left takes it out
// again.
func (s *streams) enter(of directory.StaffID) (rest <-chan bool, left func()) {
	mine := make(chan bool, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		close(mine)
		return mine, func() {}
	}
	if all := s.open[of]; len(all) >= perStaff {
		all[0] <- true
		s.open[of] = all[1:]
	}
	s.open[of] = append(s.open[of], mine)
	return mine, func() { s.leave(of, mine) }
}

func (s *streams) leave(of directory.StaffID, mine chan bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var others []chan bool
	for _, one := range s.open[of] {
		if one != mine {
			others = append(others, one)
		}
	}
	if len(others) == 0 {
		delete(s.open, of)
		return
	}
	s.open[of] = others
}

func (s *streams) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, all := range s.open {
		for _, one := range all {
			close(one)
		}
	}
	s.open, s.closed = map[directory.StaffID][]chan bool{}, true
}
