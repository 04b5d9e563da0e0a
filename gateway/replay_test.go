package gateway_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
)

// TestAConversationCanBeRepeatedFromItsRecord holds a conversation with every
// kind of turn, and repeats it from the rows of its turns alone.
func TestAConversationCanBeRepeatedFromItsRecord(t *testing.T) {
	h := newHouse(t, family())
	page := h.confirmed("P1", payingPhone)
	c := h.start("P1", "income-change")
	h.deliver()
	page.says("down to £410 a week")
	h.text(payingPhone, "CYMRAEG")
	h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "ddoe", Media: 1})
	h.pass(49 * time.Hour)
	h.ring()
	for _, words := range []string{"ie", "wedyn", "newid 2", "£500 y mis", "iawn"} {
		h.text(payingPhone, words)
	}
	view, err := h.store.ConversationView(t.Context(), c.Conversation)
	if err != nil {
		t.Fatal(err)
	}
	if view.Phase != gateway.Ended || view.Outcome != "reported" {
		t.Fatalf("the conversation is %s, %q", view.Phase, view.Outcome)
	}
	var records []gateway.Record
	for n := 1; n <= view.Turn; n++ {
		row, err := h.store.TurnRecord(t.Context(), c.Conversation, n)
		if err != nil {
			t.Fatal(err)
		}
		var r gateway.Record
		if err := json.Unmarshal(row, &r); err != nil {
			t.Fatalf("turn %d: %v", n, err)
		}
		records = append(records, r)
	}
	state, err := gateway.Replay(dialogOf(t, h, "income-change"), records)
	if err != nil {
		t.Fatal(err)
	}
	again, err := state.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(again, view.State) {
		t.Errorf("repeated, the conversation ends otherwise than it did:\n%s\n%s", dialogOf(t, h, "income-change").AnswersJSON(state), view.State)
	}
}

func dialogOf(t *testing.T, h *house, name string) *dialogs.Dialog {
	t.Helper()
	for _, d := range h.Dialogs() {
		if d.Name == name {
			return d
		}
	}
	t.Fatalf("no dialog %s", name)
	return nil
}
