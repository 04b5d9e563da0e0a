package income

import (
	"context"
	"errors"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// Lookup is a Source as the gateway asks it: by case.
type Lookup struct {
	Source *Source
}

var _ gateway.IncomeSource = Lookup{}

// Income implements gateway.IncomeSource. A paying parent whose National
// Insurance number is not on the record is not looked for.
func (l Lookup) Income(ctx context.Context, c directory.Case) (gateway.KnownIncome, error) {
	number := c.PayingParent.NationalInsurance
	if number == "" {
		return gateway.KnownIncome{}, gateway.ErrIncomeUnknown
	}
	found, err := l.Source.Income(ctx, number)
	known := gateway.KnownIncome{Historic: found.Historic, TaxYear: found.TaxYear, From: "income service"}
	var stale *StaleError
	switch {
	case errors.Is(err, ErrNotFound):
		return gateway.KnownIncome{}, gateway.ErrIncomeUnknown
	case errors.As(err, &stale):
		// Pay of months ago is not pay now. A tax year that is over stands.
		known.From += " (not updated since " + stale.AsOf.Format(time.DateOnly) + ")"
	case err != nil:
		return gateway.KnownIncome{}, err
	default:
		known.Current, _ = found.Current()
	}
	return known, nil
}
