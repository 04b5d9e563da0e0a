package gatewaytest

import (
	"errors"
	"fmt"
	"sync"
	"time"

	"parley/gateway"
)

var onceProofs = map[string]func(*storeProof){
	"an inbound message is taken once":              inboundOnce,
	"32 copies at once are taken once":              inboundOnceAtOnce,
	"the same id on another channel is another":     inboundPerChannel,
	"there is one turn of each number":              oneTurnOfEachNumber,
	"32 turns of one number at once make one":       turnsAtOnce,
	"a person has one open conversation":            oneOpenConversation,
	"an idempotency key is taken once":              idempotencyOnce,
	"a case is put once for each call":              putOnce,
	"a report is written once for each key":         reportOnce,
	"a work item is written once for each key":      workItemOnce,
	"timers that cannot be set undo the turn":       timersUndo,
	"a turn that fails does not touch another's":    failuresStayAlone,
	"a conversation of nobody does not stop others": nobodysConversations,
}

// fullTurn is a turn that writes everything that a turn can, to see that nothing
// of it stays when it is refused.
func fullTurn(id gateway.ConversationID) gateway.Turn {
	t := openTurn(id, "P1")
	t.Inbound = inbound(gateway.MessageID(id+"-in"), "SM-"+string(id))
	reply := outgoing(gateway.MessageID(id+"-out"), "P1", smsOf(101))
	reply.Conversation = id
	t.Outgoing = []gateway.Message{reply}
	t.Reports = []gateway.Report{{ID: string(id) + "-report", Key: string(id), Case: "300012345678", Answers: []byte("{}")}}
	t.WorkItems = []gateway.WorkItem{{ID: string(id) + "-work", Key: string(id)}}
	t.Timers = []gateway.Timer{{Kind: gateway.WakeTimer, Conversation: id, At: storeTime}}
	t.OptOut = &gateway.OptOut{Address: smsOf(900), Out: true, At: storeTime}
	t.Idempotency = &gateway.IdempotentRow{Key: "key of " + string(id), BodyHash: "hash", Answer: []byte("answer")}
	return t
}

// wantNothingOf checks that nothing of a full turn is there.
func (p *storeProof) wantNothingOf(t gateway.Turn) {
	p.Helper()
	_, err := p.Conversation(p.Context(), t.Conversation.ID)
	p.wantError("its conversation", err, gateway.ErrNotFound)
	_, err = p.TurnRecord(p.Context(), t.Conversation.ID, t.Conversation.Turn)
	p.wantError("its turn", err, gateway.ErrNotFound)
	_, err = p.Idempotent(p.Context(), t.Idempotency.Key)
	p.wantError("its idempotency key", err, gateway.ErrNotFound)
	_, err = p.NextDue(p.Context())
	p.wantError("its messages", err, gateway.ErrNotFound)
	reports, err := p.Reports(p.Context(), "300012345678")
	p.must(err)
	want(p, "its reports", reports, nil)
	p.wantWorkItems()
	want(p, "its timers", p.Timers(p), nil)
	sender, err := p.Sender(p.Context(), smsOf(900))
	p.must(err)
	want(p, "its opt-out", sender.OptedOut, false)
}

func inboundOnce(p *storeProof) {
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M1", "SM-V1")}))
	again := fullTurn("V1")
	p.wantError("the same message again", p.Commit(p.Context(), again), gateway.ErrDuplicate)
	p.wantNothingOf(again)
}

// atOnce calls commit 32 times at once and counts what came of it.
func (p *storeProof) atOnce(commit func(n int) error) (done int, refused []error) {
	errs := make([]error, 32)
	var all sync.WaitGroup
	for n := range errs {
		all.Go(func() { errs[n] = commit(n) })
	}
	all.Wait()
	for _, err := range errs {
		if err == nil {
			done++
		} else {
			refused = append(refused, err)
		}
	}
	return done, refused
}

func inboundOnceAtOnce(p *storeProof) {
	done, refused := p.atOnce(func(n int) error {
		return p.Commit(p.Context(), gateway.Turn{
			ID: "T", At: storeTime, Inbound: inbound(gateway.MessageID(fmt.Sprint("M", n)), "SM1"),
			Outgoing: []gateway.Message{outgoing(gateway.MessageID(fmt.Sprint("R", n)), "P1", smsOf(101))},
		})
	})
	want(p, "turns made", done, 1)
	for _, err := range refused {
		p.wantError("another copy", err, gateway.ErrDuplicate)
	}
	claimed, err := p.Claim(p.Context(), storeTime, 99, time.Minute)
	p.must(err)
	want(p, "replies", len(claimed), 1)
}

func inboundPerChannel(p *storeProof) {
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T1", At: storeTime, Inbound: inbound("M1", "1")}))
	email := inbound("M2", "1")
	email.From = emailOf("sam")
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T2", At: storeTime, Inbound: email}))
}

func oneTurnOfEachNumber(p *storeProof) {
	first := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), first))
	p.must(p.Commit(p.Context(), nextTurn(first)))

	late := nextTurn(first)
	late.Conversation.State = []byte("fork")
	late.Inbound = inbound("M1", "SM1")
	p.wantError("another turn 2", p.Commit(p.Context(), late), gateway.ErrConflict)
	got, err := p.Conversation(p.Context(), "V1")
	p.must(err)
	want(p, "the state", string(got.State), "state 2")

	late.Conversation.Turn = 3
	p.must(p.Commit(p.Context(), late)) // the message was not taken by the turn that was refused
	again := openTurn("V1", "P1")
	p.wantError("a conversation that began already", p.Commit(p.Context(), again), gateway.ErrConflict)
}

func turnsAtOnce(p *storeProof) {
	first := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), first))
	done, refused := p.atOnce(func(n int) error {
		t := nextTurn(first)
		t.Inbound = inbound(gateway.MessageID(fmt.Sprint("M", n)), fmt.Sprint("SM", n))
		return p.Commit(p.Context(), t)
	})
	want(p, "turns made", done, 1)
	for _, err := range refused {
		p.wantError("another turn 2", err, gateway.ErrConflict)
	}
	want(p, "messages taken", len(p.view("V1")), 1)
}

func oneOpenConversation(p *storeProof) {
	first := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), first))
	other := fullTurn("V2")
	p.wantError("a second open conversation", p.Commit(p.Context(), other), gateway.ErrConflict)
	p.wantNothingOf(other)

	queued := openTurn("V2", "P1")
	queued.Conversation.Phase, queued.Conversation.Turn = gateway.Waiting, 0
	p.must(p.Commit(p.Context(), queued))
	opened := nextTurn(queued)
	opened.Conversation.Phase = gateway.Open
	p.wantError("opening it beside the first", p.Commit(p.Context(), opened), gateway.ErrConflict)

	ended := nextTurn(first)
	ended.Conversation.Phase = gateway.Ended
	p.must(p.Commit(p.Context(), ended))
	p.must(p.Commit(p.Context(), opened))
	p.must(p.Commit(p.Context(), openTurn("V3", "P2")))
}

func nobodysConversations(p *storeProof) {
	p.must(p.Commit(p.Context(), openTurn("V1", "")))
	p.must(p.Commit(p.Context(), openTurn("V2", "")))
	_, err := p.OpenConversation(p.Context(), gateway.Partner{})
	p.wantError("the open conversation of nobody", err, gateway.ErrNotFound)
}

func idempotencyOnce(p *storeProof) {
	row := gateway.IdempotentRow{Key: "key of V1", BodyHash: "hash", Answer: []byte(`{"id":"V0"}`)}
	_, err := p.Idempotent(p.Context(), row.Key)
	p.wantError("a key that is not taken", err, gateway.ErrNotFound)
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Idempotency: &row}))
	got, err := p.Idempotent(p.Context(), row.Key)
	p.must(err)
	want(p, "the answer", got, row)

	p.wantError("the same key again", p.Commit(p.Context(), fullTurn("V1")), gateway.ErrDuplicate)
	_, err = p.Conversation(p.Context(), "V1")
	p.wantError("what it would have begun", err, gateway.ErrNotFound)
}

func putOnce(p *storeProof) {
	row := gateway.IdempotentRow{Key: "key", BodyHash: "hash", Answer: []byte("{}")}
	p.must(p.PutCaseOnce(p.Context(), twoParents(), storeTime, &row))
	got, err := p.Idempotent(p.Context(), "key")
	p.must(err)
	want(p, "the answer", got, row)

	changed := twoParents()
	changed.Team, changed.PayingParent.Phone = "york-1", smsOf(105).Value
	p.wantError("another case by the same call", p.PutCaseOnce(p.Context(), changed, storeTime, &row), gateway.ErrDuplicate)
	c, err := p.Case(p.Context(), "300012345678")
	p.must(err)
	want(p, "the case", c, twoParents())
	want(p, "who holds the number", p.holder(101).Person, "P1")
}

func reportOnce(p *storeProof) {
	report := gateway.Report{ID: "A1", Key: "V1/report", Case: "300012345678", Answers: []byte(`{"pay":1}`), Created: storeTime}
	again := report
	again.ID, again.Answers = "A2", []byte(`{"pay":2}`)
	for _, r := range []gateway.Report{report, again} {
		p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Reports: []gateway.Report{r}}))
	}
	got, err := p.Reports(p.Context(), "300012345678")
	p.must(err)
	want(p, "the reports", got, []gateway.Report{report})
}

func workItemOnce(p *storeProof) {
	item := gateway.WorkItem{ID: "W1", Key: "danger/M1", Kind: gateway.DangerWork, Created: storeTime}
	again := item
	again.ID, again.Urgent = "W2", true
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T1", At: storeTime, WorkItems: []gateway.WorkItem{item}}))
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T2", At: storeTime, WorkItems: []gateway.WorkItem{again}}))
	p.wantWorkItems(item)
}

func timersUndo(p *storeProof) {
	t := fullTurn("V1")
	t.Timers = append(t.Timers, gateway.Timer{Kind: FailingTimer})
	if err := p.Commit(p.Context(), t); err == nil || errors.Is(err, gateway.ErrConflict) || errors.Is(err, gateway.ErrDuplicate) {
		p.Errorf("a turn whose timers cannot be set: got error %v", err)
	}
	p.wantNothingOf(t)
	p.must(p.Commit(p.Context(), fullTurn("V1")))
}

// failuresStayAlone mixes turns that are refused with turns that are not: they
// may share a transaction.
func failuresStayAlone(p *storeProof) {
	p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M", "SM1")}))
	done, refused := p.atOnce(func(n int) error {
		t := gateway.Turn{ID: "T", At: storeTime, Inbound: inbound(gateway.MessageID(fmt.Sprint("M", n)), fmt.Sprint("SM", n))}
		if n%4 == 0 {
			t.Timers = []gateway.Timer{{Kind: FailingTimer}}
		}
		return p.Commit(p.Context(), t)
	})
	want(p, "turns made", done, 32-8-1)
	want(p, "turns refused", len(refused), 8+1)
}
