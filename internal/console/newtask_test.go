package console

import (
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

func TestWritingDownALetter(t *testing.T) {
	complaint := []string{"kind", "complaint", "person", "R1", "note", "She waited three weeks."}
	letter := []string{"kind", "mp-letter", "person", "P1", "note", "Asks why it takes so long.", "urgent", "yes"}
	authority := []string{"who", "Jo Bloggs MP", "shown", "the constituent's email of 2 March", "until-day", "31", "until-month", "3", "until-year", "2027"}
	for _, c := range []struct {
		name   string
		fields []string
		says   string // wrong
		want   *gateway.NewTask
	}{
		{"a complaint", complaint, "", &gateway.NewTask{Kind: gateway.ComplaintWork, Case: "300012345678", Person: "R1", Note: "She waited three weeks."}},
		{"a letter with authority", append(letter, authority...), "", &gateway.NewTask{
			Kind: gateway.MPWork, Case: "300012345678", Person: "P1", Note: "Asks why it takes so long.", Urgent: true,
			Authority: &gateway.Authority{Who: "Jo Bloggs MP", For: "P1", ShownBy: "the constituent's email of 2 March", Until: calculation.NewDate(2027, 3, 31)},
		}},
		{"a letter of nobody", letter, "Enter the name of who writes for them", nil},
		{"a date that is none", append(append([]string{}, letter...), "who", "Jo", "until-day", "31", "until-month", "6", "until-year", "2027"), "Enter a real date", nil},
		{"half a date", append(append([]string{}, letter...), "who", "Jo", "until-day", "31"), "Enter a real date", nil},
		{"no kind", complaint[2:], "Select what it is", nil},
		{"a kind that people do not write down", append([]string{"kind", "danger"}, complaint[2:]...), "Select what it is", nil},
		{"about nobody", append([]string{"person", ""}, complaint[:2]...), "Select whom it is about", nil},
		{"nothing", complaint[:4], "Write what it says or asks", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			amara := h.signIn(t, "amara")
			got := amara.post("/console/new-task/300012345678", c.fields...)
			var want []gateway.NewTask
			if c.want != nil {
				want = []gateway.NewTask{*c.want}
			}
			if diff := cmp.Diff(want, h.work.added); diff != "" {
				t.Errorf("added (-want +got):\n%s", diff)
			}
			if c.says != "" && (got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, c.says)) {
				t.Errorf("%d %s", got.status, got.body)
			}
		})
	}
}

// The case is looked for first: as people write its reference, and as far as
// they may know of it.
func TestTheCaseOfALetter(t *testing.T) {
	h := newHouse(t)
	h.access.hidden, h.access.reasons = []directory.CaseReference{"300099999999"}, []directory.CaseReference{"300088888888"}
	amara := h.signIn(t, "amara")
	for written, want := range map[string]string{
		"3000 1234 5678": "/console/new-task/300012345678",
		"300099999999":   "There is no such case",
		"300088888888":   "Why do you need to open this case?",
	} {
		got := amara.get("/console/new-task?case=" + strings.ReplaceAll(written, " ", "+"))
		if !strings.Contains(got.to+got.body, want) {
			t.Errorf("%s: %d %q %s", written, got.status, got.to, got.body)
		}
	}
}
