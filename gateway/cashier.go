package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

// Cashier lets paying parents pay by card, in a visit in which they have shown
// who they are and nowhere else. What is paid goes on record, and ends what
// would have been said of it. All its fields are needed.
type Cashier struct {
	Gateway   *Gateway
	Charges   Charges
	Payer     Payer
	ReturnURL string // the page that tells how it went
}

// Payable is what the visitor of a confirmed visit may pay now: what is unpaid,
// or else what falls due next. ErrNotPayable when there is nothing.
func (c *Cashier) Payable(ctx context.Context, visit VisitID) (calculation.Money, error) {
	_, _, amount, err := c.payable(ctx, visit)
	return amount, err
}

func (c *Cashier) payable(ctx context.Context, id VisitID) (v Visit, of directory.CaseReference, amount calculation.Money, err error) {
	if v, err = c.Gateway.going(ctx, id); err != nil {
		return v, "", 0, err
	}
	if !v.shows() || v.Person == "" {
		return v, "", 0, fmt.Errorf("visit %s is not confirmed: %w", id, ErrNotPayable)
	}
	_, parties, err := c.Gateway.Store.Person(ctx, v.Person)
	if err != nil {
		return v, "", 0, fmt.Errorf("loading person %s: %w", v.Person, err)
	}
	last, err := c.Charges.LastCharge(ctx, id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return v, "", 0, err
	}
	paid := err == nil && last.State == Paid
	for _, party := range parties {
		if party.Role != directory.Paying {
			continue
		}
		if amount, err = c.owed(ctx, party, paid); amount > 0 || err != nil {
			return v, party.Case, amount, err
		}
	}
	return v, "", 0, fmt.Errorf("visit %s: %w", id, ErrNotPayable)
}

// owed is what a paying parent may pay on a case; nothing where parents pay
// each other, or where there is no plan, nor what falls due next of somebody who
// has just paid.
func (c *Cashier) owed(ctx context.Context, party directory.Party, paid bool) (calculation.Money, error) {
	file, err := c.Gateway.Store.Case(ctx, party.Case)
	if err != nil {
		return 0, fmt.Errorf("loading case %s: %w", party.Case, err)
	}
	if file.Service != directory.CollectAndPay {
		return 0, nil
	}
	payments, err := c.Gateway.Store.Payments(ctx, file.Reference, file.EffectiveDate)
	if err != nil {
		return 0, fmt.Errorf("loading the payments on case %s: %w", party.Case, err)
	}
	books, err := accounts.Open(file, payments, c.day(c.Gateway.Clock()))
	if _, incomplete := errors.AsType[*calculation.InputError](err); incomplete || errors.Is(err, accounts.ErrNoPlan) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("the accounts of case %s: %w", party.Case, err)
	}
	standing, err := books.Of(party.Person)
	if err != nil || standing.Behind > 0 || paid {
		return standing.Behind, err
	}
	return max(standing.Next.Regular-standing.Ahead, 0), nil
}

// day is the date of a moment in London.
func (c *Cashier) day(at time.Time) calculation.Date {
	return calculation.DateOf(at.In(c.Gateway.calendar.london))
}

var paymentFor = map[templates.Language]string{
	templates.English: "Child maintenance payment",
	templates.Welsh:   "Taliad cynhaliaeth plant",
}

// StartPayment begins a payment of what is payable in a visit and returns the
// provider's page to pay it on. ErrNotPayable when nothing is, or not this
// amount any more, which the visitor was shown; ErrPayerAway.
func (c *Cashier) StartPayment(ctx context.Context, visit VisitID, amount calculation.Money) (page string, err error) {
	v, of, payable, err := c.payable(ctx, visit)
	if err != nil {
		return "", err
	}
	if payable != amount {
		return "", fmt.Errorf("visit %s: the amount has changed: %w", visit, ErrNotPayable)
	}
	charge := Charge{Visit: visit, Person: v.Person, Case: of, Amount: amount, State: Going, Started: c.Gateway.Clock()}
	charge.ID, page, err = c.Payer.Create(ctx, ChargeRequest{
		Key: c.Gateway.NewID(), Amount: amount, Reference: string(of), Description: paymentFor[v.Language],
		Language: v.Language, ReturnURL: c.ReturnURL,
	})
	if err != nil {
		return "", fmt.Errorf("creating a payment: %w", err)
	}
	// Nobody has the page before the charge is kept: what is paid is known.
	if err := c.Charges.KeepCharge(ctx, charge); err != nil {
		return "", err
	}
	return page, nil
}

// Outcome is how the latest payment of a visit went, as the provider tells it
// now, or ErrNotFound.
func (c *Cashier) Outcome(ctx context.Context, visit VisitID) (ChargeState, error) {
	if _, err := c.Gateway.going(ctx, visit); err != nil {
		return "", err
	}
	charge, err := c.Charges.LastCharge(ctx, visit)
	if err != nil {
		return "", err
	}
	return c.settle(ctx, charge)
}

// SettlePayment asks the provider what became of a payment and takes it if it
// was made; again it changes nothing. What the provider's call said of it is
// not believed. ErrNotFound when it is not one of ours.
func (c *Cashier) SettlePayment(ctx context.Context, id string) error {
	charge, err := c.Charges.Charge(ctx, id)
	if err == nil {
		_, err = c.settle(ctx, charge)
	}
	return err
}

// settle takes a payment before the charge is ended: what fails in between is
// done again, and a payment that is taken twice is one payment.
func (c *Cashier) settle(ctx context.Context, charge Charge) (ChargeState, error) {
	if charge.State != Going {
		return charge.State, nil
	}
	state, err := c.Payer.State(ctx, charge.ID)
	if errors.Is(err, ErrNotFound) {
		state, err = Unpaid, nil
	}
	if err != nil || state == Going {
		return state, err
	}
	if state == Paid {
		payment := directory.Payment{
			ID: "card:" + charge.ID, Case: charge.Case, Amount: charge.Amount,
			Received: c.day(charge.Started), Method: directory.Collected,
		}
		if err := c.Gateway.TakePayments(ctx, []directory.Payment{payment}, nil); err != nil {
			return Going, err
		}
		if err := c.thank(ctx, charge); err != nil {
			return Going, err
		}
	}
	return state, c.Charges.EndCharge(ctx, charge.ID, state)
}

// thank says in the visit that a payment was made, once.
func (c *Cashier) thank(ctx context.Context, charge Charge) error {
	v, err := c.Gateway.going(ctx, charge.Visit)
	if errors.Is(err, ErrNoVisit) {
		return nil
	}
	if err != nil {
		return err
	}
	t := c.Gateway.newTurn(c.Gateway.Clock())
	t.sender.Visit, t.person, t.in.From = &v, v.Person, Address{Channel: directory.WebChat, Value: string(v.ID)}
	t.reply(strings.Replace(sayPaid.words(t.language(), ""), "((amount))", templates.Money(int64(charge.Amount)), 1), Reply)
	t.turn.Outgoing[0].Private, t.turn.Outgoing[0].Case = true, charge.Case
	t.turn.Idempotency = &IdempotentRow{Key: "paid/" + charge.ID, Answer: []byte("{}")}
	if err := t.commit(ctx); err != nil && !errors.Is(err, ErrDuplicate) {
		return fmt.Errorf("thanking for a payment: %w", err)
	}
	return nil
}

// A payment is looked for when nobody has told of it for lookAfter.
const (
	lookAfter  = 2 * time.Minute
	looksAtOne = 200
)

// Sweep asks what became of payments whose makers did not come back and of
// which the provider did not call. Call it every few minutes, on any node. One
// that cannot be asked about keeps no other waiting.
func (c *Cashier) Sweep(ctx context.Context) error {
	going, err := c.Charges.GoingCharges(ctx, c.Gateway.Clock().Add(-lookAfter), looksAtOne)
	if err != nil {
		return err
	}
	var failures []error
	for _, charge := range going {
		if _, err := c.settle(ctx, charge); err != nil {
			failures = append(failures, fmt.Errorf("payment %s: %w", charge.ID, err))
		}
	}
	return errors.Join(failures...)
}
