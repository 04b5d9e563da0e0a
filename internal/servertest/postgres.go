package servertest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Postgres returns the postgres:// URL of a new, empty database in UTF-8 that
// is dropped when the test ends. Its server is the one that
// PARLEY_TEST_DATABASE_URL names (by a role that may create databases), or else
// one that all tests of the process share and that keeps its data in memory
// where it can.
func Postgres(tb testing.TB) string {
	tb.Helper()
	if named := os.Getenv("PARLEY_TEST_DATABASE_URL"); named != "" {
		return newDatabase(tb, named)
	}
	shared, err := sharedPostgres()
	if err != nil {
		unavailable(tb, err)
	}
	return newDatabase(tb, shared.url(shared.port))
}

// StartPostgres starts a PostgreSQL server of the test's own, on a disk and with
// PostgreSQL's own defaults: a commit returns when it is durable. Its URL is
// that of an empty database.
func StartPostgres(tb testing.TB) *Server {
	tb.Helper()
	installed, err := findPostgres()
	if err != nil {
		unavailable(tb, err)
	}
	return newServer(tb, installed.kind(), installed.newData)
}

// sharedPostgres starts the server that the tests of one process share, once.
// A test binary has no end of its own to stop it at: its keeper does that.
var sharedPostgres = sync.OnceValues(func() (*process, error) {
	installed, err := findPostgres()
	if err != nil {
		return nil, err
	}
	return newProcess(installed.kind(), quickDir(), installed.newData)
})

// quickDir is a directory in memory, if the machine has one with room for some
// hundred databases, or else the usual one. Files come and go there many times
// faster, and a database is 300 files.
func quickDir() string {
	const memory, room = "/dev/shm", 2 << 30
	var space syscall.Statfs_t
	if err := syscall.Statfs(memory, &space); err != nil || space.Bavail*uint64(space.Bsize) < room {
		return os.TempDir()
	}
	return memory
}

// kind is how the installed PostgreSQL runs over a data directory that newData
// made.
func (p postgres) kind() kind {
	return kind{
		name: "postgres",
		command: func(dir string, port int) *exec.Cmd {
			return p.command(dir, "postgres", "-D", filepath.Join(dir, "data"),
				"-c", "listen_addresses=127.0.0.1", "-c", "port="+strconv.Itoa(port),
				"-c", "unix_socket_directories=", "-c", "max_connections=200")
		},
		url: func(port int) string {
			return fmt.Sprintf("postgres://%s@127.0.0.1:%d/postgres?sslmode=disable", superuser, port)
		},
		ping: func(ctx context.Context, url string) error {
			return execute(ctx, url, "SELECT 1")
		},
		shutdown:  syscall.SIGINT,  // PostgreSQL: fast shutdown
		crash:     syscall.SIGQUIT, // PostgreSQL: immediate shutdown, recovers at the next start
		processes: childProcesses,
	}
}

// newDatabase makes a database on a server for the time of a test.
func newDatabase(tb testing.TB, server string) string {
	tb.Helper()
	address, err := url.Parse(server)
	if err != nil {
		tb.Fatalf("read a PostgreSQL URL: %v", err)
	}
	name := "parley_" + strings.ToLower(rand.Text())
	if err := execute(tb.Context(), server, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		tb.Fatalf("make a database: %v", err)
	}
	tb.Cleanup(func() {
		if err := execute(context.Background(), server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			tb.Errorf("drop a database: %v", err)
		}
	})
	address.Path = "/" + name
	return address.String()
}

// execute runs a statement on a server.
func execute(ctx context.Context, url, statement string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	connection, err := pgx.Connect(ctx, url)
	if err != nil {
		return err
	}
	defer connection.Close(ctx)
	_, err = connection.Exec(ctx, statement)
	return err
}

// childProcesses lists the processes that a server process has started, from
// Linux's /proc (proc(5), /proc/PID/task/TID/children).
func childProcesses(pid int) ([]int, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return nil, err
	}
	var children []int
	for _, field := range strings.Fields(string(text)) {
		child, err := strconv.Atoi(field)
		if err != nil {
			return nil, err
		}
		children = append(children, child)
	}
	return children, nil
}
