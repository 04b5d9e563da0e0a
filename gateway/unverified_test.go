package gateway_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// TestAnUnverifiedSenderChangesNothing has somebody write in a parent's name.
func TestAnUnverifiedSenderChangesNothing(t *testing.T) {
	for _, c := range []struct {
		name    string
		text    string
		keyword gateway.Keyword
		work    gateway.WorkItemKind
	}{
		{"an answer", "down", gateway.NoKeyword, gateway.AddressWork},
		{"STOP", "STOP", gateway.Stop, gateway.AddressWork},
		{"a wrong person", "wrong number", gateway.NoKeyword, gateway.AddressWork},
		{"danger", "he hit me and I am scared of him", gateway.NoKeyword, gateway.DangerWork},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, family())
			started := h.start("P1", "income-change")
			h.deliver()
			before, err := h.store.Conversation(t.Context(), started.Conversation)
			if err != nil {
				t.Fatal(err)
			}
			forged := gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: c.text, Keyword: c.keyword, Unverified: "spf=fail dkim=none"}
			if said := h.receive(forged); len(said) > 0 {
				t.Errorf("it was answered: %q", said)
			}
			after, err := h.store.Conversation(t.Context(), started.Conversation)
			if err != nil || after.Turn != before.Turn || after.Phase != gateway.Open {
				t.Errorf("the conversation is at turn %d, %s (%v), was at turn %d, open", after.Turn, after.Phase, err, before.Turn)
			}
			items := h.work(c.work)
			if len(items) != 1 || items[0].Person != "" || !strings.Contains(items[0].Detail, "sender not verified") {
				t.Errorf("work items %+v", items)
			}
			if answered := h.text(payingPhone, "down"); len(answered) != 1 || !strings.Contains(answered[0], "How much") {
				t.Errorf("the parent is answered %q", answered)
			}
		})
	}
}

// TestManyUnverifiedMakeLittleWork: nor do they use up what the parent may send.
func TestManyUnverifiedMakeLittleWork(t *testing.T) {
	h := newHouse(t, family())
	for range 100 {
		h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "down", Unverified: "spf=fail"})
	}
	if kept, over := len(h.work(gateway.AddressWork)), len(h.work(gateway.LoopWork)); kept != 30 || over != 1 {
		t.Errorf("%d and %d work items, want the limit of 30 and one about the rest", kept, over)
	}
	if said := h.text(payingPhone, "my pay went down"); len(said) == 0 {
		t.Error("the parent is not answered")
	}
}

// TestAnUnverifiedMessageThatCannotBeStoredIsNotTaken: to be kept without its
// mark would be to be believed later.
func TestAnUnverifiedMessageThatCannotBeStoredIsNotTaken(t *testing.T) {
	h := newHouse(t, family())
	h.config.Store = commitFails{h.config.Store}
	h.useDialogs(h.config.Dialogs)
	err := h.Receive(t.Context(), gateway.Inbound{ProviderID: "m1", From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "down", Unverified: "spf=fail"})
	if !errors.Is(err, errCommit) || len(h.timers) > 0 {
		t.Errorf("Receive = %v with %d timers, want the store's error and none", err, len(h.timers))
	}
}

var errCommit = errors.New("the disk is full")

// commitFails is a store that commits no turn and keeps messages all the same.
type commitFails struct{ gateway.Store }

func (commitFails) Commit(context.Context, gateway.Turn) error { return errCommit }
