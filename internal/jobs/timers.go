package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"parley/gateway"
)

// Timers sets timers in the transactions of others. It works none.
type Timers struct {
	client *river.Client[*sql.Tx]
}

// NewTimers makes a Timers for a kind of database. It needs no connection: it
// works on the transactions it is given.
func NewTimers(postgres bool) (*Timers, error) {
	client, err := river.NewClient(driver(nil, postgres), &river.Config{Logger: slog.New(slog.DiscardHandler)})
	if err != nil {
		return nil, fmt.Errorf("making the timers: %w", err)
	}
	return &Timers{client: client}, nil
}

// Set makes timers into jobs within tx. A conversation has one job at most: a
// timer for a conversation that has one brings the job forward to now if the
// timer is earlier, and otherwise changes nothing.
func (t *Timers) Set(ctx context.Context, tx *sql.Tx, timers []gateway.Timer) error {
	params := make([]river.InsertManyParams, len(timers))
	for i, timer := range timers {
		params[i].InsertOpts = &river.InsertOpts{ScheduledAt: timer.At}
		switch timer.Kind {
		case gateway.WakeTimer:
			params[i].Args = wake{Conversation: timer.Conversation}
		case gateway.FinishTimer:
			params[i].Args = finish{Message: timer.Message}
		default:
			return fmt.Errorf("setting timers: there is no kind %q", timer.Kind)
		}
	}
	results, err := t.client.InsertManyTx(ctx, tx, params)
	if err != nil {
		return fmt.Errorf("setting timers: %w", err)
	}
	for i, result := range results {
		if err := t.bringForward(ctx, tx, result, timers[i]); err != nil {
			return fmt.Errorf("setting timers: %w", err)
		}
	}
	return nil
}

// bringForward runs a conversation's job now when a timer is set for earlier
// than it would run. The job then finds for itself when to run next, which
// River could not be told otherwise. A job that is running this moment is left
// alone: what it finds may be a moment old, and the next timer puts it right.
func (t *Timers) bringForward(ctx context.Context, tx *sql.Tx, result *rivertype.JobInsertResult, timer gateway.Timer) error {
	if !result.UniqueSkippedAsDuplicate || !timer.At.Before(result.Job.ScheduledAt) {
		return nil
	}
	_, err := t.client.JobRetryTx(ctx, tx, result.Job.ID)
	return err
}
