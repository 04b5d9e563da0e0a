package servertest

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"testing"
	"time"
)

// servers are the kinds that every control is tried on.
var servers = map[string]struct {
	start func(testing.TB) *Server
	ping  func(ctx context.Context, url string) error
}{
	"redis":    {StartRedis, pingRedis},
	"postgres": {StartPostgres, func(ctx context.Context, url string) error { return execute(ctx, url, "SELECT 1") }},
}

func TestAServerDoesAsItsTestSays(t *testing.T) {
	for name, kind := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := kind.start(t)
			url := server.URL()
			answers := func(when string, want bool) {
				t.Helper()
				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				if err := kind.ping(ctx, url); (err == nil) != want {
					t.Fatalf("%s: ping gave %v, want an answer: %v", when, err, want)
				}
			}
			answers("started", true)
			server.Restart()
			answers("restarted", true)
			server.Crash()
			answers("crashed", false)
			server.Start()
			answers("started after a crash", true)
			server.Stop()
			answers("stopped", false)
			server.Start()
			answers("started after a stop", true)
			server.Pause()
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			defer cancel()
			if err := kind.ping(ctx, url); !errors.Is(err, context.DeadlineExceeded) {
				t.Fatalf("paused: ping gave %v, want %v", err, context.DeadlineExceeded)
			}
			server.Resume()
			answers("resumed", true)
			if server.URL() != url {
				t.Errorf("the URL moved from %s to %s", url, server.URL())
			}
		})
	}
}

func TestAServerIsGoneWithItsTest(t *testing.T) {
	for _, c := range []struct {
		kind  string
		state string
		reach func(*Server)
	}{
		{"redis", "running", func(*Server) {}},
		{"redis", "stopped", (*Server).Stop},
		{"redis", "paused", (*Server).Pause},
		{"postgres", "paused", (*Server).Pause},
	} {
		t.Run(c.kind+" "+c.state, func(t *testing.T) {
			kind := servers[c.kind]
			var server *Server
			t.Run("its test", func(t *testing.T) {
				server = kind.start(t)
				c.reach(server)
			})
			if server == nil {
				return // skipped
			}
			if err := kind.ping(t.Context(), server.URL()); err == nil {
				t.Error("the server still answers")
			}
			if _, err := os.Stat(server.process.keeper.dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("its directory is still there: %v", err)
			}
		})
	}
}

func TestAServerIsGoneWithAKilledTestProcess(t *testing.T) {
	const become = "PARLEY_SERVERTEST_TO_BE_KILLED"
	if kind := os.Getenv(become); kind != "" {
		server := servers[kind].start(t)
		os.Stdout.WriteString(server.process.keeper.dir + "\n" + server.URL() + "\n")
		select {}
	}
	for name, kind := range servers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kind.start(t) // a skip, where there is none
			doomed := exec.Command(os.Args[0], "-test.run=^TestAServerIsGoneWithAKilledTestProcess$")
			doomed.Env = append(os.Environ(), become+"="+name)
			output, err := doomed.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			if err := doomed.Start(); err != nil {
				t.Fatal(err)
			}
			lines := bufio.NewScanner(output)
			lines.Scan()
			dir := lines.Text()
			lines.Scan()
			url := lines.Text()
			if err := kind.ping(t.Context(), url); err != nil {
				t.Fatalf("the process said %q and %q: %v", dir, url, err)
			}
			if err := doomed.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			_ = doomed.Wait() // killed
			for range 100 {
				if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
					if err := kind.ping(t.Context(), url); err == nil {
						t.Error("the directory is gone, the server is not")
					}
					return
				}
				time.Sleep(50 * time.Millisecond)
			}
			t.Errorf("%s is still there", dir)
		})
	}
}

func TestControlsFailTheTestWhenTheyDoNotWork(t *testing.T) {
	server := StartRedis(t)
	for _, c := range []struct {
		name    string
		control func(*Server)
		fails   bool
	}{
		{"start of a running server", (*Server).Start, true},
		{"resume of a running server", (*Server).Resume, true},
		{"stop of a running server", (*Server).Stop, false},
		{"stop of a stopped server", (*Server).Stop, true},
		{"pause of a stopped server", (*Server).Pause, true},
		{"start of a stopped server", (*Server).Start, false},
	} {
		outcome := during(func(tb testing.TB) { c.control(&Server{tb, server.process}) })
		if outcome.failed != c.fails {
			t.Errorf("%s: failed is %v, want %v: %s", c.name, outcome.failed, c.fails, outcome.message)
		}
	}
}
