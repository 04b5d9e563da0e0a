package jobs_test

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/jobs"
)

// nodeOf has this program be a node, on the database that it names, instead of
// testing. The value begins with the kind of database.
const nodeOf = "PARLEY_JOBS_TEST_NODE_OF"

func TestMain(m *testing.M) {
	if named := os.Getenv(nodeOf); named != "" {
		os.Exit(beNode(named))
	}
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil { // these tests wait more than they work
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// stuck is a gateway that says that it was called, and never returns.
type stuck struct{}

func (stuck) Wake(context.Context, gateway.ConversationID) (time.Time, error) {
	fmt.Println("woken")
	select {}
}

func (stuck) Finish(context.Context, gateway.MessageID) error { return nil }
func (stuck) GiveUp(context.Context, gateway.MessageID) error { return nil }

func beNode(named string) int {
	d := database{address: named[1:], postgres: named[0] == 'P'}
	db, err := d.connect()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	node, err := jobs.New(jobs.Config{
		Database: db, Postgres: d.postgres, Waker: stuck{}, Clock: time.Now, Log: slog.New(slog.DiscardHandler), Poll: 20 * time.Millisecond,
	})
	if err == nil {
		err = node.Start(context.Background())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	time.Sleep(time.Minute) // it is killed long before
	return 0
}

// TestDeadNode kills a node in the middle of a job. Another takes the job over,
// once the time for it has come.
func TestDeadNode(t *testing.T) {
	onBoth(t, func(t *testing.T, d database) {
		kind, aMinuteAgo := "S", `strftime('%Y-%m-%d %H:%M:%f', attempted_at, '-1 minute')`
		if d.postgres {
			kind, aMinuteAgo = "P", `attempted_at - INTERVAL '1 minute'`
		}
		d.set(t, wakeAt("C1", due()))
		doomed := exec.Command(os.Args[0])
		doomed.Env = append(os.Environ(), nodeOf+"="+kind+d.address)
		doomed.Stderr = os.Stderr
		said, err := doomed.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := doomed.Start(); err != nil {
			t.Fatal(err)
		}
		if line, err := bufio.NewReader(said).ReadString('\n'); line != "woken\n" {
			t.Errorf("the node said %q, %v", line, err)
		}
		if err := doomed.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = doomed.Wait() // says that it was killed
		d.wantStates(t, "running")

		early := newWaker()
		other := d.start(t, early)
		early.silent(t) // the first could still be alive
		stop(t, other)

		// A minute passes. Nobody leads any more who did.
		d.change(t, `UPDATE river_job SET attempted_at = `+aMinuteAgo)
		d.change(t, `DELETE FROM river_leader`)
		w := newWaker()
		d.start(t, w)
		w.next(t, "wake", "C1")
		d.wantStates(t, "completed")
	})
}
