package store

import (
	"path/filepath"
	"testing"
	"time"

	"parley/internal/servertest"
)

// planted is how rows of a table are put there, and found by the first of their
// arguments.
type planted struct {
	insert, count string
	keys          int
}

var (
	taken1 = planted{`INSERT INTO taken (scope, name, at) VALUES ($1, $2, $3)`, `SELECT COUNT(*) FROM taken WHERE scope = $1 AND name = $2`, 2}

	payment1 = planted{`INSERT INTO payments (id, case_reference, received, sealed) VALUES ($1, '300012345678', $2, '')`,
		`SELECT COUNT(*) FROM payments WHERE id = $1`, 1}

	group1 = planted{`INSERT INTO notice_groups (case_reference, name, ended) VALUES ('300012345678', $1, $2)`,
		`SELECT COUNT(*) FROM notice_groups WHERE name = $1`, 1}

	plan1 = planted{`INSERT INTO plans (case_reference, number, made, sealed) VALUES ($1, $2, $3, '')`,
		`SELECT COUNT(*) FROM plans WHERE case_reference = $1 AND number = $2`, 2}

	campaign1 = planted{`INSERT INTO campaigns (id, name, started_by, state, created) VALUES ($1, '', '', $2, $3)`,
		`SELECT COUNT(*) FROM campaigns WHERE id = $1`, 1}

	message1 = planted{`INSERT INTO messages (id, outgoing, waiting, rank, priority, turn, segments, media, private, answered, not_before, send_by,
		created, settled, conversation, person, case_reference, channel, address, language, subject, kind, keyword, status, provider_id, code, reasons, sealed, campaign)
		VALUES ($1, FALSE, FALSE, 0, 0, 0, 0, 0, FALSE, FALSE, 0, 0, $2, 0, '', $3, '', 'sms', '', '', '', '', '', '', '', '', '', '', $4)`,
		`SELECT COUNT(*) FROM messages WHERE id = $1`, 1}
)

// Whatever is needed yet stays, and for no second longer.
func TestWhatIsStillNeededStays(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) int64 { return micros(now.Add(-d)) }
	rows := []struct {
		of    planted
		args  []any
		stays int
	}{
		{taken1, []any{"sms", "SM1", ago(6*year + time.Second)}, 0},
		{taken1, []any{"finish", "M9", ago(6*year + time.Second)}, 0},
		{taken1, []any{"sms", "SM2", ago(6*year - time.Second)}, 1},
		{payment1, []any{"A", ago(6*year + time.Second)}, 0},
		{payment1, []any{"B", ago(6*year - time.Second)}, 1},
		{group1, []any{"never ended", 0}, 0}, // it only kept two from planning and ending it at once
		{group1, []any{"ended long ago", ago(30*day + time.Second)}, 0},
		{group1, []any{"ended", ago(30*day - time.Second)}, 1},
		{plan1, []any{"C1", 0, 0}, 1}, // no plan: it begins each case
		{plan1, []any{"C1", 1, ago(9 * year)}, 0},
		{plan1, []any{"C1", 2, ago(6*year + time.Second)}, 1}, // in force
		{plan1, []any{"C2", 1, ago(9 * year)}, 1},
		{plan1, []any{"C2", 2, ago(6*year - time.Second)}, 1},
		{campaign1, []any{"over", "running", ago(7 * year)}, 0},
		{campaign1, []any{"cancelled", "cancelled", ago(7 * year)}, 0},
		{campaign1, []any{"with a message", "cancelled", ago(7 * year)}, 1},
		{campaign1, []any{"younger", "running", ago(5 * year)}, 1},
		{message1, []any{"M1", ago(5 * year), "P1", "with a message"}, 1},
		{message1, []any{"M2", ago(7 * year), "P1", "over"}, 0},
		{message1, []any{"of a stranger", ago(year + time.Second), "", ""}, 0},
		{message1, []any{"of a stranger, younger", ago(year - time.Second), "", ""}, 1},
		{message1, []any{"of somebody", ago(year + time.Second), "P1", ""}, 1},
	}
	for name, database := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "parley.db"), "PostgreSQL": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			s := openTables(t, database)
			for _, row := range rows {
				if _, err := s.Writer().ExecContext(t.Context(), row.of.insert, row.args...); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := s.Prune(t.Context(), now, nil); err != nil {
				t.Fatal(err)
			}
			for _, row := range rows {
				found := -1
				if err := s.Writer().QueryRowContext(t.Context(), row.of.count, row.args[:row.of.keys]...).Scan(&found); err != nil || found != row.stays {
					t.Errorf("%s %v: %d are there, %v, want %d", row.of.count, row.args, found, err, row.stays)
				}
			}
		})
	}
}
