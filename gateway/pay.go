package gateway

import (
	"context"
	"errors"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// Payer takes payments by card: a provider with a page of its own, on which the
// person pays. We never see a card.
type Payer interface {
	// Create asks for a payment and returns the provider's id of it with the
	// page to pay on. Asked with the same key again it is the same payment. The
	// page is for the person alone: it is not logged, kept or sent.
	Create(ctx context.Context, r ChargeRequest) (id, page string, err error)

	// State returns how far a payment is, or ErrNotFound.
	State(ctx context.Context, id string) (ChargeState, error)
}

// ChargeRequest is what the provider is told of a payment.
type ChargeRequest struct {
	Key         string // of the request, for the provider to know it again
	Amount      calculation.Money
	Reference   string // that the person knows
	Description string // shown to the person, and on the provider's pages for staff
	Language    templates.Language
	ReturnURL   string // where the person comes back to, whatever happened
}

// Charge is a payment that somebody began to make by card.
type Charge struct {
	ID      string // the provider's
	Visit   VisitID
	Person  directory.PersonID
	Case    directory.CaseReference
	Amount  calculation.Money
	State   ChargeState
	Started time.Time
}

// ChargeState is how far a charge is. Only a Going one changes.
type ChargeState string

// The states of a charge.
const (
	Going  ChargeState = "going"  // it is being paid, or is left alone
	Paid   ChargeState = "paid"   // the money is on its way to us
	Unpaid ChargeState = "unpaid" // it failed, was given up or ran out
)

// Charges keeps the charges that were begun.
type Charges interface {
	// KeepCharge keeps a new charge.
	KeepCharge(ctx context.Context, c Charge) error

	// Charge returns a charge by the provider's id, LastCharge the latest of a
	// visit, or ErrNotFound.
	Charge(ctx context.Context, id string) (Charge, error)
	LastCharge(ctx context.Context, visit VisitID) (Charge, error)

	// GoingCharges returns up to limit charges that are Going and began before
	// a time, those first that began first.
	GoingCharges(ctx context.Context, before time.Time, limit int) ([]Charge, error)

	// EndCharge gives a charge its last state, if it was Going.
	EndCharge(ctx context.Context, id string, state ChargeState) error
}

// Why nobody can pay.
var (
	// ErrNotPayable: the visit is not confirmed, its visitor does not pay
	// through the service, or nothing is to be paid.
	ErrNotPayable = errors.New("there is nothing to pay by card in this visit")
	// ErrPayerAway: the provider does not answer, or not as it should.
	ErrPayerAway = errors.New("the payment provider is away")
)
