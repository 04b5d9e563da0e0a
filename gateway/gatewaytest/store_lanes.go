package gatewaytest

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
)

var laneProofs = map[string]func(*storeProof){
	"one message at a time goes to a person on a channel": oneAtATime,
	"another channel and another person do not wait":      otherLanes,
	"who is nobody is in order by address":                nobodysLanes,
	"messages of a conversation keep their order":         conversationOrder,
	"a better priority may pass":                          urgentPasses,
	"any outbox is emptied in order, each message once":   anyOutbox,
	"pumps at once claim each message once":               pumpsAtOnce,
}

func oneAtATime(p *storeProof) {
	p.queue(outgoing("M1", "P1", smsOf(101)), outgoing("M2", "P1", smsOf(101)), outgoing("M3", "P1", smsOf(101)))
	want(p, "first", p.claim(storeTime, 9), []gateway.MessageID{"M1"})
	want(p, "while it is claimed", p.claim(storeTime, 9), nil)
	p.mark("M1")
	want(p, "while it is sent", p.claim(storeTime, 9), nil)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Accepted, At: storeTime})
	want(p, "second", p.claim(storeTime, 9), []gateway.MessageID{"M2"})
	p.record(gateway.Settlement{Message: "M2", Status: gateway.Withheld, At: storeTime})
	want(p, "third", p.claim(storeTime, 9), []gateway.MessageID{"M3"})
}

func otherLanes(p *storeProof) {
	p.queue(outgoing("M1", "P1", smsOf(101)), outgoing("M2", "P1", emailOf("sam")), outgoing("M3", "P2", smsOf(101)))
	want(p, "claimed", p.claim(storeTime, 9), []gateway.MessageID{"M1", "M2", "M3"})
}

func nobodysLanes(p *storeProof) {
	p.queue(outgoing("M1", "", smsOf(101)), outgoing("M2", "", smsOf(101)), outgoing("M3", "", smsOf(102)))
	want(p, "claimed", p.claim(storeTime, 9), []gateway.MessageID{"M1", "M3"})
}

// inConversation is a message of V1 to P1.
func inConversation(id gateway.MessageID) gateway.Message {
	m := outgoing(id, "P1", smsOf(101))
	m.Conversation = "V1"
	return m
}

func conversationOrder(p *storeProof) {
	t := openTurn("V1", "P1")
	t.Outgoing = []gateway.Message{inConversation("M1"), inConversation("M2")}
	p.must(p.Commit(p.Context(), t))
	p.claim(storeTime, 9)
	later := storeTime.Add(time.Minute)
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Queued, Release: later, At: storeTime})
	want(p, "while the first waits to be tried again", p.claim(storeTime, 9), nil)
	want(p, "when it is tried again", p.claim(later, 9), []gateway.MessageID{"M1"})
	p.record(gateway.Settlement{Message: "M1", Status: gateway.Failed, At: later})
	want(p, "once it is done", p.claim(later, 9), []gateway.MessageID{"M2"})
}

func urgentPasses(p *storeProof) {
	reminder := inConversation("M1")
	reminder.Priority, reminder.NotBefore = gateway.Normal, storeTime.Add(time.Hour)
	p.queue(reminder, inConversation("M2"))
	want(p, "the reply", p.claim(storeTime, 9), []gateway.MessageID{"M2"})
}

// anyOutbox empties random outboxes by random steps: every message is accepted
// once, and in each lane in the order of priority and of making.
func anyOutbox(p *storeProof) {
	made := 0
	rapid.Check(p.T, func(r *rapid.T) {
		var queued []gateway.Message
		for range rapid.IntRange(1, 12).Draw(r, "messages") {
			made++
			person := rapid.IntRange(1, 3).Draw(r, "person")
			m := outgoing(gateway.MessageID(fmt.Sprintf("M%06d", made)), directory.PersonID(fmt.Sprint("P", person)), smsOf(person))
			m.Priority = rapid.SampledFrom([]gateway.Priority{gateway.Urgent, gateway.Normal, gateway.Bulk}).Draw(r, "priority")
			queued = append(queued, m)
		}
		p.queue(queued...)
		var accepted []gateway.MessageID
		for now := storeTime; len(accepted) < len(queued); now = now.Add(lease) {
			for _, id := range p.claim(now, rapid.IntRange(1, 4).Draw(r, "limit")) {
				if rapid.Bool().Draw(r, "crashes") {
					continue // the lease runs out
				}
				want(p, "marked", p.mark(id), []gateway.MessageID{id})
				p.record(gateway.Settlement{Message: id, Status: gateway.Accepted, At: now})
				accepted = append(accepted, id)
			}
		}
		for person := 1; person <= 3; person++ {
			wantLaneInOrder(p, queued, accepted, directory.PersonID(fmt.Sprint("P", person)))
		}
	})
}

func wantLaneInOrder(p *storeProof, queued []gateway.Message, accepted []gateway.MessageID, person directory.PersonID) {
	p.Helper()
	lane := slices.DeleteFunc(slices.Clone(queued), func(m gateway.Message) bool { return m.Person != person })
	slices.SortStableFunc(lane, func(a, b gateway.Message) int { return int(a.Priority - b.Priority) })
	sent := slices.DeleteFunc(slices.Clone(accepted), func(id gateway.MessageID) bool { return !slices.Contains(idsOf(lane), id) })
	want(p, "the order of "+string(person), sent, idsOf(lane))
}

// pumpsAtOnce has pumps on two nodes forget some of what they claimed, while
// leases run out all the time: whoever may send a message is the only one ever.
func pumpsAtOnce(p *storeProof) {
	nodes := []SystemOfRecord{p.SystemOfRecord, p.SystemOfRecord}
	if p.Nodes {
		nodes[1] = p.Again(p)
		defer nodes[1].Close()
	}
	const messages = 60
	for n := range messages / 3 {
		person, to := directory.PersonID(fmt.Sprint("P", n)), smsOf(n)
		id := gateway.MessageID(fmt.Sprintf("M%02d-", n))
		p.queue(outgoing(id+"1", person, to), outgoing(id+"2", person, to), outgoing(id+"3", person, to))
	}
	var clock, marked atomic.Int64
	var times sync.Map
	var pumps sync.WaitGroup
	for n := range 8 {
		pumps.Go(func() {
			for round := 0; marked.Load() < messages && round < 1000; round++ {
				now := storeTime.Add(time.Duration(clock.Add(1)) * time.Second)
				for _, id := range p.pump(nodes[n%2], now, round%3 == n%3) {
					if _, sent := times.LoadOrStore(id, n); sent {
						p.Errorf("two pumps may send %s", id)
					}
					marked.Add(1)
				}
			}
		})
	}
	pumps.Wait()
	want(p, "messages that a pump may send", marked.Load(), messages)
}

// pump claims for 5 seconds, and marks and settles what it claimed or forgets
// it. It returns what it may send.
func (p *storeProof) pump(node SystemOfRecord, now time.Time, forgets bool) []gateway.MessageID {
	claimed, err := node.Claim(p.Context(), now, 5, 5*time.Second)
	if err != nil {
		p.Errorf("claiming: %v", err)
	}
	if len(claimed) == 0 || forgets {
		return nil
	}
	marked, err := node.MarkSending(p.Context(), idsOf(claimed))
	if err != nil {
		p.Errorf("marking: %v", err)
	}
	var settlements []gateway.Settlement
	for i, id := range marked {
		if i%2 == 0 { // the others are lost when their lease runs out
			settlements = append(settlements, gateway.Settlement{Message: id, Status: gateway.Accepted, At: now})
		}
	}
	if err := node.Record(p.Context(), settlements); err != nil {
		p.Errorf("recording: %v", err)
	}
	return marked
}
