package gateway

import (
	"context"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Payments is what the heart reads of the money that was received.
type Payments interface {
	// Payments returns what was received on a case from a day on, oldest first;
	// none on a case that is not known.
	Payments(ctx context.Context, reference directory.CaseReference, since calculation.Date) ([]directory.Payment, error)

	// PaymentsBetween returns what was received on the cases from one reference
	// to another, both included, by case, oldest first.
	PaymentsBetween(ctx context.Context, first, last directory.CaseReference) ([]directory.Payment, error)
}
