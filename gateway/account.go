package gateway

import (
	"context"
	"fmt"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

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
	b, err := accounts.Open(c, payments, today)
	if err != nil {
		return dialogs.Value{}, err
	}
	s, err := b.Of(person)
	if err != nil {
		return dialogs.Value{}, err
	}
	since := c.EffectiveDate
	fields := []dialogs.Field{
		{Name: "receives", Value: dialogs.YesNo(person != c.PayingParent.ID)},
		{Name: "direct", Value: dialogs.YesNo(c.Service == directory.DirectPay)},
		{Name: "due", Value: dialogs.YesNo(s.Next.Regular > 0)},
		{Name: "regular", Value: perPeriod(s.Regular, calculation.Frequency(c.Plan.Frequency))},
		{Name: "next_due", Value: day(s.Next.Due)},
		{Name: "next_amount", Value: pounds(s.Next.Regular)},
		{Name: "since", Value: day(since)},
		{Name: "behind", Value: dialogs.YesNo(s.Behind > 0)},
		{Name: "ahead", Value: dialogs.YesNo(s.Behind == 0 && s.Ahead > 0)},
		{Name: "balance", Value: pounds(max(s.Behind, s.Ahead))},
	}
	for i, name := range []string{"last", "second", "third"} {
		came := accounts.Receipt{On: since}
		known := i < len(s.Came)
		if known {
			came = s.Came[i]
		}
		fields = append(fields,
			dialogs.Field{Name: name, Value: dialogs.YesNo(known)},
			dialogs.Field{Name: name + "_day", Value: day(came.On)},
			dialogs.Field{Name: name + "_amount", Value: pounds(came.Amount)},
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
