package store

import (
	"context"
	"fmt"

	"parley/gateway/directory"
)

const (
	casePage = `(SELECT reference, sealed FROM cases WHERE reference > $1 ORDER BY reference LIMIT $2) c`

	// A page of cases in order, each followed by the people on it.
	casesAfterQuery = `
	SELECT part, id, sealed, pin_hash, language FROM (
		SELECT c.reference AS place, 0 AS part, c.reference AS id, c.sealed AS sealed, '' AS pin_hash, '' AS language FROM ` + casePage + `
		UNION ALL
		SELECT c.reference, 1, p.id, ` + personColumns + ` FROM ` + casePage + `
			JOIN parties q ON q.case_reference = c.reference JOIN people p ON p.id = q.person
	) page ORDER BY place, part`

	plannedToQuery = `SELECT planned_to FROM planning WHERE id = 1`

	setPlannedTo = `INSERT INTO planning (id, planned_to) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET planned_to = excluded.planned_to`
)

// CasesAfter implements gateway.Notices.
func (s *Store) CasesAfter(ctx context.Context, after directory.CaseReference, limit int) ([]directory.Case, error) {
	var page []directory.Case
	read := statement{sql: casesAfterQuery, args: []any{string(after), limit}, each: func(r row) error {
		return s.addToCases(&page, r)
	}}
	if err := s.engine.read(ctx, read); err != nil {
		return nil, fmt.Errorf("read the cases after %s: %w", after, err)
	}
	return page, nil
}

// PlannedTo implements gateway.Rounds.
func (s *Store) PlannedTo(ctx context.Context) (last directory.CaseReference, err error) {
	read := statement{sql: plannedToQuery, each: func(r row) error { return r.Scan(&last) }}
	if err := s.engine.read(ctx, read); err != nil {
		return "", fmt.Errorf("read how far is planned: %w", err)
	}
	return last, nil
}

// SetPlannedTo implements gateway.Rounds.
func (s *Store) SetPlannedTo(ctx context.Context, last directory.CaseReference) error {
	j := &job{}
	j.add(setPlannedTo, string(last))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep that it is planned up to case %s: %w", last, err)
	}
	return nil
}
