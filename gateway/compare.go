package gateway

import (
	"context"
	"errors"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// knownIncome asks the income sources in order, the case record last, and puts
// together what they know: the first word on each income stands. A source that
// cannot be asked is passed by and logged; From does not name it.
func (g *Gateway) knownIncome(ctx context.Context, c directory.Case) KnownIncome {
	var known KnownIncome
	if len(g.IncomeSources) > 0 {
		defer outside(ctx)()
	}
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

// filledFrom adds what another source knows and those before it did not. From
// names those that told of an income.
func (k KnownIncome) filledFrom(other KnownIncome) KnownIncome {
	told := false
	if !k.Historic.Known() && other.Historic.Known() {
		k.Historic, k.TaxYear, told = other.Historic, other.TaxYear, true
	}
	if !k.Current.Known() && other.Current.Known() {
		k.Current, told = other.Current, true
	}
	if !k.Pension.Known() {
		k.Pension = other.Pension
	}
	switch {
	case told && k.From == "":
		k.From = other.From
	case told:
		k.From += ", " + other.From
	}
	return k
}

// compare is the call compare: what a parent says they are paid, against the
// income that is known, by the 25% test (CR 34(2)).
func compare(known KnownIncome, said calculation.Pay) (dialogs.Value, error) {
	switch {
	case !known.Historic.Known():
		return dialogs.Value{}, ErrIncomeUnknown
	case !said.Known():
		return dialogs.Value{}, errPayUnknown
	}
	income := calculation.Income{Historic: known.Historic, Current: said, Pension: known.Pension}
	return dialogs.Group(
		dialogs.Field{Name: "historic", Value: dialogs.Amount(answers.Pence(known.Historic.Amount))},
		dialogs.Field{Name: "tax_year", Value: dialogs.Text(known.TaxYear)},
		dialogs.Field{Name: "differs", Value: dialogs.YesNo(income.DiffersByQuarter())},
		dialogs.Field{Name: "employers", Value: employers(known.Current)},
		dialogs.Field{Name: "source", Value: dialogs.Text(known.From)},
	), nil
}

// employers is what employers report, with its period. Without a period nothing
// is known, which is not the same as nothing paid.
func employers(p calculation.Pay) dialogs.Value {
	v := dialogs.Amount(answers.Pence(p.Amount))
	v.Period = answers.Period(p.Per)
	return v
}
