package store

import (
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// fillDesk is a desk of years: 60,000 work items, nearly all done.
const fillDesk = `
	INSERT INTO work_items (id, key, kind, case_reference, person, conversation, message, team, urgent, due, detail, created, state, owner, line, holder, priority, act_at)
	SELECT 'W' || n, 'W' || n, 'handoff', '3000' || (n % 20000), 'P' || (n % 40000), '', '', 'team-' || n % 8, FALSE, n, '', n,
		CASE WHEN n % 100 = 0 THEN 'waiting' WHEN n % 100 = 1 THEN 'held' ELSE 'done' END, 'team-' || n % 8,
		CASE WHEN n % 100 = 0 THEN 'team-' || n % 8 ELSE '' END, CASE WHEN n % 100 = 0 THEN '' ELSE 'staff-' || n % 50 END, n % 4, 1000000 + n
	FROM generate_series(1, 60000) n`

// onPostgres is a store with its tables on one connection, which keeps what is
// set on it.
func onPostgres(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.Context(), servertest.Postgres(t), Config{Secret: []byte("a secret key of thirty-two bytes"), Connections: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	if err := s.Migrate(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestWorkIsFoundByItsIndexes reads the plans that PostgreSQL makes, as it makes
// them for a connection that knows nothing of the arguments.
func TestWorkIsFoundByItsIndexes(t *testing.T) {
	s := onPostgres(t)
	for _, text := range []string{fillDesk, "ANALYZE work_items", "SET plan_cache_mode = force_generic_plan"} {
		if _, err := s.Writer().Exec(text); err != nil {
			t.Fatal(err)
		}
	}
	search := func(q gateway.TaskSearch, team directory.TeamID) string {
		text, _ := tasksQuery(&q, team)
		return text
	}
	for _, c := range []struct{ name, text, args, index string }{
		{"what is to be looked at", dueTasks, "5, 200", "work_items_acts"},
		{"a line", waitingTasks, "'team-1', 20", "work_items_line"},
		{"all lines", linesQuery, "", "work_items_line"},
		{"a queue's page", search(gateway.TaskSearch{Routed: true, Hidden: "amara", Limit: 50}, "team-1"), "'team-1', 'amara', 50", "work_items_queue"},
		{"its next page", search(gateway.TaskSearch{Limit: 50, After: "W100"}, "team-1"), "'team-1', 'W100', 50", "work_items_queue"},
		{"somebody's own", search(gateway.TaskSearch{Holder: "staff-1", Limit: 50}, ""), "'staff-1', 50", "work_items_holder"},
		{"a case's", search(gateway.TaskSearch{Case: "30007"}, ""), "'30007'", "work_items_case"},
		{"a person's", search(gateway.TaskSearch{Person: "P7"}, ""), "'P7'", "work_items_person"},
		{"a team's counts", teamCounts, "'team-1', 5", "Index Scan using work_items_"},
		{"somebody's counts", ownCounts, "'staff-1'", "work_items_holder"},
		{"who goes", lookAtLeft, "'staff-1', 5", "work_items_holder"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plan := planOf(t, s, c.text, c.args)
			if !strings.Contains(plan, c.index) || strings.Contains(plan, "Seq Scan on work_items") {
				t.Errorf("it is not found by %s:\n%s", c.index, plan)
			}
		})
	}
}

func planOf(t *testing.T, s *Store, text, args string) string {
	t.Helper()
	execute := "EXPLAIN EXECUTE planned"
	if args != "" {
		execute += "(" + args + ")"
	}
	for _, step := range []string{"DEALLOCATE ALL", "PREPARE planned AS " + text} {
		if _, err := s.Writer().Exec(step); err != nil {
			t.Fatalf("%s: %v", step, err)
		}
	}
	rows, err := s.Writer().Query(execute)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var plan strings.Builder
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			t.Fatal(err)
		}
		plan.WriteString(line + "\n")
	}
	return plan.String()
}
