package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"parley/gateway"
)

const (
	auditColumns = `id, at, staff, action, case_reference, person, conversation, object, sealed`

	// What a node whose clock is behind writes comes after what is sealed.
	insertAudit = `INSERT INTO audit (` + auditColumns + `) SELECT $1, CASE WHEN CAST($2 AS BIGINT) < s.to_at THEN s.to_at ELSE $2 END, $3, $4, $5, $6, $7, $8, $9
	FROM (SELECT COALESCE((SELECT to_at FROM audit_seals ORDER BY number DESC LIMIT 1), 0) AS to_at) s`

	// mostAudit is how many entries a page has.
	mostAudit = 50
)

func auditPlace(id string) place { return place{"audit.sealed", id} }

// RecordAudit implements gateway.Audit.
func (s *Store) RecordAudit(ctx context.Context, entries ...gateway.AuditEntry) error {
	j := &job{}
	for _, e := range entries {
		j.add(insertAudit, e.ID, micros(e.At), string(e.Staff), e.Action, string(e.Case), string(e.Person), string(e.Conversation), e.Object,
			s.codec.sealTexts(auditPlace(e.ID), e.Reason))
	}
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("record in the audit: %w", err)
	}
	return nil
}

// AuditEntries implements gateway.Audit.
func (s *Store) AuditEntries(ctx context.Context, q gateway.AuditQuery) ([]gateway.AuditEntry, error) {
	query, args := auditQuery(q)
	var entries []gateway.AuditEntry
	err := s.engine.read(ctx, statement{sql: query, args: args, each: func(r row) error {
		e, _, err := s.scanAudit(r)
		entries = append(entries, e)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the audit: %w", err)
	}
	return entries, nil
}

// auditQuery names only what is asked for, so that an index serves it.
func auditQuery(q gateway.AuditQuery) (string, []any) {
	var conditions []string
	var args []any
	where := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, fmt.Sprintf("%s $%d", condition, len(args)))
	}
	for column, value := range map[string]string{"staff =": string(q.Staff), "case_reference =": string(q.Case), "person =": string(q.Person), "id <": q.Before} {
		if value != "" {
			where(column, value)
		}
	}
	if q.Case != "" {
		conditions = append(conditions, "case_reference <> ''")
	}
	if q.Person != "" {
		conditions = append(conditions, "person <> ''")
	}
	if !q.From.IsZero() {
		where("at >=", micros(q.From))
	}
	if !q.To.IsZero() {
		where("at <", micros(q.To))
	}
	query := `SELECT ` + auditColumns + ` FROM audit`
	if len(conditions) > 0 {
		query += " WHERE " + strings.Join(conditions, " AND ")
	}
	args = append(args, cmp.Or(q.Limit, mostAudit))
	return fmt.Sprintf("%s ORDER BY id DESC LIMIT $%d", query, len(args)), args
}

// scanAudit also returns what the seals hold of the reason: its hash, which
// stays with the entry when the reason is erased.
func (s *Store) scanAudit(r row) (e gateway.AuditEntry, mark string, err error) {
	var at int64
	var sealed []byte
	err = r.Scan(&e.ID, &at, &e.Staff, &e.Action, &e.Case, &e.Person, &e.Conversation, &e.Object, &sealed)
	if err != nil {
		return e, "", err
	}
	e.At = moment(at)
	err = s.codec.openTexts(auditPlace(e.ID), sealed, &e.Reason, &mark)
	return e, cmp.Or(mark, s.codec.hashText("audit reason", e.Reason)), err
}

// sealedUpTo is the end of what may be sealed at a moment: entries are written
// within seconds of their time.
func sealedUpTo(now time.Time) time.Time { return now.Add(-time.Minute).Truncate(time.Minute) }
