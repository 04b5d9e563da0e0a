package gateway_test

import (
	"testing"

	"parley/gateway"
)

// worried reads every message as one that may be of danger.
type worried struct{}

func (worried) Read(text string) gateway.Reading {
	return gateway.Reading{Intent: "none", Worry: gateway.Abuse}
}

// What may be danger and may be nothing is read by somebody. The person is
// answered as ever, and nothing is held.
func TestAWorryIsReadByAPersonAndHoldsNothing(t *testing.T) {
	h := newHouse(t, family())
	want := h.text(receivingPhone, "hm")
	h = newHouse(t, family())
	h.config.Understanding = worried{}
	h.useDialogs(h.config.Dialogs)
	if got := h.text(receivingPhone, "hm"); len(got) != len(want) || len(got) > 0 && got[0] != want[0] {
		t.Errorf("answered %q, want %q", got, want)
	}
	items := h.work(gateway.WorryWork)
	if len(items) != 1 || items[0].Urgent || items[0].Detail != string(gateway.Abuse) || items[0].Person == "" {
		t.Errorf("work %+v, want one worry of abuse that is not urgent", items)
	}
	if items := h.work(gateway.DangerWork); len(items) != 0 {
		t.Errorf("specialists get %+v", items)
	}
}
