package gatewaytest

import (
	"time"

	"parley/gateway"
)

var chargeProofs = map[string]func(*storeProof){
	"charges come back as they were kept": chargesComeBack,
	"a charge ends once":                  chargeEndsOnce,
	"charges that go on come by age":      goingCharges,
}

func charge(id string, visit gateway.VisitID, minute int) gateway.Charge {
	return gateway.Charge{
		ID: id, Visit: visit, Person: "P1", Case: "300012345678", Amount: 178_50,
		State: gateway.Going, Started: storeTime.Add(time.Duration(minute) * time.Minute),
	}
}

func (p *storeProof) keepCharges(charges ...gateway.Charge) {
	p.Helper()
	for _, c := range charges {
		p.must(p.KeepCharge(p.Context(), c))
	}
}

func chargesComeBack(p *storeProof) {
	p.keepCharges(charge("A", "V1", 0), charge("B", "V1", 1), charge("C", "V2", 2))
	got, err := p.Charge(p.Context(), "A")
	p.must(err)
	want(p, "by its id", got, charge("A", "V1", 0))
	got, err = p.LastCharge(p.Context(), "V1")
	p.must(err)
	want(p, "the latest of a visit", got, charge("B", "V1", 1))
	_, err = p.Charge(p.Context(), "D")
	p.wantError("a charge that is not there", err, gateway.ErrNotFound)
	_, err = p.LastCharge(p.Context(), "V3")
	p.wantError("of a visit without any", err, gateway.ErrNotFound)
	if p.KeepCharge(p.Context(), charge("A", "V3", 3)) == nil {
		p.Error("a charge was kept twice")
	}
}

func chargeEndsOnce(p *storeProof) {
	p.keepCharges(charge("A", "V1", 0))
	for _, state := range []gateway.ChargeState{gateway.Paid, gateway.Unpaid} {
		p.must(p.EndCharge(p.Context(), "A", state))
	}
	got, err := p.Charge(p.Context(), "A")
	p.must(err)
	want(p, "its state", got.State, gateway.Paid)
}

func goingCharges(p *storeProof) {
	p.keepCharges(charge("C", "V1", 3), charge("A", "V1", 1), charge("B", "V2", 2), charge("D", "V2", 4))
	p.must(p.EndCharge(p.Context(), "B", gateway.Unpaid))
	going := func(minute, limit int) (ids []string) {
		list, err := p.GoingCharges(p.Context(), storeTime.Add(time.Duration(minute)*time.Minute), limit)
		p.must(err)
		for _, c := range list {
			ids = append(ids, c.ID)
		}
		return ids
	}
	want(p, "before the last", going(4, 10), []string{"A", "C"})
	want(p, "two of them", going(9, 2), []string{"A", "C"})
	want(p, "before the first", going(1, 10), nil)
}
