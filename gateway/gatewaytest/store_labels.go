package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var labelProofs = map[string]func(*storeProof){
	"labels come back with their message": labelsComeBack,
}

func labelsComeBack(p *storeProof) {
	t := openTurn("V1", "P1")
	t.Inbound = said("M1", "my pay has changed", storeTime)
	t.Record = []byte(`{"reading":{"intent":"none"}}`)
	t.Outgoing = []gateway.Message{outgoing("M2", "P1", smsOf(101))}
	t.Outgoing[0].Conversation = "V1"
	p.must(p.Commit(p.Context(), t))
	first := gateway.Label{ID: "L1", Message: "M1", By: "ann", At: storeTime, Intents: []string{"none"}, Language: "en"}
	second := gateway.Label{
		ID: "L2", Message: "M1", By: "bo", At: storeTime.Add(time.Hour), Intents: []string{"new-job", "danger"}, Danger: gateway.Abuse, Language: "cy",
	}
	p.must(p.AddLabel(p.Context(), first))
	p.must(p.AddLabel(p.Context(), second))
	both := []gateway.Label{first, second}

	one, err := p.Labelled(p.Context(), "M1")
	p.must(err)
	want(p, "the labels of a message", one.Labels, both)
	want(p, "its words", one.Text, "my pay has changed")
	want(p, "its writer", one.Person, "P1")
	want(p, "its case", one.Case, t.Conversation.Case)
	want(p, "its reading", one.Reading, gateway.Reading{Intent: "none"})
	for _, id := range []gateway.MessageID{"M2", "M9"} {
		_, err := p.Labelled(p.Context(), id)
		p.wantError("of "+string(id), err, gateway.ErrNotFound)
	}
	for _, of := range []struct {
		person       string
		conversation string
		want         []gateway.Label
	}{{"P1", "", both}, {"", "V1", both}, {"P2", "V1", nil}, {"", "V2", nil}} {
		labels, err := p.LabelsOf(p.Context(), directory.PersonID(of.person), gateway.ConversationID(of.conversation))
		p.must(err)
		want(p, "labels of "+of.person+of.conversation, labels, of.want)
	}
	all, err := p.AllLabelled(p.Context(), "", 10)
	p.must(err)
	want(p, "all that are labelled", all, []gateway.Labelled{one})
	none, err := p.AllLabelled(p.Context(), "M1", 10)
	p.must(err)
	want(p, "after the last", none, nil)
}
