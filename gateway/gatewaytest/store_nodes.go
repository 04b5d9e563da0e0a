package gatewaytest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/gateway"
)

var nodeProofs = map[string]func(*storeProof){
	"what was committed is there after a restart": reopened,
	"a claim ends with its node":                  claimOfAnotherNode,
	"nodes take an inbound message once":          inboundAcrossNodes,
	"a call that is given up takes none with it":  givenUp,
	"a context that has ended changes nothing":    endedContext,
}

func reopened(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	t := openTurn("V1", "P1")
	t.Inbound = inbound("M1", "SM1")
	t.Outgoing = []gateway.Message{inConversation("M2")}
	p.must(p.Commit(p.Context(), t))
	p.must(p.Close())

	again := p.Again(p)
	defer again.Close()
	got, err := again.Conversation(p.Context(), "V1")
	p.must(err)
	want(p, "the conversation", got, *t.Conversation)
	sender, err := again.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the sender", sender.Person, twoParents().PayingParent)
	claimed, err := again.Claim(p.Context(), storeTime, 9, lease)
	p.must(err)
	want(p, "the outbox", claimed, t.Outgoing)
	p.wantError("the message again", again.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M3", "SM1")}), gateway.ErrDuplicate)
}

// claimOfAnotherNode has a node claim what another's lease ran out on: the
// first may no longer send it, nor put it back.
func claimOfAnotherNode(p *storeProof) {
	p.toMany(1)
	want(p, "claimed", p.claim(storeTime, 9), []gateway.MessageID{"M00"})
	if !p.Nodes {
		p.must(p.Close())
	}
	other := p.Again(p)
	defer other.Close()
	claimed, err := other.Claim(p.Context(), storeTime.Add(lease), 9, lease)
	p.must(err)
	want(p, "claimed by the other", idsOf(claimed), []gateway.MessageID{"M00"})
	if p.Nodes {
		want(p, "marked by the first", p.mark("M00"), nil)
		p.record(gateway.Settlement{Message: "M00", Status: gateway.Queued, Release: storeTime, At: storeTime})
	}
	marked, err := other.MarkSending(p.Context(), []gateway.MessageID{"M00"})
	p.must(err)
	want(p, "marked by the other", marked, []gateway.MessageID{"M00"})
}

func inboundAcrossNodes(p *storeProof) {
	nodes := []SystemOfRecord{p.SystemOfRecord}
	if p.Nodes {
		other := p.Again(p)
		defer other.Close()
		nodes = append(nodes, other)
	}
	done, refused := p.atOnce(func(n int) error {
		return nodes[n%len(nodes)].Commit(p.Context(), gateway.Turn{
			ID: "T", At: storeTime, Inbound: inbound(gateway.MessageID(fmt.Sprint("M", n)), "SM1"),
		})
	})
	want(p, "turns made", done, 1)
	for _, err := range refused {
		p.wantError("another copy", err, gateway.ErrDuplicate)
	}
}

// givenUp gives up every other call at some moment while it may share a
// transaction with the rest.
func givenUp(p *storeProof) {
	const calls = 200
	var all sync.WaitGroup
	for n := range calls {
		ctx, cancel := context.WithCancel(p.Context())
		all.Go(func() {
			defer cancel()
			m := outgoing(gateway.MessageID(fmt.Sprintf("M%03d", n)), "P1", smsOf(101))
			m.Conversation = "V1"
			err := errors.Join(
				p.Commit(ctx, gateway.Turn{ID: "T", At: storeTime, Outgoing: []gateway.Message{m}}),
				p.Record(ctx, []gateway.Settlement{{Message: m.ID, Status: gateway.Delivered, At: storeTime}}),
			)
			if err != nil && n%2 == 0 {
				p.Errorf("call %d, which was not given up: %v", n, err)
			}
		})
		if n%2 == 1 {
			time.AfterFunc(time.Duration(n)*10*time.Microsecond, cancel)
		}
	}
	all.Wait()
	t := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), t))
	delivered := 0
	for _, m := range p.view("V1") {
		if m.Status == gateway.Delivered && m.ID[len(m.ID)-1]%2 == 0 {
			delivered++
		}
	}
	want(p, "messages of calls that were not given up", delivered, calls/2)
}

func endedContext(p *storeProof) {
	ctx, cancel := context.WithCancel(p.Context())
	cancel()
	p.wantError("committing", p.Commit(ctx, gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M1", "SM1")}), context.Canceled)
	_, err := p.Sender(ctx, smsOf(101))
	p.wantError("reading", err, context.Canceled)
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M1", "SM1")}))
}
