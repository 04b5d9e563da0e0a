package console

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"parley/gateway"
)

// What is done to a task on its page, and what the page answers to what cannot
// be done.
func TestDeeds(t *testing.T) {
	for _, c := range []struct {
		name, deed string
		fields     []string
		status     int
		says       string // the page, or where it leads
	}{
		{"return without a note", "return", nil, 422, "Write a note"},
		{"return", "return", []string{"note", "On leave tomorrow.", "to", "/console/work"}, 303, "/console/work"},
		{"transfer to nobody", "transfer", []string{"note", "x", "destination", "staff:nobody"}, 422, "Choose a team or a colleague"},
		{"transfer without a note", "transfer", []string{"destination", "team:cardiff-1"}, 422, "Write a note"},
		{"transfer to a team", "transfer", []string{"destination", "team:cardiff-1", "note", "She writes in Welsh.", "to", "/console/work"}, 303, "/console/work"},
		{"transfer to a colleague", "transfer", []string{"destination", "staff:bethan", "note", "Yours.", "to", "/console/work"}, 303, "/console/work"},
		{"close without an outcome", "close", []string{"note", "what I wrote"}, 422, "what I wrote"},
		{"close with an outcome that is none", "close", []string{"outcome", "magic"}, 422, "Select how it ended"},
		{"close", "close", []string{"outcome", "done", "to", "/console/work"}, 303, "/console/work"},
		{"note nothing", "note", []string{"note", "  "}, 422, "Write a note"},
		{"note", "note", []string{"note", "Rang back."}, 303, "/console/"},
		{"say why it is late", "delay", []string{"note", "The bank has not answered."}, 303, "/console/"},
		{"say nothing", "delay", nil, 422, "Write why it is late"},
		{"an older version", "note", []string{"version", "0", "note", "x"}, 409, "Somebody else has it"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t)
			held := task("T1", gateway.HandoffWork, "leeds-2", h.now.Add(-time.Hour))
			held.State, held.Holder = gateway.WorkHeld, "amara"
			h.work.holds(held)
			amara := h.signIn(t, "amara")
			fields := c.fields
			if len(fields) == 0 || fields[0] != "version" {
				fields = append(fields, "version", "1")
			}
			before := len(h.audit.since(0))
			got := amara.post("/console/tasks/T1/"+c.deed, fields...)
			if got.status != c.status || !strings.Contains(got.body+got.to, c.says) {
				t.Errorf("%d %q %s", got.status, got.to, got.body)
			}
			if entries := h.audit.since(before); len(entries) != 1 || entries[0].Action != c.deed+" task" || entries[0].Case != "300012345678" {
				t.Errorf("recorded: %+v", entries)
			}
			if done := h.work.tasks[0].Version > 1; done != (c.status == http.StatusSeeOther) {
				t.Errorf("done: %t", done)
			}
		})
	}
}

// Two press accept: one has it, and the other is told so.
func TestTwoAcceptAtOnce(t *testing.T) {
	h := newHouse(t)
	h.work.holds(task("T1", gateway.HandoffWork, "leeds-2", h.now))
	amara, bethan := h.signIn(t, "amara"), h.signIn(t, "bethan")
	if got := amara.post("/console/tasks/T1/accept", "version", "1", "to", "/console/tasks/T1"); got.to != "/console/tasks/T1" {
		t.Fatalf("%d %q", got.status, got.to)
	}
	if got := bethan.post("/console/tasks/T1/accept", "version", "1"); got.status != http.StatusConflict || !strings.Contains(got.body, "Mae gan rywun arall") {
		t.Errorf("%d %s", got.status, got.body)
	}
	if got := amara.get("/console/tasks/T1"); !strings.Contains(got.body, "You hold this now.") || strings.Contains(amara.get("/console/tasks/T1").body, "You hold this now.") {
		t.Error("what was done is not told once")
	}
}

// A complaint that is late can only be closed once somebody has said why.
func TestClosingWhatIsLate(t *testing.T) {
	h := newHouse(t)
	held := task("T1", gateway.ComplaintWork, "leeds-2", h.now.Add(-time.Hour))
	held.State, held.Holder = gateway.WorkHeld, "amara"
	h.work.holds(held)
	h.work.closing = gateway.ErrCause
	got := h.signIn(t, "amara").post("/console/tasks/T1/close", "version", "1", "outcome", "done")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.body, `href="#cause"`) {
		t.Errorf("%d %s", got.status, got.body)
	}
}

// The gateway's errors are pages of their own.
func TestWhatCannotBeShown(t *testing.T) {
	h := newHouse(t)
	h.work.holds(task("T1", gateway.HandoffWork, "leeds-2", h.now))
	amara := h.signIn(t, "amara")
	for err, want := range map[error]struct {
		status int
		says   string
	}{
		gateway.ErrForbidden: {404, "There is no such page"},
		gateway.ErrNotYours:  {403, "You cannot do that"},
		gateway.ErrChanged:   {409, "Somebody has changed it"},
		gateway.ErrNoReason:  {403, "Why do you need to open this case?"},
	} {
		h.work.askedFor(err)
		if got := amara.get("/console/tasks/T1"); got.status != want.status || !strings.Contains(got.body, want.says) {
			t.Errorf("%v: %d %s", err, got.status, got.body)
		}
	}
}

// Queues show a page at a time, and nothing of other teams.
func TestTeamQueues(t *testing.T) {
	h := newHouse(t)
	h.filled()
	h.work.holds(task("S1", gateway.DangerWork, "hull-1", h.now))
	amara := h.signIn(t, "amara")
	first := amara.get("/console/team?kind=voicemail")
	if strings.Count(first.body, `href="/console/tasks/`) != 10 || strings.Contains(first.body, `rel="next"`) {
		t.Errorf("voicemails: %d", strings.Count(first.body, `href="/console/tasks/`))
	}
	all := amara.get("/console/team")
	if strings.Count(all.body, `href="/console/tasks/`) != pageLength || strings.Contains(all.body, "S1") || !strings.Contains(all.body, `href="/console/team?after=W21"`) {
		t.Errorf("all: %d rows", strings.Count(all.body, `href="/console/tasks/`))
	}
	if rest := amara.get("/console/team?after=W21"); strings.Count(rest.body, `href="/console/tasks/`) != 8 {
		t.Errorf("then: %d rows", strings.Count(rest.body, `href="/console/tasks/`))
	}
	if got := amara.get("/console/team?team=hull-1"); got.status != http.StatusNotFound {
		t.Errorf("another team's queue: %d", got.status)
	}
}

func TestDeadlines(t *testing.T) {
	now := time.Date(2026, 3, 29, 0, 30, 0, 0, time.UTC) // half an hour before the clocks go forward
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	words := clockWords{"en", london, func() time.Time { return now }}
	for after, want := range map[time.Duration]deadline{
		72 * time.Hour:    {"3 days left", "grey", false},
		25 * time.Hour:    {"1 day left", "grey", false},
		23 * time.Hour:    {"23 h left", "yellow", false},
		time.Second:       {"1 min left", "yellow", false},
		-time.Minute:      {"1 min late", "red", true},
		-50 * time.Hour:   {"2 days late", "red", true},
		-23*time.Hour - 1: {"23 h late", "red", true},
	} {
		if got, err := words.due(now.Add(after)); err != nil || got != want {
			t.Errorf("%v: %+v, %v", after, got, err)
		}
	}
	if got, err := words.when(now.Add(time.Hour)); err != nil || got != "today, 02:30" {
		t.Errorf("an hour on: %q, %v", got, err)
	}
	if got, err := words.when(now.Add(-time.Hour)); err != nil || got != "28 March 2026, 23:30" {
		t.Errorf("an hour before: %q, %v", got, err)
	}
}
