package console

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

// unheard is a telephone whose voicemail nobody plays.
type unheard struct{ Calls }

// filled puts a day's work on the desk: offered, held, waiting and late.
func (h *house) filled() {
	offered := task("T1", gateway.HandoffWork, "leeds-2", h.now.Add(3*time.Hour))
	offered.State, offered.Holder, offered.Urgent = gateway.WorkOffered, "amara", true
	late := task("T2", gateway.ComplaintWork, "leeds-2", h.now.Add(-50*time.Hour))
	late.State, late.Holder = gateway.WorkHeld, "amara"
	held := task("T3", gateway.ReportWork, "leeds-2", h.now.Add(70*time.Hour))
	held.State, held.Holder, held.Case = gateway.WorkHeld, "amara", "300022345678"
	h.work.holds(offered, late, held)
	for i := range 30 {
		waiting := task(fmt.Sprintf("W%d", i), []gateway.WorkItemKind{gateway.ReportWork, gateway.VoicemailWork, gateway.DeliveryWork}[i%3],
			"leeds-2", h.now.Add(time.Duration(i*7-10)*time.Hour))
		waiting.Urgent = i == 0
		waiting.Case = []directory.CaseReference{"300032345678", "", "300042345678"}[i%3]
		h.work.holds(waiting)
	}
}

// A caseworker signs in, takes what is offered, sees what a colleague does
// meanwhile without loading the page, writes a note and closes the work: with
// the keyboard alone.
func TestADayInTheBrowser(t *testing.T) {
	h := newHouse(t)
	h.filled()
	b := h.browse(t, "amara", 1280)
	b.Accessible("my work")

	b.TabTo(`.offer button`)
	b.Type("\r")
	b.Until(`location.pathname === "/console/tasks/T1" && document.readyState === "complete"`)
	b.Accessible("task, just accepted")

	b.Until(`document.querySelector('[data-count="to-do"]').textContent === "3"`)
	if err := h.work.NoteTask(t.Context(), "bethan", "T1", 2, "She rang again."); err != nil {
		t.Fatal(err)
	}
	b.Until(`document.querySelector("#history").innerText.includes("She rang again.")`)

	b.Leave(`form[action$="/close"] button`)
	b.Accessible("task, nothing selected")
	b.Fill(`#outcome-done`, "")
	b.Leave(`form[action$="/close"] button`)
	b.Until(`location.pathname === "/console/work"`)
	b.Accessible("closed")

	b.Open(h.url + "/console/team")
	b.Accessible("team queues")
	b.Open(h.url + "/console/team?kind=loop")
	b.Accessible("team queues, nothing fits")

	b.Open(h.url + "/console/new-task")
	b.Accessible("new work, which case")
	b.Fill("#case", "3000 1234 5678")
	b.Leave("main form button")
	b.Fill("#kind-mp-letter", "", "#person-1", "", "#note", "Asks why it takes so long.")
	b.Leave("main form button")
	b.Accessible("new work, of nobody")

	b.Open(h.url + "/console/absence")
	b.Accessible("absence")

	h.access.reasons = []directory.CaseReference{"300088888888"}
	b.Open(h.url + "/console/new-task/300088888888")
	b.Accessible("a reason is asked for")
}

// Nothing is lost at 320 CSS pixels, in the other language, or without
// JavaScript.
func TestASmallScreen(t *testing.T) {
	h := newHouse(t, func(c *Config) { c.Calls = unheard{} })
	h.filled()
	left := task("V1", gateway.VoicemailWork, "leeds-2", h.now)
	left.Key = "voicemail/C1"
	h.work.holds(left)
	b := h.browse(t, "bethan", servertest.NarrowPhone)
	for _, page := range []string{"work", "team", "tasks/T2", "tasks/V1", "nowhere"} {
		b.Open(h.url + "/console/" + page)
		b.Accessible("narrow, Welsh, " + strings.ReplaceAll(page, "/", " "))
	}
	b.Scripts(false)
	b.Open(h.url + "/console/tasks/T2")
	b.Scripts(true)
	b.Leave(`form[action="/console/sign-out"] button`)
	b.Accessible("signed out")
	b.Leave(`a[href="/console/sign-in"]`)
	b.Accessible("choosing who to be")
	b.Leave(`button[value="stranger"]`)
	b.Accessible("not on the roster")
}
