package console

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// places stand where routes have a name.
var places = strings.NewReplacer("{$}", "", "{id}", "T1", "{case}", "300012345678", "{person}", "P1", "{conversation}", "C1", "{file}", "F1", "{message}", "M1", "{dialog}", "income-change")

// Every role meets every route: whose it is not are told so and nothing is
// recorded or done; nobody gets anywhere without signing in or with a form of
// another session; and what shows or touches anything of a person has been
// recorded before.
func TestRolesAndRoutes(t *testing.T) {
	h := newHouse(t)
	h.work.holds(task("T1", gateway.HandoffWork, "leeds-2", h.now))
	nobody := h.newTab(t)
	tabs := map[directory.StaffRole]*tab{}
	for _, s := range h.config.Roster.Everybody() {
		tabs[s.Role] = h.signIn(t, s.ID)
	}
	for _, one := range h.routes() {
		method, path, _ := strings.Cut(one.pattern, " ")
		path = places.Replace(path)
		ask := func(tab *tab, token string) answer {
			if method == http.MethodGet {
				return tab.get(path)
			}
			return tab.send(path, map[string][]string{"token": {token}, "version": {"1"}, "case": {"300012345678"}})
		}
		if got := ask(nobody, ""); got.status != http.StatusSeeOther || !strings.HasPrefix(got.to, "/console/sign-in") {
			t.Errorf("%s: nobody is answered %d and led to %q", one.pattern, got.status, got.to)
		}
		for role, tab := range tabs {
			before := len(h.audit.since(0))
			got := ask(tab, tab.token)
			switch allowed := slices.Contains(one.roles, role); {
			case !allowed && (got.status != http.StatusForbidden || len(h.audit.since(before)) > 0):
				t.Errorf("%s: a %s is answered %d, and %d entries were recorded", one.pattern, role, got.status, len(h.audit.since(before)))
			case allowed && (got.status == http.StatusForbidden || strings.HasPrefix(got.to, "/console/sign-in") || got.status >= 500):
				t.Errorf("%s: a %s is answered %d", one.pattern, role, got.status)
			case allowed && one.audited != "" && got.status == http.StatusOK && len(h.audit.since(before)) == 0:
				t.Errorf("%s: what a %s saw was not recorded", one.pattern, role)
			}
			if allowed := slices.Contains(one.roles, role); allowed && method == http.MethodPost {
				if got := ask(tab, tabs[directory.Author].token+"x"); got.status != http.StatusForbidden {
					t.Errorf("%s: a form with another token is answered %d", one.pattern, got.status)
				}
			}
		}
	}
}

// Nothing is shown that cannot be recorded.
func TestWithoutTheAuditNothingIsShown(t *testing.T) {
	h := newHouse(t)
	h.work.holds(task("T1", gateway.HandoffWork, "leeds-2", h.now))
	amara := h.signIn(t, "amara")
	h.audit.full = true
	if got := amara.get("/console/tasks/T1"); got.status != http.StatusInternalServerError || strings.Contains(got.body, "3000 1234 5678") {
		t.Errorf("it shows %d %s", got.status, got.body)
	}
	if got := amara.post("/console/tasks/T1/accept", "version", "1"); got.status != http.StatusInternalServerError || h.work.tasks[0].Holder != "" {
		t.Errorf("accepting is answered %d, and %q has it", got.status, h.work.tasks[0].Holder)
	}
}

// A page that stays open is one sight for a while, however often its script
// shows it anew; whoever says that they are a script hides nothing.
func TestSightsOfAnOpenPage(t *testing.T) {
	h := newHouse(t)
	h.work.holds(task("T1", gateway.HandoffWork, "leeds-2", h.now))
	amara, noor := h.signIn(t, "amara"), h.signIn(t, "noor")
	again := func(tab *tab) { tab.do(http.MethodGet, "/console/tasks/T1", nil, "Parley-Live", "1") }
	for _, c := range []struct {
		name string
		do   func()
		want int
	}{
		{"it is opened", func() { amara.get("/console/tasks/T1") }, 1},
		{"its script shows it anew", func() { again(amara) }, 0},
		{"it is loaded anew", func() { amara.get("/console/tasks/T1") }, 1},
		{"a script of somebody who has not opened it", func() { again(noor) }, 1},
		{"a long time later", func() { h.pass(sightLife); again(amara) }, 1},
	} {
		before := len(h.audit.since(0))
		c.do()
		if got := len(h.audit.since(before)); got != c.want {
			t.Errorf("%s: %d entries", c.name, got)
		}
	}
}

// An audited page whose handler forgot to record is not shown either.
func TestAHandlerThatForgetsTheAudit(t *testing.T) {
	h := newHouse(t)
	r := &request{console: h.Console, route: route{audited: "saw case"}, Language: "en", Staff: h.config.Roster.Staff("amara")}
	if err := h.page(nil, r, http.StatusOK, "notice", "", nil); err == nil {
		t.Error("it was drawn")
	}
}

func TestFormsOfOtherSitesAreRefused(t *testing.T) {
	h := newHouse(t)
	amara := h.signIn(t, "amara")
	form := map[string][]string{"token": {amara.token}, "presence": {"busy"}}
	for _, headers := range [][]string{
		{"Sec-Fetch-Site", "cross-site"},
		{"Sec-Fetch-Site", "", "Origin", "https://evil.example"},
	} {
		if got := amara.do(http.MethodPost, "/console/presence", form, headers...); got.status != http.StatusForbidden {
			t.Errorf("%v: %d", headers, got.status)
		}
	}
	if got := h.work.presence("amara"); got != "" {
		t.Errorf("presence is %q", got)
	}
}

// A case that is not somebody's own is opened with a reason, kept by the audit;
// one that they may not know of is not there.
func TestOpeningACase(t *testing.T) {
	h := newHouse(t)
	h.access.reasons, h.access.hidden = []directory.CaseReference{"300012345678"}, []directory.CaseReference{"300099999999"}
	amara := h.signIn(t, "amara")
	page := "/console/tasks/T1?x=1"
	before := len(h.audit.since(0))
	if got := amara.post("/console/open", "case", "300012345678", "to", page, "reason", " ok "); got.status != http.StatusUnprocessableEntity ||
		!strings.Contains(got.body, `value="/console/tasks/T1?x=1"`) {
		t.Errorf("without a reason: %d", got.status)
	}
	if got := amara.post("/console/open", "case", "300012345678", "to", page, "reason", "cover for a colleague"); got.to != page {
		t.Errorf("with a reason: %d %q", got.status, got.to)
	}
	if got := amara.post("/console/open", "case", "300099999999", "to", page, "reason", "cover for a colleague"); got.status != http.StatusNotFound {
		t.Errorf("a hidden case: %d", got.status)
	}
	entries := h.audit.since(before)
	if len(entries) != 1 || entries[0].Reason != "cover for a colleague" || entries[0].Action != "opened case" || entries[0].Case != "300012345678" {
		t.Errorf("recorded: %+v", entries)
	}
}
