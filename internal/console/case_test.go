package console

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

const collectedCase = "/console/cases/300022345678"

// filledOffice is an office with a case on which much has happened.
func filledOffice(tb testing.TB) *office {
	tb.Helper()
	o := newOffice(tb)
	o.put(tb, collected())
	payments := []directory.Payment{
		pays("B1", 300_00, calculation.NewDate(2026, 1, 26)), pays("B2", 300_00, calculation.NewDate(2026, 2, 26)),
		pays("B3", 520_50, calculation.NewDate(2026, 4, 2)), pays("B4", 120_00, calculation.NewDate(2026, 8, 26)),
		pays("B5", 410_00, calculation.NewDate(2026, 10, 26)),
	}
	if err := o.store.PutPayments(tb.Context(), payments, o.now, nil); err != nil {
		tb.Fatal(err)
	}
	for _, text := range []string{"He said that he will ring on Tuesday.\nPayslip to follow.", "Second note."} {
		if err := o.gateway.WriteNote(tb.Context(), "bethan", "300022345678", "R2", text); err != nil {
			tb.Fatal(err)
		}
	}
	return o
}

func TestACase(t *testing.T) {
	o := filledOffice(t)
	o.parent(t, "PAY")
	amara := o.signIn(t, "amara")
	before := len(o.audit.since(0))
	wants(t, "the case", amara.get(collectedCase), http.StatusOK,
		"3000 2234 5678", "Leeds 2", "Collect and Pay", "knows it as", // the case
		"07700 900299", "second number", "09:00–15:00", "Large print", "Discreet", "Ask again", "They were never asked", // safe contact
		"£3,546.90", "£519.74", "26 November 2026", "Not paid", "Due and received by month", // the plan
		"Sch 1 para 2(1)", "A payment is due soon", "A payment falls due: 26 November 2026", "No address that it may go to is known",
		"Second note.", "Bethan Price", "/console/cases/300022345678/connect/R2", "!Protected", "!Danger hold")
	entries := o.audit.since(before)
	if len(entries) != 1 || entries[0].Action != "saw case" || entries[0].Case != "300022345678" {
		t.Errorf("recorded: %+v", entries)
	}
	bethan := o.signIn(t, "bethan")
	wants(t, "in Welsh", bethan.get(collectedCase), http.StatusOK, "Gallwch ddweud wrth Huw Enghraifft", "Mae taliad yn ddyledus cyn hir", "Y gyfradd sylfaenol", "26 Tachwedd 2026")
	wants(t, "what is not there", amara.get("/console/cases/300099999999"), http.StatusNotFound)
	wants(t, "without a plan", amara.get("/console/cases/300012345678"), http.StatusOK, "Direct Pay", "does not hold enough")
}

// What may be told to a parent is their own and what the law says of the other,
// and nothing of how anybody else is reached or what anybody else is paid.
func TestWhatMayBeTold(t *testing.T) {
	o := filledOffice(t)
	page := o.signIn(t, "amara").get(collectedCase).body
	for person, words := range map[string][]string{ // and with ! what they may not be told
		"P2": {"£99.95 a week", "£119.94", "£519.74", "£3,546.90 behind", "£13.33",
			"!07700 900", "!huw@", "!Huw", "!Alex", "!£2.67", "!277.16", "!138.62", "!Large print", "!Example Street", "!STOP"},
		"R2": {"£66.63 a week", "£63.96", "£277.16", "£1,891.44 behind", "£2.67",
			"!07700 900", "!Gwen", "!Alex", "!99.95", "!119.94", "!519.74", "!13.33", "!33.32", "!138.62", "!CF10", "!AB123456C", "!Example Street"},
		"R3": {"£33.32 a week", "£31.99", "£138.62", "£1.33",
			"!07700 900", "!Gwen", "!Huw", "!99.95", "!119.94", "!519.74", "!66.63", "!277.16", "!huw@", "!CF10", "!AB123456C"},
	} {
		told := regexp.MustCompile(`(?s)<section class="tell" aria-labelledby="tell-` + person + `">.*?</section>`).FindString(page)
		wants(t, "what "+person+" may be told", answer{status: http.StatusOK, body: told}, http.StatusOK, words...)
	}
}

// Every way to something of a case, for whom it is and for whom it is not.
func TestWhoSeesWhat(t *testing.T) {
	o := filledOffice(t)
	others, protected := collected(), collected()
	others.Reference, others.Team, others.PayingParent.ID, others.ReceivingParents = "300032345678", "cardiff-1", "P3", others.ReceivingParents[1:]
	others.ReceivingParents[0].ID, others.PayingParent.Phone, others.ReceivingParents[0].Reference = "R4", "+447700900301", "300032345679"
	protected.Reference, protected.PayingParent.ID, protected.PayingParent.Phone, protected.ReceivingParents = "300042345678", "P4", "+447700900401", protected.ReceivingParents[1:]
	protected.ReceivingParents[0].ID, protected.ReceivingParents[0].Reference = "R5", "300042345679"
	protected.ReceivingParents[0].Risk = &directory.Risk{Kind: "domestic_abuse"}
	known := protected
	known.Reference, known.PayingParent.ID, known.PayingParent.Phone, known.PayingParent.Name = "300052345678", "P5", "+447700900501", "Known Person"
	known.ReceivingParents = []directory.ReceivingParent{{Reference: "300052345679", Person: directory.Person{ID: "R6", Name: "Somebody Known"}}}
	o.put(t, others, protected, known)
	files := map[string]gateway.FileID{}
	for _, id := range []directory.PersonID{"P3", "P4", "P5"} {
		files[string(id)] = o.sends(t, id, "payslip.png", picture(t)).ID
	}
	if err := o.gateway.Acquainted(t.Context(), "amara", "R6"); err != nil {
		t.Fatal(err)
	}
	amara, noor := o.signIn(t, "amara"), o.signIn(t, "noor")
	for _, c := range []struct {
		what, of, person string
		by               *tab
		status           int
	}{
		{"another team's", "300032345678", "P3", amara, http.StatusForbidden},
		{"a protected one", "300042345678", "P4", amara, http.StatusNotFound},
		{"an acquaintance's", "300052345678", "P5", amara, http.StatusNotFound},
		{"a protected one, to a specialist", "300042345678", "P4", noor, http.StatusOK},
	} {
		for _, path := range []string{
			"cases/" + c.of, "cases/" + c.of + "/notes", "people/" + c.person, "people/" + c.person + "/evidence",
			"people/" + c.person + "/evidence/" + string(files[c.person]),
		} {
			got := c.by.get("/console/" + path)
			if got.status != c.status || c.status != http.StatusOK && (strings.Contains(got.body, "Gwen") || strings.Contains(got.body, "Known")) {
				t.Errorf("%s: %s is answered %d", c.what, path, got.status)
			}
		}
		if c.status == http.StatusOK {
			continue
		}
		for path, fields := range map[string][]string{
			"cases/" + c.of + "/notes": {"note", "x"}, "people/" + c.person + "/danger": {"kind", "abuse"}, "people/" + c.person + "/acquainted": {"sure", "yes"},
		} {
			if got := c.by.post("/console/"+path, fields...); got.status != c.status {
				t.Errorf("%s: doing %s is answered %d", c.what, path, got.status)
			}
		}
	}
	if got := amara.post("/console/open", "case", "300032345678", "to", "/console/people/P3", "reason", "cover for a colleague"); got.to != "/console/people/P3" {
		t.Errorf("giving a reason leads to %q", got.to)
	}
	wants(t, "once there is a reason", amara.get("/console/people/P3"), http.StatusOK, "Gwen Enghraifft")
	wants(t, "a file of somebody else", amara.get("/console/people/P3/evidence/"+string(files["P4"])), http.StatusNotFound)
}

// Notes are kept as they are written, and stay.
func TestNotes(t *testing.T) {
	o := filledOffice(t)
	amara := o.signIn(t, "amara")
	page := collectedCase + "/notes"
	wants(t, "no words", amara.post(page, "note", " \n"), http.StatusUnprocessableEntity, "Write a note", "note-error")
	wants(t, "too many", amara.post(page, "note", strings.Repeat("ŵ", gateway.LongestNote)), http.StatusUnprocessableEntity, "too long")
	wants(t, "about nobody on the case", amara.post(page, "note", "x", "about", "P1"), http.StatusNotFound)
	if got := amara.post(page, "note", "<b>Rang</b> back.", "about", "R3"); got.status != http.StatusSeeOther || got.to != collectedCase {
		t.Fatalf("%d %q", got.status, got.to)
	}
	for i := range notesPageLength {
		if err := o.gateway.WriteNote(t.Context(), "amara", "300022345678", "", fmt.Sprint("Number ", i, ".")); err != nil {
			t.Fatal(err)
		}
	}
	wants(t, "the case", amara.get(collectedCase), http.StatusOK, "Number 29.", "!Rang", "All notes")
	first := amara.get(page)
	wants(t, "the first page", first, http.StatusOK, "Number 0.", "!Rang")
	next := regexp.MustCompile(`href="([^"]+)" rel="next"`).FindStringSubmatch(first.body)
	if next == nil {
		t.Fatal("there is no next page")
	}
	wants(t, "the last page", amara.get(next[1]), http.StatusOK, "&lt;b&gt;Rang&lt;/b&gt; back.", "Alex Placeholder", "Second note.", "Back to the first", `!rel="next"`)
}

// A note of a colleague's shows at once on an open page.
func TestACaseGoesOnShowing(t *testing.T) {
	o := filledOffice(t)
	b := o.browse(t, "amara", 1280)
	b.Open(o.url + collectedCase)
	b.Until(`document.readyState === "complete"`)
	for shown := false; !shown; { // until its stream is open
		if err := o.gateway.WriteNote(t.Context(), "bethan", "300022345678", "", "She called."); err != nil {
			t.Fatal(err)
		}
		time.Sleep(500 * time.Millisecond)
		shown = servertest.Evaluate[bool](b, `document.querySelector("#notes").innerText.includes("She called.")`)
	}
}

func TestCasesInABrowser(t *testing.T) {
	for _, width := range []int64{1280, servertest.NarrowPhone} {
		o := filledOffice(t)
		o.sends(t, "R2", "payslip.png", picture(t))
		o.parent(t, "PAY")
		if err := o.gateway.MarkDanger(t.Context(), "R2", "300022345678", gateway.Abuse, "amara"); err != nil {
			t.Fatal(err)
		}
		b := o.browse(t, "amara", width)
		for _, page := range []string{"cases/300022345678", "cases/300022345678/notes", "people/R2", "people/P1", "people/R2/evidence", "search?q=enghraifft", "search?q=nothing"} {
			b.Open(o.url + "/console/" + page)
			if strings.HasPrefix(page, "cases/300022345678") {
				servertest.Evaluate[int](b, `[...document.querySelectorAll("details")].map((one) => one.open = true).length`)
			}
			b.Accessible(fmt.Sprint(width, " ", strings.NewReplacer("/", " ", "?", " ").Replace(page)))
		}
		b.Open(o.url + "/console/people/P1")
		b.Leave(`form[action$="/danger"] button`)
		b.Accessible(fmt.Sprint(width, " person, no kind chosen"))
	}
}
