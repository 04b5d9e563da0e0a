package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	ownCounts = `SELECT w.state, COUNT(*) FROM work_items w WHERE w.holder = $1 AND w.state IN ('offered', 'held') GROUP BY w.state`

	teamCounts = `
	SELECT SUM(CASE WHEN w.state <> 'held' THEN 1 ELSE 0 END), SUM(CASE WHEN w.state <> 'held' AND w.urgent THEN 1 ELSE 0 END),
		SUM(CASE WHEN w.state = 'held' THEN 1 ELSE 0 END), SUM(CASE WHEN w.due < $2 THEN 1 ELSE 0 END)
	FROM work_items w WHERE w.state <> 'done' AND w.team = $1 AND (w.state = 'held' OR w.act_at > 0)
	HAVING COUNT(*) > 0`
)

// CountTasks implements gateway.Work.
func (s *Store) CountTasks(ctx context.Context, of directory.StaffID, teams []directory.TeamID, now time.Time) (gateway.QueueCounts, error) {
	var counts gateway.QueueCounts
	reads := []statement{{sql: ownCounts, args: []any{string(of)}, each: func(r row) error {
		var state gateway.WorkState
		var count int
		err := r.Scan(&state, &count)
		if state == gateway.WorkHeld {
			counts.Held = count
		} else {
			counts.Offered = count
		}
		return err
	}}}
	counts.Teams = make([]gateway.TeamCount, len(teams))
	for i, team := range teams {
		c := &counts.Teams[i]
		c.Team = team
		reads = append(reads, statement{sql: teamCounts, args: []any{string(team), micros(now)}, each: func(r row) error {
			return r.Scan(&c.Waiting, &c.Urgent, &c.Held, &c.Late)
		}})
	}
	if err := s.engine.read(ctx, reads...); err != nil {
		return gateway.QueueCounts{}, fmt.Errorf("count work: %w", err)
	}
	return counts, nil
}
