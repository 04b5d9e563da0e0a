package gateway_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
)

// keptOf stores what was written on a page whose turn could not be made.
func keptOf(t *testing.T, h *house, p *page, words string) {
	t.Helper()
	m := gateway.Kept{ID: gateway.MessageID(h.newID()), Inbound: gateway.Inbound{ProviderID: "kept", From: p.Address(), Text: words}, At: h.clock()}
	if err := h.store.Keep(t.Context(), m, gateway.Timer{Kind: gateway.FinishTimer, Message: m.ID, At: m.At.Add(time.Second)}); err != nil {
		t.Fatal(err)
	}
}

// What somebody wrote is theirs, though its turn is made when they have gone.
func TestWhatWasKeptIsItsWritersWhenTheyHaveGone(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	page := h.visits("P1", payingPhone)
	heardBegins(t, "on the page", page.says("my pay has changed"), "Has it gone up or down?")
	keptOf(t, h, page, "down")
	h.pass(time.Millisecond)
	leave(t, h, page)
	h.pass(time.Minute)
	h.ring()
	heardBegins(t, "by text", h.deliver(), "When did that happen?")
	if items := h.work(gateway.UnknownSenderWork); len(items) != 0 {
		t.Errorf("nobody knows who it was: %+v", items)
	}
}

func TestWordsOfDangerThatWereKeptTellWhoseTheyAre(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.understands(map[string]gateway.Reading{"he will kill me": {Danger: gateway.Abuse}})
	page := h.visits("P1", payingPhone)
	keptOf(t, h, page, "he will kill me")
	h.pass(time.Millisecond)
	leave(t, h, page)
	h.pass(time.Minute)
	h.ring()
	if items := h.work(gateway.DangerWork); len(items) != 1 || items[0].Person != "P1" {
		t.Errorf("work items %+v", items)
	}
}

// A page that was left holds nobody's address: what is written there after
// that, and what somebody unknown wrote, is read by a person.
func TestWhatWasKeptOfNobodyIsForAPerson(t *testing.T) {
	for name, writes := range map[string]func(*house) *page{
		"after they left": func(h *house) *page {
			page := h.visits("P1", payingPhone)
			leave(t, h, page)
			h.pass(time.Minute)
			keptOf(t, h, page, "my pay has changed")
			return page
		},
		"unknown": func(h *house) *page {
			page := h.opens()
			page.greeted()
			keptOf(t, h, page, "my pay has changed")
			h.pass(time.Millisecond)
			leave(t, h, page)
			return page
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			h.useShelf()
			page := writes(h)
			h.pass(time.Minute)
			h.ring()
			if items := h.work(gateway.UnknownSenderWork); len(items) != 1 || items[0].Person != "" {
				t.Errorf("work items %+v", items)
			}
			for _, with := range []gateway.Partner{{Person: "P1"}, {Visit: page.ID}} {
				if open, err := h.store.OpenConversation(t.Context(), with); err == nil {
					t.Errorf("a conversation has begun: %+v", open)
				}
			}
		})
	}
}

// What comes too late for its visit moves once: not what its conversation has
// gone past, nor what was said at the person's own address just before.
func TestALateAnswerMovesOnce(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	late := func(page *page, words string) {
		t.Helper()
		if err := h.Receive(t.Context(), gateway.Inbound{ProviderID: h.newID(), From: page.Address(), Text: words}); err != nil {
			t.Fatal(err)
		}
		leave(t, h, page)
	}
	late(h.visits("P1", payingPhone), "my pay has changed")
	later := h.visits("P1", payingPhone)
	late(later, "down")
	heardBegins(t, "by text", h.deliver(), "When did that happen?")

	again := h.visits("P1", payingPhone)
	if err := h.Greet(t.Context(), again.ID); err != nil {
		t.Fatal(err)
	}
	leave(t, h, again)
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("asked again by text: %q", got)
	}
	fates, err := h.Explain(t.Context(), "P1", 10)
	if err != nil {
		t.Fatal(err)
	}
	said := ""
	for _, f := range fates {
		said += f.Says + "\n"
	}
	for _, why := range []string{"its conversation has gone on", "the same was said there just before"} {
		if !strings.Contains(said, why) {
			t.Errorf("nobody is told that %s:\n%s", why, said)
		}
	}
	if items := h.work(gateway.DeliveryWork); len(items) != 0 {
		t.Errorf("work items %+v", items)
	}
}
