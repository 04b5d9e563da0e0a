package store

import (
	"context"
	"crypto/hmac"
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
var (
	postgresOnly = []string{"00002_storage_postgres.sql", "00018_audit_postgres.sql", "00027_audit_sealed_again_postgres.sql"}
	sqliteOnly   = []string{"00019_audit_sqlite.sql", "00028_audit_sealed_again_sqlite.sql"}
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

var (
	// ErrSecret says that the database was last sealed under a secret that is
	// not among ours: nothing in it could be read.
	ErrSecret = errors.New("none of the secret keys is the one that this database is sealed under")

	// ErrLookup says that the database was made with another lookup key: nobody
	// would be found by their address.
	ErrLookup = errors.New("the lookup key is not the one that this database was made with: it has to stay when the secret key is replaced")
)

const (
	insertSeal = `INSERT INTO seals (id, sealed) VALUES (1, $1) ON CONFLICT (id) DO NOTHING`
	sealQuery  = `SELECT sealed FROM seals WHERE id = 1`
)

// Migrate brings the schema up to date. On PostgreSQL it waits for an advisory
// lock, so that several nodes may call it at once. ErrSecret or ErrLookup when
// the database belongs to others.
func (s *Store) Migrate(ctx context.Context) error {
	migrations, err := s.engine.migrations()
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if _, err := migrations.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	j := &job{}
	j.add(insertSeal, s.codec.seal(sealPlace, s.codec.lookupMark()))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := s.checkSecret(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Ready reports whether the database answers, its schema is current and its
// secrets are ours; ErrSchema, ErrSecret or ErrLookup if not.
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

// lookupMark is what tells one lookup key from another.
func (c *codec) lookupMark() []byte {
	sum := c.sum("mark", "")
	return sum[:]
}

func (s *Store) checkSecret(ctx context.Context) error {
	return s.engine.read(ctx, statement{sql: sealQuery, each: func(r row) error {
		var sealed []byte
		if err := r.Scan(&sealed); err != nil {
			return err
		}
		mark, err := s.codec.open(sealPlace, sealed)
		switch {
		case err != nil:
			return ErrSecret
		case !hmac.Equal(mark, s.codec.lookupMark()):
			return ErrLookup
		default:
			return nil
		}
	}})
}
