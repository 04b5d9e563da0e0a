package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	planQuery = `
	SELECT c.updated, COALESCE(p.number, 0), p.sealed FROM cases c LEFT JOIN plans p ON p.case_reference = c.reference
	WHERE c.reference = $1 ORDER BY p.number DESC LIMIT 1`

	// Holds the case until the transaction ends.
	lockCase = `UPDATE cases SET updated = updated WHERE reference = $1`

	beginPlans = `INSERT INTO plans (case_reference, number, made, sealed) VALUES ($1, 0, 0, $2) ON CONFLICT DO NOTHING`

	// The number is taken when the case is another than it was worked out from.
	insertPlan = `
	INSERT INTO plans (case_reference, number, made, sealed)
	VALUES ($1, (SELECT CASE WHEN c.updated = $2 THEN CAST($3 AS INTEGER) ELSE 0 END FROM cases c WHERE c.reference = $1), $4, $5)`

	replaceCase = `UPDATE cases SET updated = $2, sealed = $3 WHERE reference = $1`
)

func planPlace(of directory.CaseReference, number int) place {
	return place{"plans.sealed", fmt.Sprint(of, " ", number)}
}

// LastPlan implements gateway.Plans.
func (s *Store) LastPlan(ctx context.Context, of directory.CaseReference) (gateway.PaymentPlan, error) {
	var last gateway.PaymentPlan
	found := false
	err := s.engine.read(ctx, statement{sql: planQuery, args: []any{string(of)}, each: func(r row) error {
		var (
			version int64
			number  int
			sealed  []byte
		)
		if err := r.Scan(&version, &number, &sealed); err != nil {
			return err
		}
		found = true
		if number > 0 {
			document, err := s.codec.open(planPlace(of, number), sealed)
			if err != nil {
				return err
			}
			if err := json.Unmarshal(document, &last); err != nil {
				return err
			}
		}
		last.Number, last.Version = number, moment(version)
		return nil
	}})
	if err == nil && !found {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.PaymentPlan{}, fmt.Errorf("read the plan of case %s: %w", of, err)
	}
	return last, nil
}

// PutPlan implements gateway.Plans.
func (s *Store) PutPlan(ctx context.Context, c directory.Case, p gateway.PaymentPlan, at time.Time, told []gateway.Message, row *gateway.IdempotentRow) error {
	j, err := s.plansJob(c, p, at, told, row)
	if err == nil {
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return fmt.Errorf("store the plan of case %s: %w", c.Reference, err)
	}
	return nil
}

func (s *Store) plansJob(c directory.Case, p gateway.PaymentPlan, at time.Time, told []gateway.Message, row *gateway.IdempotentRow) (*job, error) {
	notices, err := s.planJob(told, func(int64) {})
	if err != nil {
		return nil, err
	}
	file, err := json.Marshal(peopleByID(c))
	if err != nil {
		return nil, err
	}
	document, err := json.Marshal(p)
	if err != nil {
		return nil, err
	}
	updated := micros(at)
	if version := micros(p.Version); updated <= version {
		updated = version + 1
	}
	of := string(c.Reference)
	j := &job{}
	s.addAnswer(j, row, at)
	j.add(lockCase, of)
	j.add(beginPlans, of, []byte{})
	j.add(insertPlan, of, micros(p.Version), p.Number, micros(at), s.codec.seal(planPlace(c.Reference, p.Number), document)).taken = gateway.ErrConflict
	j.add(replaceCase, of, updated, s.codec.seal(casePlace(c.Reference), file))
	j.statements = append(j.statements, notices.statements...)
	return j, nil
}
