package gateway_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func TestWhatIsStillToGoToACase(t *testing.T) {
	c, other := payingFamily(), payingFamily()
	other.Reference, other.PayingParent.ID, other.PayingParent.Phone = "300012345688", "P2", "+447700900201"
	other.ReceivingParents[0].ID, other.ReceivingParents[0].Phone = "R2", "+447700900202"
	h := scheduled(t, newHouse(t, c, other))
	h.pays("B1", 32_820, time.October, 15)
	h.at(time.November, 11, 21)
	coming := func() []string {
		t.Helper()
		list, err := h.Coming(t.Context(), &c, 5*24*time.Hour)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range list {
			got = append(got, fmt.Sprintf("%s %s %s %s %s %q", m.At.Format("01-02 15:04"), m.Person, m.Notice, m.Occasion, m.Action, m.Reasons))
		}
		return got
	}
	want := []string{`11-12 10:00 P1 payment-due due 2026-11-15 send []`}
	if got := coming(); !slices.Equal(got, want) {
		t.Errorf("before it is planned: got\n%q, want\n%q", got, want)
	}
	h.plan()
	if got := coming(); !slices.Equal(got, want) {
		t.Errorf("once it is planned: got\n%q, want\n%q", got, want)
	}
	h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: c.PayingParent.Phone}, Text: "STOP", Keyword: gateway.Stop})
	want = []string{`11-12 10:00 P1 payment-due due 2026-11-15 do not send ["sms: has said STOP on this channel"]`}
	if got := coming(); !slices.Equal(got, want) {
		t.Errorf("once they said STOP: got\n%q, want\n%q", got, want)
	}
}

// What a caseworker begins at night waits for the morning, and is told of.
func TestWhatWaitsToBegin(t *testing.T) {
	c := payingFamily()
	h := newHouse(t, c)
	h.at(time.November, 11, 21)
	started := h.start("P1", "income-change")
	h.deliver()
	list, err := h.Coming(t.Context(), &c, time.Hour)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if m := list[0]; m.Conversation != started.Conversation || m.Dialog != "income-change" || m.Action != gateway.WaitUntil || m.At.Format("01-02 15:04") != "11-12 08:00" || len(m.Reasons) != 1 {
		t.Errorf("%+v", m)
	}
	h.at(time.November, 12, 9)
	h.ring()
	if list, err = h.Coming(t.Context(), &c, time.Hour); err != nil || len(list) != 1 || list[0].Dialog != "" || list[0].Action != gateway.Send {
		t.Errorf("once it has begun: %+v, %v", list, err)
	}
	h.deliver()
	if list, err = h.Coming(t.Context(), &c, time.Hour); err != nil || len(list) != 0 {
		t.Errorf("once it is sent: %+v, %v", list, err)
	}
}

func TestHowPeopleCanBeReached(t *testing.T) {
	c := payingFamily()
	h := newHouse(t, c)
	h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: c.PayingParent.Phone}, Text: "STOP", Keyword: gateway.Stop})
	if err := h.MarkDanger(t.Context(), "R1", c.Reference, gateway.Abuse, "ann"); err != nil {
		t.Fatal(err)
	}
	contacts, err := h.Contacts(t.Context(), &c)
	if err != nil || len(contacts) != 2 {
		t.Fatalf("%+v, %v", contacts, err)
	}
	pays, paid := contacts[0], contacts[1]
	if pays.Person != "P1" || pays.Held || !pays.CaseHeld || len(pays.Ways) == 0 || !pays.Ways[0].OptedOut {
		t.Errorf("who pays: %+v", pays)
	}
	if paid.Person != "R1" || !paid.Held || paid.CaseHeld || len(paid.Ways) == 0 || paid.Ways[0].OptedOut || paid.Ways[0].Doubt != "" {
		t.Errorf("who is paid: %+v", paid)
	}
}

func TestNotesOnACase(t *testing.T) {
	h := newHouse(t, family())
	changes := h.Watch(t.Context())
	for text, want := range map[string]error{
		" \n": gateway.ErrEmptyNote, strings.Repeat("x", gateway.LongestNote+1): gateway.ErrLongNote, " Rang back. ": nil,
	} {
		if err := h.WriteNote(t.Context(), "ann", reference, "R1", text); !errors.Is(err, want) {
			t.Errorf("%.10q: %v", text, err)
		}
	}
	notes, err := h.store.CaseNotes(t.Context(), reference, "", 9)
	if err != nil || len(notes) != 1 || notes[0].Text != "Rang back." || notes[0].By != "ann" || notes[0].Person != "R1" || !notes[0].At.Equal(h.clock()) {
		t.Errorf("%+v, %v", notes, err)
	}
	if change := <-changes; change.Case != reference {
		t.Errorf("told of %+v", change)
	}
}
