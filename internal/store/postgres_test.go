package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"parley/internal/servertest"
)

// openTable opens a database with a table of rows 1 and 2 to fight over.
func openTable(t *testing.T) *postgresEngine {
	t.Helper()
	e, err := openPostgres(servertest.Postgres(t), 4, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.close() })
	for _, text := range []string{"CREATE TABLE rows (id INTEGER PRIMARY KEY, word TEXT)", "INSERT INTO rows VALUES (1, ''), (2, '')"} {
		if _, err := e.db.Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

func TestTransactionsThatDeadlockAreBothDone(t *testing.T) {
	e := openTable(t)
	var both sync.WaitGroup
	for first := 1; first <= 2; first++ {
		both.Go(func() {
			j := &job{}
			j.add("SELECT set_config('deadlock_timeout', '20ms', true)")
			j.add("UPDATE rows SET word = word || 'x' WHERE id = $1", first)
			j.add("SELECT pg_sleep(0.05)") // until the other has its first row too
			j.add("UPDATE rows SET word = word || 'x' WHERE id = $1", 3-first)
			if err := e.write(t.Context(), j); err != nil {
				t.Errorf("transaction %d: %v", first, err)
			}
		})
	}
	both.Wait()
	var words string
	if err := e.db.QueryRow("SELECT string_agg(word, ',') FROM rows").Scan(&words); err != nil || words != "xx,xx" {
		t.Errorf("rows %q, %v, want each written twice", words, err)
	}
}

func TestAJobThatIsRefusedDoesNotSpoilItsCompany(t *testing.T) {
	e := openTable(t)
	busy, release := holdGroup(t, e)
	errs := make([]error, 9)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() {
			j := &job{about: fmt.Sprint(n)}
			word := "good"
			if n == 4 {
				word = "\x00" // PostgreSQL: character_not_in_repertoire
			}
			j.add("UPDATE rows SET word = $1 WHERE id = 2", word)
			errs[n] = e.share(t.Context(), j)
		})
	}
	waitFor(t, e.shared, func() bool { return len(e.shared.waiting) == len(errs) })
	release()
	all.Wait()
	if err := <-busy; err != nil {
		t.Errorf("the job before: %v", err)
	}
	for n, err := range errs {
		var refused *pgconn.PgError
		if (n == 4) != errors.As(err, &refused) {
			t.Errorf("job %d: got error %v", n, err)
		}
	}
}

// holdGroup keeps the shared group writing until release, so that what comes
// meanwhile shares one transaction.
func holdGroup(t *testing.T, e *postgresEngine) (busy chan error, release func()) {
	t.Helper()
	tx, err := e.db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec("SELECT FROM rows WHERE id = 1 FOR UPDATE"); err != nil {
		t.Fatal(err)
	}
	busy = make(chan error, 1)
	go func() {
		j := &job{}
		j.add("UPDATE rows SET word = 'held' WHERE id = 1")
		busy <- e.share(context.Background(), j)
	}()
	waitFor(t, e.shared, func() bool { return e.shared.writing && len(e.shared.waiting) == 0 })
	return busy, func() {
		if err := tx.Commit(); err != nil {
			t.Error(err)
		}
	}
}
