package store_test

import (
	"errors"
	"path/filepath"
	"sync"
	"testing"

	"parley/internal/servertest"
	"parley/internal/store"
)

func TestPostgresIsMigratedOnlyWhenAsked(t *testing.T) {
	database := servertest.Postgres(t)
	var nodes []*store.Store
	for range 4 {
		s, err := store.Open(t.Context(), database, store.Config{Secret: secret})
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		nodes = append(nodes, s)
	}
	if err := nodes[0].Ready(t.Context()); !errors.Is(err, store.ErrSchema) {
		t.Errorf("an empty database: got error %v, want %v", err, store.ErrSchema)
	}
	var all sync.WaitGroup
	for _, s := range nodes {
		all.Go(func() {
			if err := s.Migrate(t.Context()); err != nil {
				t.Errorf("migrating at once: %v", err)
			}
		})
	}
	all.Wait()
	for _, s := range nodes {
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("a database that was migrated: %v", err)
		}
	}
}

func TestSQLiteMigratesItself(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"parley.db", "a name & 100% strange?#.db", "parley.db"} {
		s, err := store.Open(t.Context(), filepath.Join(folder, name), store.Config{Secret: secret})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Ready(t.Context()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("%s: closing: %v", name, err)
		}
	}
	files, err := filepath.Glob(filepath.Join(folder, "*"))
	if err != nil || len(files) != 2 {
		t.Errorf("files %q, %v, want the two that were named", files, err)
	}
}

func TestAnotherSecretIsNoticed(t *testing.T) {
	file := filepath.Join(t.TempDir(), "parley.db")
	open(t, file)
	other := store.Config{Secret: []byte("another secret key of 32 or more")}
	if s, err := store.Open(t.Context(), file, other); !errors.Is(err, store.ErrSecret) {
		t.Errorf("SQLite: got store %v, error %v, want %v", s, err, store.ErrSecret)
	}
	database := servertest.Postgres(t)
	open(t, database)
	s, err := store.Open(t.Context(), database, other)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for what, call := range map[string]func() error{
		"ready":   func() error { return s.Ready(t.Context()) },
		"migrate": func() error { return s.Migrate(t.Context()) },
	} {
		if err := call(); !errors.Is(err, store.ErrSecret) {
			t.Errorf("PostgreSQL, %s: got error %v, want %v", what, err, store.ErrSecret)
		}
	}
}

func TestADatabaseThatCannotBeOpenedIsAnError(t *testing.T) {
	for what, database := range map[string]string{
		"no such folder": filepath.Join(t.TempDir(), "missing", "parley.db"),
		"no such URL":    "postgres://127.0.0.1:notaport/parley",
	} {
		if s, err := store.Open(t.Context(), database, store.Config{Secret: secret}); err == nil {
			s.Close()
			t.Errorf("%s: opened", what)
		}
	}
	if _, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), store.Config{Secret: []byte("short")}); err == nil {
		t.Error("opened with a short secret")
	}
}
