package gateway_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// provider takes payments as a test has it.
type provider struct {
	asked []gateway.ChargeRequest
	state map[string]gateway.ChargeState
	err   error
}

func (p *provider) Create(_ context.Context, r gateway.ChargeRequest) (string, string, error) {
	if p.err != nil {
		return "", "", p.err
	}
	p.asked = append(p.asked, r)
	id := fmt.Sprint("pay", len(p.asked))
	p.state[id] = gateway.Going
	return id, "https://pay.example/" + id, nil
}

func (p *provider) State(_ context.Context, id string) (gateway.ChargeState, error) {
	if p.err != nil {
		return "", p.err
	}
	state, ok := p.state[id]
	if !ok {
		return "", gateway.ErrNotFound
	}
	return state, nil
}

// collecting is the family, whose payments are collected: nothing was due
// before today, and the next payment is due on 1 December.
func collecting() directory.Case {
	c := family()
	c.Service, c.EffectiveDate = directory.CollectAndPay, calculation.NewDate(2026, 11, 20)
	c.Plan = directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 12, 1)}
	return c
}

func newCashier(t *testing.T, cases ...directory.Case) (*house, *gateway.Cashier, *provider) {
	h := newHouse(t, cases...)
	p := &provider{state: map[string]gateway.ChargeState{}}
	return h, &gateway.Cashier{Gateway: h.Gateway, Charges: h.store, Payer: p, ReturnURL: "https://chat.example/chat/paid"}, p
}

// received is what is on record as paid on the case.
func (h *house) received() []directory.Payment {
	h.t.Helper()
	payments, err := h.store.Payments(h.t.Context(), reference, 0)
	if err != nil {
		h.t.Fatal(err)
	}
	return payments
}

func TestAPaymentByCardGoesOnRecordOnce(t *testing.T) {
	h, cashier, provider := newCashier(t, collecting())
	visit := h.confirmed("P1", payingPhone).ID
	amount, err := cashier.Payable(t.Context(), visit)
	if err != nil || amount == 0 {
		t.Fatalf("payable: %v, %v", amount, err)
	}
	page, err := cashier.StartPayment(t.Context(), visit, amount)
	if err != nil || page != "https://pay.example/pay1" {
		t.Fatalf("started: %q, %v", page, err)
	}
	asked := provider.asked[0]
	if asked.Key == "" {
		t.Error("the provider would make the payment twice")
	}
	asked.Key = ""
	want := gateway.ChargeRequest{
		Amount: amount, Reference: string(reference), Description: "Child maintenance payment", Language: "en", ReturnURL: "https://chat.example/chat/paid",
	}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Errorf("asked (-want +got):\n%s", diff)
	}
	if state, err := cashier.Outcome(t.Context(), visit); state != gateway.Going || err != nil || len(h.received()) > 0 {
		t.Fatalf("before it is paid: %q, %v, %v", state, err, h.received())
	}

	provider.state["pay1"] = gateway.Paid
	h.pass(20 * time.Minute)
	for range 2 { // the webhook and the person who comes back, each again
		if err := cashier.SettlePayment(t.Context(), "pay1"); err != nil {
			t.Fatal(err)
		}
		if state, err := cashier.Outcome(t.Context(), visit); state != gateway.Paid || err != nil {
			t.Fatalf("paid: %q, %v", state, err)
		}
		if err := cashier.Sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	wantPaid := []directory.Payment{{
		ID: "card:pay1", Case: reference, Amount: amount, Received: calculation.NewDate(2026, 11, 23), Method: directory.Collected,
	}}
	if diff := cmp.Diff(wantPaid, h.received()); diff != "" {
		t.Errorf("on record (-want +got):\n%s", diff)
	}
	next, err := cashier.Payable(t.Context(), visit)
	if err == nil && next == amount {
		t.Errorf("what was paid can be paid again: %v", next)
	}
}

// TestSweep: nobody came back, and nobody called.
func TestSweep(t *testing.T) {
	h, cashier, provider := newCashier(t, collecting())
	visit := h.confirmed("P1", payingPhone).ID
	amount, err := cashier.Payable(t.Context(), visit)
	if err != nil {
		t.Fatal(err)
	}
	for range 4 {
		if _, err := cashier.StartPayment(t.Context(), visit, amount); err != nil {
			t.Fatal(err)
		}
	}
	provider.state["pay1"], provider.state["pay2"] = gateway.Paid, gateway.Unpaid
	delete(provider.state, "pay3") // the provider forgets it
	states := func() (all []gateway.ChargeState) {
		for i := range 4 {
			c, err := h.store.Charge(t.Context(), fmt.Sprint("pay", i+1))
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, c.State)
		}
		return all
	}
	check := func(what string, want ...gateway.ChargeState) {
		t.Helper()
		if diff := cmp.Diff(want, states()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	if err := cashier.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	check("at once", gateway.Going, gateway.Going, gateway.Going, gateway.Going)
	h.pass(5 * time.Minute)
	provider.err = gateway.ErrPayerAway
	if err := cashier.Sweep(t.Context()); !errors.Is(err, gateway.ErrPayerAway) {
		t.Errorf("while the provider is away: %v", err)
	}
	check("while the provider is away", gateway.Going, gateway.Going, gateway.Going, gateway.Going)
	provider.err = nil
	if err := cashier.Sweep(t.Context()); err != nil {
		t.Error(err)
	}
	check("later", gateway.Paid, gateway.Unpaid, gateway.Unpaid, gateway.Going)
	if n := len(h.received()); n != 1 {
		t.Errorf("%d payments are on record, want 1", n)
	}
}

func TestWhoCannotPayByCard(t *testing.T) {
	direct := collecting()
	direct.Service = directory.DirectPay
	unplanned := collecting()
	unplanned.Plan = directory.Plan{}
	for _, test := range []struct {
		name  string
		file  directory.Case
		visit func(h *house) gateway.VisitID
		want  error
	}{
		{"a stranger", collecting(), func(h *house) gateway.VisitID { return h.opens().ID }, gateway.ErrNotPayable},
		{"who is not confirmed", collecting(), func(h *house) gateway.VisitID { return h.visits("P1", payingPhone).ID }, gateway.ErrNotPayable},
		{"who is paid", collecting(), func(h *house) gateway.VisitID { return h.confirmed("R1", receivingPhone).ID }, gateway.ErrNotPayable},
		{"who pays directly", direct, func(h *house) gateway.VisitID { return h.confirmed("P1", payingPhone).ID }, gateway.ErrNotPayable},
		{"who has no plan", unplanned, func(h *house) gateway.VisitID { return h.confirmed("P1", payingPhone).ID }, gateway.ErrNotPayable},
		{"who has left", collecting(), func(h *house) gateway.VisitID {
			p := h.confirmed("P1", payingPhone)
			if err := h.Leave(h.t.Context(), p.ID); err != nil {
				h.t.Fatal(err)
			}
			return p.ID
		}, gateway.ErrNoVisit},
		{"nobody", collecting(), func(*house) gateway.VisitID { return "nobody" }, gateway.ErrNoVisit},
	} {
		t.Run(test.name, func(t *testing.T) {
			h, cashier, provider := newCashier(t, test.file)
			visit := test.visit(h)
			if amount, err := cashier.Payable(t.Context(), visit); !errors.Is(err, test.want) || amount != 0 {
				t.Errorf("payable %v, %v", amount, err)
			}
			if page, err := cashier.StartPayment(t.Context(), visit, 100); !errors.Is(err, test.want) || page != "" {
				t.Errorf("started %q, %v", page, err)
			}
			if len(provider.asked) > 0 {
				t.Error("the provider was asked")
			}
		})
	}
	t.Run("another amount than is payable", func(t *testing.T) {
		h, cashier, _ := newCashier(t, collecting())
		if _, err := cashier.StartPayment(t.Context(), h.confirmed("P1", payingPhone).ID, 1); !errors.Is(err, gateway.ErrNotPayable) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("a payment that is not ours", func(t *testing.T) {
		_, cashier, _ := newCashier(t, collecting())
		if err := cashier.SettlePayment(t.Context(), "pay9"); !errors.Is(err, gateway.ErrNotFound) {
			t.Errorf("got %v", err)
		}
	})
}

// Whoever has paid is told so where they talk to us, and is not asked for what
// falls due next.
func TestWhoHasPaidIsThankedOnce(t *testing.T) {
	h, c, p := newCashier(t, collecting())
	page := h.confirmed("P1", payingPhone)
	amount, err := c.Payable(t.Context(), page.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.StartPayment(t.Context(), page.ID, amount); err != nil {
		t.Fatal(err)
	}
	p.state["pay1"] = gateway.Paid
	for range 3 {
		if err := c.SettlePayment(t.Context(), "pay1"); err != nil {
			t.Fatal(err)
		}
	}
	h.deliver()
	want := []string{"Thank you. Your payment of £328.20 was made."}
	if diff := cmp.Diff(want, page.reads()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if amount, err := c.Payable(t.Context(), page.ID); !errors.Is(err, gateway.ErrNotPayable) {
		t.Errorf("%v can be paid, %v", amount, err)
	}
}
