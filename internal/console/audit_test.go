package console

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

// audited is a house whose auditor reads a real store's audit: 60 sights, two
// a minute, the last an hour ago.
func audited(t *testing.T) (*house, *store.Store) {
	t.Helper()
	trail := openStore(t)
	h := newHouse(t, func(c *Config) { c.Figures.Audit = trail })
	first := h.now.Add(-90 * time.Minute)
	for i := range 60 {
		e := gateway.AuditEntry{
			ID: fmt.Sprintf("019a-%04d", i), At: first.Add(time.Duration(i) * 30 * time.Second),
			Staff: []directory.StaffID{"amara", "noor"}[i%2], Action: "saw case", Case: "300012345678", Person: "P1",
		}
		if i == 59 {
			e.Case, e.Person, e.Action, e.Reason = "300022345678", "P2", "opened case", "=cover for a colleague"
		}
		if err := trail.RecordAudit(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := trail.SealAudit(t.Context(), h.now); err != nil {
		t.Fatal(err)
	}
	return h, trail
}

// The auditor finds entries by who, what about and when, page by page and as a
// file, and all of that is recorded.
func TestReadingTheAudit(t *testing.T) {
	h, _ := audited(t)
	ola := h.signIn(t, "ola")
	for _, c := range []struct {
		query string
		want  int
	}{
		{"", 50}, {"staff=amara", 30}, {"case=3000+2234+5678", 1}, {"person=P2", 1}, {"staff=amara&case=300022345678", 0},
		{"from=2026-11-23", 50}, {"from=2026-11-24", 0}, {"to=2026-11-22", 0}, {"from=not+a+day", 50}, {"before=019a-0010", 10},
	} {
		got := ola.get("/console/audit?" + c.query)
		if rows := strings.Count(got.body, "<time datetime="); got.status != http.StatusOK || rows != c.want {
			t.Errorf("%q: %d with %d entries, want %d", c.query, got.status, rows, c.want)
		}
	}
	last := h.audit.last()
	if last.Action != "saw audit" || last.Object != "" {
		t.Errorf("recorded: %+v", last)
	}
	rows, err := csv.NewReader(strings.NewReader(ola.get("/console/audit/csv?staff=noor").body)).ReadAll()
	if err != nil || len(rows) != 31 || rows[1][4] != "opened case" || rows[1][9] != "'=cover for a colleague" {
		t.Errorf("the file has %d rows, first %q: %v", len(rows), rows[1], err)
	}
	if last := h.audit.last(); last.Action != "took audit" || last.Object != (url.Values{"staff": {"noor"}}).Encode() {
		t.Errorf("recorded: %+v", last)
	}
}

// The proof says that all seals hold, or which does not.
func TestProvingTheAudit(t *testing.T) {
	h, trail := audited(t)
	ola := h.signIn(t, "ola")
	if got := ola.post("/console/audit/verify"); !strings.Contains(got.body, "All seals hold") || !strings.Contains(got.body, "Entries: 60. Seals: 1.") {
		t.Errorf("%d %s", got.status, got.body)
	}
	tamper(t, trail)
	if got := ola.post("/console/audit/verify"); !strings.Contains(got.body, "Seals that do not hold: 1.") {
		t.Errorf("after a change: %d %s", got.status, got.body)
	}
}

// tamper changes an entry, as who has taken the table's guard away can.
func tamper(t *testing.T, trail *store.Store) {
	t.Helper()
	for _, statement := range []string{`DROP TRIGGER audit_no_update`, `UPDATE audit SET staff = 'noor' WHERE id = '019a-0002'`} {
		if _, err := trail.Writer().ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheAuditInTheBrowser(t *testing.T) {
	h, trail := audited(t)
	b := h.browse(t, "ola", 1280)
	b.Open(h.url + "/console/audit")
	b.Accessible("audit")
	b.Leave(`form[action="/console/audit/verify"] button`)
	b.Accessible("audit, proved")
	tamper(t, trail)
	b.Leave(`form[action="/console/audit/verify"] button`)
	b.Accessible("audit, broken")
	narrow := h.browse(t, "ola", servertest.NarrowPhone)
	narrow.Open(h.url + "/console/audit?staff=noor")
	narrow.Accessible("audit, narrow")
}
