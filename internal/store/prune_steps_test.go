package store

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// fillOld writes messages with three words each, events to other systems, marks
// of what came in, groups of notices that never ended, payments and plans that
// others took the place of, all of 2010.
var fillOld = []string{
	numberedRows(1050) + `INSERT INTO messages (id, outgoing, waiting, rank, priority, turn, segments, media, private, answered, not_before, send_by,
		created, settled, conversation, person, case_reference, channel, address, language, subject, kind, keyword, status, provider_id, code, reasons, sealed)
	SELECT 'M' || n, FALSE, FALSE, 0, 0, 0, 0, 0, FALSE, FALSE, 0, 0, 1262304000000000 + n, 0, '', 'P1', '', 'sms', '', '', '', '', '', '', '', '', '', '' FROM numbers`,
	numberedRows(1050) + `INSERT INTO message_words (token, message) SELECT w, 'M' || n FROM numbers, (SELECT 1 AS w UNION SELECT 2 UNION SELECT 3) words`,
	numberedRows(2500) + `INSERT INTO webhook_deliveries (id, endpoint, type, at, subject, case_reference, person, conversation, state, tries, next, tried, status, failure)
	SELECT 'E' || n, 'https://example.org', '', 1262304000000000 + n, '', '', '', '', 'delivered', 1, 0, 0, 200, '' FROM numbers`,
	numberedRows(2500) + `INSERT INTO taken (scope, name, at) SELECT 'sms', 'SM' || n, 1262304000000000 FROM numbers`,
	numberedRows(1001) + `INSERT INTO notice_groups (case_reference, name, ended) SELECT '300012345678', 'due ' || n, 0 FROM numbers`,
	numberedRows(250) + `INSERT INTO payments (id, case_reference, received, sealed) SELECT 'P' || n, '300012345678', 1262304000000000, '' FROM numbers`,
	numberedRows(1500) + `INSERT INTO plans (case_reference, number, made, sealed) SELECT '300012345678', n, 1262304000000000 + n, '' FROM numbers`,
}

func numberedRows(n int) string {
	return fmt.Sprintf("WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < %d) ", n)
}

// However much is to be taken out, no transaction deletes many rows, and the
// pump claims messages in the middle of each: on PostgreSQL while the rows are
// locked, on SQLite, which has one writer, between two.
func TestPruningGoesInStepsBetweenWhichThePumpGoesOn(t *testing.T) {
	for name, database := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "parley.db"), "PostgreSQL": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
			defer cancel()
			s := openTables(t, database)
			for _, text := range fillOld {
				if _, err := s.Writer().ExecContext(ctx, text); err != nil {
					t.Fatal(err)
				}
			}
			now := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
			if n, err := s.PlanNotices(ctx, fiftyNotices(now)); n != 50 || err != nil {
				t.Fatalf("%d notices, %v", n, err)
			}
			steps := &steps{engine: s.engine, deleted: map[string]int64{}, most: map[string]int64{}, between: func() {
				if claimed, err := s.Claim(ctx, now, 1, time.Hour); len(claimed) != 1 || err != nil {
					t.Errorf("the pump claims %d, %v", len(claimed), err)
				}
			}}
			pruned, err := (&Store{engine: steps}).Prune(ctx, now, nil)
			want := []Pruned{{"messages", 1050}, {"events to other systems", 2500}, {"marks of what came in", 2500}, {"groups of notices", 1001}, {"payments", 250}, {"payment plans", 1499}}
			if err != nil || !slices.Equal(pruned, want) {
				t.Errorf("%+v went, %v, want %+v", pruned, err, want)
			}
			if steps.deleted["message_words"] != 3*1050 {
				t.Errorf("words of messages: %d went", steps.deleted["message_words"])
			}
			for table, most := range map[string]int64{"messages": 100, "message_words": 300, "webhook_deliveries": 1000, "taken": 1000, "notice_groups": 1000, "payments": 100, "plans": 1000} {
				if steps.most[table] != most {
					t.Errorf("%s: %d in one transaction, want %d", table, steps.most[table], most)
				}
			}
		})
	}
}

// openTables opens a database and makes its tables.
func openTables(t *testing.T, database string) *Store {
	t.Helper()
	s, err := Open(t.Context(), database, Config{Secret: []byte("a secret key of thirty-two bytes")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func fiftyNotices(at time.Time) (all []gateway.Message) {
	for i := range 50 {
		all = append(all, gateway.Message{
			ID: gateway.MessageID(fmt.Sprint("N", i)), Person: directory.PersonID(fmt.Sprint("P", i)), Case: "300012345678", Language: "en",
			To: gateway.Address{Channel: directory.SMS, Value: "+447700900101"}, Priority: gateway.Bulk, Created: at,
			Notice: &gateway.Notice{Name: "payment-due", Occasion: "2026-12-15"},
		})
	}
	return all
}

// steps is an engine that counts what each transaction deletes, by table, and
// calls between before the next.
type steps struct {
	engine
	between       func()
	deleted, most map[string]int64
}

func (e *steps) write(ctx context.Context, j *job) error {
	if _, one := e.engine.(*sqliteEngine); one {
		defer e.between()
	}
	tx, err := e.database().BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for _, s := range j.statements {
		result, err := tx.ExecContext(ctx, s.sql, s.args...)
		if err != nil {
			return err
		}
		rows, err := result.RowsAffected()
		if err != nil {
			return err
		}
		table := strings.Fields(s.sql)[2] // DELETE FROM it
		e.deleted[table] += rows
		e.most[table] = max(e.most[table], rows)
		if s.changed != nil {
			s.changed(rows)
		}
	}
	if _, many := e.engine.(*postgresEngine); many {
		e.between()
	}
	return tx.Commit()
}

// What belongs to a row that goes is found by an index, and not by going through
// all there is.
func TestWhatGoesWithARowIsFoundByItsIndex(t *testing.T) {
	s := onPostgres(t)
	indexes := map[dependent]string{
		{"message_words", "message"}: "message_words_message", {"labels", "message"}: "labels_message", {"losses", "message"}: "losses_pkey",
		{"flights", "message"}: "flights_message_key", {"turns", "conversation"}: "turns_pkey", {"work_notes", "task"}: "work_notes_pkey",
		{"entries", "visit"}: "entries_", {"calls", "id"}: "calls_pkey",
	}
	for _, k := range keptRecords {
		for _, d := range k.with {
			plan := planOf(t, s, fmt.Sprintf("DELETE FROM %s WHERE %s IN ($1, $2)", d.table, d.column), fmt.Sprintf("'%s %s', 'b'", k.kind, d.table))
			if !strings.Contains(plan, "using "+indexes[d]) {
				t.Errorf("%s of %s are not found by %q:\n%s", d.table, k.table, indexes[d], plan)
			}
		}
	}
}
