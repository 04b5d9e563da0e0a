package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"parley/gateway"
)

// How long things take: a job is ended after jobTimeout, and one whose node
// died is taken over after RescueAfter.
const (
	RescueAfter = 30 * time.Second
	jobTimeout  = 25 * time.Second
)

// Defaults of Config.
const (
	defaultPoll    = 500 * time.Millisecond
	defaultWorkers = 8
)

// Waker is what timers call. Each may be called more than once for one timer.
type Waker interface {
	// Wake does what is due in a conversation and returns when to wake next;
	// the zero time ends the timer.
	Wake(ctx context.Context, id gateway.ConversationID) (next time.Time, err error)
	// Finish makes the turn of a kept message.
	Finish(ctx context.Context, id gateway.MessageID) error
	// GiveUp hands a message that could not be finished to a person.
	GiveUp(ctx context.Context, id gateway.MessageID) error
}

// Config is what jobs need to be worked.
type Config struct {
	Database *sql.DB
	Postgres bool // else SQLite, of which Database is the one connection that writes
	Waker    Waker
	Clock    func() time.Time
	Log      *slog.Logger
	Poll     time.Duration // how often to look for due jobs; 0: half a second
	Workers  int           // jobs at once on this node; 0: 8
}

// Jobs works timers on one node.
type Jobs struct {
	client *river.Client[*sql.Tx]
}

func driver(db *sql.DB, postgres bool) riverdriver.Driver[*sql.Tx] {
	if postgres {
		return riverdatabasesql.New(db)
	}
	return riversqlite.New(db)
}

// New makes a node's worker. Start begins its work.
func New(c Config) (*Jobs, error) {
	if c.Poll == 0 {
		c.Poll = defaultPoll
	}
	if c.Workers == 0 {
		c.Workers = defaultWorkers
	}
	workers := river.NewWorkers()
	river.AddWorker(workers, &wakeWorker{waker: c.Waker, clock: c.Clock})
	river.AddWorker(workers, &finishWorker{waker: c.Waker, clock: c.Clock})
	client, err := river.NewClient(driver(c.Database, c.Postgres), &river.Config{
		Queues:               map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: c.Workers}},
		Workers:              workers,
		FetchPollInterval:    c.Poll,
		FetchCooldown:        min(c.Poll, 100*time.Millisecond),
		JobTimeout:           jobTimeout,
		RescueStuckJobsAfter: RescueAfter,
		Logger:               c.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("making the jobs: %w", err)
	}
	return &Jobs{client: client}, nil
}

// Start begins to work jobs until Stop. It fails when the database is away or
// not migrated.
func (j *Jobs) Start(ctx context.Context) error {
	if err := j.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting the jobs: %w", err)
	}
	return nil
}

// Stop lets the jobs under way end, and ends them itself once ctx does.
func (j *Jobs) Stop(ctx context.Context) error {
	err := j.client.Stop(ctx)
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		hard, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		err = j.client.StopAndCancel(hard)
	}
	if err != nil {
		return fmt.Errorf("stopping the jobs: %w", err)
	}
	return nil
}

// migrationLock is the advisory lock under which one node migrates: River's
// migrator takes none. The number is this package's own.
const migrationLock = 7_250_001

// Migrate makes or updates the tables of the jobs, one node at a time.
func Migrate(ctx context.Context, db *sql.DB, postgres bool) error {
	if postgres {
		conn, err := db.Conn(ctx)
		if err != nil {
			return fmt.Errorf("migrating the jobs: %w", err)
		}
		defer func() { _ = conn.Close() }()
		if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
			return fmt.Errorf("waiting to migrate the jobs: %w", err)
		}
		defer func() {
			_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
		}()
	}
	migrator, err := rivermigrate.New(driver(db, postgres), &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return fmt.Errorf("migrating the jobs: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrating the jobs: %w", err)
	}
	return nil
}
