package gateway_test

import (
	"strings"
	"testing"

	"parley/gateway"
)

const inDoubt = "its about the money and the nights, since 16 November"

// doubting reads one text as one of two matters.
func doubting(t *testing.T) *house {
	t.Helper()
	h := newHouse(t, family())
	h.understands(map[string]gateway.Reading{inDoubt: {Intent: "report-income-change", Alternatives: []string{"overnight-stays"}, Doubt: true}})
	return h
}

const asksWhich = "Is it about one of these? Reply 1 a change of your pay, 2 nights with each parent, 3 something else."

func TestAMessageThatMayBeAboutTwoMatters(t *testing.T) {
	for _, test := range []struct{ name, answer, dialog, asks string }{
		{"the first", "1", "income-change", "Has your pay"},
		{"the first, in words", "a change of your pay", "income-change", "Has your pay"},
		{"the second", "2", "overnight-stays", ""},
		{"neither", "3", "welcome", "What is it about?"},
		{"a new message", "I want to make a complaint", "complaint", ""},
		{"a new message for a person", "I want to talk to a human being", "", "A person will contact you by"},
		{"no answer", "cabbages", "which", "Choose one of the answers offered. Is it about"},
	} {
		t.Run(test.name, func(t *testing.T) {
			h := doubting(t)
			if said := h.text(payingPhone, inDoubt); len(said) != 1 || said[0] != asksWhich {
				t.Fatalf("asked %q, want %q", said, asksWhich)
			}
			said := h.text(payingPhone, test.answer)
			h.ring()
			said = append(said, h.deliver()...)
			c, err := h.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"})
			if c.Dialog != test.dialog || test.dialog != "" && err != nil {
				t.Errorf("%q leads to %q (%v), want %q", test.answer, c.Dialog, err, test.dialog)
			}
			if len(said) == 0 || !strings.Contains(strings.Join(said, "\n"), test.asks) {
				t.Errorf("then is said %q, want %q", said, test.asks)
			}
		})
	}
}

// What was said before the question is not asked again after it.
func TestWhatWasInDoubtIsNotAskedAgain(t *testing.T) {
	h := doubting(t)
	h.text(payingPhone, inDoubt)
	h.text(payingPhone, "1")
	h.ring()
	h.deliver()
	h.text(payingPhone, "down")
	if said := h.text(payingPhone, "£410 a week"); len(said) != 1 || strings.Contains(said[0], "When did your pay change") {
		t.Errorf("after the amount is asked %q, and the day was said", said)
	}
}

func TestWhichIsAskedInWelshAndWithButtons(t *testing.T) {
	h := doubting(t)
	const welsh = "Ai un o'r rhain sydd dan sylw? Atebwch 1 newid yn eich cyflog, 2 nosweithiau gyda phob rhiant, 3 rhywbeth arall."
	h.text(payingPhone, "CYMRAEG")
	if said := h.text(payingPhone, inDoubt); len(said) == 0 || !strings.Contains(strings.Join(said, "\n"), welsh) {
		h.ring()
		if said = append(said, h.deliver()...); !strings.Contains(strings.Join(said, "\n"), welsh) {
			t.Errorf("asked %q, want %q", said, welsh)
		}
	}
	h = doubting(t)
	page := h.confirmed("P1", payingPhone)
	said := strings.Join(page.says(inDoubt), "\n")
	if !strings.Contains(said, "[a change of your pay] [nights with each parent] [something else]") {
		t.Errorf("shows %q, want a button for each", said)
	}
}

// The question outlives the process that asked it.
func TestWhichIsAnsweredAfterARestart(t *testing.T) {
	h := doubting(t)
	h.text(payingPhone, inDoubt)
	h.useDialogs(h.config.Dialogs)
	h.text(payingPhone, "2")
	h.ring()
	if c := h.opened("P1"); c.Dialog != "overnight-stays" {
		t.Errorf("leads to %s", c.Dialog)
	}
}
