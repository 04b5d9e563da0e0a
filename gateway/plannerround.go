package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/gateway/directory"
)

// Rounds keeps how far planning has gone through all cases, for every node.
type Rounds interface {
	// PlannedTo returns the last case that had its turn, empty before the first.
	PlannedTo(ctx context.Context) (directory.CaseReference, error)
	SetPlannedTo(ctx context.Context, last directory.CaseReference) error
}

// round gives every case its turn: those behind the one that had the last turn,
// then those up to it. So what a round had no time for comes first in the next,
// and every case has its turn, however many rounds are stopped.
func (p *planner) round(ctx context.Context, sum *Planned) error {
	begun, err := p.g.Store.PlannedTo(ctx)
	if err != nil {
		return err
	}
	if err := p.stretch(ctx, begun, "", sum); err != nil || begun == "" {
		return err
	}
	return p.stretch(ctx, "", begun, sum)
}

// stretch gives the cases after one their turn, up to another; empty: to the end.
func (p *planner) stretch(ctx context.Context, after, to directory.CaseReference, sum *Planned) error {
	for {
		cases, err := p.g.Store.CasesAfter(ctx, after, casesAtOnce)
		if err != nil {
			return err
		}
		if to != "" {
			cases = slices.DeleteFunc(cases, func(c directory.Case) bool { return c.Reference > to })
		}
		if len(cases) == 0 {
			return nil
		}
		after = cases[len(cases)-1].Reference
		if err := p.turn(ctx, cases, sum); err != nil {
			return fmt.Errorf("up to case %s: %w", after, err)
		}
	}
}

// turn plans a page of cases. The next round goes on behind it even when it
// failed, so that no case keeps the others from their turns; it begins with it
// again when it was stopped.
func (p *planner) turn(ctx context.Context, cases []directory.Case, sum *Planned) (err error) {
	defer func() {
		if ctx.Err() == nil {
			err = errors.Join(err, p.g.Store.SetPlannedTo(ctx, cases[len(cases)-1].Reference))
		}
	}()
	return p.page(ctx, cases, sum)
}
