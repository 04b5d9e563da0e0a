package gatewaytest

import (
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var claimProofs = map[string]func(*storeProof){
	"a claimed message comes whole":                        claimComesWhole,
	"messages are claimed when they are due":               claimDue,
	"the best priority goes first, then the order":         claimOrder,
	"no more are claimed than asked for":                   claimLimit,
	"a claimed message is claimed again after its lease":   claimLease,
	"a message being sent is lost when its lease runs out": sendingLease,
	"only a claimed message can be marked as sending":      markClaimed,
	"a message is due when its time comes":                 nextDue,
	"a message is seen as far as it has come":              claimSeen,
}

const lease = 30 * time.Second

// claim claims messages and returns their ids.
func (p *storeProof) claim(at time.Time, limit int) []gateway.MessageID {
	p.Helper()
	messages, err := p.Claim(p.Context(), at, limit, lease)
	p.must(err)
	return idsOf(messages)
}

func idsOf(messages []gateway.Message) []gateway.MessageID {
	var ids []gateway.MessageID
	for _, m := range messages {
		ids = append(ids, m.ID)
	}
	return ids
}

// record records settlements.
func (p *storeProof) record(settlements ...gateway.Settlement) {
	p.Helper()
	p.must(p.Record(p.Context(), settlements))
}

// mark marks messages as being sent, and returns those that were.
func (p *storeProof) mark(ids ...gateway.MessageID) []gateway.MessageID {
	p.Helper()
	marked, err := p.MarkSending(p.Context(), ids)
	p.must(err)
	return marked
}

// toMany queues n messages to n people.
func (p *storeProof) toMany(n int) {
	p.Helper()
	var messages []gateway.Message
	for i := range n {
		person := directory.PersonID(fmt.Sprintf("P%02d", i))
		messages = append(messages, outgoing(gateway.MessageID(fmt.Sprintf("M%02d", i)), person, smsOf(i)))
	}
	p.queue(messages...)
}

func claimComesWhole(p *storeProof) {
	t := openTurn("V1", "P1")
	m := outgoing("M1", "P1", smsOf(101))
	m.Conversation, m.Turn = "V1", 1
	t.Outgoing = []gateway.Message{m}
	p.must(p.Commit(p.Context(), t))
	claimed, err := p.Claim(p.Context(), storeTime, 9, lease)
	p.must(err)
	want(p, "the message", claimed, []gateway.Message{m})
}

func claimDue(p *storeProof) {
	now, soon := outgoing("M1", "P1", smsOf(101)), outgoing("M2", "P2", smsOf(102))
	soon.NotBefore = storeTime.Add(time.Second)
	p.queue(now, soon)
	want(p, "due at once", p.claim(storeTime, 9), []gateway.MessageID{"M1"})
	want(p, "a moment before the other", p.claim(soon.NotBefore.Add(-time.Microsecond), 9), nil)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, At: storeTime})
	want(p, "when the other is due", p.claim(soon.NotBefore, 9), []gateway.MessageID{"M2"})
}

func claimOrder(p *storeProof) {
	var messages []gateway.Message
	for i, priority := range []gateway.Priority{gateway.Bulk, gateway.Normal, gateway.Urgent, gateway.Bulk, gateway.Normal, gateway.Urgent} {
		m := outgoing(gateway.MessageID(fmt.Sprint("M", i)), directory.PersonID(fmt.Sprint("P", i)), smsOf(i))
		m.Priority = priority
		messages = append(messages, m)
	}
	p.queue(messages...)
	want(p, "the order", p.claim(storeTime, 9), []gateway.MessageID{"M2", "M5", "M1", "M4", "M0", "M3"})
}

func claimLimit(p *storeProof) {
	p.toMany(5)
	bulk := outgoing("M99", "P99", smsOf(99))
	bulk.Priority = gateway.Bulk
	p.queue(bulk)
	want(p, "first", p.claim(storeTime, 2), []gateway.MessageID{"M00", "M01"})
	want(p, "second", p.claim(storeTime, 2), []gateway.MessageID{"M02", "M03"})
	want(p, "last", p.claim(storeTime, 2), []gateway.MessageID{"M04", "M99"})
	want(p, "none are left", p.claim(storeTime, 2), nil)
}

func claimLease(p *storeProof) {
	p.toMany(1)
	want(p, "claimed", p.claim(storeTime, 9), []gateway.MessageID{"M00"})
	want(p, "within the lease", p.claim(storeTime.Add(lease-time.Microsecond), 9), nil)
	want(p, "after it", p.claim(storeTime.Add(lease+time.Second), 9), []gateway.MessageID{"M00"})
	want(p, "marked by the second claim", p.mark("M00"), []gateway.MessageID{"M00"})
}

func sendingLease(p *storeProof) {
	t := openTurn("V1", "P1")
	for _, id := range []gateway.MessageID{"M1", "M2"} {
		m := outgoing(id, "P1", smsOf(101))
		m.Conversation = "V1"
		t.Outgoing = append(t.Outgoing, m)
	}
	p.must(p.Commit(p.Context(), t))
	p.claim(storeTime, 9)
	want(p, "marked", p.mark("M1"), []gateway.MessageID{"M1"})
	want(p, "within the lease", p.claim(storeTime.Add(lease-time.Microsecond), 9), nil)
	want(p, "after it, the next", p.claim(storeTime.Add(lease+time.Second), 9), []gateway.MessageID{"M2"})
	want(p, "what is known of the first", p.view("V1")[0].Status, gateway.OutcomeLost)
	want(p, "marking it again", p.mark("M1"), nil)

	p.record(gateway.Settlement{Message: "M1", Status: gateway.Delivered, At: storeTime})
	want(p, "once its callback came", p.view("V1")[0].Status, gateway.Delivered)
}

func markClaimed(p *storeProof) {
	p.toMany(3)
	want(p, "marking what is queued", p.mark("M00"), nil)
	p.claim(storeTime, 2)
	want(p, "marking two that are claimed, one that is not, and nothing", p.mark("M00", "M01", "M02", "M99"), []gateway.MessageID{"M00", "M01"})
	want(p, "marking them again", p.mark("M00", "M01"), nil)
	p.record(gateway.Settlement{Message: "M00", Status: gateway.Accepted, At: storeTime})
	want(p, "marking what is done", p.mark("M00"), nil)
}

func nextDue(p *storeProof) {
	_, err := p.NextDue(p.Context())
	p.wantError("an empty outbox", err, gateway.ErrNotFound)
	for i, m := range []gateway.Message{outgoing("M1", "P1", smsOf(101)), outgoing("M2", "P2", smsOf(102))} {
		m.NotBefore, m.Priority = storeTime.Add(time.Duration(2-i)*time.Hour), gateway.Priority(20-i*10)
		p.queue(m)
	}
	due, err := p.NextDue(p.Context())
	p.must(err)
	want(p, "the earliest", due, storeTime.Add(time.Hour))

	at := storeTime.Add(3 * time.Hour)
	p.claim(at, 9)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Queued, Release: at.Add(time.Hour), At: at},
		gateway.Settlement{Message: "M2", Status: gateway.Accepted, At: at})
	due, err = p.NextDue(p.Context())
	p.must(err)
	want(p, "the one that was put back", due, at.Add(time.Hour))
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Withheld, At: at})
	_, err = p.NextDue(p.Context())
	p.wantError("when all are done", err, gateway.ErrNotFound)
}

func claimSeen(p *storeProof) {
	t := openTurn("V1", "P1")
	m := outgoing("M1", "P1", smsOf(101))
	m.Conversation = "V1"
	t.Outgoing = []gateway.Message{m}
	p.must(p.Commit(p.Context(), t))
	status := func() gateway.Status { return p.view("V1")[0].Status }
	want(p, "at first", status(), gateway.Queued)
	p.claim(storeTime, 9)
	want(p, "claimed", status(), gateway.Claimed)
	p.mark("M1")
	want(p, "marked", status(), gateway.Sending)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, At: storeTime})
	want(p, "accepted", status(), gateway.Accepted)
}
