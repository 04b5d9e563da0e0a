package store

import (
	"context"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// Past is what has happened around some cases. Made-up pasts fill a database to
// measure with; each part is stored as it would be when it happens.
type Past struct {
	Cases    []directory.Case
	Payments []directory.Payment
	Turns    []gateway.Turn       // those of one conversation in their order
	Settled  []gateway.Settlement // of the turns' messages, by their ids
	Work     []gateway.TaskChange // new work items, where they now stand
}

// PutPast stores a past in one transaction, all or nothing. Cases are as of at.
func (s *Store) PutPast(ctx context.Context, p *Past, at time.Time) error {
	j, err := s.pastJob(p, at)
	if err == nil {
		err = s.engine.write(ctx, j)
	}
	if err != nil {
		return fmt.Errorf("store the past of %d cases: %w", len(p.Cases), err)
	}
	return nil
}

func (s *Store) pastJob(p *Past, at time.Time) (*job, error) {
	whole := &job{}
	also := func(part *job, err error) error {
		if err == nil {
			whole.statements = append(whole.statements, part.statements...)
			whole.timers = append(whole.timers, part.timers...)
		}
		return err
	}
	for i := range p.Cases {
		if err := also(s.caseJob(p.Cases[i], at, nil)); err != nil {
			return nil, err
		}
	}
	if err := also(s.paymentsJob(p.Payments, at, nil)); err != nil {
		return nil, err
	}
	for i := range p.Turns {
		if err := also(s.turnJob(&p.Turns[i])); err != nil {
			return nil, err
		}
	}
	for i := range p.Settled {
		if err := s.addSettlement(whole, &p.Settled[i]); err != nil {
			return nil, err
		}
	}
	for i := range p.Work {
		s.addWorkItem(whole, &p.Work[i].Task.WorkItem)
		s.addChange(whole, &p.Work[i], new(bool))
	}
	return whole, nil
}

// Measure has the database look at how its tables are filled, as it does of
// itself in time, so that it plans its queries by that.
func (s *Store) Measure(ctx context.Context) error {
	if _, err := s.Writer().ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("measure the tables: %w", err)
	}
	return nil
}
