package gatewaytest

import (
	"slices"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func notYetSent(p *storeProof) {
	sent, waits, never := notice("M1", "P1", "due 2026-12-15"), notice("M2", "R1", "due 2026-12-15"), notice("M3", "P1", "due 2027-01-15")
	want(p, "planned", p.plan(sent, waits), 2)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, ProviderID: "S1", At: storeTime})
	again := notice("M9", "P1", "due 2026-12-15")
	left, err := p.NotYetSent(p.Context(), []gateway.Message{again, waits, never})
	p.must(err)
	var ids []gateway.MessageID
	for _, m := range left {
		ids = append(ids, m.ID)
	}
	want(p, "left", ids, []gateway.MessageID{"M2", "M3"})
}

func noticeInstead(p *storeProof) {
	want(p, "planned", p.plan(notice("M1", "P1", "due 2026-12-15")), 1)
	_, err := p.SentNotice(p.Context(), "M1", "", "")
	p.wantError("one that has not left", err, gateway.ErrNotFound)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Sent, ProviderID: "S1", At: storeTime})
	for _, named := range []struct {
		id       gateway.MessageID
		provider string
	}{{"M1", ""}, {"", "S1"}} {
		found, err := p.SentNotice(p.Context(), named.id, directory.SMS, named.provider)
		p.must(err)
		want(p, "found", found.ID, "M1")
	}
	instead := func(id gateway.MessageID) *gateway.Message {
		m := notice(id, "P1", "due 2026-12-15 again")
		m.Notice.Group = ""
		return &m
	}
	for _, id := range []gateway.MessageID{"M2", "M3"} {
		p.record(gateway.Settlement{Message: "M1", Status: gateway.Undelivered, At: storeTime, Instead: instead(id)})
	}
	want(p, "goes instead", p.claim(storeTime, 9), []gateway.MessageID{"M2"})
	p.record(gateway.Settlement{Message: "M2", Status: gateway.Delivered, At: storeTime})
	other := notice("M4", "P1", "due 2026-12-15 again again")
	p.record(gateway.Settlement{Message: "M2", Status: gateway.Undelivered, At: storeTime, Instead: &other})
	want(p, "goes after it came", p.claim(storeTime, 9), nil)
}

// What its channel refuses is in nobody's hands but the node's that sends it.
func noticeRefused(p *storeProof) {
	want(p, "planned", p.plan(notice("M1", "P1", "due 2026-12-15")), 1)
	refused := func(id gateway.MessageID) gateway.Settlement {
		m := notice(id, "P1", "due 2026-12-15 again")
		m.Notice.Group = ""
		return gateway.Settlement{Message: "M1", Status: gateway.Failed, At: storeTime, Instead: &m}
	}
	want(p, "claimed", p.claim(storeTime, 9), []gateway.MessageID{"M1"})
	marked, err := p.MarkSending(p.Context(), []gateway.MessageID{"M1"})
	p.must(err)
	want(p, "sending", marked, []gateway.MessageID{"M1"})
	for _, id := range []gateway.MessageID{"M2", "M3"} { // recorded, and recorded again after an answer that was lost
		p.record(refused(id))
	}
	want(p, "goes instead", p.claim(storeTime, 9), []gateway.MessageID{"M2"})
}

func promiseFound(p *storeProof) {
	due := storeTime.Add(72 * time.Hour)
	t := openTurn("K1", "P1")
	t.Reports = []gateway.Report{{ID: "X1", Key: "k1", Case: "300012345678", Person: "P1", Conversation: "K1", Kind: "income-change",
		Reference: "K7QF2-M9XTA", Due: due, Created: storeTime, Answers: []byte("{}"), Results: []byte("{}")}}
	t.WorkItems = []gateway.WorkItem{
		{ID: "W1", Key: "k1", Kind: gateway.ReportWork, Case: "300012345678", Person: "P1", Conversation: "K1", Due: due.Add(-time.Hour), Detail: "income-change", Created: storeTime},
		{ID: "W2", Key: "k2", Kind: gateway.HandoffWork, Case: "300012345678", Person: "R1", Due: due, Detail: "gave up", Created: storeTime},
		{ID: "W3", Key: "k3", Kind: gateway.LoopWork, Case: "300012345678", Person: "P1", Due: due, Created: storeTime},
	}
	p.must(p.Commit(p.Context(), t))
	first := gateway.Promise{WorkItem: "W1", Kind: gateway.ReportWork, Report: "income-change", Reference: "K7QF2-M9XTA", Case: "300012345678",
		Person: "P1", Channel: directory.SMS, Detail: "income-change", Made: storeTime, Due: due}
	second := gateway.Promise{WorkItem: "W2", Kind: gateway.HandoffWork, Case: "300012345678", Person: "R1", Detail: "gave up", Made: storeTime, Due: due}
	for _, c := range []struct {
		what           string
		made, from, to time.Time
		promises       []gateway.Promise
	}{
		{"just made", storeTime, storeTime, storeTime, []gateway.Promise{first, second}},
		{"not due yet", due, storeTime, due, nil},
		{"broken", due, storeTime, due.Add(time.Second), []gateway.Promise{first, second}},
		{"long broken", due, due.Add(time.Second), due.Add(time.Minute), nil},
	} {
		got, err := p.PromisesBetween(p.Context(), "300012345678", "300012345678", c.made, c.from, c.to)
		p.must(err)
		want(p, c.what, got, c.promises)
	}
	none, err := p.PromisesBetween(p.Context(), "300012345679", "300099999999", storeTime, storeTime, due.Add(time.Second))
	p.must(err)
	want(p, "of other cases", none, nil)
}

func contactChange(p *storeProof) {
	c := twoParents()
	c.ReceivingParents[0].PostalAddress = []string{"1 High Street", "Leeds", "LS1 1AA"}
	p.must(p.PutCase(p.Context(), c, storeTime))
	later := storeTime.Add(time.Hour)
	c.PayingParent.Phone = smsOf(109).Value
	c.ReceivingParents[0].Email = ""
	c.ReceivingParents[0].PostalAddress = []string{"2 Low Road", "York", "YO1 1AA"}
	for range 2 { // the same again is no change
		p.must(p.PutCase(p.Context(), c, later))
		later = later.Add(time.Hour)
	}
	at := storeTime.Add(time.Hour)
	changes, err := p.ContactChangesBetween(p.Context(), "300012345678", "300012345678", at)
	p.must(err)
	want(p, "changes", changes, []gateway.ContactChange{
		{Case: "300012345678", Person: "P1", Channel: directory.SMS, Old: smsOf(101).Value, At: at},
		{Case: "300012345678", Person: "R1", Channel: directory.Email, Old: emailOf("ali").Value, At: at},
		{Case: "300012345678", Person: "R1", Channel: directory.Letter, Old: "Ali Example\n1 High Street\nLeeds\nLS1 1AA", At: at},
	})
	none, err := p.ContactChangesBetween(p.Context(), "300012345678", "300012345678", at.Add(time.Second))
	p.must(err)
	want(p, "since then", none, nil)
	second := c
	second.Reference, second.ReceivingParents = "300012345690", slices.Clone(c.ReceivingParents)
	second.ReceivingParents[0].Reference = "300012345691"
	p.must(p.PutCase(p.Context(), second, later))
	none, err = p.ContactChangesBetween(p.Context(), "300012345690", "300012345690", at)
	p.must(err)
	want(p, "with another of their cases", none, nil)
}
