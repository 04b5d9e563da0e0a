package main

import (
	"encoding/json"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// seedTalk is a conversation that is being made up.
type seedTalk struct {
	*seedMaker
	conversation gateway.Conversation
	language     templates.Language
	at           time.Time
	beside       dialogs.Facts
}

// dialogSays adds a turn of the dialog.
func (t *seedTalk) dialogSays(turn *mouldTurn) {
	t.conversation.State = turn.state
	record := turn.record
	t.beside = dialogs.Facts{Today: record.Facts.Today, HandoffBy: record.Facts.HandoffBy}
	made := t.turn(record)
	if record.Event == dialogs.Said {
		t.hear(made, record.Text)
	}
	for _, m := range turn.out.Messages {
		t.send(made, m.Text(string(directory.SMS)), "")
	}
	if turn.out.End != nil {
		t.end(made, turn.out.End.Outcome)
	}
	t.past.Turns = append(t.past.Turns, *made)
}

// besideDialog has somebody of ours take over, talk with the person for a while
// and end it.
func (t *seedTalk) besideDialog() {
	t.act("amara", gateway.TookOver, "")
	for range 1 + t.IntN(4) {
		record := gateway.Record{Text: t.vocabulary.sentence(t.Rand, t.language), Beside: true, Facts: t.beside}
		made := t.turn(record)
		t.hear(made, record.Text)
		t.past.Turns = append(t.past.Turns, *made)
		t.act("amara", gateway.WroteTo, t.vocabulary.sentence(t.Rand, t.language))
	}
	t.act("amara", gateway.ClosedIt, "")
}

// act adds a turn of somebody of ours.
func (t *seedTalk) act(by directory.StaffID, what gateway.Act, says string) {
	t.conversation.Keeper = by
	made := t.turn(gateway.Record{Staff: by, Act: what, Beside: true, Facts: t.beside})
	if says != "" {
		t.send(made, says, by)
	}
	if what == gateway.ClosedIt {
		t.end(made, "resolved")
	}
	t.past.Turns = append(t.past.Turns, *made)
}

// turn begins the next turn, some minutes after the last.
func (t *seedTalk) turn(record gateway.Record) *gateway.Turn {
	t.at = t.at.Add(time.Duration(1+t.IntN(9)) * time.Minute)
	t.conversation.Turn++
	record.Now = t.at
	written, _ := json.Marshal(record) // nothing in it cannot be written
	c := t.conversation
	return &gateway.Turn{ID: t.id(t.at), At: t.at, Conversation: &c, Begins: c.Turn == 1, Record: written}
}

func (t *seedTalk) hear(turn *gateway.Turn, text string) {
	id := t.id(t.at)
	t.conversation.LastSaid, turn.Conversation.LastSaid = t.at, t.at
	turn.Inbound = &gateway.InboundRecord{
		ID: gateway.MessageID(id), Person: t.conversation.Person, Kind: "turn", At: t.at,
		Inbound: gateway.Inbound{ProviderID: "seed:" + id, From: t.conversation.Address, To: demoNumber, Text: text},
	}
}

// send adds a message that has since been delivered.
func (t *seedTalk) send(turn *gateway.Turn, text string, by directory.StaffID) {
	id := gateway.MessageID(t.id(t.at))
	turn.Outgoing = append(turn.Outgoing, gateway.Message{
		ID: id, Conversation: t.conversation.ID, Turn: t.conversation.Turn, Person: t.conversation.Person, Case: t.conversation.Case,
		To: t.conversation.Address, Language: t.language, Text: text, Subject: gateway.Reply, Priority: gateway.Urgent,
		Staff: by, NotBefore: t.at, Created: t.at,
	})
	t.past.Settled = append(t.past.Settled, gateway.Settlement{
		Message: id, Status: gateway.Delivered, ProviderID: "seed:" + string(id), Segments: 1, At: t.at.Add(time.Second),
	})
}

func (t *seedTalk) end(turn *gateway.Turn, outcome string) {
	turn.Conversation.Phase, turn.Conversation.Outcome = gateway.Ended, outcome
	if outcome != "reported" {
		return
	}
	c := turn.Conversation
	turn.Reports = []gateway.Report{{
		ID: t.id(t.at), Key: string(c.ID) + "/report", Case: c.Case, Person: c.Person, Conversation: c.ID, Dialog: c.Dialog, Kind: c.Dialog,
		Reference: "CM-" + string(c.ID[24:]), Due: t.at.AddDate(0, 0, 28), Answers: []byte("{}"), Results: []byte("{}"), Created: t.at,
	}}
}
