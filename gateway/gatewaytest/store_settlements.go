package gatewaytest

import (
	"fmt"
	"sync"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
)

var settlementProofs = map[string]func(*storeProof){
	"a settlement says what became of a message":       settled,
	"statuses in any order end alike":                  anyOrder,
	"a message is found by its provider's id":          byProviderID,
	"a message that nobody knows is no error":          unknownMessage,
	"what is put back waits until its time":            putBack,
	"only what is still waiting is put back":           notPutBack,
	"a provider's opt-out is remembered":               settledOptOut,
	"a carrier's signal is remembered":                 settledSignal,
	"a settlement's work item is for news only":        settledWork,
	"a settlement's work item is about its message":    settledWorkAbout,
	"many settlements at once all count":               settledAtOnce,
	"several settlements are recorded in one go":       settledTogether,
	"what is final is not claimed, whatever its lease": finalStays,
}

// oneMessage puts M1 into the outbox and claims it, as being sent.
func (p *storeProof) oneMessage() {
	p.Helper()
	t := openTurn("V1", "P1")
	t.Outgoing = []gateway.Message{inConversation("M1")}
	p.must(p.Commit(p.Context(), t))
	p.claim(storeTime, 9)
	p.mark("M1")
}

func settled(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{
		Message: "M1", Status: gateway.Failed, ProviderID: "SM1", Code: "30006", Segments: 2,
		Reasons: []string{"landline or unreachable carrier", "a \"second\" reason"}, At: storeTime,
	})
	want(p, "the message", p.view("V1"), []gateway.MessageView{{
		ID: "M1", Out: true, Channel: "sms", Language: "cy", Text: "Helo M1", Status: gateway.Failed, Code: "30006", Segments: 2,
		Reasons: []string{"landline or unreachable carrier", "a \"second\" reason"}, At: storeTime,
	}})
}

// anyOrder records the same settlements of two messages in two orders.
func anyOrder(p *storeProof) {
	statuses := []gateway.Status{gateway.OutcomeLost, gateway.Accepted, gateway.Sent, gateway.Withheld, gateway.Failed, gateway.Undelivered, gateway.Delivered}
	p.must(p.Commit(p.Context(), openTurn("V1", "P1")))
	made := 0
	rapid.Check(p.T, func(r *rapid.T) {
		made++
		first, second := gateway.MessageID(fmt.Sprintf("M%05d-1", made)), gateway.MessageID(fmt.Sprintf("M%05d-2", made))
		p.queue(inConversation(first), inConversation(second))
		var news []gateway.Settlement
		for i, status := range rapid.SliceOfNDistinct(rapid.SampledFrom(statuses), 1, 5, rapid.ID).Draw(r, "statuses") {
			s := gateway.Settlement{Status: status, Code: fmt.Sprint("code of ", status), Reasons: []string{string(status)}, At: storeTime.Add(time.Duration(i))}
			if status == gateway.Accepted {
				s.ProviderID, s.Segments = fmt.Sprint("SM", made), 3
			}
			news = append(news, s)
		}
		shuffled := rapid.Permutation(news).Draw(r, "other order")
		for i := range news {
			a, b := news[i], shuffled[i]
			a.Message, b.Message = first, second
			p.record(a)
			p.record(b)
			if rapid.Bool().Draw(r, "repeated") {
				p.record(b)
			}
		}
		views := p.view("V1")
		one, two := views[len(views)-2], views[len(views)-1]
		two.ID, two.Text = one.ID, one.Text
		want(p, "what became of the message in the other order", two, one)
	})
}

func byProviderID(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, ProviderID: "SM1", At: storeTime})
	for _, other := range []gateway.Settlement{
		{Channel: "sms", ProviderID: "SM2", Status: gateway.Delivered, At: storeTime},
		{Channel: "email", ProviderID: "SM1", Status: gateway.Delivered, At: storeTime},
		{Channel: "sms", Status: gateway.Delivered, At: storeTime},
	} {
		p.record(other)
		want(p, "after another's", p.view("V1")[0].Status, gateway.Accepted)
	}
	p.record(gateway.Settlement{Channel: "sms", ProviderID: "SM1", Status: gateway.Delivered, At: storeTime})
	want(p, "after its own", p.view("V1")[0].Status, gateway.Delivered)
}

func unknownMessage(p *storeProof) {
	p.record(gateway.Settlement{Message: "M9", Status: gateway.Delivered, Gone: true, OptedOut: true, At: storeTime})
	p.must(p.Record(p.Context(), nil))
}

func putBack(p *storeProof) {
	p.oneMessage()
	until := storeTime.Add(time.Hour)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Queued, Release: until, Code: "20429", Reasons: []string{"too many requests"}, At: storeTime})
	view := p.view("V1")[0]
	want(p, "the status", view.Status, gateway.Queued)
	want(p, "the code", view.Code, "20429")
	want(p, "the reasons", view.Reasons, []string{"too many requests"})
	want(p, "before its time", p.claim(until.Add(-time.Microsecond), 9), nil)
	want(p, "when its time has come", p.claim(until, 9), []gateway.MessageID{"M1"})
}

func notPutBack(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Delivered, At: storeTime})
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Queued, Release: storeTime, At: storeTime})
	want(p, "the status", p.view("V1")[0].Status, gateway.Delivered)
	want(p, "claimed", p.claim(storeTime.Add(time.Hour), 9), nil)
}

func settledOptOut(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Failed, At: storeTime})
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Failed, OptedOut: true, At: storeTime}) // no news but this
	sender, err := p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "opted out", sender.OptedOut, true)
	sender, err = p.Sender(p.Context(), smsOf(102))
	p.must(err)
	want(p, "another opted out", sender.OptedOut, false)
}

func settledSignal(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Undelivered, Gone: true, At: storeTime})
	want(p, "signalled", p.holder(101).Signalled, true)
	want(p, "another signalled", p.holder(102).Signalled, false)
}

func settledWork(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Delivered, At: storeTime})
	item := gateway.WorkItem{ID: "W1", Key: "not-delivered/M1", Kind: gateway.DeliveryWork, Case: "300012345678", Person: "P1", Team: "leeds-2", Created: storeTime}
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Undelivered, WorkItem: &item, At: storeTime})
	p.wantWorkItems()

	m := inConversation("M2")
	p.queue(m)
	item = gateway.WorkItem{ID: "W2", Key: "not-delivered/M2", Kind: gateway.DeliveryWork, Team: "leeds-2", Created: storeTime}
	for range 2 {
		p.record(gateway.Settlement{Message: "M2", Status: gateway.Withheld, WorkItem: &item, At: storeTime})
	}
	item.Message, item.Person, item.Case, item.Conversation = m.ID, m.Person, m.Case, m.Conversation // the store adds
	p.wantWorkItems(item)
}

func settledWorkAbout(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Failed, WorkItem: &gateway.WorkItem{ID: "W1", Key: "K1", Kind: gateway.DeliveryWork}, At: storeTime})
	p.record(gateway.Settlement{Message: "M9", Status: gateway.Failed, WorkItem: &gateway.WorkItem{ID: "W2", Key: "K2"}, At: storeTime})
	p.wantWorkItems(gateway.WorkItem{
		ID: "W1", Key: "K1", Kind: gateway.DeliveryWork, Case: "300012345678", Person: "P1", Conversation: "V1", Message: "M1", Team: "leeds-2",
	})
}

func settledAtOnce(p *storeProof) {
	p.toMany(32)
	want(p, "claimed", len(p.claim(storeTime, 32)), 32)
	var all sync.WaitGroup
	for i := range 32 {
		id := gateway.MessageID(fmt.Sprintf("M%02d", i))
		all.Go(func() {
			if marked, err := p.MarkSending(p.Context(), []gateway.MessageID{id}); err != nil || len(marked) != 1 {
				p.Errorf("marking %s: %v, %v", id, marked, err)
			}
			for _, status := range []gateway.Status{gateway.Accepted, gateway.Delivered} {
				if err := p.Record(p.Context(), []gateway.Settlement{{Message: id, Status: status, At: storeTime}}); err != nil {
					p.Errorf("recording %s: %v", id, err)
				}
			}
		})
	}
	all.Wait()
	_, err := p.NextDue(p.Context())
	p.wantError("what is left in the outbox", err, gateway.ErrNotFound)
}

func settledTogether(p *storeProof) {
	t := openTurn("V1", "P1")
	t.Outgoing = []gateway.Message{inConversation("M1"), inConversation("M2")}
	p.must(p.Commit(p.Context(), t))
	p.record(gateway.Settlement{Message: "M2", Status: gateway.Sent, At: storeTime},
		gateway.Settlement{Message: "M1", Status: gateway.Delivered, At: storeTime},
		gateway.Settlement{Message: "M2", Status: gateway.Accepted, At: storeTime})
	views := p.view("V1")
	want(p, "the first", views[0].Status, gateway.Delivered)
	want(p, "the second", views[1].Status, gateway.Sent)
}

func finalStays(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.OutcomeLost, At: storeTime})
	want(p, "claimed, long after", p.claim(storeTime.Add(time.Hour), 9), nil)
	want(p, "the status", p.view("V1")[0].Status, gateway.OutcomeLost)
}
