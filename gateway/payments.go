package gateway

import (
	"context"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Payments keeps the money that was received.
type Payments interface {
	// PutPayments stores payments, all or none, and in the same transaction the
	// row of the API call that brought them, unless that is nil. Of payments with
	// one id the latest stands. When the row's key is taken it returns
	// ErrDuplicate and changes nothing. TakePayments is the door to it.
	PutPayments(ctx context.Context, payments []directory.Payment, at time.Time, row *IdempotentRow) error

	// Payments returns what was received on a case from a day on, oldest first;
	// none on a case that is not known.
	Payments(ctx context.Context, reference directory.CaseReference, since calculation.Date) ([]directory.Payment, error)

	// PaymentsBetween returns what was received on the cases from one reference
	// to another, both included, by case, oldest first.
	PaymentsBetween(ctx context.Context, first, last directory.CaseReference) ([]directory.Payment, error)
}
