package console

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

// How much is in the database of the benchmark: half of the messages are to and
// from one person.
const (
	benchCases    = 100_000
	benchMessages = 1_000_000
)

// BenchmarkPages draws pages of cases, and searches, among very many on a real
// PostgreSQL, and tells the median of each.
func BenchmarkPages(b *testing.B) {
	o := openOffice(b, servertest.StartPostgres(b).URL())
	o.put(b, collected())
	for i := range 40 {
		c := officeCase()
		c.Reference = directory.CaseReference(fmt.Sprintf("3099%08d", i))
		c.PayingParent.ID, c.PayingParent.Phone = directory.PersonID(fmt.Sprint("Q", i)), ""
		c.ReceivingParents[0].ID, c.ReceivingParents[0].Phone, c.ReceivingParents[0].Reference = directory.PersonID(fmt.Sprint("S", i)), "", c.Reference+"x"
		o.put(b, c)
	}
	o.parent(b, "PAY")
	for i := range 55 { // more than a search finds: what is only copied cannot be opened
		o.parent(b, fmt.Sprint("the rent is due, number ", i))
	}
	for i := range 30 {
		if err := o.gateway.WriteNote(b.Context(), "amara", "300012345678", "P1", fmt.Sprint("Note ", i)); err != nil {
			b.Fatal(err)
		}
	}
	multiply(b, o.store.Writer())
	o.config.Audit = realBook{o.store}
	amara := o.signIn(b, "amara")
	for _, page := range []string{"cases/300012345678", "cases/300022345678", "people/P1", "people/P1/evidence", "search?q=rent+due", "search?q=example", "search?q=07700900101"} {
		b.Run(page, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				begun := time.Now()
				if got := amara.get("/console/" + page); got.status != 200 {
					b.Fatal(got.status, got.body)
				}
				took = append(took, time.Since(begun))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "median_ms")
			b.ReportMetric(float64(took[0].Microseconds())/1000, "best_ms")
		})
	}
}

// realBook records in the database, as the product does.
type realBook struct{ *store.Store }

func (b realBook) Record(ctx context.Context, entries ...AuditEntry) error {
	var kept []gateway.AuditEntry
	for _, e := range entries {
		kept = append(kept, gateway.AuditEntry{ID: rand.Text(), At: e.At, Staff: e.Staff, Action: e.Action, Case: e.Case, Person: e.Person, Object: e.Object, Reason: e.Reason})
	}
	return b.RecordAudit(ctx, kept...)
}

// multiply fills the tables with rows like those that are there.
func multiply(b *testing.B, db *sql.DB) {
	b.Helper()
	begun := time.Now()
	for _, one := range []struct {
		table, where, series string
		other                map[string]string // columns that differ, in SQL of g
	}{
		{"people", "id = 'Q1'", fmt.Sprint(2 * benchCases), map[string]string{"id": "'F' || g"}},
		{"cases", "reference = '309900000001'", fmt.Sprint(benchCases), map[string]string{"reference": "'4' || lpad(g::text, 11, '0')"}},
		{"parties", "person = 'Q1'", fmt.Sprint(benchCases), map[string]string{
			"case_reference": "'4' || lpad(g::text, 11, '0')", "reference": "'4' || lpad(g::text, 11, '0')", "person": "'F' || g",
		}},
		{"person_words", "person = 'Q1'", fmt.Sprint(benchCases), map[string]string{"person": "'F' || g"}},
		{"conversations", "id = (SELECT MIN(id) FROM conversations)", fmt.Sprint(benchMessages / 10), map[string]string{
			"id": "'0C' || g", "person": "'F' || g", "phase": "'ended'",
		}},
		{"messages", "id = (SELECT MIN(id) FROM messages)", fmt.Sprint(benchMessages), map[string]string{
			"id": "'0' || lpad(g::text, 9, '0')", "person": "CASE WHEN g % 2 = 0 THEN 'P1' ELSE 'F' || (g / 10) END", "conversation": "'0C' || (g / 10)",
			"created": "created - g * 300000000::bigint", "provider_id": "''", "outgoing": "g % 4 = 0", "turn": "1",
		}},
		{"message_words", "message = (SELECT MAX(message) FROM message_words)", fmt.Sprint(benchMessages / 10), map[string]string{"message": "'0' || lpad(g::text, 9, '0')"}},
	} {
		rows, err := db.Query(`SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position`, one.table)
		if err != nil {
			b.Fatal(err)
		}
		var names, values []string
		for rows.Next() {
			var name string
			if err := rows.Scan(&name); err != nil {
				b.Fatal(err)
			}
			names, values = append(names, name), append(values, name)
			if other := one.other[name]; other != "" {
				values[len(values)-1] = other
			}
		}
		if err := rows.Close(); err != nil {
			b.Fatal(err)
		}
		text := fmt.Sprintf("INSERT INTO %[1]s (%[2]s) SELECT %[3]s FROM (SELECT * FROM %[1]s WHERE %[4]s) AS one, generate_series(1, %[5]s) AS g",
			one.table, strings.Join(names, ", "), strings.Join(values, ", "), one.where, one.series)
		if _, err := db.Exec(text); err != nil {
			b.Fatalf("%s: %v", one.table, err)
		}
	}
	if _, err := db.Exec("VACUUM ANALYZE"); err != nil {
		b.Fatal(err)
	}
	b.Logf("filled in %v", time.Since(begun).Round(time.Second))
}
