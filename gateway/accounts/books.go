package accounts

import (
	"errors"
	"fmt"
	"slices"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Why there is no account.
var (
	// ErrNoPlan: the record does not hold enough to say what is due, and when.
	ErrNoPlan = errors.New("the case has no payment plan to account for")
	// ErrNotTheirs: the person is not one of the case's parents.
	ErrNotTheirs = errors.New("the case's account is another person's")
)

// Books are a case's plan and what was received on it, as of a day. What was
// received counts, and no claim of it.
type Books struct {
	file   directory.Case
	result calculation.Result
	ledger calculation.Ledger
	direct []directory.Payment                    // from parent to parent
	agreed map[calculation.Date]calculation.Money // towards arrears, by the day it falls due
	today  calculation.Date
}

// Open opens the books of a case as of a day, with what was received since its
// decision took effect. The error is ErrNoPlan, or what is wrong with the record.
func Open(c directory.Case, payments []directory.Payment, today calculation.Date) (*Books, error) {
	result, err := calculation.Calculate(c.OnRecord())
	if err != nil {
		return nil, fmt.Errorf("calculating case %s: %w", c.Reference, err)
	}
	b := &Books{file: c, result: result, ledger: calculation.Ledger{Service: calculation.CollectAndPay}, today: today}
	plans, err := plansOf(&c, result.Fees.PayingTotal, today)
	if err != nil {
		return nil, err
	}
	for _, p := range plans {
		charges, err := calculation.Charges(p.Instalments, result.Owed())
		if err != nil {
			return nil, err
		}
		b.ledger.Charges = append(b.ledger.Charges, charges...)
	}
	for _, p := range payments {
		switch {
		case p.Received > today:
		case p.Method == directory.Direct:
			b.direct = append(b.direct, p)
			b.ledger.Payments = append(b.ledger.Payments, calculation.Payment{Account: string(p.To), On: p.Received, Amount: p.Amount})
		default:
			b.ledger.Payments = append(b.ledger.Payments, calculation.Payment{Shared: true, On: p.Received, Amount: p.Amount})
		}
	}
	b.spreadArrears()
	return b, nil
}

// mostPlans is how many years back a balance is worked out. A decision is
// looked at every year; one that is older than this needs a person.
const mostPlans = 5

// plansOf are the payment plans since the decision on the record took effect,
// up to the one that is not over on a day: it stays in force until another
// replaces it, and each plan is for 52 weeks (Child Support (Collection and
// Enforcement) Regulations 1992 reg 4).
func plansOf(c *directory.Case, weekly calculation.Money, day calculation.Date) ([]calculation.Plan, error) {
	terms := calculation.PlanTerms{
		Weekly: weekly, Frequency: calculation.Frequency(c.Plan.Frequency),
		Start: c.EffectiveDate, FirstDue: c.Plan.FirstDue,
	}
	if terms.Start == 0 || terms.Frequency == "" {
		return nil, ErrNoPlan
	}
	var plans []calculation.Plan
	for range mostPlans {
		p, err := calculation.NewPlan(terms)
		if err != nil {
			return nil, err
		}
		plans = append(plans, p)
		if p.Instalments[len(p.Instalments)-1].Due >= day {
			return plans, nil
		}
		first := p.Instalments[0].Due
		if terms.FirstDue = first.AddDays(52 * 7); terms.Frequency == calculation.Monthly {
			terms.FirstDue = first.AddMonths(12)
		}
		terms.Start = terms.FirstDue
	}
	return nil, ErrNoPlan
}

// Days are the days from one to another, both included, on which an instalment
// falls due. The error is as of Open.
func Days(c *directory.Case, from, to calculation.Date) ([]calculation.Date, error) {
	plans, err := plansOf(c, 0, to)
	if err != nil {
		return nil, err
	}
	var days []calculation.Date
	for i := range plans {
		for _, instalment := range plans[i].Instalments {
			if from <= instalment.Due && instalment.Due <= to {
				days = append(days, instalment.Due)
			}
		}
	}
	return days, nil
}

// due is what falls due next for somebody, at an amount a week.
func (b *Books) due(weekly calculation.Money) (Standing, error) {
	plans, err := plansOf(&b.file, weekly, b.today)
	if err != nil {
		return Standing{}, err
	}
	p := &plans[len(plans)-1]
	next := slices.IndexFunc(p.Instalments, func(i calculation.Instalment) bool { return i.Due >= b.today })
	return Standing{Regular: p.Instalment(), Next: p.Instalments[next]}, nil
}

// paying is where the paying parent stands: with everybody, fees included.
func (b *Books) paying() (Standing, error) {
	s, err := b.due(b.result.Fees.PayingTotal)
	if err != nil {
		return s, err
	}
	for _, p := range slices.Backward(b.ledger.Payments) {
		s.Came = append(s.Came, Receipt{p.On, p.Amount})
	}
	s.Came = latest(s.Came)
	if b.file.Service == directory.CollectAndPay {
		statement := b.ledger.Statement(b.today)
		s.Behind, s.Ahead = statement.Arrears(), statement.Credit
		for _, a := range statement.Accounts {
			s.Ahead += a.Credit
		}
	}
	return s, nil
}

// receiving is where a receiving parent stands: what comes to them after the
// fee. That the other parent is ahead is not theirs to know.
func (b *Books) receiving(share *calculation.Share) (Standing, error) {
	s, err := b.due(afterFee(share.Weekly, share))
	if err != nil {
		return s, err
	}
	for _, p := range b.direct {
		if string(p.To) == share.ReceivingParent {
			s.Came = append(s.Came, Receipt{p.Received, p.Amount})
		}
	}
	s.Came = latest(append(s.Came, b.passedOn(share)...))
	if b.file.Service == directory.CollectAndPay {
		statement := b.ledger.Statement(b.today)
		s.Behind = afterFee(statement.Account(share.ReceivingParent).Arrears, share)
	}
	return s, nil
}

// passedOn is what came to a receiving parent out of what was collected, the
// latest three.
func (b *Books) passedOn(share *calculation.Share) []Receipt {
	collected := calculation.Ledger{Service: calculation.CollectAndPay, Charges: b.ledger.Charges}
	var days []calculation.Date
	for _, p := range b.ledger.Payments {
		if p.Shared {
			collected.Payments = append(collected.Payments, p)
			days = append(days, p.On)
		}
	}
	if len(days) == 0 {
		return nil
	}
	first := days[0]
	for _, charge := range collected.Charges {
		if charge.Due > first && charge.Due <= b.today {
			days = append(days, charge.Due) // paid out of what was ahead
		}
	}
	slices.Sort(days)
	paidBy := func(day calculation.Date) calculation.Money {
		statement := collected.Statement(day)
		return statement.Account(share.ReceivingParent).Paid
	}
	var came []Receipt
	for _, day := range slices.Backward(slices.Compact(days)) {
		if amount := paidBy(day) - paidBy(day-1); amount > 0 {
			came = append(came, Receipt{day, afterFee(amount, share)})
		}
		if len(came) == mostReceipts {
			break
		}
	}
	return came
}

// latest puts the latest first and leaves out those before the third.
func latest(came []Receipt) []Receipt {
	slices.SortStableFunc(came, func(a, b Receipt) int { return int(b.On - a.On) })
	return came[:min(len(came), mostReceipts)]
}

// afterFee is what a receiving parent gets of an amount, their fee taken in
// proportion and rounded half upwards to a penny (Child Support Fees
// Regulations 2014 reg 7).
func afterFee(amount calculation.Money, share *calculation.Share) calculation.Money {
	if share.Weekly == 0 {
		return amount
	}
	return amount - (2*amount*share.ReceivingFee+share.Weekly)/(2*share.Weekly)
}
