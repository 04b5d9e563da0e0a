package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// taskColumns are those of a work item where it stands.
const taskColumns = workItemColumns + `, state, owner, home, holder, reserved, needs, passed, rung, priority,
	answer, since, goes_on, warned, missed, explained, closed, outcome, version, act_at`

const (
	taskQuery  = `SELECT ` + taskColumns + ` FROM work_items w WHERE w.id = $1`
	notesQuery = `SELECT version, at, staff, what, target, sealed FROM work_notes WHERE task = $1 ORDER BY version`

	dueTasks = `
	SELECT ` + taskColumns + ` FROM work_items w WHERE w.state <> 'done' AND w.act_at <= $1 ORDER BY w.act_at LIMIT $2`

	// The lines in which anything waits, each found by stepping over what waits
	// in the one before.
	linesQuery = `
	WITH RECURSIVE lines (line) AS (
		SELECT MIN(w.line) FROM work_items w WHERE w.state = 'waiting'
		UNION ALL
		SELECT (SELECT MIN(w.line) FROM work_items w WHERE w.state = 'waiting' AND w.line > lines.line) FROM lines WHERE lines.line IS NOT NULL
	) SELECT line FROM lines WHERE line IS NOT NULL`

	waitingTasks = `
	SELECT ` + taskColumns + ` FROM work_items w WHERE w.state = 'waiting' AND w.line = $1 AND w.act_at > 0
	ORDER BY w.priority, w.due, w.id LIMIT $2`

	aheadQuery = `
	SELECT COUNT(*) FROM work_items w WHERE w.state <> 'done' AND w.state <> 'held' AND w.team = $1 AND w.kind = $2
		AND (w.priority, w.due, w.id) < ($3, $4, $5)`
)

// Task implements gateway.Work.
func (s *Store) Task(ctx context.Context, id string) (gateway.Task, []gateway.TaskNote, error) {
	var tasks []gateway.Task
	var notes []gateway.TaskNote
	err := s.engine.read(ctx,
		statement{sql: taskQuery, args: []any{id}, each: readTask(&tasks)},
		statement{sql: notesQuery, args: []any{id}, each: func(r row) error {
			var n gateway.TaskNote
			var at int64
			var sealed []byte
			if err := r.Scan(&n.Number, &at, &n.By, &n.What, &n.To, &sealed); err != nil {
				return err
			}
			n.At = moment(at)
			notes = append(notes, n)
			return s.codec.openTexts(notePlace(id, n.Number), sealed, &notes[len(notes)-1].Note)
		}})
	if err == nil && len(tasks) == 0 {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.Task{}, nil, fmt.Errorf("read work item %s: %w", id, err)
	}
	return tasks[0], notes, nil
}

func notePlace(task string, number int) place {
	return place{"work_notes.sealed", fmt.Sprintf("%s %d", task, number)}
}

// DueTasks implements gateway.Work.
func (s *Store) DueTasks(ctx context.Context, now time.Time, limit int) ([]gateway.Task, error) {
	var tasks []gateway.Task
	err := s.engine.read(ctx, statement{sql: dueTasks, args: []any{micros(now), limit}, each: readTask(&tasks)})
	if err != nil {
		return nil, fmt.Errorf("read the work to be looked at: %w", err)
	}
	return tasks, nil
}

// WaitingTasks implements gateway.Work.
func (s *Store) WaitingTasks(ctx context.Context, lines []string, limit int) ([]gateway.Task, error) {
	var tasks []gateway.Task
	var reads []statement
	err := s.engine.read(ctx, statement{sql: linesQuery, each: func(r row) error {
		var line string
		err := r.Scan(&line)
		if slices.Contains(lines, line) {
			reads = append(reads, statement{sql: waitingTasks, args: []any{line, limit}, each: readTask(&tasks)})
		}
		return err
	}})
	if err == nil && len(reads) > 0 {
		err = s.engine.read(ctx, reads...)
	}
	if err != nil {
		return nil, fmt.Errorf("read the work that waits: %w", err)
	}
	sortTasks(tasks)
	return tasks, nil
}

// Ahead implements gateway.Work.
func (s *Store) Ahead(ctx context.Context, t *gateway.Task) (int, error) {
	var ahead int
	err := s.engine.read(ctx, statement{sql: aheadQuery, args: []any{string(t.Team), string(t.Kind), t.Priority, micros(t.Due), t.ID},
		each: func(r row) error { return r.Scan(&ahead) }})
	if err != nil {
		return 0, fmt.Errorf("count the work before %s: %w", t.ID, err)
	}
	return ahead, nil
}

// Tasks implements gateway.Work. Each team's queue, and the rest of a search, is
// one ordered index: what a page does not show is not read.
func (s *Store) Tasks(ctx context.Context, search gateway.TaskSearch) ([]gateway.Task, error) {
	var tasks []gateway.Task
	teams := search.Teams
	if len(teams) == 0 {
		teams = []directory.TeamID{""}
	}
	var reads []statement
	for _, team := range teams {
		text, args := tasksQuery(&search, team)
		reads = append(reads, statement{sql: text, args: args, each: readTask(&tasks)})
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return nil, fmt.Errorf("search work: %w", err)
	}
	if !searchesDone(&search) {
		sortTasks(tasks)
	}
	if search.Limit > 0 && len(tasks) > search.Limit {
		tasks = tasks[:search.Limit]
	}
	return tasks, nil
}

func sortTasks(tasks []gateway.Task) {
	slices.SortFunc(tasks, func(a, b gateway.Task) int {
		return cmp.Or(cmp.Compare(a.Priority, b.Priority), a.Due.Compare(b.Due), cmp.Compare(a.ID, b.ID))
	})
}

func searchesDone(s *gateway.TaskSearch) bool { return slices.Contains(s.States, gateway.WorkDone) }

// tasksQuery is a search of one team's queue, or of none. There are few shapes
// of it, each prepared once.
func tasksQuery(s *gateway.TaskSearch, team directory.TeamID) (text string, args []any) {
	var where []string
	also := func(condition string, value any) {
		args = append(args, value)
		where = append(where, strings.ReplaceAll(condition, "?", fmt.Sprintf("$%d", len(args))))
	}
	if len(s.States) == 0 {
		where = append(where, "w.state <> 'done'")
	} else {
		var quoted []string
		for _, state := range s.States {
			args = append(args, string(state))
			quoted = append(quoted, fmt.Sprintf("$%d", len(args)))
		}
		where = append(where, "w.state IN ("+strings.Join(quoted, ", ")+")")
		if !searchesDone(s) {
			where = append(where, "w.state <> 'done'")
		}
	}
	for _, c := range []struct{ condition, value string }{
		{"w.team = ?", string(team)}, {"w.case_reference = ?", string(s.Case)}, {"w.person = ?", string(s.Person)}, {"w.kind = ?", string(s.Kind)},
	} {
		if c.value != "" {
			also(c.condition, c.value)
		}
	}
	if s.Holder != "" {
		also("w.holder = ?", string(s.Holder))
		if !searchesDone(s) {
			where = append(where, "w.state IN ('offered', 'held')")
		}
	}
	if s.Routed {
		where = append(where, "(w.state = 'held' OR w.act_at > 0 OR w.state = 'done')")
	}
	if s.Hidden != "" {
		also(`NOT EXISTS (SELECT 1 FROM acquaintances a WHERE a.staff = ? AND (a.person = w.person OR
			EXISTS (SELECT 1 FROM parties q WHERE q.case_reference = w.case_reference AND q.person = a.person)))`, string(s.Hidden))
	}
	order, after := "w.priority, w.due, w.id", "(w.priority, w.due, w.id) > (SELECT b.priority, b.due, b.id FROM work_items b WHERE b.id = ?)"
	if searchesDone(s) {
		order, after = "w.closed DESC, w.id DESC", "(w.closed, w.id) < (SELECT b.closed, b.id FROM work_items b WHERE b.id = ?)"
	}
	if s.After != "" {
		also(after, s.After)
	}
	text = "SELECT " + taskColumns + " FROM work_items w WHERE " + strings.Join(where, " AND ") + " ORDER BY " + order
	if s.Limit > 0 {
		args = append(args, s.Limit)
		text += fmt.Sprintf(" LIMIT $%d", len(args))
	}
	return text, args
}

// readTask reads rows of taskColumns.
func readTask(into *[]gateway.Task) func(row) error {
	return func(r row) error {
		var t gateway.Task
		var due, created, answer, since, until, closed, acts int64
		var needs, passed string
		err := r.Scan(&t.ID, &t.Key, &t.Kind, &t.Case, &t.Person, &t.Conversation, &t.Message, &t.Team, &t.Urgent, &due, &t.Detail, &created,
			&t.State, &t.Owner, &t.Home, &t.Holder, &t.For, &needs, &passed, &t.Rung, &t.Priority,
			&answer, &since, &until, &t.Warned, &t.Missed, &t.Explained, &closed, &t.Outcome, &t.Version, &acts)
		t.Due, t.Created, t.Answer, t.Since = moment(due), moment(created), moment(answer), moment(since)
		t.Until, t.Closed, t.Acts = moment(until), moment(closed), moment(acts)
		t.Needs, t.Passed = split[directory.Skill](needs), split[directory.StaffID](passed)
		*into = append(*into, t)
		return err
	}
}

// split and join keep a few names in one column, with commas between.
func split[T ~string](joined string) []T {
	if joined == "" {
		return nil
	}
	var names []T
	for name := range strings.SplitSeq(joined, ",") {
		names = append(names, T(name))
	}
	return names
}

func joinNames[T ~string](names []T) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = string(name)
	}
	return strings.Join(parts, ",")
}
