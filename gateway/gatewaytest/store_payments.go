package gatewaytest

import (
	"fmt"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

var paymentProofs = map[string]func(*storeProof){
	"payments on a case come back in order":     paymentsComeBack,
	"the same payment again replaces it":        paymentAgain,
	"ten thousand payments go in at once":       paymentsAtOnce,
	"payments are put once for each call":       paymentsOnce,
	"payments on a case that is not known stay": paymentsOnNoCase,
}

// november is a day of the month that the suite lives in.
func november(day int) calculation.Date { return calculation.NewDate(2026, 11, day) }

func payment(id string, amount calculation.Money, received calculation.Date) directory.Payment {
	return directory.Payment{ID: id, Case: "300012345678", Amount: amount, Received: received, Method: directory.Collected}
}

func (p *storeProof) putPayments(payments ...directory.Payment) {
	p.Helper()
	p.must(p.PutPayments(p.Context(), payments, storeTime, nil))
}

// wantPayments checks what is on record of the suite's case from a day on.
func (p *storeProof) wantPayments(what string, since calculation.Date, payments ...directory.Payment) {
	p.Helper()
	got, err := p.Payments(p.Context(), "300012345678", since)
	p.must(err)
	want(p, what, got, payments)
}

func paymentsComeBack(p *storeProof) {
	direct := directory.Payment{ID: "C", Case: "300012345678", To: "R1", Amount: 1, Received: november(1), Method: directory.Direct}
	other := payment("D", 5_00, november(1))
	other.Case = "300000000001"
	p.putPayments(payment("B", 20_00, november(2)), payment("A", 10_00, november(2)), direct, other)
	p.wantPayments("all", 0, direct, payment("A", 10_00, november(2)), payment("B", 20_00, november(2)))
	p.wantPayments("from a day on", november(2), payment("A", 10_00, november(2)), payment("B", 20_00, november(2)))
	p.wantPayments("after the last", november(3))
}

func paymentAgain(p *storeProof) {
	p.putPayments(payment("A", 10_00, november(2)))
	p.putPayments(payment("A", 10_00, november(2)))
	p.wantPayments("the same twice", 0, payment("A", 10_00, november(2)))
	p.putPayments(payment("A", 11_00, november(3)), payment("A", 12_00, november(4)))
	p.wantPayments("the latest stands", 0, payment("A", 12_00, november(4)))

	moved := payment("A", 12_00, november(4))
	moved.Case = "300000000001"
	p.putPayments(moved)
	p.wantPayments("on the case that it was wrongly put on", 0)
}

func paymentsAtOnce(p *storeProof) {
	many := make([]directory.Payment, 10_000)
	for i := range many {
		many[i] = payment(fmt.Sprintf("P%05d", i), calculation.Money(i+1), november(1+i%28))
	}
	p.putPayments(many...)
	p.putPayments(many...)
	got, err := p.Payments(p.Context(), "300012345678", 0)
	p.must(err)
	want(p, "payments", len(got), len(many))
	p.putPayments()
}

func paymentsOnce(p *storeProof) {
	row := &gateway.IdempotentRow{Key: "key", BodyHash: "hash", Answer: []byte("answer")}
	p.must(p.PutPayments(p.Context(), []directory.Payment{payment("A", 10_00, november(2))}, storeTime, row))
	err := p.PutPayments(p.Context(), []directory.Payment{payment("B", 20_00, november(2))}, storeTime, row)
	p.wantError("the same call again", err, gateway.ErrDuplicate)
	p.wantPayments("those of the first call", 0, payment("A", 10_00, november(2)))
}

func paymentsOnNoCase(p *storeProof) {
	p.putPayments(payment("A", 10_00, november(2)))
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.wantPayments("once the case is known", 0, payment("A", 10_00, november(2)))
}
