package gateway_test

import (
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// A first message of several matters becomes a report of each: what it says is
// not asked for, and nobody has to begin again.
func TestSeveralMattersInOneGo(t *testing.T) {
	h := newHouse(t, family())
	says := func(words string) string {
		said := h.text(payingPhone, words)
		h.ring()
		return strings.Join(append(said, h.deliver()...), "\n")
	}
	asked := says("I lost my job at Asda on 3 March, on UC now, kid stays 3 nights")
	var talk []string
	for range 30 {
		talk = append(talk, asked)
		answer, ok := answerTo(asked)
		if !ok {
			break
		}
		asked = says(answer)
	}
	reported := map[string]string{}
	for _, r := range h.reports(reference) {
		reported[r.Dialog] = string(r.Answers)
	}
	for _, dialog := range []string{"job-change", "overnight-stays", "benefits-change"} {
		if reported[dialog] == "" {
			t.Errorf("there is no report of %s: %q", dialog, talk)
		}
	}
	if all := strings.Join(talk, "\n"); strings.Contains(all, "What has changed with your work") || !strings.Contains(all, "Did you mean 3 March 2026?") {
		t.Errorf("the job or its day is asked for, and was told, but for its year: %s", all)
	}
	if _, err := h.store.OpenConversation(t.Context(), gateway.Partner{Person: directory.PersonID("P1")}); err == nil {
		t.Errorf("a question is still open: %q", asked)
	}
}

// answerTo is what a parent of the test answers.
func answerTo(asked string) (string, bool) {
	for _, pair := range [][2]string{
		{"Check your answers", "ok"}, {"Did you mean 3 March 2026", "yes"}, {"When did", "16 November"}, {"any other work", "no"}, {"any pay from work", "no"}, {"How many children", "1"}, {"first name", "Jo"},
		{"stay before", "2 nights a week"}, {"stay now", "3 nights a week"}, {"Since when", "16 November"}, {"NOT SURE", "not sure"}, {"Reply 1", "1"},
	} {
		if strings.Contains(asked, pair[0]) {
			return pair[1], true
		}
	}
	return "", false
}
