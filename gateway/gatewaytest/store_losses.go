package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var lossProofs = map[string]func(*storeProof){
	"a lost message is looked for when it is time":         lossDue,
	"a lost message is one node's own while it looks":      lossLease,
	"a message lost by a node that died is looked for":     lossOfTheDead,
	"what is heard of is no loss any more":                 lossHeardOf,
	"a lost message is sent again once":                    lossResent,
	"a message that is heard of meanwhile is not resent":   lossNotResent,
	"what is looked for no more may be a person's to do":   lossGivenUp,
	"a provider's ids that are messages' own are told":     attributed,
	"a claim of parts takes those of a channel and better": claimParts,
}

// lose puts M1 into the outbox and loses it.
func (p *storeProof) lose() gateway.Message {
	p.Helper()
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.OutcomeLost, At: storeTime})
	return inConversation("M1")
}

func (p *storeProof) lost(at time.Time) []gateway.Loss {
	p.Helper()
	lost, err := p.Lost(p.Context(), at, 9, lease)
	p.must(err)
	return lost
}

func (p *storeProof) looked(l gateway.Look) {
	p.Helper()
	p.must(p.Looked(p.Context(), l))
}

var lookTime = storeTime.Add(gateway.FirstLook)

func lossDue(p *storeProof) {
	m := p.lose()
	want(p, "before it is time", p.lost(lookTime.Add(-time.Microsecond)), nil)
	want(p, "when it is time", p.lost(lookTime), []gateway.Loss{{Message: m, At: storeTime}})
	again := storeTime.Add(time.Hour)
	p.looked(gateway.Look{Message: "M1", Looks: 1, Next: again, At: lookTime})
	want(p, "before the second time", p.lost(again.Add(-time.Microsecond)), nil)
	want(p, "at the second time", p.lost(again), []gateway.Loss{{Message: m, At: storeTime, Looks: 1}})
}

func lossLease(p *storeProof) {
	m := p.lose()
	p.lost(lookTime)
	want(p, "within the lease", p.lost(lookTime.Add(lease-time.Microsecond)), nil)
	want(p, "after it", p.lost(lookTime.Add(lease)), []gateway.Loss{{Message: m, At: storeTime}})
}

func lossOfTheDead(p *storeProof) {
	p.oneMessage()
	p.claim(storeTime.Add(lease), 9)
	due := storeTime.Add(lease + gateway.FirstLook)
	want(p, "after the lease", p.lost(due), []gateway.Loss{{Message: inConversation("M1"), At: storeTime.Add(lease)}})
}

func lossHeardOf(p *storeProof) {
	p.lose()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Delivered, At: storeTime})
	want(p, "what is lost", p.lost(lookTime), nil)
}

func lossResent(p *storeProof) {
	m := p.lose()
	p.lost(lookTime)
	for range 2 {
		p.looked(gateway.Look{Message: "M1", Looks: 2, SendAgain: true, At: lookTime})
	}
	want(p, "in the outbox", p.view("V1")[0].Status, gateway.Queued)
	want(p, "claimed", p.claim(lookTime, 9), []gateway.MessageID{"M1"})
	p.mark("M1")
	p.record(gateway.Settlement{Message: "M1", Status: gateway.OutcomeLost, At: lookTime})

	m.NotBefore = lookTime
	due := lookTime.Add(gateway.FirstLook)
	want(p, "lost for the second time", p.lost(due), []gateway.Loss{{Message: m, At: lookTime, Resent: true}})
	p.looked(gateway.Look{Message: "M1", Looks: 1, SendAgain: true, At: due})
	want(p, "not sent for the third time", p.view("V1")[0].Status, gateway.OutcomeLost)
}

func lossNotResent(p *storeProof) {
	p.lose()
	p.lost(lookTime)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Sent, At: lookTime})
	p.looked(gateway.Look{Message: "M1", SendAgain: true, WorkItem: &gateway.WorkItem{ID: "W1", Key: "M1"}, At: lookTime})
	want(p, "the message", p.view("V1")[0].Status, gateway.Sent)
	want(p, "claimed", p.claim(lookTime, 9), nil)
	p.wantWorkItems()
}

func lossGivenUp(p *storeProof) {
	p.lose()
	p.lost(lookTime)
	p.looked(gateway.Look{Message: "M1", Looks: 2, At: lookTime,
		WorkItem: &gateway.WorkItem{ID: "W1", Key: "M1", Kind: gateway.DeliveryWork, Message: "M1", Due: lookTime, Created: lookTime}})
	want(p, "what is lost", p.lost(lookTime.Add(time.Hour)), nil)
	items, err := p.WorkItems(p.Context(), gateway.WorkItemFilter{Kind: gateway.DeliveryWork})
	p.must(err)
	want(p, "work items", len(items), 1)
}

func attributed(p *storeProof) {
	p.oneMessage()
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, ProviderID: "SM1", At: storeTime})
	taken, err := p.Attributed(p.Context(), directory.SMS, []string{"SM0", "SM1"})
	p.must(err)
	want(p, "taken", taken, []string{"SM1"})
	taken, err = p.Attributed(p.Context(), directory.Email, []string{"SM1"})
	p.must(err)
	want(p, "on another channel", taken, nil)
}

func claimParts(p *storeProof) {
	p.toMany(3)
	bulk := outgoing("M98", "P98", smsOf(98))
	bulk.Priority = gateway.Bulk
	letter := outgoing("M99", "P99", gateway.Address{Channel: directory.Email, Value: "p99@example.com"})
	p.queue(bulk, letter)
	claimed, err := p.Claim(p.Context(), storeTime, 9, lease,
		gateway.Part{Channel: directory.SMS, Lowest: gateway.Bulk, Limit: 1}, gateway.Part{Channel: directory.Letter, Lowest: gateway.Bulk, Limit: 9})
	p.must(err)
	want(p, "one of a channel", idsOf(claimed), []gateway.MessageID{"M00"})
	claimed, err = p.Claim(p.Context(), storeTime, 9, lease,
		gateway.Part{Channel: directory.SMS, Lowest: gateway.Normal, Limit: 9}, gateway.Part{Channel: directory.Email, Lowest: gateway.Bulk, Limit: 9})
	p.must(err)
	want(p, "what is better than bulk", idsOf(claimed), []gateway.MessageID{"M01", "M02", "M99"})
}
