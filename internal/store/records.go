package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	// A key that is there already was written by an earlier try of the same
	// turn, or by the same cause.
	insertReport = `
	INSERT INTO reports (id, key, case_reference, person, conversation, dialog, kind, reference, due, created, sealed)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
	ON CONFLICT (key) DO NOTHING`

	reportColumns = `id, key, case_reference, person, conversation, dialog, kind, reference, due, created, sealed`

	reportsQuery = `SELECT ` + reportColumns + ` FROM reports WHERE case_reference = $1 ORDER BY created, id`

	reportsBetweenQuery = `SELECT ` + reportColumns + ` FROM reports
	WHERE case_reference >= $1 AND case_reference <= $2 AND kind = $3 AND created >= $4 ORDER BY case_reference, created, id`

	idempotencyQuery = `SELECT body_hash, sealed FROM idempotency WHERE key = $1`
)

func reportPlace(id string) place  { return place{"reports.sealed", id} }
func answerPlace(key string) place { return place{"idempotency.sealed", key} }

func (s *Store) addReport(j *job, r *gateway.Report) {
	j.add(insertReport, r.ID, r.Key, string(r.Case), string(r.Person), string(r.Conversation), r.Dialog, r.Kind,
		r.Reference, micros(r.Due), micros(r.Created), s.codec.sealTexts(reportPlace(r.ID), string(r.Answers), string(r.Results)))
	s.addEvent(j, ofReport, gateway.ReportCreated, r.ID, "", r.Created)
	if r.Simple {
		s.addEvent(j, ofReport, gateway.ChangeSimple, r.ID, "", r.Created)
	}
}

// Reports returns the reports on a case, oldest first.
func (s *Store) Reports(ctx context.Context, reference directory.CaseReference) ([]gateway.Report, error) {
	reports, err := s.reports(ctx, reportsQuery, string(reference))
	if err != nil {
		return nil, fmt.Errorf("read the reports of case %s: %w", reference, err)
	}
	return reports, nil
}

// ReportsBetween implements gateway.Notices.
func (s *Store) ReportsBetween(ctx context.Context, first, last directory.CaseReference, kind string, since time.Time) ([]gateway.Report, error) {
	reports, err := s.reports(ctx, reportsBetweenQuery, string(first), string(last), kind, micros(since))
	if err != nil {
		return nil, fmt.Errorf("read the reports of cases %s to %s: %w", first, last, err)
	}
	return reports, nil
}

func (s *Store) reports(ctx context.Context, query string, args ...any) (reports []gateway.Report, err error) {
	err = s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		var (
			t                gateway.Report
			due, created     int64
			sealed           []byte
			answers, results string
		)
		err := r.Scan(&t.ID, &t.Key, &t.Case, &t.Person, &t.Conversation, &t.Dialog, &t.Kind, &t.Reference, &due, &created, &sealed)
		if err != nil {
			return err
		}
		if err := s.codec.openTexts(reportPlace(t.ID), sealed, &answers, &results); err != nil {
			return err
		}
		t.Due, t.Created = moment(due), moment(created)
		t.Answers, t.Results = []byte(answers), []byte(results)
		reports = append(reports, t)
		return nil
	}})
	return reports, err
}

// Idempotent returns what an API call with this key was answered, or
// ErrNotFound.
func (s *Store) Idempotent(ctx context.Context, key string) (gateway.IdempotentRow, error) {
	var found gateway.IdempotentRow
	err := s.engine.read(ctx, statement{sql: idempotencyQuery, args: []any{key}, each: func(r row) error {
		var sealed []byte
		if err := r.Scan(&found.BodyHash, &sealed); err != nil {
			return err
		}
		found.Key = key
		var err error
		found.Answer, err = s.codec.open(answerPlace(key), sealed)
		return err
	}})
	if err == nil && found.Key == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.IdempotentRow{}, fmt.Errorf("read an idempotency key: %w", err)
	}
	return found, nil
}
