package gateway

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
)

// A payment can pay for what was due paidBack days before today, or falls due
// paidAhead days after it, and stop what is said of it. What is older has been
// given to a person.
const (
	paidBack  = 92
	paidAhead = 31
)

// tills is for how many cases at once it is found out what was paid.
const tills = 8

// reasonPaid is why notices of a payment are withheld.
const reasonPaid = "a payment has come since this was planned"

// TakePayments stores payments, and then the row of the API call that brought
// them, unless that is nil; ErrDuplicate when the row's key is taken. What waits
// to be said of a payment of the plan for which one of these pays is withheld in
// between, so that a call that fails can be made again as it was.
func (g *Gateway) TakePayments(ctx context.Context, payments []directory.Payment, row *IdempotentRow) error {
	return TakePayments(ctx, g.Store, payments, g.Clock, row)
}

// TakePayments is what the method does, for a tool that has no more of a gateway
// than its store.
func TakePayments(ctx context.Context, s Store, payments []directory.Payment, clock func() time.Time, row *IdempotentRow) error {
	calendar, err := newCalendar()
	if err != nil {
		return err
	}
	if err := s.PutPayments(ctx, payments, clock(), nil); err != nil {
		return fmt.Errorf("storing payments: %w", err)
	}
	// Whatever was decided on until they were stored did not see them.
	at := clock().In(calendar.london)
	t := &till{store: s, at: at, today: calculation.DateOf(at)}
	byCase := map[directory.CaseReference][]directory.Payment{}
	for _, p := range payments {
		byCase[p.Case] = append(byCase[p.Case], p)
	}
	paying, together := errgroup.WithContext(ctx)
	paying.SetLimit(tills)
	for reference, came := range byCase {
		paying.Go(func() error {
			if err := t.pay(together, came); err != nil {
				return fmt.Errorf("withholding what was to be said of payments on case %s: %w", reference, err)
			}
			return nil
		})
	}
	if err := paying.Wait(); err != nil || row == nil {
		return err
	}
	if err := s.PutPayments(ctx, nil, at, row); err != nil {
		return fmt.Errorf("storing the answer to payments: %w", err)
	}
	return nil
}

// till finds out what payments are for.
type till struct {
	store Store
	at    time.Time
	today calculation.Date
}

// pay ends the group of each payment of the plan that new payments on a case pay
// for, or for a part of.
func (t *till) pay(ctx context.Context, came []directory.Payment) error {
	file, err := t.store.Case(ctx, came[0].Case)
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	all, err := t.store.Payments(ctx, file.Reference, file.EffectiveDate)
	if err != nil {
		return err
	}
	before := slices.DeleteFunc(slices.Clone(all), func(p directory.Payment) bool {
		return slices.ContainsFunc(came, func(c directory.Payment) bool { return c.ID == p.ID })
	})
	without, err := t.missing(ctx, file, before)
	if err != nil {
		return err
	}
	with, err := t.missing(ctx, file, all)
	if err != nil {
		return err
	}
	groups := map[string]bool{}
	for due, amount := range without {
		if with[due] < amount {
			groups[schedule.PaymentGroup(due)], groups[schedule.ArrearsGroup(t.today)] = true, true
		}
	}
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		if _, err := t.store.EndGroup(ctx, file.Reference, group, reasonPaid, t.at); err != nil {
			return err
		}
	}
	return nil
}

// missing is what is missing of each payment of the plan, with these payments;
// where parents pay each other, of each that is reported. A case without a plan
// misses nothing.
func (t *till) missing(ctx context.Context, file directory.Case, payments []directory.Payment) (map[calculation.Date]calculation.Money, error) {
	books, err := accounts.Open(file, payments, t.today)
	if _, incomplete := errors.AsType[*calculation.InputError](err); incomplete || errors.Is(err, accounts.ErrNoPlan) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	missing := map[calculation.Date]calculation.Money{}
	if file.Service == directory.DirectPay {
		reports, err := t.store.ReportsBetween(ctx, file.Reference, file.Reference, notReceived, t.at.AddDate(0, 0, -paidBack))
		if err != nil {
			return nil, err
		}
		for _, r := range reportsOf(reports, t.at.Location()) {
			if i, ok := books.Reported(r); ok {
				missing[r.Due] += i.Missing()
			}
		}
		return missing, nil
	}
	list, err := books.Instalments(file.PayingParent.ID, t.today.AddDays(paidAhead))
	for _, i := range list {
		if i.Due >= t.today.AddDays(-paidBack) {
			missing[i.Due] = i.Missing()
		}
	}
	return missing, err
}
