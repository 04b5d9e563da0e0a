package gateway

import (
	"context"
	"errors"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// known asks the income sources in order, the case record last, and puts
// together what they know: the first word on each income stands. A source
// that cannot be asked is passed by; its absence shows in From.
func (g *Gateway) knownIncome(ctx context.Context, c directory.Case) KnownIncome {
	var known KnownIncome
	for _, source := range append(g.IncomeSources[:len(g.IncomeSources):len(g.IncomeSources)], CaseRecord{}) {
		income, err := source.Income(ctx, c)
		if err != nil {
			if !errors.Is(err, ErrIncomeUnknown) {
				g.Log.WarnContext(ctx, "an income source cannot be asked", "case", c.Reference, "error", err)
			}
			continue
		}
		known = known.filledFrom(income)
	}
	return known
}

// filledFrom adds what another source knows and this one does not.
func (k KnownIncome) filledFrom(other KnownIncome) KnownIncome {
	if k.From == "" {
		return other
	}
	if !k.Historic.Known() && other.Historic.Known() {
		k.Historic, k.TaxYear = other.Historic, other.TaxYear
		k.From += ", " + other.From
	}
	if !k.Current.Known() {
		k.Current = other.Current
	}
	return k
}

// compare is the call compare: what a parent says they are paid, against the
// income that is known, by the 25% test (CR 34(2)).
func compare(known KnownIncome, said calculation.Pay) (dialogs.Value, error) {
	if !known.Historic.Known() {
		return dialogs.Value{}, ErrIncomeUnknown
	}
	return dialogs.Group(
		dialogs.Field{Name: "historic", Value: dialogs.Amount(answers.Pence(known.Historic.Amount))},
		dialogs.Field{Name: "tax_year", Value: dialogs.Text(known.TaxYear)},
		dialogs.Field{Name: "differs", Value: dialogs.YesNo(calculation.DiffersByQuarter(known.Historic, said))},
		dialogs.Field{Name: "employers", Value: employers(known.Current)},
		dialogs.Field{Name: "source", Value: dialogs.Text(known.From)},
	), nil
}

// employers is what employers report, with its period.
func employers(p calculation.Pay) dialogs.Value {
	v := dialogs.Amount(answers.Pence(p.Amount))
	v.Period = answers.Period(p.Per)
	return v
}
