package store

import (
	"context"
	"fmt"

	"parley/gateway"
)

const (
	workItemColumns = `id, key, kind, case_reference, person, conversation, message, team, urgent, due, detail, created`

	insertWorkItem = `
	INSERT INTO work_items (` + workItemColumns + `) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
	ON CONFLICT (key) DO NOTHING`

	// Unless the message has come further than the settlement that asks for it.
	// Whose message it is need not be said.
	insertWorkItemUnless = `
	INSERT INTO work_items (` + workItemColumns + `) SELECT $1, $2, $3, COALESCE(NULLIF($4, ''), m.case_reference),
		COALESCE(NULLIF($5, ''), m.person), COALESCE(NULLIF($6, ''), m.conversation), COALESCE(NULLIF($7, ''), m.id),
		COALESCE(NULLIF($8, ''), (SELECT k.team FROM cases k WHERE k.reference = m.case_reference), ''), $9, $10, $11, $12
	FROM messages m WHERE m.id = $13 AND m.rank <= $14
	ON CONFLICT (key) DO NOTHING`

	workItemsQuery = `
	SELECT ` + workItemColumns + ` FROM work_items
	WHERE ($1 = '' OR case_reference = $1) AND ($2 = '' OR person = $2) AND ($3 = '' OR team = $3) AND ($4 = '' OR kind = $4)
	ORDER BY urgent DESC, due, id`
)

func workItemRow(w *gateway.WorkItem) []any {
	return []any{w.ID, w.Key, string(w.Kind), string(w.Case), string(w.Person), string(w.Conversation), string(w.Message),
		string(w.Team), w.Urgent, micros(w.Due), w.Detail, micros(w.Created)}
}

func (s *Store) addWorkItem(j *job, w *gateway.WorkItem) {
	j.add(insertWorkItem, workItemRow(w)...)
	s.addEvent(j, ofWorkItem, gateway.WorkItemCreated, w.ID, "", w.Created)
}

func (s *Store) addWorkItemUnless(j *job, w *gateway.WorkItem, message string, rank int) {
	j.add(insertWorkItemUnless, append(workItemRow(w), message, rank)...)
	s.addEvent(j, ofWorkItem, gateway.WorkItemCreated, w.ID, "", w.Created)
}

// WorkItems returns the work items that a filter lets through, urgent ones
// first, then by when they are due.
func (s *Store) WorkItems(ctx context.Context, f gateway.WorkItemFilter) ([]gateway.WorkItem, error) {
	var items []gateway.WorkItem
	args := []any{string(f.Case), string(f.Person), string(f.Team), string(f.Kind)}
	err := s.engine.read(ctx, statement{sql: workItemsQuery, args: args, each: func(r row) error {
		var w gateway.WorkItem
		var due, created int64
		err := r.Scan(&w.ID, &w.Key, &w.Kind, &w.Case, &w.Person, &w.Conversation, &w.Message, &w.Team, &w.Urgent, &due, &w.Detail, &created)
		w.Due, w.Created = moment(due), moment(created)
		items = append(items, w)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read work items: %w", err)
	}
	return items, nil
}
