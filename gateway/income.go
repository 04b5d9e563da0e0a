package gateway

import (
	"context"
	"errors"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// IncomeSource tells what is known of a paying parent's income, apart from
// what they say themselves. It is asked before a turn's transaction.
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
	From     string          // names the source, for reports
	AsOf     time.Time       // zero: not said
	Stale    bool            // older than it should be
}

// CaseRecord is the IncomeSource of last resort: the case record itself.
type CaseRecord struct{}

// Income implements IncomeSource.
func (CaseRecord) Income(_ context.Context, c directory.Case) (KnownIncome, error) {
	if c.Income.HistoricAnnual == nil {
		return KnownIncome{}, ErrIncomeUnknown
	}
	return KnownIncome{
		Historic: calculation.Pay{Amount: *c.Income.HistoricAnnual, Per: calculation.PerYear},
		TaxYear:  c.Income.TaxYear,
		From:     "case record",
	}, nil
}
