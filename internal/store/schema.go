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

// The migrations that only one of the engines takes.
const (
	postgresStorage = "00002_storage_postgres.sql"
	postgresAudit   = "00018_audit_postgres.sql"
	sqliteAudit     = "00019_audit_sqlite.sql"
)

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

// ErrSecret says that the database was made with another secret: nothing in it
// could be read, and nobody be found by their address.
var ErrSecret = errors.New("the secret key is not the one that this database was made with")

const (
	insertSeal = `INSERT INTO seals (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`
	sealQuery  = `SELECT sealed FROM seals WHERE id = 1`
)

// Migrate brings the schema up to date. On PostgreSQL it waits for an advisory
// lock, so that several nodes may call it at once. ErrSecret when the database
// belongs to another secret.
func (s *Store) Migrate(ctx context.Context) error {
	migrations, err := s.engine.migrations()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if _, err := migrations.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	j := &job{}
	j.add(insertSeal, s.codec.seal(sealPlace, []byte("sealed")))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := s.checkSecret(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Ready reports whether the database answers, its schema is current and its
// secret is ours; ErrSchema or ErrSecret if not.
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
	return s.checkSecret(ctx)
}

var sealPlace = place{"seals.sealed", "1"}

func (s *Store) checkSecret(ctx context.Context) error {
	return s.engine.read(ctx, statement{sql: sealQuery, each: func(r row) error {
		var sealed []byte
		if err := r.Scan(&sealed); err != nil {
			return err
		}
		if _, err := s.codec.open(sealPlace, sealed); err != nil {
			return ErrSecret
		}
		return nil
	}})
}
