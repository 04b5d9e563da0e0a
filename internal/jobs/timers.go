package jobs

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river"

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

// Set makes timers into jobs within tx.
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
	if _, err := t.client.InsertManyTx(ctx, tx, params); err != nil {
		return fmt.Errorf("setting timers: %w", err)
	}
	return nil
}
