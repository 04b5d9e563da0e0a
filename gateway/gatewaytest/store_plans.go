package gatewaytest

import (
	"context"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

var planProofs = map[string]func(*storeProof){
	"a plan comes back with what it was worked out from":  planComesBack,
	"a plan of a record that has changed is refused":      planOfOldRecord,
	"of two plans at the same moment one is made":         planTwice,
	"a plan is put once for each call, with its notices":  planOnce,
	"a plan leaves how long addresses have been held for": planLeavesAddresses,
}

// makePlan puts a plan on the suite's case, from the record as it now is.
func (p *storeProof) makePlan(of gateway.PaymentPlan, frequency string, told ...gateway.Message) error {
	p.Helper()
	c, err := p.Case(p.Context(), "300012345678")
	p.must(err)
	c.Plan.Frequency = frequency
	made := gateway.PaymentPlan{Number: of.Number + 1, Plan: c.Plan, Basis: c.OnRecord(), Version: of.Version}
	return p.PutPlan(p.Context(), c, made, storeTime, told, nil)
}

func (p *storeProof) lastPlan() gateway.PaymentPlan {
	p.Helper()
	last, err := p.LastPlan(p.Context(), "300012345678")
	p.must(err)
	return last
}

func planComesBack(p *storeProof) {
	_, err := p.LastPlan(p.Context(), "300012345678")
	p.wantError("of a case that is not known", err, gateway.ErrNotFound)
	c := twoParents()
	p.must(p.PutCase(p.Context(), c, storeTime))
	none := p.lastPlan()
	want(p, "before any", none.Number, 0)
	p.must(p.makePlan(none, "weekly"))
	got := p.lastPlan()
	c.Plan.Frequency = "weekly"
	want(p, "the plan", got, gateway.PaymentPlan{Number: 1, Plan: c.Plan, Basis: c.OnRecord(), Version: got.Version})
	file, err := p.Case(p.Context(), c.Reference)
	p.must(err)
	want(p, "the case", file, c)
}

func planOfOldRecord(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	old := p.lastPlan()
	p.must(p.PutCase(p.Context(), twoParents(), storeTime.Add(time.Second)))
	p.wantError("of the record before", p.makePlan(old, "weekly"), gateway.ErrConflict)
	p.must(p.makePlan(p.lastPlan(), "weekly"))
}

func planTwice(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	last := p.lastPlan()
	p.must(p.makePlan(last, "weekly"))
	p.wantError("the second", p.makePlan(last, "fortnightly"), gateway.ErrConflict)
	want(p, "the plan", p.lastPlan().Plan.Frequency, "weekly")
}

func planOnce(p *storeProof) {
	c := twoParents()
	p.must(p.PutCase(p.Context(), c, storeTime))
	row := &gateway.IdempotentRow{Key: "k", BodyHash: "b", Answer: []byte("1")}
	told := notice("M1", "P1", "plan 1")
	put := func() error {
		last := p.lastPlan()
		made := gateway.PaymentPlan{Number: last.Number + 1, Plan: c.Plan, Version: last.Version}
		return p.PutPlan(p.Context(), c, made, storeTime, []gateway.Message{told}, row)
	}
	p.must(put())
	told.ID = "M2"
	p.wantError("again", put(), gateway.ErrDuplicate)
	want(p, "the plan", p.lastPlan().Number, 1)
	want(p, "told", p.claim(storeTime, 9), []gateway.MessageID{"M1"})
}

func planLeavesAddresses(p *storeProof) {
	c := twoParents()
	c.PayingParent.PhoneSince = calculation.NewDate(2025, 1, 10)
	p.must(p.PutCase(p.Context(), c, storeTime.AddDate(0, -7, 0)))
	before, err := p.Sender(context.Background(), smsOf(101))
	p.must(err)
	p.must(p.makePlan(p.lastPlan(), "weekly"))
	after, err := p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the standing", after.Standing, before.Standing)
	if _, why := after.Standing.Identify(storeTime); why != directory.Silent {
		p.Errorf("identified: %q", why)
	}
}
