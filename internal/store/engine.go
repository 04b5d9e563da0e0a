package store

import (
	"context"
	"database/sql"

	"github.com/pressly/goose/v3"

	"parley/gateway"
)

// An engine is what SQLite and PostgreSQL do differently.
type engine interface {
	// read runs statements that change nothing, in one round trip. Their rows
	// may be of different moments.
	read(ctx context.Context, statements ...statement) error

	// write runs a job in one transaction. The first statement that fails
	// undoes it, and its error is returned: its taken, if that is why.
	write(ctx context.Context, j *job) error

	// share is write for jobs that come often and seldom fail: it may put
	// several callers' jobs into one transaction. A job that fails is undone
	// alone. A shared job must be harmless when it is done twice.
	share(ctx context.Context, j *job) error

	// locking follows a sub-select whose rows are about to be changed: rows
	// that another transaction is changing are passed over.
	locking() string

	// database is the handle on which others may open transactions. They must
	// not call the store before they end them.
	database() *sql.DB

	// migrations are the schema's versions that apply to this engine.
	migrations() (*goose.Provider, error)

	close() error
}

// TimerInserter sets timers within a transaction: those of a turn are durable
// when the turn is, or not at all.
type TimerInserter func(ctx context.Context, tx *sql.Tx, timers []gateway.Timer) error
