package store

import (
	"context"
	"errors"
	"fmt"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	insertNote = `INSERT INTO work_notes (task, version, at, staff, what, target, sealed) VALUES ($1, $2, $3, $4, $5, $6, $7)`

	// $25 is the moment of the next look as it was read: one that has been asked
	// for since stays.
	updateTask = `
	UPDATE work_items SET team = $2, due = $3, state = $4, owner = $5, home = $6, line = $7, holder = $8, reserved = $9, needs = $10,
		passed = $11, rung = $12, priority = $13, answer = $14, since = $15, goes_on = $16, warned = $17, missed = $18, explained = $19,
		closed = $20, outcome = $21, version = $22, act_at = CASE WHEN act_at = $25 THEN CAST($24 AS BIGINT) ELSE act_at END
	WHERE id = $1 AND version = $23`

	// What is on a case, and on the other cases of the people on it, is looked at
	// again: the case may have gone to another team, or somebody have got a risk
	// marker. The moment tells one such look from another, and is before any.
	lookAtCase = `
	UPDATE work_items SET act_at = $2 WHERE state <> 'done' AND case_reference IN (
		SELECT o.case_reference FROM parties q JOIN parties o ON o.person = q.person WHERE q.case_reference = $1)`
)

// AddWork implements gateway.Work.
func (s *Store) AddWork(ctx context.Context, items ...gateway.WorkItem) error {
	j := &job{}
	for i := range items {
		s.addWorkItem(j, &items[i])
	}
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("add work: %w", err)
	}
	return nil
}

// ChangeTasks implements gateway.Work: the compare-and-set is the number of the
// note. Changes are made together, and each alone when another came before one.
func (s *Store) ChangeTasks(ctx context.Context, changes []gateway.TaskChange) (made []bool, err error) {
	made = make([]bool, len(changes))
	together := &job{}
	for i := range changes {
		s.addChange(together, &changes[i], &made[i])
	}
	err = s.engine.write(ctx, together)
	if errors.Is(err, gateway.ErrTaken) && len(changes) > 1 {
		return s.changeEach(ctx, changes)
	}
	if errors.Is(err, gateway.ErrTaken) {
		return []bool{false}, nil
	}
	if err != nil {
		return nil, fmt.Errorf("change work: %w", err)
	}
	return made, nil
}

func (s *Store) changeEach(ctx context.Context, changes []gateway.TaskChange) ([]bool, error) {
	made := make([]bool, len(changes))
	for i := range changes {
		one, err := s.ChangeTasks(ctx, changes[i:i+1])
		if err != nil {
			return nil, err
		}
		made[i] = one[0]
	}
	return made, nil
}

func (s *Store) addChange(j *job, c *gateway.TaskChange, made *bool) {
	t, n := &c.Task, &c.Note
	before := t.Version
	if n.What != "" {
		before--
		j.add(insertNote, t.ID, n.Number, micros(n.At), string(n.By), string(n.What), n.To,
			s.codec.sealTexts(notePlace(t.ID, n.Number), n.Note)).taken = gateway.ErrTaken
	}
	j.add(updateTask, t.ID, string(t.Team), micros(t.Due), string(t.State), string(t.Owner), string(t.Home), t.Line(), string(t.Holder),
		string(t.For), joinNames(t.Needs), joinNames(t.Passed), t.Rung, t.Priority, micros(t.Answer), micros(t.Since), micros(t.Until),
		t.Warned, t.Missed, t.Explained, micros(t.Closed), t.Outcome, t.Version, before, micros(t.Acts), micros(c.Was)).
		changed = func(rows int64) { *made = rows > 0 }
	s.addTaskEvent(j, c)
}

// lookAtWork has the work of a case, as it is stored now, looked at.
func lookAtWork(j *job, reference directory.CaseReference, at int64) {
	j.add(lookAtCase, string(reference), -at)
}
