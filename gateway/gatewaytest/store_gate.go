package gatewaytest

import (
	"fmt"
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates/notices"
)

var gateProofs = map[string]func(*storeProof){
	"the gate knows who a message goes to":            gateFacts,
	"the gate knows the nation of the message's case": gateNation,
	"the gate knows the names of a family":            gateFamily,
	"the gate knows whose hold lies on whom":          gateHolds,
	"the gate knows all addresses for a notice":       gateReach,
	"the gate knows how much was sent lately":         gateSent,
	"what a notice says is kept as it is sent":        wordKept,
	"what became of the messages to a person":         fates,
	"a message keeps where it came from":              traceKept,
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

func gateReach(p *storeProof) {
	record := twoParents()
	record.ReceivingParents[0].Email = emailOf("shared").Value
	record.PayingParent.Email = emailOf("shared").Value
	p.must(p.PutCase(p.Context(), record, storeTime))
	p.must(p.Suspend(p.Context(), smsOf(102), storeTime))
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, OptOut: &gateway.OptOut{Address: emailOf("shared"), Out: true, At: storeTime}}))
	m := notice("M1", "R1", "due 2026-12-15")
	want(p, "reach", p.facts(m)[0].Reach, map[directory.Channel]gateway.Reach{
		directory.SMS: {Standing: directory.Standing{Holders: []directory.Holder{{Person: "R1", Confirmed: storeTime}}, Suspended: true}},
		directory.Email: {OptedOut: true, Standing: directory.Standing{Holders: []directory.Holder{
			{Person: "P1", Confirmed: storeTime}, {Person: "R1", Confirmed: storeTime},
		}}},
	})
	want(p, "of what is no notice", p.facts(outgoing("M2", "R1", smsOf(102)))[0].Reach, nil)
}

// What left for the person within the hour counts, and its texts once there are
// many.
func gateSent(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	made := 0
	send := func(n int, to directory.PersonID, status gateway.Status, at time.Time) {
		for range n {
			m := outgoing(gateway.MessageID(fmt.Sprintf("M%d %d", at.Unix(), made)), to, smsOf(101))
			made++
			p.queue(m)
			p.record(gateway.Settlement{Message: m.ID, Status: status, At: at})
		}
	}
	sent := func() (int, int) {
		f := p.facts(outgoing("now", "P1", smsOf(101)))[0]
		return f.Sent, len(f.SentTexts)
	}
	send(3, "P1", gateway.Accepted, storeTime.Add(-61*time.Minute))
	send(2, "P1", gateway.Withheld, storeTime)
	send(4, "P2", gateway.Delivered, storeTime)
	send(gateway.MostAlike-1, "P1", gateway.Delivered, storeTime.Add(-59*time.Minute))
	n, texts := sent()
	want(p, "sent, and their texts", []int{n, texts}, []int{gateway.MostAlike - 1, 0})
	send(1, "P1", gateway.OutcomeLost, storeTime)
	n, texts = sent()
	want(p, "sent, and their texts", []int{n, texts}, []int{gateway.MostAlike, gateway.MostAlike})
}

func wordKept(p *storeProof) {
	p.plan(notice("M1", "P1", "due 2026-12-15"), notice("M2", "P2", "due 2026-12-15"))
	claimed, err := p.Claim(p.Context(), storeTime, 1, lease)
	p.must(err)
	said := claimed[0]
	said.To, said.Language, said.Text, said.Title = emailOf("sam"), "cy", "Mae'n ddyledus.", "Eich taliad"
	said.Document = notices.Document{{Kind: notices.Paragraph, Items: []string{"Mae'n ddyledus."}}}
	unclaimed := notice("M2", "P2", "due 2026-12-15")
	unclaimed.Text = "nobody may say this"
	p.must(p.Word(p.Context(), []gateway.Message{said, unclaimed}))
	want(p, "marked", p.mark(said.ID), []gateway.MessageID{said.ID})
	p.record(gateway.Settlement{Message: said.ID, Status: gateway.Accepted, At: storeTime})
	last, err := p.LastNotice(p.Context(), "P1", storeTime)
	p.must(err)
	last.Notice, said.Notice = nil, nil
	want(p, "what was sent", last, said)
	claimed, err = p.Claim(p.Context(), storeTime, 9, lease)
	p.must(err)
	want(p, "what was not claimed", claimed[0].Text, "")
}

func traceKept(p *storeProof) {
	const kept = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	t := openTurn("V1", "P1")
	t.Outgoing = []gateway.Message{inConversation("M1"), inConversation("M2")}
	t.Outgoing[0].Trace = kept
	p.must(p.Commit(p.Context(), t))
	want(p, "the trace of what is claimed", p.claimAll()[0].Trace, kept)
	for id, was := range map[gateway.MessageID]string{"M1": kept, "M2": "", "M9": ""} {
		trace, err := p.TraceOf(p.Context(), id)
		p.must(err)
		want(p, "the trace of "+string(id), trace, was)
	}
}

func fates(p *storeProof) {
	first, second := notice("M1", "P1", "due 2026-12-15"), notice("M2", "P1", "due 2027-01-15")
	second.Created = first.Created.Add(time.Minute)
	p.plan(first, second, notice("M3", "P2", "due 2026-12-15"))
	reasons := []string{"sms: has said STOP on this channel"}
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, Reasons: reasons, At: storeTime})
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Delivered, At: storeTime.Add(time.Minute)})
	all, err := p.Fates(p.Context(), "P1", 9)
	p.must(err)
	want(p, "fates", all, []gateway.Fate{
		{Message: "M2", Case: second.Case, Notice: "payment-due", Occasion: "due 2027-01-15", Channel: "sms", Status: gateway.Queued,
			Created: second.Created, NotBefore: second.NotBefore, SendBy: second.SendBy},
		{Message: "M1", Case: first.Case, Notice: "payment-due", Occasion: "due 2026-12-15", Channel: "sms", Status: gateway.Delivered,
			Reasons: reasons, Created: first.Created, NotBefore: first.NotBefore, SendBy: first.SendBy, Settled: storeTime.Add(time.Minute)},
	})
	one, err := p.Fates(p.Context(), "P1", 1)
	p.must(err)
	want(p, "the last alone", one, all[:1])
}
