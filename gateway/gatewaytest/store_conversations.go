package gatewaytest

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
)

var conversationProofs = map[string]func(*storeProof){
	"a conversation comes back as its last turn left it":    conversationComesBack,
	"any conversation comes back":                           anyConversation,
	"any text comes back":                                   anyText,
	"queued conversations wait in order":                    queuedConversations,
	"a turn can put others off":                             queuedWithTurn,
	"a turn commits with all that it caused":                wholeTurn,
	"a turn needs no conversation":                          turnWithoutConversation,
	"the source of a dialog version is kept":                dialogSource,
	"messages of a conversation are seen in the order sent": conversationMessages,
}

func conversationComesBack(p *storeProof) {
	first := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), first))
	second := nextTurn(first)
	second.Conversation.Address = emailOf("sam")
	second.Conversation.Nudges, second.Conversation.LastSaid = 2, storeTime.Add(time.Hour)
	p.must(p.Commit(p.Context(), second))

	got, err := p.Conversation(p.Context(), "V1")
	p.must(err)
	want(p, "the conversation", got, *second.Conversation)
	got, err = p.OpenConversation(p.Context(), gateway.Partner{Person: "P1"})
	p.must(err)
	want(p, "the open conversation", got, *second.Conversation)
	for number, record := range map[int]string{1: `{"turn":1}`, 2: `{"turn":2}`} {
		got, err := p.TurnRecord(p.Context(), "V1", number)
		p.must(err)
		want(p, "the turn's record", string(got), record)
	}

	ended := nextTurn(second)
	ended.Conversation.Phase, ended.Conversation.Outcome = gateway.Ended, "reported"
	p.must(p.Commit(p.Context(), ended))
	_, err = p.OpenConversation(p.Context(), gateway.Partner{Person: "P1"})
	p.wantError("the open conversation, once it has ended", err, gateway.ErrNotFound)
	_, err = p.Conversation(p.Context(), "V9")
	p.wantError("a conversation that is not there", err, gateway.ErrNotFound)
	_, err = p.ConversationView(p.Context(), "V9")
	p.wantError("the view of one", err, gateway.ErrNotFound)
	_, err = p.TurnRecord(p.Context(), "V1", 9)
	p.wantError("a turn that is not there", err, gateway.ErrNotFound)
}

func anyConversation(p *storeProof) {
	ids := 0
	rapid.Check(p.T, func(r *rapid.T) {
		ids++
		text := rapid.StringOf(rapid.Rune().Filter(func(c rune) bool { return c != 0 }))
		moment := rapid.Map(rapid.Int64Range(1, 4e15), func(micros int64) time.Time { return time.UnixMicro(micros).UTC() })
		c := gateway.Conversation{
			ID: gateway.ConversationID(fmt.Sprint("any ", ids)), Person: "P1", Case: "300012345678",
			Dialog: text.Draw(r, "dialog"), Version: text.Draw(r, "version"), Address: smsOf(101),
			Phase: rapid.SampledFrom([]gateway.Phase{gateway.Waiting, gateway.Ended}).Draw(r, "phase"),
			Turn:  rapid.IntRange(0, 1<<31-1).Draw(r, "turn"), State: rapid.SliceOf(rapid.Byte()).Draw(r, "state"),
			ByUs: rapid.Bool().Draw(r, "by us"), By: text.Draw(r, "by whom"), Nudges: rapid.IntRange(0, 9).Draw(r, "nudges"),
			Outcome: text.Draw(r, "outcome"), Created: moment.Draw(r, "created"), LastSaid: moment.Draw(r, "last said"),
		}
		p.must(p.Commit(p.Context(), gateway.Turn{ID: "T", At: storeTime, Begins: true, Conversation: &c}))
		got, err := p.Conversation(p.Context(), c.ID)
		p.must(err)
		want(p, "the conversation", got, c)
	})
}

func anyText(p *storeProof) {
	texts := []string{
		"", "Rwy'n byw yn Nhŷ Ŵyl, Ynys Môn: âêîôûŵŷ ÂÊÎÔÛŴŶ", "👍🏽 👨‍👩‍👧", "'; DROP TABLE messages; --", strings.Repeat("long ", 2000),
		"line\nbreak\ttab", `back\slash "quote" %s $1 ?`,
	}
	t := openTurn("V1", "P1")
	for i, text := range texts {
		m := outgoing(gateway.MessageID(fmt.Sprintf("M%02d", i)), "P1", smsOf(101))
		m.Conversation, m.Text = "V1", text
		t.Outgoing = append(t.Outgoing, m)
	}
	p.must(p.Commit(p.Context(), t))
	var got []string
	for _, m := range p.view("V1") {
		got = append(got, m.Text)
	}
	want(p, "the texts", got, texts)
}

func queuedConversations(p *storeProof) {
	p.wantQueue("P1")
	p.must(p.Commit(p.Context(), openTurn("V1", "P1")))
	for i, id := range []gateway.ConversationID{"V4", "V2", "V3"} {
		queued := openTurn(id, "P1")
		c := queued.Conversation
		c.Phase, c.Turn, c.ByUs, c.Created = gateway.Waiting, 0, true, storeTime.Add(time.Duration(i)*time.Minute)
		p.must(p.Commit(p.Context(), queued))
	}
	p.wantQueue("P1", "V4", "V2", "V3")
	p.wantQueue("P2")
	own := openTurn("V6", "P1")
	own.Conversation.Phase, own.Conversation.Turn, own.Conversation.Created = gateway.Waiting, 0, storeTime.Add(time.Hour)
	p.must(p.Commit(p.Context(), own))
	p.wantQueue("P1", "V6", "V4", "V2", "V3")
	paused := openTurn("V5", "P1")
	paused.Conversation.Phase, paused.Conversation.Created = gateway.Waiting, storeTime.Add(time.Hour)
	p.must(p.Commit(p.Context(), paused))
	p.wantQueue("P1", "V5", "V6", "V4", "V2", "V3")
}

// wantQueue checks which conversations wait for a person, and that each comes
// as it is.
func (p *storeProof) wantQueue(person directory.PersonID, ids ...gateway.ConversationID) {
	p.Helper()
	queue, err := p.Queue(p.Context(), gateway.Partner{Person: person})
	p.must(err)
	var got []gateway.ConversationID
	for _, c := range queue {
		got = append(got, c.ID)
		whole, err := p.Conversation(p.Context(), c.ID)
		p.must(err)
		want(p, "a conversation that waits", c, whole)
	}
	want(p, "the queue of "+string(person), got, ids)
}

// queuedWithTurn: what a turn puts off waits as soon as the turn is there.
func queuedWithTurn(p *storeProof) {
	first := openTurn("V1", "P1")
	for _, id := range []gateway.ConversationID{"V2", "V3"} {
		c := *openTurn(id, "P1").Conversation
		c.Phase, c.Turn, c.ByUs, c.By = gateway.Waiting, 0, true, "caseworker-7"
		first.Queues = append(first.Queues, c)
	}
	p.must(p.Commit(p.Context(), first))
	p.wantQueue("P1", "V2", "V3")
	p.wantError("the same turn again", p.Commit(p.Context(), first), gateway.ErrConflict)
	p.wantQueue("P1", "V2", "V3")
	left := nextTurn(gateway.Turn{At: storeTime, Conversation: &first.Queues[0]})
	left.Conversation.Phase = gateway.Ended
	p.must(p.Commit(p.Context(), left))
	p.wantQueue("P1", "V3")
}

func wholeTurn(p *storeProof) {
	t := openTurn("V1", "P1")
	t.Inbound = inbound("M1", "SM1")
	reply := outgoing("M2", "P1", smsOf(101))
	reply.Conversation, reply.Turn, reply.Staff = "V1", 1, "ann"
	t.Outgoing = []gateway.Message{reply}
	t.Reports = []gateway.Report{{
		ID: "A1", Key: "V1/report", Case: "300012345678", Person: "P1", Conversation: "V1", Dialog: "income-change",
		Kind: "income-change", Reference: "REF-1", Due: storeTime.AddDate(0, 0, 28), Answers: []byte(`{"pay":"410.00"}`),
		Results: []byte(`{"estimate":"61.50"}`), Created: storeTime,
	}}
	t.WorkItems = []gateway.WorkItem{{
		ID: "W1", Key: "V1/report", Kind: gateway.ReportWork, Case: "300012345678", Person: "P1", Conversation: "V1", Message: "M1",
		Team: "leeds-2", Urgent: true, Due: storeTime.AddDate(0, 0, 28), Detail: "report", Created: storeTime,
	}}
	t.Timers = []gateway.Timer{{Kind: gateway.WakeTimer, Conversation: "V1", At: storeTime.Add(48 * time.Hour)}}
	p.must(p.Commit(p.Context(), t))

	want(p, "the messages", p.view("V1"), []gateway.MessageView{
		{ID: "M1", Turn: 1, Channel: "sms", Text: "My pay went down", At: storeTime},
		{ID: "M2", Turn: 1, Out: true, Staff: "ann", Language: "cy", Channel: "sms", Text: "Helo M2", Status: gateway.Queued, At: storeTime},
	})
	reports, err := p.Reports(p.Context(), "300012345678")
	p.must(err)
	want(p, "the reports", reports, t.Reports)
	none, err := p.Reports(p.Context(), "300000000001")
	p.must(err)
	want(p, "another case's reports", none, nil)
	p.wantWorkItems(t.WorkItems...)
	want(p, "the timers", p.Timers(p), t.Timers)
}

// wantWorkItems checks all work items, and every filter on the first.
func (p *storeProof) wantWorkItems(items ...gateway.WorkItem) {
	p.Helper()
	got, err := p.WorkItems(p.Context(), gateway.WorkItemFilter{})
	p.must(err)
	want(p, "the work items", got, items)
	if len(items) == 0 {
		return
	}
	w := items[0]
	for _, f := range []gateway.WorkItemFilter{{Case: w.Case}, {Person: w.Person}, {Team: w.Team}, {Kind: w.Kind}} {
		got, err := p.WorkItems(p.Context(), f)
		p.must(err)
		if !slices.Contains(got, w) {
			p.Errorf("work items by %+v: %v is missing", f, w)
		}
	}
	got, err = p.WorkItems(p.Context(), gateway.WorkItemFilter{Case: "300000000001"})
	p.must(err)
	want(p, "another case's work items", got, nil)
}

func turnWithoutConversation(p *storeProof) {
	t := gateway.Turn{ID: "T", At: storeTime, Inbound: inbound("M1", "SM1"), Outgoing: []gateway.Message{outgoing("M2", "", smsOf(555))}}
	t.Inbound.Person = ""
	p.must(p.Commit(p.Context(), t))
	claimed, err := p.Claim(p.Context(), storeTime, 9, time.Minute)
	p.must(err)
	want(p, "the outbox", claimed, t.Outgoing)
}

func dialogSource(p *storeProof) {
	_, err := p.DialogSource(p.Context(), "v1")
	p.wantError("a version that is not there", err, gateway.ErrNotFound)
	for range 2 {
		p.must(p.KeepDialogSource(p.Context(), "v1", "income-change", []byte("dialog: income-change"), storeTime))
	}
	source, err := p.DialogSource(p.Context(), "v1")
	p.must(err)
	want(p, "the source", string(source), "dialog: income-change")
}

func conversationMessages(p *storeProof) {
	t := openTurn("V1", "P1")
	for n := range 20 { // more than one INSERT takes
		m := outgoing(gateway.MessageID(fmt.Sprintf("M%02d", n)), "P1", smsOf(101))
		m.Conversation = "V1"
		t.Outgoing = append(t.Outgoing, m)
	}
	p.must(p.Commit(p.Context(), t))
	views := p.view("V1")
	if len(views) != 20 || !slices.IsSortedFunc(views, func(a, b gateway.MessageView) int { return strings.Compare(string(a.ID), string(b.ID)) }) {
		p.Errorf("messages: %v", views)
	}
}
