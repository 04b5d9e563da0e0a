package store_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/servertest"
	"parley/internal/store"
)

// Whoever can write to the database, and take its triggers away, cannot hide
// what they did.
func TestTheAuditShowsTampering(t *testing.T) {
	for name, opened := range map[string]func(t *testing.T) *store.Store{
		"SQLite":     func(t *testing.T) *store.Store { return open(t, t.TempDir()+"/parley.db") },
		"PostgreSQL": func(t *testing.T) *store.Store { return open(t, servertest.Postgres(t)) },
	} {
		for what, c := range map[string]struct {
			sql  []string
			want string
		}{
			"nothing":                 {nil, ""},
			"an entry is taken out":   {[]string{`DELETE FROM audit WHERE id = 'A2'`}, "1 entries are there, 2 were sealed"},
			"an entry is put in":      {[]string{`INSERT INTO audit SELECT 'A2x', at, staff, action, case_reference, person, conversation, object, sealed FROM audit WHERE id = 'A2'`}, "entries are there"},
			"an entry is changed":     {[]string{`UPDATE audit SET staff = 'bob' WHERE id = 'A1'`}, "was changed"},
			"a reason is another's":   {[]string{`UPDATE audit SET sealed = (SELECT sealed FROM audit WHERE id = 'A3') WHERE id = 'A1'`}, "was changed"},
			"a seal is taken out":     {[]string{`DELETE FROM audit_seals WHERE number = 2`}, "missing"},
			"an entry with its count": {[]string{`DELETE FROM audit WHERE id = 'A2'`, `UPDATE audit_seals SET entries = 1 WHERE number = 2`}, "was changed"},
		} {
			t.Run(name+"/"+what, func(t *testing.T) {
				s := opened(t)
				begun := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
				for i, minute := range []int{0, 0, 2, 4} {
					at := begun.Add(time.Duration(minute) * time.Minute)
					err := s.RecordAudit(t.Context(), gateway.AuditEntry{ID: fmt.Sprint("A", i+1), At: at, Staff: "ann", Action: "saw case", Reason: fmt.Sprint("reason ", i)})
					if err == nil {
						_, err = s.SealAudit(t.Context(), at.Add(2*time.Minute))
					}
					if err != nil {
						t.Fatal(err)
					}
				}
				for _, sql := range c.sql {
					if !strings.HasPrefix(sql, "INSERT") && !strings.Contains(sql, "SET sealed") {
						if _, err := s.Writer().ExecContext(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "only ever added") {
							t.Errorf("the database lets it happen: %v", err)
						}
					}
				}
				withoutTriggers(t, s, name == "SQLite")
				for _, sql := range c.sql {
					if _, err := s.Writer().ExecContext(t.Context(), sql); err != nil {
						t.Fatal(err)
					}
				}
				proof, err := s.VerifyAudit(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				if (len(proof.Problems) == 0) != (c.want == "") || c.want != "" && !strings.Contains(proof.Problems[0].What, c.want) {
					t.Errorf("the seals show %+v, want %q", proof.Problems, c.want)
				}
			})
		}
	}
}

func withoutTriggers(t *testing.T, s *store.Store, sqlite bool) {
	t.Helper()
	drops := []string{`DROP TRIGGER audit_only_added ON audit`, `DROP TRIGGER audit_seals_only_added ON audit_seals`}
	if sqlite {
		drops = []string{`DROP TRIGGER audit_no_update`, `DROP TRIGGER audit_no_delete`, `DROP TRIGGER audit_seals_no_update`, `DROP TRIGGER audit_seals_no_delete`}
	}
	for _, sql := range drops {
		if _, err := s.Writer().ExecContext(t.Context(), sql); err != nil {
			t.Fatal(err)
		}
	}
}
