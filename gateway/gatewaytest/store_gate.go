package gatewaytest

import (
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var gateProofs = map[string]func(*storeProof){
	"the gate knows who a message goes to":            gateFacts,
	"the gate knows the nation of the message's case": gateNation,
	"the gate knows the names of a family":            gateFamily,
	"the gate knows whose hold lies on whom":          gateHolds,
}

// facts are the gate's of a message to each of some people.
func (p *storeProof) facts(messages ...gateway.Message) []gateway.GateFacts {
	p.Helper()
	facts, err := p.GateFacts(p.Context(), messages, storeTime)
	p.must(err)
	if len(facts) != len(messages) {
		p.Fatalf("%d facts of %d messages", len(facts), len(messages))
	}
	for i := range facts {
		slices.Sort(facts[i].CloseFamily)
	}
	return facts
}

func gateFacts(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.must(p.Suspend(p.Context(), smsOf(102), storeTime))
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, OptOut: &gateway.OptOut{Address: smsOf(101), Out: true, At: storeTime}}))
	c := twoParents()
	got := p.facts(
		outgoing("M1", "R1", smsOf(102)),
		outgoing("M2", "P1", smsOf(101)),
		outgoing("M3", "", smsOf(999)),
		outgoing("M4", "P1", smsOf(888)), // an old number of theirs
	)
	want(p, "the facts", got, []gateway.GateFacts{
		{
			Person: c.ReceivingParents[0].Person, Nation: directory.Wales, CloseFamily: []string{"Ali Example", "Jo", "Sam Example"},
			Standing: directory.Standing{Holders: []directory.Holder{{Person: "R1", Confirmed: storeTime}}, Suspended: true},
		},
		{
			Person: c.PayingParent, Nation: directory.Wales, CloseFamily: []string{"Ali Example", "Jo", "Sam Example"}, OptedOut: true,
			Standing: directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: storeTime}}},
		},
		{},
		{Person: c.PayingParent, Nation: directory.Wales, CloseFamily: []string{"Ali Example", "Jo", "Sam Example"}},
	})
}

func gateNation(p *storeProof) {
	other := twoParents()
	other.Reference, other.Nation, other.ReceivingParents = "300000000001", directory.Scotland, nil
	p.must(p.PutCase(p.Context(), other, storeTime))
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	first, second, none := outgoing("M1", "P1", smsOf(101)), outgoing("M2", "P1", smsOf(101)), outgoing("M3", "P1", smsOf(101))
	second.Case, none.Case = "300000000001", ""
	got := p.facts(first, second, none)
	want(p, "of the first case", got[0].Nation, directory.Wales)
	want(p, "of the second case", got[1].Nation, directory.Scotland)
	if got[2].Nation == "" {
		p.Error("a message without a case: no nation")
	}
}

// Two receiving parents of one paying parent: neither hears of the other's
// children, nor of the other.
func gateFamily(p *storeProof) {
	record := twoParents()
	record.ReceivingParents = append(record.ReceivingParents, directory.ReceivingParent{
		Reference: "300012345680", Person: directory.Person{ID: "R2", Name: "Kim Example"},
		Children: []directory.Child{{ID: "C2", Name: "Max"}},
	})
	p.must(p.PutCase(p.Context(), record, storeTime))
	got := p.facts(outgoing("M1", "P1", smsOf(101)), outgoing("M2", "R1", smsOf(102)), outgoing("M3", "R2", smsOf(103)))
	want(p, "the paying parent's", got[0].CloseFamily, []string{"Ali Example", "Jo", "Kim Example", "Max", "Sam Example"})
	want(p, "the first receiving parent's", got[1].CloseFamily, []string{"Ali Example", "Jo", "Sam Example"})
	want(p, "the second receiving parent's", got[2].CloseFamily, []string{"Kim Example", "Max", "Sam Example"})
}

func gateHolds(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	other := directory.Case{Reference: "300000000001", PayingParent: directory.Person{ID: "P2", Name: "Lee"}}
	p.must(p.PutCase(p.Context(), other, storeTime))
	messages := []gateway.Message{outgoing("M1", "P1", smsOf(101)), outgoing("M2", "R1", smsOf(102)), outgoing("M3", "P2", smsOf(103))}
	check := func(what string, held, caseHeld []bool) {
		p.Helper()
		for i, f := range p.facts(messages...) {
			want(p, what+", held "+string(messages[i].Person), []bool{f.PersonHeld, f.CaseHeld}, []bool{held[i], caseHeld[i]})
		}
	}
	none := []bool{false, false, false}
	check("no hold", none, none)
	for id, reference := range map[string]directory.CaseReference{"H1": "300012345678", "H2": ""} { // H2 names no case
		p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Hold: &gateway.Hold{ID: id, Person: "R1", Case: reference, At: storeTime}}))
		check("a hold on R1", []bool{false, true, false}, []bool{true, false, false})
		p.must(p.ReleaseHold(p.Context(), id, "specialist-7", storeTime.Add(time.Hour)))
		check("released", none, none)
	}
}
