package gateway_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const ann, bob = directory.StaffID("ann"), directory.StaffID("bob")

// opened is the conversation that a text opens.
func (h *house) opened(person directory.PersonID) gateway.Conversation {
	h.t.Helper()
	c, err := h.store.OpenConversation(h.t.Context(), gateway.Partner{Person: person})
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

func (h *house) do(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func TestACaseworkerTakesOverAndHandsBack(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	id := h.opened("P1").ID
	h.do(h.TakeOver(t.Context(), id, ann, ""))
	if heard := h.text(payingPhone, "its gone down but its complicated"); len(heard) != 0 {
		t.Errorf("the dialog speaks beside the caseworker: %q", heard)
	}
	h.do(h.WriteTo(t.Context(), id, ann, "Hello, Ann here. Is it £410 a week now?", 0))
	heardBegins(t, "from the caseworker", h.deliver(), "Hello, Ann here. Is it £410 a week now?")
	h.text(payingPhone, "yes since 1 March")
	h.do(h.HandBack(t.Context(), id, ann, "", map[string]string{"direction": "down", "pay": "410 a week", "since": "1 March 2026"}))
	heardBegins(t, "from the dialog", h.deliver(), "Keep your latest payslip.")

	view, err := h.View(t.Context(), id)
	h.do(err)
	var who []string
	for i, m := range view.Messages {
		if i > 0 && m.Turn < view.Messages[i-1].Turn {
			t.Errorf("turn %d is shown after turn %d", m.Turn, view.Messages[i-1].Turn)
		}
		if m.Out {
			who = append(who, string(m.Staff))
		}
	}
	if got := strings.Join(who, ","); got != ",ann," {
		t.Errorf("written by %q", got)
	}
	moment, err := h.ViewAt(t.Context(), id, view.Turn)
	h.do(err)
	if !strings.Contains(string(moment.Answers), `"410.00"`) {
		t.Errorf("repeated from the record, the answers are %s", moment.Answers)
	}
}

func TestAQuestionIsAskedAgainAfterACaseworker(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	h.text(payingPhone, "down")
	id := h.opened("P1").ID
	h.do(h.TakeOver(t.Context(), id, ann, ""))
	if err := h.HandBack(t.Context(), id, ann, "no such question", nil); !errors.Is(err, gateway.ErrBadGiven) {
		t.Errorf("asked again what is not asked: %v", err)
	}
	if err := h.HandBack(t.Context(), id, ann, "", map[string]string{"pay": "a lot"}); !errors.Is(err, gateway.ErrBadGiven) {
		t.Errorf("agreed on what cannot be read: %v", err)
	}
	h.do(h.HandBack(t.Context(), id, ann, "direction", nil))
	heardBegins(t, "after it", h.deliver(), "Has your pay before tax gone up or down?")
}

func TestOneOfTwoKeepsAConversation(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	id := h.opened("P1").ID
	var taking sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		taking.Go(func() { results[i] = h.TakeOver(t.Context(), id, directory.StaffID(rune('a'+i)), "") })
	}
	taking.Wait()
	taken := 0
	for _, err := range results {
		if err == nil {
			taken++
		} else if !errors.Is(err, gateway.ErrTaken) {
			t.Error(err)
		}
	}
	if taken != 1 {
		t.Fatalf("%d took it", taken)
	}
	keeper := h.opened("P1").Keeper
	if err := h.WriteTo(t.Context(), id, bob, "hello", 0); !errors.Is(err, gateway.ErrNotYours) {
		t.Errorf("somebody else writes: %v", err)
	}
	h.do(h.TakeOver(t.Context(), id, bob, keeper))
	seen := h.opened("P1").Turn
	for range 3 { // pressed three times
		h.do(h.WriteTo(t.Context(), id, bob, "One moment please.", seen))
	}
	heardBegins(t, "once", h.deliver(), "One moment please.")
	h.do(h.WriteTo(t.Context(), id, bob, "hello", 0))
}

func TestAKeptConversationIsNotNudgedAndCloses(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	id := h.opened("P1").ID
	h.do(h.TakeOver(t.Context(), id, ann, ""))
	h.pass(30 * 24 * time.Hour)
	h.ring()
	if heard := h.deliver(); len(heard) != 0 {
		t.Errorf("nudged with %q", heard)
	}
	h.do(h.CloseConversation(t.Context(), id, ann, "resolved"))
	view, err := h.View(t.Context(), id)
	h.do(err)
	if view.Phase != gateway.Ended || view.Outcome != "resolved" {
		t.Errorf("it is %s, %q", view.Phase, view.Outcome)
	}
	if err := h.WriteTo(t.Context(), id, ann, "one more thing", 0); !errors.Is(err, gateway.ErrNotOpen) {
		t.Errorf("written after the end: %v", err)
	}
}

func TestDangerAndStopWinOverACaseworker(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "PAY")
	id := h.opened("P1").ID
	h.do(h.TakeOver(t.Context(), id, ann, ""))
	heardBegins(t, "to danger", h.text(payingPhone, "he hits me"), "Thank you for telling us.")
	h.do(h.WriteTo(t.Context(), id, ann, "I have read this. Are you safe now?", 0))
	heardBegins(t, "from a person, while held", h.deliver(), "I have read this.")
	h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "STOP", Keyword: gateway.Stop})
	if h.WriteTo(t.Context(), id, ann, "hello?", 0) == nil {
		if heard := h.deliver(); len(heard) != 0 {
			t.Errorf("after STOP: %q", heard)
		}
	}
}

func TestWhatStaffWriteTellsNothingOfTheOther(t *testing.T) {
	c := family()
	c.ReceivingParents[0].Email = "ali@example.org"
	h := newHouse(t, c)
	h.text(payingPhone, "PAY")
	id := h.opened("P1").ID
	h.do(h.TakeOver(t.Context(), id, ann, ""))
	for text, kinds := range map[string][]string{
		"Call her on 07700 900102.":               {"phone"},
		"Her number is +44 (0)7700-900-102":       {"phone"},
		"Write to Ali@Example.org":                {"email"},
		"Pay into 12-34-56 12345678":              {"bank details"},
		"Her own reference is 3000 1234 5679":     {"reference"},
		"Your own number is 07700 900101, right?": nil,
		"You pay £48 a week.":                     nil,
	} {
		var found *gateway.DisclosureError
		err := h.WriteTo(t.Context(), id, ann, text, 0)
		if errors.As(err, &found) != (kinds != nil) || found != nil && strings.Join(found.Kinds, ",") != strings.Join(kinds, ",") {
			t.Errorf("%q: %v, want %v", text, err, kinds)
		}
	}
}
