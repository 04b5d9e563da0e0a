package calculation

import (
	"errors"
	"fmt"
	"slices"
)

// Purpose is what a charge is for.
type Purpose string

// The purposes. Enforcement charges are paid after all maintenance.
const (
	ForMaintenance Purpose = "maintenance"
	ForCollection  Purpose = "collection_fee"
	ForEnforcement Purpose = "enforcement_charge"
)

// Charge is an amount that falls due. Its account is a receiving parent's id,
// or "" for what is owed to the service itself.
type Charge struct {
	Account string
	Purpose Purpose
	Due     Date
	Amount  Money
}

// Payment is money paid by the paying parent: to one account, or, with Shared,
// collected for all of them.
type Payment struct {
	Account string
	Shared  bool
	On      Date
	Amount  Money
}

// Report is what a receiving parent on Direct Pay says came for a charge:
// nothing, or less than was due.
type Report struct {
	Account  string
	Due      Date
	Received Money
}

// Ledger is what was charged and what was paid. Under Direct Pay each charge
// is taken as paid on its day unless a report says otherwise; Payments are
// then what came beside that, such as a missed payment made later. Under
// Collect and Pay only Payments count.
type Ledger struct {
	Service  Service
	Charges  []Charge
	Payments []Payment
	Reports  []Report
}

// ErrNoCharge is a report about a payment that was never due.
var ErrNoCharge = errors.New("no payment was due to this account on that day")

// ReportReceived notes what came for a charge under Direct Pay, in place of an
// earlier report on the same. A claim is a claim: whether to act on it is for
// others to decide.
func (l *Ledger) ReportReceived(report Report) error {
	if report.Received < 0 || report.Received > mostMoney {
		return &InputError{"received", errMoneyLarge.Error()}
	}
	if !slices.ContainsFunc(l.Charges, report.isAbout) {
		return fmt.Errorf("a report for %v: %w", report.Due, ErrNoCharge)
	}
	for i := range l.Reports {
		if l.Reports[i].Account == report.Account && l.Reports[i].Due == report.Due {
			l.Reports[i] = report
			return nil
		}
	}
	l.Reports = append(l.Reports, report)
	return nil
}

func (r Report) isAbout(c Charge) bool { return r.Account == c.Account && r.Due == c.Due }

// received lists all payments up to a day, those that are taken as made among
// them.
func (l *Ledger) received(until Date) []Payment {
	payments := make([]Payment, 0, len(l.Payments)+len(l.Charges))
	if l.Service != CollectAndPay {
		reported := make(map[Report]bool, len(l.Reports))
		for _, report := range l.Reports {
			reported[Report{Account: report.Account, Due: report.Due}] = true
			payments = append(payments, Payment{Account: report.Account, On: report.Due, Amount: report.Received})
		}
		for _, charge := range l.Charges {
			if !reported[Report{Account: charge.Account, Due: charge.Due}] {
				payments = append(payments, Payment{Account: charge.Account, On: charge.Due, Amount: charge.Amount})
			}
		}
	}
	payments = append(payments, l.Payments...)
	return slices.DeleteFunc(payments, func(p Payment) bool { return p.On > until })
}

// Owed is what one account is to get over a payment plan.
type Owed struct {
	Account string
	Purpose Purpose
	Amount  Money
}

// Owed lists what each account is to get over 52 weeks.
func (r *Result) Owed() []Owed {
	owed := make([]Owed, 0, 2*len(r.Shares))
	for _, share := range r.Shares {
		owed = append(owed, Owed{share.ReceivingParent, ForMaintenance, share.Weekly * weeksInPeriod})
	}
	if r.Fees.PayingParent > 0 {
		owed = append(owed, Owed{"", ForCollection, r.Fees.PayingParent * weeksInPeriod})
	}
	return owed
}

// ErrOwed is a list of what is owed that differs from the instalments' sum.
var ErrOwed = errors.New("what is owed differs from the sum of the instalments")

// Charges divides the regular part of instalments over the accounts, each day
// in proportion to what is left for each, so that each gets exactly what it is
// owed by the end. Arrears are in the ledger already.
func Charges(instalments []Instalment, owed []Owed) ([]Charge, error) {
	left, all := make([]Money, len(owed)), Money(0)
	for i := range owed {
		left[i] = owed[i].Amount
		all += owed[i].Amount
	}
	charges := make([]Charge, 0, len(instalments)*len(owed))
	for _, instalment := range instalments {
		all -= instalment.Regular
		if all < 0 {
			return nil, ErrOwed
		}
		for i, part := range Split(instalment.Regular, left) {
			left[i] -= part
			if part > 0 {
				charges = append(charges, Charge{owed[i].Account, owed[i].Purpose, instalment.Due, part})
			}
		}
	}
	if all != 0 {
		return nil, ErrOwed
	}
	return charges, nil
}
