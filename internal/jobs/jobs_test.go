package jobs_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"parley/gateway"
	"parley/internal/jobs"
	"parley/internal/servertest"
)

// patience is how long a test waits for what should come in a moment.
const patience = 20 * time.Second

// A database is where jobs are kept, and a handle of the test's own on it.
type database struct {
	*sql.DB
	address  string
	postgres bool
}

// newSQLite and newPostgres make empty databases.
func newSQLite(t testing.TB) database {
	d := database{address: filepath.Join(t.TempDir(), "jobs.db")}
	d.DB = d.open(t)
	return d
}

func newPostgres(t testing.TB) database {
	d := database{address: servertest.Postgres(t), postgres: true}
	d.DB = d.open(t)
	return d
}

func (d database) migrated(t testing.TB) database {
	t.Helper()
	if err := jobs.Migrate(t.Context(), d.DB, d.postgres); err != nil {
		t.Fatal(err)
	}
	return d
}

// onBoth runs a test on a database of each kind, with its tables.
func onBoth(t *testing.T, test func(t *testing.T, d database)) {
	t.Parallel()
	t.Run("SQLite", func(t *testing.T) {
		t.Parallel()
		test(t, newSQLite(t).migrated(t))
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		test(t, newPostgres(t).migrated(t))
	})
}

// open opens the database until the test ends.
func (d database) open(t testing.TB) *sql.DB {
	t.Helper()
	db, err := d.connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// connect opens the database as a store does: SQLite with one writer.
func (d database) connect() (*sql.DB, error) {
	if d.postgres {
		db, err := sql.Open("pgx", d.address)
		if err == nil {
			db.SetMaxOpenConns(8)
		}
		return db, err
	}
	db, err := sql.Open("sqlite", "file:"+d.address+"?"+url.Values{
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "synchronous(NORMAL)"}, "_txlock": {"immediate"},
	}.Encode())
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

// set sets timers in a transaction of their own, and hurries those that are
// due: River's scheduler would come by within five seconds.
func (d database) set(t testing.TB, timers ...gateway.Timer) {
	t.Helper()
	if err := d.trySet(t, true, timers...); err != nil {
		t.Fatal(err)
	}
	d.change(t, `UPDATE river_job SET state = 'available' WHERE state = 'scheduled' AND scheduled_at <= CURRENT_TIMESTAMP`)
}

func (d database) trySet(t testing.TB, commit bool, timers ...gateway.Timer) error {
	t.Helper()
	inserter, err := jobs.NewTimers(d.postgres)
	if err != nil {
		t.Fatal(err)
	}
	tx, err := d.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := inserter.Set(t.Context(), tx, timers); err != nil || !commit {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

// change changes River's tables behind its back.
func (d database) change(t testing.TB, statement string) {
	t.Helper()
	if _, err := d.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// states lists the states of the jobs, in their order.
func (d database) states(t testing.TB) (states []string) {
	t.Helper()
	rows, err := d.Query(`SELECT state FROM river_job ORDER BY id`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var state string
		if err := rows.Scan(&state); err != nil {
			t.Fatal(err)
		}
		states = append(states, state)
	}
	return states
}

// wantStates waits until the jobs are in these states.
func (d database) wantStates(t testing.TB, want ...string) {
	t.Helper()
	var got []string
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if got = d.states(t); fmt.Sprint(got) == fmt.Sprint(want) {
			return
		}
	}
	t.Errorf("the jobs are %v, want %v", got, want)
}

// start works jobs until the test ends.
func (d database) start(t testing.TB, w *waker) *jobs.Jobs {
	t.Helper()
	node := d.node(t, w, slog.New(slog.DiscardHandler))
	if err := node.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stop(t, node) })
	return node
}

func (d database) node(t testing.TB, w *waker, log *slog.Logger) *jobs.Jobs {
	t.Helper()
	node, err := jobs.New(jobs.Config{
		Database: d.open(t), Postgres: d.postgres, Waker: w, Clock: time.Now, Log: log, Poll: 20 * time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	return node
}

func stop(t testing.TB, node *jobs.Jobs) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := node.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// call is one call of a waker.
type call struct {
	name string // wake, finish or give up
	id   string
	at   time.Time
}

// waker stands for the gateway. What a test does not set succeeds at once.
type waker struct {
	calls chan call

	wake   func(ctx context.Context, id gateway.ConversationID) (time.Time, error)
	finish func() error
	giveUp func() error
}

func newWaker() *waker { return &waker{calls: make(chan call, 1000)} }

func (w *waker) Wake(ctx context.Context, id gateway.ConversationID) (time.Time, error) {
	w.calls <- call{"wake", string(id), time.Now()}
	if w.wake == nil {
		return time.Time{}, nil
	}
	return w.wake(ctx, id)
}

func (w *waker) Finish(_ context.Context, id gateway.MessageID) error {
	w.calls <- call{"finish", string(id), time.Now()}
	if w.finish == nil {
		return nil
	}
	return w.finish()
}

func (w *waker) GiveUp(_ context.Context, id gateway.MessageID) error {
	w.calls <- call{"give up", string(id), time.Now()}
	if w.giveUp == nil {
		return nil
	}
	return w.giveUp()
}

// next is the waker's next call, which must be this one.
func (w *waker) next(t testing.TB, name, id string) call {
	t.Helper()
	select {
	case c := <-w.calls:
		if c.name != name || c.id != id {
			t.Errorf("called: %s %s, want %s %s", c.name, c.id, name, id)
		}
		return c
	case <-time.After(patience):
		t.Fatalf("%s %s was not called", name, id)
		return call{}
	}
}

// silent checks that nothing is called for a while, which is many polls.
func (w *waker) silent(t testing.TB) {
	t.Helper()
	select {
	case c := <-w.calls:
		t.Errorf("called: %s %s, want nothing", c.name, c.id)
	case <-time.After(300 * time.Millisecond):
	}
}

// times returns a func that answers with each of the values, then the last.
func times[T any](values ...T) func() T {
	var mu sync.Mutex
	return func() T {
		mu.Lock()
		defer mu.Unlock()
		value := values[0]
		if len(values) > 1 {
			values = values[1:]
		}
		return value
	}
}

var errAway = errors.New("the store is away")

func wakeAt(id string, at time.Time) gateway.Timer {
	return gateway.Timer{Kind: gateway.WakeTimer, Conversation: gateway.ConversationID(id), At: at}
}

func finishAt(id string, at time.Time) gateway.Timer {
	return gateway.Timer{Kind: gateway.FinishTimer, Message: gateway.MessageID(id), At: at}
}

func due() time.Time { return time.Now().Add(-2 * time.Second) }

func inAnHour() time.Time { return time.Now().Add(time.Hour) }
