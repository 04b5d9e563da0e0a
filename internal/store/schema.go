package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

// postgresStorage is the migration that only PostgreSQL takes.
const postgresStorage = "00002_storage_postgres.sql"

// ErrSchema says that the database's schema is not the one that this program
// works with: it has to be migrated first.
var ErrSchema = errors.New("the database schema is not current")

func newMigrations(dialect goose.Dialect, db *sql.DB, options ...goose.ProviderOption) (*goose.Provider, error) {
	files, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	options = append(options, goose.WithDisableGlobalRegistry(true), goose.WithLogger(goose.NopLogger()))
	return goose.NewProvider(dialect, db, files, options...)
}

// Migrate brings the schema up to date. On PostgreSQL it waits for an advisory
// lock, so that several nodes may call it at once.
func (s *Store) Migrate(ctx context.Context) error {
	migrations, err := s.engine.migrations()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if _, err := migrations.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Ready reports whether the database answers and its schema is current,
// ErrSchema if it is not.
func (s *Store) Ready(ctx context.Context) error {
	migrations, err := s.engine.migrations()
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	pending, err := migrations.HasPending(ctx)
	if err != nil {
		return fmt.Errorf("read the schema's version: %w", err)
	}
	if pending {
		return ErrSchema
	}
	return nil
}
