package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// A report's own day stands before that of its work item, which a team may have
// set.
const promisesQuery = `
	SELECT w.id, w.kind, COALESCE(r.kind, ''), COALESCE(r.reference, ''), w.case_reference, w.person, COALESCE(k.channel, ''),
		w.detail, w.created, COALESCE(r.due, w.due)
	FROM work_items w LEFT JOIN reports r ON r.key = w.key LEFT JOIN conversations k ON k.id = w.conversation
	WHERE w.case_reference >= $1 AND w.case_reference <= $2 AND w.kind IN ('report', 'handoff', 'complaint') AND w.person <> ''
		AND (w.created >= $3 OR (COALESCE(r.due, w.due) >= $4 AND COALESCE(r.due, w.due) < $5 AND w.state <> 'done'))
	ORDER BY w.case_reference, w.created, w.id`

// PromisesBetween implements gateway.Notices.
func (s *Store) PromisesBetween(ctx context.Context, first, last directory.CaseReference, made, from, to time.Time) ([]gateway.Promise, error) {
	var list []gateway.Promise
	args := []any{string(first), string(last), micros(made), micros(from), micros(to)}
	err := s.engine.read(ctx, statement{sql: promisesQuery, args: args, each: func(r row) error {
		var p gateway.Promise
		var created, due int64
		err := r.Scan(&p.WorkItem, &p.Kind, &p.Report, &p.Reference, &p.Case, &p.Person, &p.Channel, &p.Detail, &created, &due)
		p.Made, p.Due = moment(created), moment(due)
		list = append(list, p)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the promises of cases %s to %s: %w", first, last, err)
	}
	return list, nil
}
