package servertest

import "testing"

// diskDir is where the servers of single tests keep their data. It is on a
// disk, where /tmp is often memory (Filesystem Hierarchy Standard 5.15), so
// that what they measure has waited for one.
const diskDir = "/var/tmp"

// A Server is a real server that belongs to one test, to be hurt as the test
// likes. It is gone, with its data, when the test ends. A control that does
// not work fails the test. The controls are for one goroutine at a time.
type Server struct {
	tb      testing.TB
	process *process
}

// newServer starts a server and ends it with the test.
func newServer(tb testing.TB, k kind, prepare func(dir string) error) *Server {
	tb.Helper()
	p, err := newProcess(k, diskDir, prepare)
	if err != nil {
		tb.Fatal(err)
	}
	s := &Server{tb: tb, process: p}
	tb.Cleanup(func() { s.check(p.remove()) })
	return s
}

// URL is where the server listens, the same through every stop and start.
func (s *Server) URL() string { return s.process.url(s.process.port) }

// Stop shuts the server down in good order: redis-server forgets everything,
// PostgreSQL breaks off its sessions and writes its data out.
func (s *Server) Stop() {
	s.tb.Helper()
	s.check(s.process.end(s.process.shutdown))
}

// Crash ends the server at once, as a power cut would.
func (s *Server) Crash() {
	s.tb.Helper()
	s.check(s.process.end(s.process.crash))
}

// Start starts a stopped or crashed server on the port it had, and returns
// when it answers.
func (s *Server) Start() {
	s.tb.Helper()
	s.check(s.process.start())
}

// Restart is Stop and Start.
func (s *Server) Restart() {
	s.tb.Helper()
	s.Stop()
	s.Start()
}

// Pause freezes the server: connections stay open and nothing answers.
func (s *Server) Pause() {
	s.tb.Helper()
	s.check(s.process.pause())
}

// Resume lets a paused server go on where it was.
func (s *Server) Resume() {
	s.tb.Helper()
	s.check(s.process.resume())
}

// check reports an error in a way that is allowed in every goroutine.
func (s *Server) check(err error) {
	s.tb.Helper()
	if err != nil {
		s.tb.Error(err)
	}
}
