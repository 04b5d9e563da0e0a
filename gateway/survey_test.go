package gateway_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
)

const surveyed = "How easy was this chat"

// reports has somebody on a page report a change of pay, and returns what is
// said at the end.
func (p *page) reports() string {
	p.h.t.Helper()
	var last []string
	for _, words := range []string{"PAY", "about the same", "ok"} {
		last = p.says(words)
	}
	return strings.Join(last, "\n")
}

func TestTheSurvey(t *testing.T) {
	for name, c := range map[string]struct {
		told func(h *house, p *page) string
		asks bool
	}{
		"after a report":   {func(_ *house, p *page) string { return p.reports() }, true},
		"the same day":     {func(h *house, p *page) string { p.reports(); p.says("quite easy"); p.says("skip"); return p.reports() }, false},
		"days later":       {func(h *house, p *page) string { h.pass(49 * time.Hour); return h.visits("P1", payingPhone).reports() }, true},
		"after a hand-off": {func(_ *house, p *page) string { p.says("PAY"); return strings.Join(p.says("PERSON"), "\n") }, false},
		"after danger":     {func(_ *house, p *page) string { p.says("PAY"); return strings.Join(p.says("he hits me"), "\n") }, false},
		"by text": {func(h *house, _ *page) string {
			h.text(payingPhone, "PAY")
			h.text(payingPhone, "same")
			return strings.Join(h.text(payingPhone, "ok"), "\n")
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			if got := c.told(h, h.visits("P1", payingPhone)); strings.Contains(got, surveyed) != c.asks {
				t.Errorf("at the end: %q", got)
			}
		})
	}
}

// What somebody wants next does not wait for the survey, wherever they say so.
func TestTheSurveyMakesWay(t *testing.T) {
	h := newHouse(t, family())
	page := h.visits("P1", payingPhone)
	page.reports()
	heardBegins(t, "on its page", page.says("PAY"), "Has your pay before tax gone up or down?")

	h = newHouse(t, family())
	h.visits("P1", payingPhone).reports()
	h.text(payingPhone, "hello")
	h.ring()
	heardBegins(t, "by text", h.deliver(), "What is it about?")

	h = newHouse(t, family())
	h.visits("P1", payingPhone).reports()
	heardBegins(t, "on another page", h.visits("P1", payingPhone).greeted(), "What is it about?")
}

// Whoever leaves before it is asked, or half answered, hears no more of it.
func TestTheSurveyEndsWithItsPage(t *testing.T) {
	h := newHouse(t, family())
	page := h.visits("P1", payingPhone)
	page.says("PAY")
	page.says("about the same")
	if err := h.Receive(t.Context(), gateway.Inbound{ProviderID: "last", From: page.Address(), Text: "ok"}); err != nil {
		t.Fatal(err)
	}
	leave(t, h, page)
	h.pass(49 * time.Hour)
	h.ring()
	if heard := strings.Join(h.deliver(), "\n"); strings.Contains(heard, surveyed) {
		t.Errorf("by text: %q", heard)
	}
	h = newHouse(t, family())
	page = h.visits("P1", payingPhone)
	page.reports()
	page.says("very hard")
	leave(t, h, page)
	h.pass(49 * time.Hour)
	h.ring()
	if heard := h.deliver(); len(heard) != 0 {
		t.Errorf("by text: %q", heard)
	}
	if left := h.work(gateway.HandoffWork); len(left) != 0 {
		t.Errorf("work items %+v", left)
	}
}

// Another turn may come first, and a page may be gone while its turn is made.
func TestATurnThatIsMadeAgainAsksAllTheSame(t *testing.T) {
	h := newHouse(t, family())
	h.Store = &contested{h.Store, map[gateway.MessageID]int{}}
	if got := h.visits("P1", payingPhone).reports(); !strings.Contains(got, surveyed) {
		t.Errorf("at the end: %q", got)
	}
}
