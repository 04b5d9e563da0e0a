package console

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
)

// reported is a house with figures of a real store, for two days of this quarter
// and of the last, and with all dialogs and notices.
func reported(t *testing.T) *house {
	t.Helper()
	kept := openStore(t)
	h := newHouse(t, func(c *Config) {
		book, err := gateway.NewFigureBook(kept, "survey", c.Clock)
		if err != nil {
			t.Fatal(err)
		}
		c.Conversation.Dialogs = func() []*dialogs.Dialog { return gatewaytest.Dialogs(t) }
		c.Figures = FiguresConfig{Audit: kept, Book: book, Notices: gatewaytest.Notices(t)}
		figures := gateway.Figures{
			{Measure: gateway.Began, Of: "income-change", How: "sms", Count: 40}, {Measure: gateway.Began, Of: "welcome", How: "webchat", Count: 60},
			{Measure: gateway.Endings, Of: "income-change", How: "completed", Count: 30}, {Measure: gateway.Endings, Of: "income-change", How: "lapsed", Count: 6},
			{Measure: gateway.Endings, Of: "income-change", How: "person", Count: 4}, {Measure: gateway.Endings, Of: "welcome", How: "completed", Count: 60},
			{Measure: gateway.AnsweredAt, Of: "income-change", How: "direction", Count: 38}, {Measure: gateway.AnsweredAt, Of: "income-change", How: "pay", Count: 31},
			{Measure: gateway.LeftAt, Of: "income-change", How: "pay", Count: 7}, {Measure: gateway.LeftAt, Of: "income-change", How: "since", Count: 3},
			{Measure: gateway.Received, Of: "sms", Count: 160}, {Measure: gateway.SentOut, Of: "sms", How: "delivered", Count: 190}, {Measure: gateway.SentOut, Of: "sms", How: "failed", Count: 10},
			{Measure: gateway.FirstAnswer, Of: "handoff", How: "2h0m0s", Count: 8}, {Measure: gateway.FirstAnswer, Of: "complaint", How: "24h0m0s", Count: 3},
			{Measure: gateway.Resolved, Of: "handoff", How: "48h0m0s", Count: 8}, {Measure: gateway.InTime, Of: "handoff", How: "met", Count: 8},
			{Measure: gateway.InTime, Of: "complaint", How: "missed", Count: 3}, {Measure: gateway.Opinion, Of: "survey", How: "easy", Count: 9}, {Measure: gateway.Opinion, Of: "survey", How: "hard", Count: 2},
		}
		for _, ago := range []int{0, 70} {
			if err := kept.KeepFigures(t.Context(), book.Today().AddDays(-ago), figures); err != nil {
				t.Fatal(err)
			}
		}
	})
	return h
}

func TestReports(t *testing.T) {
	h := reported(t)
	ola := h.signIn(t, "ola")
	for path, want := range map[string]string{
		"":                           "pay (7)",
		"?days=7":                    "75%",
		"/dialogs/csv":               "Report a change of income,40,30,75%,4,6,0,pay (7)",
		"/dialogs/csv?days=91":       "Report a change of income,80,60,75%,8,12,0,pay (14)",
		"/in-time/csv":               "Asked for a person,8,8,100%\nComplaint,3,0,0%",
		"/delivery/csv":              "Text message,200,190,95%,10,0,0",
		"/opinion/csv":               "quite easy,9,82%",
		"/channels/csv":              "Web chat,60,60%,0,0",
		"/first/csv":                 "Complaint,3,16 h,",
		"/open-data":                 "Final",
		"/open-data?quarter=2026-Q4": "Provisional",
	} {
		got := ola.get("/console/reports" + path)
		if got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d, and not %q in\n%s", path, got.status, want, got.body)
		}
	}
	if got := ola.get("/console/reports/nothing/csv"); got.status != http.StatusNotFound {
		t.Errorf("a report that is not there: %d", got.status)
	}
	open := ola.get("/console/reports/open-data/csv?quarter=2026-Q3")
	for _, want := range []string{"2026-Q3,final,conversations,income-change,begun,40", "2026-Q3,final,work closed,complaint,late,[c]", "2026-Q3,final,ease of web chat,hard,answers,[c]"} {
		if !strings.Contains(open.body, want) {
			t.Errorf("the open data has no %q:\n%s", want, open.body)
		}
	}
}

// A dialog is tried without anything kept: the page's form has all of it.
func TestTryingADialog(t *testing.T) {
	h := reported(t)
	wren := h.signIn(t, "wren")
	page := "/console/dialogs/income-change/try"
	if got := wren.get(page + "?channel=webchat&language=cy"); !strings.Contains(got.body, "Gwasanaeth Cynhaliaeth Plant") {
		t.Errorf("in Welsh: %d", got.status)
	}
	for _, c := range []struct{ said, want string }{
		{"down", "Waits at: pay"},
		{"down|410 a week|yesterday|yes|later|OK", "reported"},
		{"down|<script>", "&lt;script&gt;"},
	} {
		var fields []string
		for _, line := range strings.Split(c.said, "|") {
			fields = append(fields, "said", line)
		}
		if got := wren.post(page, fields...); got.status != http.StatusOK || !strings.Contains(got.body, c.want) {
			t.Errorf("%s: %d, and not %q", c.said, got.status, c.want)
		}
	}
	if got := wren.get("/console/dialogs/nothing/try"); got.status != http.StatusNotFound {
		t.Errorf("one that is not there: %d", got.status)
	}
}

// Every dialog and every notice has its page.
func TestTheCatalogue(t *testing.T) {
	h := reported(t)
	wren := h.signIn(t, "wren")
	list := wren.get("/console/dialogs").body
	paths := []string{}
	for _, d := range h.config.Conversation.Dialogs() {
		paths = append(paths, "/console/dialogs/"+d.Name, "/console/dialogs/"+d.Name+"/try")
	}
	for _, n := range h.config.Figures.Notices {
		paths = append(paths, "/console/notices/"+n.Name)
	}
	for _, path := range paths {
		if got := wren.get(path); got.status != http.StatusOK {
			t.Errorf("%s: %d", path, got.status)
		}
		if plain := strings.TrimSuffix(path, "/try"); !strings.Contains(list, plain) {
			t.Errorf("the list does not lead to %s", plain)
		}
	}
	if got := wren.get("/console/dialogs/income-change").body; !strings.Contains(got, "Answered by 31; 7 stopped here.") {
		t.Error("the dialog has no figures")
	}
}

func TestFiguresInTheBrowser(t *testing.T) {
	h := reported(t)
	pages := []string{"reports", "reports/open-data", "dialogs", "dialogs/income-change", "dialogs/income-change/try", "notices/payment-due"}
	for who, width := range map[directory.StaffID]int64{"wren": 1280, "bethan": servertest.NarrowPhone} {
		b := h.browse(t, who, width)
		for _, page := range pages {
			b.Open(h.url + "/console/" + page)
			b.Accessible(fmt.Sprint(strings.ReplaceAll(page, "/", " "), " ", width))
		}
	}
}
