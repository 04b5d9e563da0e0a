package gatewaytest

import (
	"fmt"
	"sync"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates/notices"
)

var noticeProofs = map[string]func(*storeProof){
	"a planned notice comes whole":                            noticeComesWhole,
	"a notice is planned once for its person and occasion":    noticeOnce,
	"a group that ends withholds what waits":                  groupEnds,
	"what is being sent is not called back":                   groupEndsTooLate,
	"a message whose group ended under its claim stays here":  groupEndsUnderClaim,
	"what was decided on before a group ended is not planned": groupEndedBefore,
	"planning and ending at the same moment leave nothing":    groupRace,
	"work items come with the notices, once":                  noticeWork,
	"the last notice that somebody was sent":                  lastNotice,
	"all cases are gone through, a page at a time":            casesAfter,
	"planning is known to every node by its last case":        plannedTo,
	"what has left is told from what waits":                   notYetSent,
	"a notice that does not come goes again, once":            noticeInstead,
	"a notice that is refused goes again, once":               noticeRefused,
	"a promise is found until it is kept":                     promiseFound,
	"an address that was replaced is known":                   contactChange,
	"reports and payments come by the page of cases":          betweenCases,
}

// notice is a reminder to a person, of the day's group.
func notice(id gateway.MessageID, person directory.PersonID, occasion string) gateway.Message {
	m := outgoing(id, person, smsOf(101))
	m.Text, m.Subject, m.Priority, m.Private, m.SendBy = "", gateway.Approach, gateway.Normal, false, storeTime.Add(48*time.Hour)
	m.Notice = &gateway.Notice{Name: "payment-due", Occasion: occasion, Group: occasion,
		Data: notices.Data{"amount": notices.Money(178_50), "due": notices.Day(2026, 12, 15), "late": notices.Flag(true)}}
	return m
}

// plan plans notices and returns how many were new.
func (p *storeProof) plan(batch ...gateway.Message) int {
	p.Helper()
	planned, err := p.PlanNotices(p.Context(), batch)
	p.must(err)
	return planned
}

// end ends a group of the suite's case and returns how many were withheld.
func (p *storeProof) end(group string, at time.Time) int {
	p.Helper()
	withheld, err := p.EndGroup(p.Context(), "300012345678", group, "the payment has come", at)
	p.must(err)
	return withheld
}

func noticeComesWhole(p *storeProof) {
	m := notice("M1", "P1", "due 2026-12-15")
	m.Title, m.Document = "Your payment", notices.Document{{Kind: notices.Paragraph, Items: []string{"It is due."}}}
	want(p, "planned", p.plan(m), 1)
	claimed, err := p.Claim(p.Context(), storeTime, 9, lease)
	p.must(err)
	if len(claimed) != 1 {
		p.Fatalf("claimed %d messages", len(claimed))
	}
	got, err := claimed[0].Notice.Data["amount"].MarshalJSON()
	p.must(err)
	want(p, "the amount", string(got), `{"kind":"money","number":17850}`)
	claimed[0].Notice.Data, m.Notice.Data = nil, nil
	want(p, "the rest", claimed[0], m)
}

func noticeOnce(p *storeProof) {
	first := notice("M1", "P1", "due 2026-12-15")
	other := notice("M2", "P2", "due 2026-12-15")
	next := notice("M3", "P1", "due 2027-01-15")
	elsewhere := notice("M4", "P1", "due 2026-12-15")
	elsewhere.Case = "300012345688"
	want(p, "planned", p.plan(first, other, next, elsewhere), 4)
	again := notice("M5", "P1", "due 2026-12-15")
	want(p, "again, with one that is new", p.plan(again, notice("M6", "P3", "due 2026-12-15")), 1)
	want(p, "the same message again", p.plan(first), 0)
	p.end("due 2026-12-15", storeTime.Add(-time.Hour))
	want(p, "after it was withheld, if it is due all the same", p.plan(notice("M7", "P1", "due 2026-12-15")), 1)
	want(p, "and again", p.plan(notice("M8", "P1", "due 2026-12-15")), 0)
}

func groupEnds(p *storeProof) {
	other := notice("M3", "P3", "due 2026-12-15")
	other.Case = "300012345688"
	must := notice("M4", "P4", "due 2026-12-15")
	must.Notice.Statutory = true
	p.plan(notice("M1", "P1", "due 2026-12-15"), notice("M2", "P2", "due 2027-01-15"), other, must)
	want(p, "withheld", p.end("due 2026-12-15", storeTime), 1)
	want(p, "again", p.end("due 2026-12-15", storeTime), 0)
	want(p, "a group that nothing waits for", p.end("", storeTime), 0)
	want(p, "what is left", p.claim(storeTime, 9), []gateway.MessageID{"M2", "M3", "M4"})
}

func groupEndsTooLate(p *storeProof) {
	p.plan(notice("M1", "P1", "due 2026-12-15"))
	p.claim(storeTime, 9)
	want(p, "marked", p.mark("M1"), []gateway.MessageID{"M1"})
	want(p, "withheld", p.end("due 2026-12-15", storeTime), 0)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, At: storeTime})
	last, err := p.LastNotice(p.Context(), "P1", storeTime.Add(-time.Hour))
	p.must(err)
	want(p, "sent all the same", last.Notice.Occasion, "due 2026-12-15")
}

func groupEndsUnderClaim(p *storeProof) {
	p.plan(notice("M1", "P1", "due 2026-12-15"))
	p.claim(storeTime, 9)
	want(p, "withheld", p.end("due 2026-12-15", storeTime), 1)
	want(p, "marked", p.mark("M1"), nil)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Queued, Release: storeTime, At: storeTime})
	want(p, "claimed again", p.claim(storeTime.Add(time.Hour), 9), nil)
}

func groupEndedBefore(p *storeProof) {
	p.end("due 2026-12-15", storeTime)
	stale := notice("M1", "P1", "due 2026-12-15")
	stale.Created = storeTime.Add(-time.Second)
	want(p, "decided on before", p.plan(stale), 0)
	fresh := notice("M2", "P1", "due 2026-12-15")
	fresh.Created = storeTime.Add(time.Second)
	want(p, "decided on after it, all known", p.plan(fresh), 1)
}

// Whichever comes first: nothing of the group is left to send.
func groupRace(p *storeProof) {
	const rounds = 20
	for i := range rounds {
		group := fmt.Sprintf("due %d", i)
		m := notice(gateway.MessageID(group), "P1", group)
		var both sync.WaitGroup
		both.Go(func() { p.plan(m) })
		both.Go(func() { p.end(group, m.Created) })
		both.Wait()
	}
	want(p, "left", p.claim(storeTime, rounds), nil)
}

func noticeWork(p *storeProof) {
	item := gateway.WorkItem{ID: "W1", Key: "missed 2026-12-15", Kind: gateway.PaymentWork, Case: "300012345678", Team: "leeds-2", Due: storeTime, Created: storeTime}
	for range 2 {
		_, err := p.PlanNotices(p.Context(), nil, item)
		p.must(err)
		item.ID = "W2"
	}
	items, err := p.WorkItems(p.Context(), gateway.WorkItemFilter{Kind: gateway.PaymentWork})
	p.must(err)
	item.ID = "W1"
	want(p, "work items", items, []gateway.WorkItem{item})
}

func lastNotice(p *storeProof) {
	p.plan(notice("M1", "P1", "due 2026-12-15"), notice("M2", "P1", "due 2027-01-15"), notice("M3", "P1", "due 2027-02-15"))
	for i, id := range []gateway.MessageID{"M1", "M2"} {
		p.record(gateway.Settlement{Message: id, Status: gateway.Accepted, At: storeTime.Add(time.Duration(i) * time.Hour)})
	}
	p.record(gateway.Settlement{Message: "M3", Status: gateway.Withheld, At: storeTime.Add(3 * time.Hour)})
	last, err := p.LastNotice(p.Context(), "P1", storeTime)
	p.must(err)
	want(p, "the last", last.Notice.Occasion, "due 2027-01-15")
	_, err = p.LastNotice(p.Context(), "P1", storeTime.Add(2*time.Hour))
	p.wantError("since later", err, gateway.ErrNotFound)
	_, err = p.LastNotice(p.Context(), "P2", storeTime)
	p.wantError("of nobody", err, gateway.ErrNotFound)
}

func casesAfter(p *storeProof) {
	var all []directory.Case
	for i := range 5 {
		c := twoParents()
		c.Reference = directory.CaseReference(fmt.Sprintf("30001234%04d", i))
		c.PayingParent.ID = directory.PersonID(fmt.Sprintf("P%d", i))
		p.must(p.PutCase(p.Context(), c, storeTime))
		all = append(all, c)
	}
	var got []directory.Case
	for after := directory.CaseReference(""); ; after = got[len(got)-1].Reference {
		page, err := p.CasesAfter(p.Context(), after, 2)
		p.must(err)
		if len(page) == 0 {
			break
		}
		got = append(got, page...)
	}
	want(p, "the cases", got, all)
}

func plannedTo(p *storeProof) {
	for _, last := range []directory.CaseReference{"", "300000000004", "300000000002"} {
		if last != "" {
			p.must(p.SetPlannedTo(p.Context(), last))
		}
		got, err := p.PlannedTo(p.Context())
		p.must(err)
		want(p, "planned to", got, last)
	}
}

func betweenCases(p *storeProof) {
	var payments []directory.Payment
	for i, of := range []directory.CaseReference{"300000000001", "300000000002", "300000000003", "300000000004"} {
		payments = append(payments, payment(fmt.Sprint("pay-", i), 100_00, november(5)))
		payments[i].Case = of
		t := openTurn(gateway.ConversationID(of), directory.PersonID(of))
		t.Reports = []gateway.Report{{ID: "R" + string(of), Key: string(of), Case: of, Kind: "payment-not-received", Created: storeTime.Add(time.Duration(i) * time.Hour), Answers: []byte(`{}`), Results: []byte(`{}`)}}
		p.must(p.Commit(p.Context(), t))
	}
	p.must(p.PutPayments(p.Context(), payments, storeTime, nil))
	got, err := p.PaymentsBetween(p.Context(), "300000000002", "300000000003")
	p.must(err)
	want(p, "payments", got, payments[1:3])
	reports, err := p.ReportsBetween(p.Context(), "300000000002", "300000000003", "payment-not-received", storeTime.Add(2*time.Hour))
	p.must(err)
	if len(reports) != 1 || reports[0].Case != "300000000003" {
		p.Errorf("reports %+v", reports)
	}
	none, err := p.ReportsBetween(p.Context(), "300000000001", "300000000004", "income-change", storeTime)
	p.must(err)
	want(p, "of another kind", len(none), 0)
}
