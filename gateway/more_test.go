package gateway_test

import (
	"strings"
	"testing"

	"parley/gateway"
)

// Nobody has to say the second of two matters again: it comes when the first is
// done.
func TestTheSecondMatterOfATextWaits(t *testing.T) {
	const twoMatters = "my pay has gone down and Jo stays 3 nights a week now"
	for name, before := range map[string]func(h *house){
		"at first":          func(*house) {},
		"after the welcome": func(h *house) { h.text(payingPhone, "hello") },
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			h.understands(map[string]gateway.Reading{twoMatters: {Intent: "report-income-change", Others: []string{"overnight-stays"}}})
			before(h)
			h.text(payingPhone, twoMatters)
			h.ring()
			h.deliver()
			for _, answer := range []string{"£410 a week", "1 March 2026", "later"} {
				h.text(payingPhone, answer)
			}
			last := strings.Join(h.text(payingPhone, "ok"), "\n")
			h.ring()
			last += strings.Join(h.deliver(), "\n")
			if !strings.Contains(last, "Thank you. We will write to you by") {
				t.Fatalf("the first did not end: %q", last)
			}
			c := h.opened("P1")
			if c.Dialog != "overnight-stays" {
				t.Errorf("then comes %s: %q", c.Dialog, last)
			}
		})
	}
}
