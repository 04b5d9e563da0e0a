package gateway

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"time"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
)

// PaymentPlan is a plan as it was made for a case.
type PaymentPlan struct {
	Number int              `json:"-"` // counted from 1
	Plan   directory.Plan   `json:"plan"`
	Basis  calculation.Case `json:"basis"` // that it was worked out from
	// Version is that of the case's record that it was read or worked out with.
	Version time.Time `json:"-"`
}

// Plans keeps the payment plans that were made.
type Plans interface {
	// LastPlan returns the last plan that was made for a case, of number 0 when
	// none was, with the version of the case's record; ErrNotFound when there is
	// no such case.
	LastPlan(ctx context.Context, of directory.CaseReference) (PaymentPlan, error)

	// PutPlan stores a case with the plan that was made for it, what people are
	// told of it, and the row of the API call, unless that is nil, in one
	// transaction. ErrDuplicate when the row's key is taken, ErrConflict when
	// the record or the plan is not the one that this was worked out from.
	PutPlan(ctx context.Context, c directory.Case, p PaymentPlan, at time.Time, told []Message, row *IdempotentRow) error
}

// ErrBadPlan is a plan that cannot be: with it comes a *calculation.InputError or
// accounts.ErrNoPlan.
var ErrBadPlan = errors.New("the plan cannot be worked with")

// PutPlan gives a case a payment plan and has its parents told: that it is ready
// or, if there was another, what has changed and why. The plan that the case has
// already, worked out from the same, changes nothing. It returns the plan's
// number; ErrNotFound, ErrBadPlan, or ErrDuplicate when the row's key is taken.
func (g *Gateway) PutPlan(ctx context.Context, of directory.CaseReference, plan directory.Plan, row *IdempotentRow) (number int, err error) {
	err = tryAgain(func() error {
		number, err = g.putPlan(ctx, of, plan, row)
		return err
	})
	return number, err
}

func (g *Gateway) putPlan(ctx context.Context, of directory.CaseReference, plan directory.Plan, row *IdempotentRow) (int, error) {
	last, err := g.Store.LastPlan(ctx, of)
	if err != nil {
		return 0, err
	}
	c, err := g.Store.Case(ctx, of)
	if err != nil {
		return 0, err
	}
	before := c
	c.Plan = plan
	now := g.Clock()
	made := PaymentPlan{Number: last.Number + 1, Plan: plan, Basis: c.OnRecord(), Version: last.Version}
	if err := accounts.CheckArrears(&plan); err != nil {
		return 0, errors.Join(ErrBadPlan, err)
	}
	if _, err := accounts.Days(&c, 0, calculation.DateOf(now)); err != nil {
		return 0, errors.Join(ErrBadPlan, err)
	}
	if last.Number > 0 && plan == before.Plan && reflect.DeepEqual(last.Basis, made.Basis) {
		return last.Number, nil
	}
	change := schedule.Change{Number: made.Number}
	if last.Number > 0 {
		change.Before = &last.Basis
	}
	told, err := g.tellOfPlan(c, change, now)
	if err != nil {
		return 0, err
	}
	if err := g.endPlan(ctx, &before); err != nil {
		return 0, err
	}
	return made.Number, g.Store.PutPlan(ctx, c, made, now, told, row)
}

// reasonPlan is why what waits to be said by a plan is withheld.
const reasonPlan = "another plan was made since this was planned"

// endPlan withholds what waits to be said of the payments of a case's plan before
// another takes its place. What is due by that one is planned afresh.
func (g *Gateway) endPlan(ctx context.Context, c *directory.Case) error {
	now := g.Clock()
	today := g.today(now)
	days, err := accounts.Days(c, today.AddDays(-paidBack), today.AddDays(paidAhead))
	if err != nil { // there was no plan by which anything was said
		return nil
	}
	groups := []string{schedule.ArrearsGroup(today)}
	for _, day := range days {
		groups = append(groups, schedule.PaymentGroup(day))
	}
	for _, group := range groups {
		if _, err := g.Store.EndGroup(ctx, c.Reference, group, reasonPlan, now); err != nil {
			return err
		}
	}
	return nil
}

// tellOfPlan is what the parents are told of a plan.
func (g *Gateway) tellOfPlan(c directory.Case, change schedule.Change, now time.Time) ([]Message, error) {
	if g.Schedule == nil {
		return nil, nil
	}
	occasions, err := g.Schedule.Plan(schedule.File{Case: c}, change, now)
	if err != nil {
		return nil, fmt.Errorf("telling of a plan: %w", err)
	}
	told := make([]Message, len(occasions))
	for i := range occasions {
		told[i] = g.noticeOf(&c, &occasions[i], now)
	}
	return told, nil
}
