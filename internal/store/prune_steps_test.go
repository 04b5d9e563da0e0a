package store

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// fillOld writes messages with three words each, and events to other systems,
// all of 2010.
var fillOld = []string{
	numberedRows(1050) + `INSERT INTO messages (id, outgoing, waiting, rank, priority, turn, segments, media, private, answered, not_before, send_by,
		created, settled, conversation, person, case_reference, channel, address, language, subject, kind, keyword, status, provider_id, code, reasons, sealed)
	SELECT 'M' || n, FALSE, FALSE, 0, 0, 0, 0, 0, FALSE, FALSE, 0, 0, 1262304000000000 + n, 0, '', 'P1', '', 'sms', '', '', '', '', '', '', '', '', '', '' FROM numbers`,
	numberedRows(1050) + `INSERT INTO message_words (token, message) SELECT w, 'M' || n FROM numbers, (SELECT 1 AS w UNION SELECT 2 UNION SELECT 3) words`,
	numberedRows(2500) + `INSERT INTO webhook_deliveries (id, endpoint, type, at, subject, case_reference, person, conversation, state, tries, next, tried, status, failure)
	SELECT 'E' || n, 'https://example.org', '', 1262304000000000 + n, '', '', '', '', 'delivered', 1, 0, 0, 200, '' FROM numbers`,
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
			s, err := Open(ctx, database, Config{Secret: []byte("a secret key of thirty-two bytes")})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { s.Close() })
			if err := s.Migrate(ctx); err != nil {
				t.Fatal(err)
			}
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
			if err != nil || len(pruned) != 2 || pruned[0].Count != 1050 || pruned[1].Count != 2500 {
				t.Errorf("%+v went, %v", pruned, err)
			}
			if steps.deleted["message_words"] != 3*1050 {
				t.Errorf("words of messages: %d went", steps.deleted["message_words"])
			}
			for table, most := range map[string]int64{"messages": 100, "message_words": 300, "webhook_deliveries": 1000} {
				if steps.most[table] != most {
					t.Errorf("%s: %d in one transaction, want %d", table, steps.most[table], most)
				}
			}
		})
	}
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
