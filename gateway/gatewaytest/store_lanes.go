package gatewaytest

import (
	"fmt"
	"slices"
	"sync"
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

func pumpsAtOnce(p *storeProof) {
	p.toMany(40)
	other := p.SystemOfRecord
	if p.Nodes {
		other = p.Again(p)
		defer other.Close()
	}
	var mu sync.Mutex
	times := map[gateway.MessageID]int{}
	var pumps sync.WaitGroup
	for n := range 8 {
		node := []SystemOfRecord{p.SystemOfRecord, other}[n%2]
		pumps.Go(func() {
			for {
				claimed, err := node.Claim(p.Context(), storeTime, 3, lease)
				if err != nil {
					p.Error(err)
				}
				if len(claimed) == 0 {
					return
				}
				marked, err := node.MarkSending(p.Context(), idsOf(claimed))
				if err != nil {
					p.Error(err)
				}
				mu.Lock()
				for _, id := range marked {
					times[id]++
				}
				mu.Unlock()
			}
		})
	}
	pumps.Wait()
	for id, n := range times {
		want(p, "times that a node may send "+string(id), n, 1)
	}
	want(p, "messages that a node may send", len(times), 40)
}
