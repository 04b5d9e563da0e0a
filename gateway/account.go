package gateway

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// errNoPlan: the record does not hold enough to say what is due, and when.
var errNoPlan = errors.New("the case has no payment plan to account for")

// account is the call account: where the person of a conversation stands with
// the plan.
func (t *taking) account(ctx context.Context, c Conversation) (dialogs.Value, error) {
	file, err := t.caseFile(ctx, c.Case)
	if err != nil {
		return dialogs.Value{}, err
	}
	payments, err := t.g.Store.Payments(ctx, c.Case, file.EffectiveDate)
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("loading the payments on case %s: %w", c.Case, err)
	}
	return account(file, c.Person, payments, calculation.DateOf(t.now.In(t.g.calendar.london)))
}

// account tells a paying parent what they pay in all, with fees, and a
// receiving parent what comes to them after theirs, and nothing of the others.
// Nothing is known of a balance where parents pay each other directly. Of a
// payment that is not there the amount is nothing and the day that of since.
func account(c directory.Case, person directory.PersonID, payments []directory.Payment, today calculation.Date) (dialogs.Value, error) {
	result, err := calculation.Calculate(onRecord(c))
	if err != nil {
		return dialogs.Value{}, fmt.Errorf("calculating case %s: %w", c.Reference, err)
	}
	b, err := newBooks(c, &result, payments, today)
	if err != nil {
		return dialogs.Value{}, err
	}
	s, err := b.of(person)
	if err != nil {
		return dialogs.Value{}, err
	}
	since := c.EffectiveDate
	fields := []dialogs.Field{
		{Name: "receives", Value: dialogs.YesNo(person != c.PayingParent.ID)},
		{Name: "direct", Value: dialogs.YesNo(c.Service == directory.DirectPay)},
		{Name: "due", Value: dialogs.YesNo(s.next.Regular > 0)},
		{Name: "regular", Value: perPeriod(s.regular, calculation.Frequency(c.Plan.Frequency))},
		{Name: "next_due", Value: day(s.next.Due)},
		{Name: "next_amount", Value: pounds(s.next.Regular)},
		{Name: "since", Value: day(since)},
		{Name: "behind", Value: dialogs.YesNo(s.behind > 0)},
		{Name: "ahead", Value: dialogs.YesNo(s.behind == 0 && s.ahead > 0)},
		{Name: "balance", Value: pounds(max(s.behind, s.ahead))},
	}
	for i, name := range []string{"last", "second", "third"} {
		came := receipt{on: since}
		known := i < len(s.came)
		if known {
			came = s.came[i]
		}
		fields = append(fields,
			dialogs.Field{Name: name, Value: dialogs.YesNo(known)},
			dialogs.Field{Name: name + "_day", Value: day(came.on)},
			dialogs.Field{Name: name + "_amount", Value: pounds(came.amount)},
		)
	}
	return dialogs.Group(fields...), nil
}

// perPeriod is an amount with how often it falls due.
func perPeriod(amount calculation.Money, f calculation.Frequency) dialogs.Value {
	v := pounds(amount)
	v.Period = map[calculation.Frequency]answers.Period{
		calculation.Weekly: answers.Week, calculation.Fortnightly: answers.Fortnight,
		calculation.FourWeekly: answers.FourWeeks, calculation.Monthly: answers.Month,
	}[f]
	return v
}

func pounds(amount calculation.Money) dialogs.Value { return dialogs.Amount(answers.Pence(amount)) }

func day(d calculation.Date) dialogs.Value {
	year, month, day := d.Time().Date()
	return dialogs.Day(answers.Date{Year: year, Month: int(month), Day: day})
}

// standing is where one person stands.
type standing struct {
	regular calculation.Money // each time, to the penny below
	next    calculation.Instalment
	behind  calculation.Money // was due before today, and is unpaid
	ahead   calculation.Money // paid beyond what was due
	came    []receipt         // the latest first, three at most
}

// receipt is money that came on a day.
type receipt struct {
	on     calculation.Date
	amount calculation.Money
}

// mostReceipts is how many of the latest payments are told.
const mostReceipts = 3

// of is where a person on the case stands.
func (b *books) of(person directory.PersonID) (standing, error) {
	if person == b.file.PayingParent.ID {
		return b.paying()
	}
	i := slices.IndexFunc(b.result.Shares, func(s calculation.Share) bool { return s.ReceivingParent == string(person) })
	if i < 0 {
		return standing{}, errNotTheirs
	}
	return b.receiving(&b.result.Shares[i])
}
