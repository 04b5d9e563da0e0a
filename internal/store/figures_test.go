package store_test

import (
	"path/filepath"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/internal/servertest"
)

// Work counts on the day that it was first taken, and that it was closed; a day
// is counted by one node at a time, and its figures replace what it had.
func TestFiguresOfWork(t *testing.T) {
	for name, database := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "parley.db"), "PostgreSQL": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			s := open(t, database)
			day := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
			insert := func(id string, came, due, closed time.Duration, accepted ...time.Duration) {
				at := func(d time.Duration) int64 { return day.Add(d).UnixMicro() }
				_, err := s.Writer().Exec(`INSERT INTO work_items (id, key, kind, case_reference, person, conversation, message, team, urgent, due, detail, created, closed)
				VALUES ($1, $2, 'report', '', '', '', '', '', FALSE, $3, '', $4, $5)`, id, id, at(due), at(came), at(closed))
				for n, a := range accepted {
					if err == nil {
						_, err = s.Writer().Exec(`INSERT INTO work_notes (task, version, at, staff, what, target, sealed) VALUES ($1, $2, $3, '', 'accepted', '', $4)`, id, n+1, at(a), []byte{})
					}
				}
				if err != nil {
					t.Fatal(err)
				}
			}
			insert("in time", time.Hour, 9*time.Hour, 3*time.Hour, 90*time.Minute, 2*time.Hour)
			insert("late", -48*time.Hour, -time.Hour, 5*time.Hour, -24*time.Hour)
			insert("another day", -48*time.Hour, time.Hour, 25*time.Hour, 26*time.Hour)
			figures, err := s.DayFigures(t.Context(), day, day.Add(24*time.Hour))
			if err != nil {
				t.Fatal(err)
			}
			for f, want := range map[gateway.Figure]int{
				{Measure: gateway.FirstAnswer, Of: "report", How: gateway.SpanName(30 * time.Minute)}: 1,
				{Measure: gateway.FirstAnswer}:                                     1,
				{Measure: gateway.Resolved, How: gateway.SpanName(2 * time.Hour)}:  1,
				{Measure: gateway.Resolved, How: gateway.SpanName(53 * time.Hour)}: 1,
				{Measure: gateway.InTime, Of: "report", How: "met"}:                1,
				{Measure: gateway.InTime, Of: "report", How: "missed"}:             1,
			} {
				if got := figures.Sum(f.Measure, f.Of, f.How); got != want {
					t.Errorf("%+v is %d, want %d", f, got, want)
				}
			}

			date := calculation.NewDate(2026, 11, 23)
			for i, want := range []bool{true, false} {
				if ours, err := s.ClaimFigureDay(t.Context(), date, time.Time{}, day); err != nil || ours != want {
					t.Errorf("claim %d: %v %v", i, ours, err)
				}
			}
			for _, kept := range []gateway.Figures{figures, figures[:1]} {
				if err := s.KeepFigures(t.Context(), date, kept); err != nil {
					t.Fatal(err)
				}
				if got, err := s.Figures(t.Context(), date.AddDays(-1), date); err != nil || len(got) != len(kept) {
					t.Errorf("kept %d, there are %d: %v", len(kept), len(got), err)
				}
			}
		})
	}
}
