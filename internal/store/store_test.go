package store_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
	"parley/internal/store"
)

// secret is the service's secret key in these tests.
var secret = []byte("a secret key of thirty-two bytes")

func TestSQLite(t *testing.T) {
	gatewaytest.Store(t, func(t testing.TB) gatewaytest.StoreUnderTest {
		return underTest(t, filepath.Join(t.TempDir(), "parley.db"), false)
	})
}

func TestPostgres(t *testing.T) {
	gatewaytest.Store(t, func(t testing.TB) gatewaytest.StoreUnderTest {
		return underTest(t, servertest.Postgres(t), true)
	})
}

func underTest(t testing.TB, database string, nodes bool) gatewaytest.StoreUnderTest {
	first := open(t, database)
	if _, err := first.Writer().Exec(`CREATE TABLE timers (kind TEXT, conversation TEXT, message TEXT, at BIGINT)`); err != nil {
		t.Fatal(err)
	}
	return gatewaytest.StoreUnderTest{
		SystemOfRecord: first,
		Again:          func(t testing.TB) gatewaytest.SystemOfRecord { return open(t, database) },
		Nodes:          nodes,
		Timers:         func(t testing.TB) []gateway.Timer { return timersIn(t, first.Writer()) },
	}
}

// open opens a database and migrates it.
func open(t testing.TB, database string) *store.Store {
	s, err := store.Open(t.Context(), database, store.Config{Secret: secret, Timers: insertTimers, Connections: 8})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// insertTimers keeps timers in a table of the tests' own, in place of River's.
func insertTimers(ctx context.Context, tx *sql.Tx, timers []gateway.Timer) error {
	for _, timer := range timers {
		if timer.Kind == gatewaytest.FailingTimer {
			return errors.New("this timer cannot be set")
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO timers (kind, conversation, message, at) VALUES ($1, $2, $3, $4)`,
			string(timer.Kind), string(timer.Conversation), string(timer.Message), timer.At.UnixMicro())
		if err != nil {
			return err
		}
	}
	return nil
}

func timersIn(t testing.TB, db *sql.DB) []gateway.Timer {
	rows, err := db.Query(`SELECT kind, conversation, message, at FROM timers ORDER BY at`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var timers []gateway.Timer
	for rows.Next() {
		var timer gateway.Timer
		var at int64
		if err := rows.Scan(&timer.Kind, &timer.Conversation, &timer.Message, &at); err != nil {
			t.Fatal(err)
		}
		timer.At = time.UnixMicro(at).UTC()
		timers = append(timers, timer)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return timers
}
