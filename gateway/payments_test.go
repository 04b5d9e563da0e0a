package gateway_test

import (
	"strings"
	"testing"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// payments are what was received on the family's case.
func payments() []directory.Payment {
	return []directory.Payment{
		{ID: "A", Case: reference, Amount: 328_20, Received: calculation.NewDate(2026, 10, 15), Method: directory.Collected},
		{ID: "B", Case: reference, Amount: 300_00, Received: calculation.NewDate(2026, 11, 15), Method: directory.Collected},
	}
}

func TestAParentHearsOfTheirPaymentsOnceItIsSureWhoTheyAre(t *testing.T) {
	c := familyWithPINs(t)
	c.Service = directory.CollectAndPay
	c.EffectiveDate = calculation.NewDate(2026, 10, 6)
	c.Plan = directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 10, 15)}
	h := newHouse(t, c)
	if err := h.store.PutPayments(t.Context(), payments(), h.clock(), nil); err != nil {
		t.Fatal(err)
	}
	h.text(payingPhone, "hello")
	texts := h.text(payingPhone, "my payments") // to the welcome, which leads on
	h.ring()
	texts = append(texts, h.deliver()...)
	if said := strings.Join(texts, " "); !strings.Contains(said, h.config.LinkURL) || strings.Contains(said, "£") {
		t.Fatalf("by text, from a number that anybody may hold: %q", texts)
	}
	page := h.follows(texts[len(texts)-1])
	page.greeted()
	if err := page.confirms(pin); err != nil {
		t.Fatal(err)
	}
	told := strings.Join(page.reads(), "\n")
	for _, words := range []string{
		"Your next payment is £328.20. It is due on 15 December 2026.",
		"£28.20 of what was due since 6 October 2026 is not paid",
		"£300 on 15 November 2026, £328.20 on 15 October 2026",
	} {
		if !strings.Contains(told, words) {
			t.Errorf("told %q, want %q in it", told, words)
		}
	}
	if later := h.sms.to(payingPhone); strings.Contains(strings.Join(later, " "), "£") {
		t.Errorf("a figure went out by text: %q", later)
	}
}

func TestWithoutAPlanAPersonTellsOfPayments(t *testing.T) {
	h := newHouse(t, family())
	page := h.confirmed("P1", payingPhone)
	page.greeted()
	told := strings.Join(page.says("my payments"), " ")
	if !strings.Contains(told, "They will contact you by 1 December 2026") {
		t.Errorf("told %q", told)
	}
}
