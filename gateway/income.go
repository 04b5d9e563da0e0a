package gateway

import (
	"context"
	"errors"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// IncomeSource tells what is known of a paying parent's income, apart from
// what they say themselves. It is asked before a turn's transaction, by many
// turns at once. gatewaytest.IncomeSource is the suite that proves an
// implementation.
type IncomeSource interface {
	// Income returns what the source knows of the paying parent of a case, or
	// ErrIncomeUnknown when it knows nothing of them. Any other error means
	// that it could not be asked; the next source is asked then.
	Income(ctx context.Context, c directory.Case) (KnownIncome, error)
}

// ErrIncomeUnknown: the source knows nothing of this person.
var ErrIncomeUnknown = errors.New("no income is known")

// KnownIncome is what a source knows. A Pay that is not known has no period.
type KnownIncome struct {
	Historic calculation.Pay // HMRC's figure for the latest tax year (CR 35)
	TaxYear  string          // "2025-26"
	Current  calculation.Pay // what employers pay now
	Pension  calculation.Pay // private pension contributions, which come off both (CR 35(3), 40)
	From     string          // names the source and what is wrong with it, for reports
}

// CaseRecord is the IncomeSource of last resort: the case record itself.
type CaseRecord struct{}

// Income implements IncomeSource.
func (CaseRecord) Income(_ context.Context, c directory.Case) (KnownIncome, error) {
	record := c.Income
	if record.HistoricAnnual == nil && record.PrivatePensionAnnual == 0 {
		return KnownIncome{}, ErrIncomeUnknown
	}
	known := KnownIncome{Pension: calculation.Pay{Amount: record.PrivatePensionAnnual, Per: calculation.PerYear}, From: "case record"}
	if record.HistoricAnnual != nil {
		known.Historic = calculation.Pay{Amount: *record.HistoricAnnual, Per: calculation.PerYear}
		known.TaxYear = record.TaxYear
	}
	return known, nil
}
