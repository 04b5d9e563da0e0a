package store

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"parley/internal/servertest"
)

// A claim writes down what is lost and then marks it so. What it could not write
// down, since another node had it just then, it does not mark either: nobody
// would ever look for it.
func TestWhatIsLostIsAlwaysLookedFor(t *testing.T) {
	s, err := Open(t.Context(), servertest.Postgres(t), Config{Secret: []byte("a secret key of thirty-two bytes"), Connections: 4})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	do(t, s.Writer(), `
		INSERT INTO messages (id, outgoing, waiting, rank, priority, turn, segments, media, private, answered, not_before, send_by,
			created, settled, conversation, person, case_reference, channel, address, language, subject, kind, keyword, status, provider_id, code, reasons, sealed)
		SELECT id, TRUE, TRUE, 20, 0, 0, 1, 0, FALSE, FALSE, 0, 0, 0, 0, '', id, '', 'sms', '', '', '', '', '', 'sending', '', '', '', '' FROM (VALUES ('A'), ('B')) m (id)`)
	do(t, s.Writer(), `INSERT INTO flights (lane, message, holder, batch, lease_until, sending) SELECT id, id, 'a node that died', 1, $1, TRUE FROM (VALUES ('A'), ('B')) m (id)`,
		micros(now.Add(-time.Minute)))

	has := begin(t, s, `SELECT 1 FROM flights WHERE message = 'A' FOR UPDATE`)
	delays := begin(t, s, `INSERT INTO losses (message, at, looks, look_at, resent) VALUES ('B', 0, 0, 1, FALSE)`)
	claimed := make(chan error, 1)
	go func() {
		_, err := s.Claim(context.WithoutCancel(t.Context()), now, 10, time.Minute)
		claimed <- err
	}()
	for waits := 0; waits == 0; time.Sleep(time.Millisecond) { // for B to be written down
		if err := s.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM pg_locks WHERE NOT granted`).Scan(&waits); err != nil {
			t.Fatal(err)
		}
	}
	end(t, has.Commit)
	end(t, delays.Rollback)
	if err := <-claimed; err != nil {
		t.Fatal(err)
	}
	var lost, unknown int
	row := s.Writer().QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM losses WHERE look_at > 0), (SELECT count(*) FROM messages WHERE status = 'unknown')`)
	if err := row.Scan(&lost, &unknown); err != nil || lost != 1 || unknown != 1 {
		t.Errorf("%d are looked for and %d are unknown, %v", lost, unknown, err)
	}
	if _, err := s.Claim(t.Context(), now.Add(2*sweepEvery), 10, time.Minute); err != nil {
		t.Fatal(err)
	}
	row = s.Writer().QueryRowContext(t.Context(), `SELECT count(*) FROM messages m JOIN losses l ON l.message = m.id AND l.look_at > 0 WHERE m.status = 'unknown'`)
	if err := row.Scan(&lost); err != nil || lost != 2 {
		t.Errorf("after the next claim %d are looked for, %v", lost, err)
	}
}

func do(t *testing.T, db *sql.DB, statement string, args ...any) {
	t.Helper()
	if _, err := db.ExecContext(t.Context(), statement, args...); err != nil {
		t.Fatal(err)
	}
}

// begin is a transaction that has done one thing.
func begin(t *testing.T, s *Store, statement string) *sql.Tx {
	t.Helper()
	tx, err := s.Writer().BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = tx.Rollback() })
	if _, err := tx.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	return tx
}

func end(t *testing.T, by func() error) {
	t.Helper()
	if err := by(); err != nil {
		t.Fatal(err)
	}
}
