package jobs

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"

	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivermigrate"
)

// migrationLock is the advisory lock under which one node migrates: River's
// migrator takes none. The number is this package's own.
const migrationLock = 7_250_001

// errNotMigrated says that River's tables are missing or of an older version.
var errNotMigrated = errors.New("the tables of the jobs are not migrated")

// Migrate makes or updates the tables of the jobs, one node at a time. On
// PostgreSQL db needs two connections, one of which holds the lock.
func Migrate(ctx context.Context, db *sql.DB, postgres bool) error {
	if postgres {
		unlock, err := lock(ctx, db)
		if err != nil {
			return fmt.Errorf("waiting to migrate the jobs: %w", err)
		}
		defer unlock()
	}
	migrator, err := newMigrator(driver(db, postgres))
	if err != nil {
		return fmt.Errorf("migrating the jobs: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrating the jobs: %w", err)
	}
	return nil
}

// lock waits for the migration lock, which belongs to a connection and goes
// with it.
func lock(ctx context.Context, db *sql.DB) (unlock func(), err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := conn.ExecContext(ctx, "SELECT pg_advisory_lock($1)", migrationLock); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", migrationLock)
		_ = conn.Close()
	}, nil
}

// checkMigrated returns errNotMigrated, or why that cannot be known.
func checkMigrated(ctx context.Context, database riverdriver.Driver[*sql.Tx]) error {
	migrator, err := newMigrator(database)
	if err != nil {
		return err
	}
	found, err := migrator.Validate(ctx)
	if err != nil {
		return err
	}
	if !found.OK {
		return errNotMigrated
	}
	return nil
}

func newMigrator(database riverdriver.Driver[*sql.Tx]) (*rivermigrate.Migrator[*sql.Tx], error) {
	return rivermigrate.New(database, &rivermigrate.Config{Logger: slog.New(slog.DiscardHandler)})
}
