package jobs

import (
	"cmp"
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

	"parley/gateway"
)

// How long things take. A job is ended after jobTimeout. River looks every 30
// seconds for jobs whose node has not ended them within RescueAfter, so that a
// dead node's job is tried again within a minute; when the dead node was the
// one that looked, another first takes its place, in some 15 seconds.
const (
	RescueAfter = 30 * time.Second
	jobTimeout  = 25 * time.Second
)

// keepCompleted is how long a job that is done can still be looked at.
const keepCompleted = time.Hour

// Defaults of Config.
const (
	defaultPoll    = 500 * time.Millisecond
	defaultWorkers = 8
)

// Waker is what timers call. Each may be called more than once for one timer,
// early, and at the same time on two nodes. Errors are tried again.
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
	Planner  Planner // nil: no notices are planned
	Clock    func() time.Time
	Log      *slog.Logger
	Poll     time.Duration // how often to look for due jobs; 0: half a second
	Workers  int           // jobs at once on this node; 0: 8

	// PlanEvery is how often notices are planned; 0: every 15 minutes.
	PlanEvery time.Duration
}

// Jobs works timers on one node.
type Jobs struct {
	driver riverdriver.Driver[*sql.Tx]
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
	river.AddWorker(workers, &finishWorker{waker: c.Waker})
	config := &river.Config{
		Queues:                      map[string]river.QueueConfig{river.QueueDefault: {MaxWorkers: c.Workers}},
		Workers:                     workers,
		ErrorHandler:                failures{c.Log},
		Logger:                      slog.New(quiet{c.Log.Handler()}),
		FetchPollInterval:           c.Poll,
		FetchCooldown:               min(c.Poll, river.FetchCooldownDefault),
		JobTimeout:                  jobTimeout,
		RescueStuckJobsAfter:        RescueAfter,
		CompletedJobRetentionPeriod: keepCompleted,
	}
	if c.Planner != nil {
		river.AddWorker(workers, &planWorker{planner: c.Planner})
		config.PeriodicJobs = periodically(cmp.Or(c.PlanEvery, defaultPlanEvery))
	}
	if !c.Postgres {
		config.ReindexerIndexNames = []string{} // River's list is of PostgreSQL's indexes
	}
	database := driver(c.Database, c.Postgres)
	client, err := river.NewClient(database, config)
	if err != nil {
		return nil, fmt.Errorf("making the jobs: %w", err)
	}
	return &Jobs{database, client}, nil
}

// Start begins to work jobs until Stop. It fails when the database is away or
// not migrated, and may then be called again.
func (j *Jobs) Start(ctx context.Context) error {
	if err := checkMigrated(ctx, j.driver); err != nil {
		return fmt.Errorf("starting the jobs: %w", err)
	}
	if err := j.client.Start(context.WithoutCancel(ctx)); err != nil {
		return fmt.Errorf("starting the jobs: %w", err)
	}
	return nil
}

// Stop lets the jobs under way end, and ends them itself once ctx does: those
// are tried again.
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
