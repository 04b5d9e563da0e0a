package store_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/keyring"
	"parley/internal/servertest"
	"parley/internal/store"
)

var nextSecret = []byte("the next secret key, also of thirty-two bytes")

// lookup is what has to stay when the secret goes.
func lookup(t testing.TB) []byte {
	t.Helper()
	key, err := keyring.Lookup(secret)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(key)
}

func withSecrets(t testing.TB, database string, c store.Config) *store.Store {
	t.Helper()
	c.Timers = insertTimers
	s, err := store.Open(t.Context(), database, c)
	if err == nil {
		err = s.Ready(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// After the secret was replaced and all was sealed again, the earlier secret is
// not needed: every column opens, addresses and words are found, and the audit
// holds.
func TestTheEarlierSecretIsNotNeededAfterResealing(t *testing.T) {
	for name, database := range map[string]func(t *testing.T) string{
		"SQLite":     func(t *testing.T) string { return filepath.Join(t.TempDir(), "parley.db") },
		"PostgreSQL": func(t *testing.T) string { return servertest.Postgres(t) },
	} {
		t.Run(name, func(t *testing.T) {
			place := database(t)
			first := open(t, place)
			plantLife(t, first, "P1", "R1", "300012345678")
			if _, err := first.SealAudit(t.Context(), lifeTime.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			columns := sealedCounts(t, first)

			both := withSecrets(t, place, store.Config{Secret: nextSecret, OtherSecrets: [][]byte{secret}, Lookup: lookup(t)})
			for range 2 { // again from the beginning changes nothing
				for column, counts := range resealed(t, both) {
					if counts.Again+counts.Current != columns[column] || counts.Unreadable != 0 {
						t.Errorf("%s: %+v of %d values", column, counts, columns[column])
					}
				}
			}
			if err := first.Ready(t.Context()); !errors.Is(err, store.ErrSecret) {
				t.Errorf("a node with the earlier secret alone: %v, want %v", err, store.ErrSecret)
			}

			after := withSecrets(t, place, store.Config{Secret: nextSecret, Lookup: lookup(t)})
			for column, counts := range resealed(t, after) {
				if counts.Current != columns[column] || columns[column] == 0 {
					t.Errorf("%s: %+v of %d values; want all of them current, and one at least", column, counts, columns[column])
				}
			}
			readLife(t, after, "P1")
		})
	}
}

// A key that is dead is told as such: before anything is served, and value by
// value.
func TestADeadKey(t *testing.T) {
	file := filepath.Join(t.TempDir(), "parley.db")
	plantLife(t, open(t, file), "P1", "R1", "300012345678")
	for what, c := range map[string]struct {
		config store.Config
		want   error
	}{
		"the secret replaced without the earlier one": {store.Config{Secret: nextSecret, Lookup: lookup(t)}, store.ErrSecret},
		"the secret replaced without the lookup key":  {store.Config{Secret: nextSecret, OtherSecrets: [][]byte{secret}}, store.ErrLookup},
	} {
		if _, err := store.Open(t.Context(), file, c.config); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", what, err, c.want)
		}
	}
	s := withSecrets(t, file, store.Config{Secret: secret})
	if _, err := s.Writer().Exec(`UPDATE reports SET sealed = (SELECT sealed FROM people LIMIT 1)`); err != nil {
		t.Fatal(err)
	}
	if got := resealed(t, s)["reports.sealed"]; got.Unreadable == 0 {
		t.Errorf("a value that no key opens is not told of: %+v", got)
	}
}

// Whoever adds a column that is sealed has to say so, or it would be lost with
// the earlier secret.
func TestEverySealedColumnIsSealedAgain(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parley.db"))
	known := resealed(t, s)
	rows, err := s.Writer().Query(`SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.type = 'BYTEA'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			t.Fatal(err)
		}
		if _, ok := known[table+"."+column]; !ok && table != "dialog_versions" { // scripts are public
			t.Errorf("%s.%s has no row in sealedColumns", table, column)
		}
		delete(known, table+"."+column)
	}
	if err := rows.Err(); err != nil || len(known) > 0 {
		t.Errorf("sealedColumns tells of columns that are not there: %v, %v", known, err)
	}
}

func resealed(t *testing.T, s *store.Store) map[string]store.Resealed {
	t.Helper()
	all := map[string]store.Resealed{}
	if err := s.Reseal(t.Context(), func(r store.Resealed) { all[r.Column] = r }); err != nil {
		t.Fatal(err)
	}
	return all
}

// sealedCounts is how many values each sealed column has.
func sealedCounts(t *testing.T, s *store.Store) map[string]int {
	t.Helper()
	counts := map[string]int{}
	for column := range resealed(t, s) {
		table, name, _ := strings.Cut(column, ".")
		var n int
		if err := s.Writer().QueryRow(fmt.Sprintf(`SELECT COUNT(*) FROM %s WHERE LENGTH(%s) > 0`, table, name)).Scan(&n); err != nil {
			t.Fatal(err)
		}
		counts[column] = n
	}
	return counts
}

// readLife finds and reads what plantLife planted.
func readLife(t *testing.T, s *store.Store, id directory.PersonID) {
	t.Helper()
	person, _, err := s.Person(t.Context(), id)
	if err != nil || person.Name != canary(id, "name") {
		t.Errorf("the person is %q, %v", person.Name, err)
	}
	sender, err := s.Sender(t.Context(), gateway.Address{Channel: directory.SMS, Value: person.Phone})
	if err != nil || len(sender.Standing.Holders) == 0 {
		t.Errorf("nobody is found by their number: %+v, %v", sender, err)
	}
	proof, err := s.VerifyAudit(t.Context())
	if err != nil || len(proof.Problems) > 0 || proof.Seals == 0 {
		t.Errorf("the audit does not hold: %+v, %v", proof, err)
	}
}
