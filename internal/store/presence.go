package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	// An empty state is a sign that changes nothing but absence.
	putPresence = `
	INSERT INTO presence (staff, state, heard) VALUES ($1, CASE WHEN $2 = '' THEN 'available' ELSE $2 END, $3)
	ON CONFLICT (staff) DO UPDATE SET heard = CASE WHEN excluded.heard > presence.heard THEN excluded.heard ELSE presence.heard END,
		state = CASE WHEN $2 <> '' OR presence.state = 'away' THEN excluded.state ELSE presence.state END`

	lookAtLeft = `
	UPDATE work_items SET act_at = $2 WHERE holder = $1 AND state IN ('offered', 'held') AND (state = 'offered' OR priority = 0)`

	putAbsence = `
	INSERT INTO presence (staff, state, heard, absent_until, cover) VALUES ($1, 'away', 0, $2, $3)
	ON CONFLICT (staff) DO UPDATE SET absent_until = excluded.absent_until, cover = excluded.cover`

	lookAtHeld     = `UPDATE work_items SET act_at = $2 WHERE holder = $1 AND state IN ('offered', 'held')`
	lookAtReserved = `UPDATE work_items SET act_at = $2 WHERE line = $1 AND state = 'waiting'`

	presenceQuery = `
	SELECT p.staff, p.state, p.heard,
		(SELECT COUNT(*) FROM work_items w WHERE w.holder = p.staff AND w.state IN ('offered', 'held') AND w.state = 'held'),
		(SELECT COUNT(*) FROM work_items w WHERE w.holder = p.staff AND w.state IN ('offered', 'held') AND w.state = 'offered')
	FROM presence p WHERE p.state <> 'away'`

	absenceQuery = `SELECT staff, absent_until, cover FROM presence WHERE absent_until > 0 AND absent_until > $1`

	acquaintancesQuery = `
	SELECT a.staff, a.person, COALESCE(q.case_reference, '') FROM acquaintances a LEFT JOIN parties q ON q.person = a.person
	ORDER BY a.staff, a.person, q.case_reference`
)

// Attendance implements gateway.Work.
func (s *Store) Attendance(ctx context.Context, now time.Time) (gateway.Attendance, error) {
	a := gateway.Attendance{Absent: map[directory.StaffID]gateway.Absence{}}
	err := s.engine.read(ctx,
		statement{sql: presenceQuery, each: func(r row) error {
			var at gateway.Attendant
			var heard int64
			err := r.Scan(&at.Staff, &at.State, &heard, &at.Held, &at.Offered)
			at.Heard = moment(heard)
			a.There = append(a.There, at)
			return err
		}},
		statement{sql: absenceQuery, args: []any{micros(now)}, each: func(r row) error {
			var id, cover directory.StaffID
			var until int64
			err := r.Scan(&id, &until, &cover)
			a.Absent[id] = gateway.Absence{Until: moment(until), Cover: cover}
			return err
		}},
		statement{sql: acquaintancesQuery, each: func(r row) error {
			var k gateway.Knows
			err := r.Scan(&k.Staff, &k.Person, &k.Case)
			a.Knows = append(a.Knows, k)
			return err
		}})
	if err != nil {
		return gateway.Attendance{}, fmt.Errorf("read who is there: %w", err)
	}
	return a, nil
}

// SetPresence implements gateway.Work.
func (s *Store) SetPresence(ctx context.Context, of directory.StaffID, p gateway.Presence, at time.Time, again bool) error {
	j := &job{}
	j.add(putPresence, string(of), string(p), micros(at))
	if again {
		j.add(lookAtLeft, string(of), -micros(at))
	}
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("record that %s is %s: %w", of, p, err)
	}
	return nil
}

// SetAbsence implements gateway.Work.
func (s *Store) SetAbsence(ctx context.Context, of directory.StaffID, a gateway.Absence, at time.Time) error {
	j := &job{}
	j.add(putAbsence, string(of), micros(a.Until), string(a.Cover))
	j.add(lookAtHeld, string(of), -micros(at))
	j.add(lookAtReserved, "@"+string(of), -micros(at))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("record the absence of %s: %w", of, err)
	}
	return nil
}
