package servertest

import (
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// A Master is a file that takes long to make, such as a database with its
// tables. It is made once in a process, and each test has a copy of its own.
type Master struct {
	// Make writes the file.
	Make func(path string) error

	once    sync.Once
	content []byte
	err     error
}

// Copy returns the path of a copy: in memory where the machine has a folder for
// that, since a test's database need not outlive a loss of power. The test's end
// removes it.
func (m *Master) Copy(tb testing.TB) string {
	tb.Helper()
	if m.once.Do(m.prepare); m.err != nil {
		tb.Fatal(m.err)
	}
	folder, err := os.MkdirTemp("/dev/shm", "parley")
	if err != nil {
		folder = tb.TempDir()
	}
	tb.Cleanup(func() { _ = os.RemoveAll(folder) })
	path := filepath.Join(folder, "parley.db")
	if err := os.WriteFile(path, m.content, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

func (m *Master) prepare() {
	folder, err := os.MkdirTemp("", "parley")
	if err != nil {
		m.err = err
		return
	}
	defer func() { _ = os.RemoveAll(folder) }()
	path := filepath.Join(folder, "parley.db")
	if m.err = m.Make(path); m.err == nil {
		m.content, m.err = os.ReadFile(path)
	}
}
