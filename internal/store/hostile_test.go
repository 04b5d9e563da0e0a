package store_test

import (
	"path/filepath"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// What would be SQL if it were put together with a statement is an id or a word
// like any other: it is stored and found as it is, and finds nothing else.
func TestHostileIDsAndWordsAreNoSQL(t *testing.T) {
	hostile := []string{
		`' OR '1'='1`, `x'; DROP TABLE people; --`, `") UNION SELECT sealed FROM people --`, `%`, `_`, `\`, `$1`, `?`, `:id`, "a\tb", `/**/`, `''`,
	}
	for name, database := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "parley.db"), "PostgreSQL": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			s := open(t, database)
			plantLife(t, s, "P1", "R1", "300012345678")
			before := len(everything(t, s))
			for _, h := range hostile {
				if _, _, err := s.Person(t.Context(), directory.PersonID(h)); err == nil {
					t.Errorf("%q is somebody", h)
				}
				cases, err := s.Cases(t.Context(), directory.CaseReference(h))
				items, err2 := s.WorkItems(t.Context(), gateway.WorkItemFilter{Case: directory.CaseReference(h), Team: directory.TeamID(h)})
				people, err3 := s.FindPeople(t.Context(), []string{h, "zzz"}, 10)
				messages, err4 := s.FindMessages(t.Context(), []string{h, "zzz"}, 10)
				entries, err5 := s.AuditEntries(t.Context(), gateway.AuditQuery{Staff: directory.StaffID(h), Before: h})
				for i, e := range []error{err, err2, err3, err4, err5} {
					if e != nil {
						t.Errorf("%q, call %d: %v", h, i, e)
					}
				}
				if n := len(cases) + len(items) + len(people) + len(messages) + len(entries); n != 0 {
					t.Errorf("%q finds %d things", h, n)
				}
			}
			for _, h := range hostile {
				note := gateway.CaseNote{ID: "N-" + h, Case: directory.CaseReference(h), Person: "P1", By: directory.StaffID(h), At: lifeTime, Text: h}
				if err := s.AddCaseNote(t.Context(), note); err != nil {
					t.Fatalf("%q: %v", h, err)
				}
				notes, err := s.CaseNotes(t.Context(), directory.CaseReference(h), "", 10)
				if err != nil || len(notes) != 1 || notes[0].Text != h || notes[0].By != directory.StaffID(h) {
					t.Errorf("%q is kept as %+v, %v", h, notes, err)
				}
			}
			if after := len(everything(t, s)); after != before+len(hostile) {
				t.Errorf("%d rows became %d", before, after)
			}
		})
	}
}
