package gateway

import (
	"strings"
	"testing"
	"time"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/gateway/directory"
)

func TestTargetsOfTheService(t *testing.T) {
	all, err := readTargets(shippedTargets)
	if err != nil {
		t.Fatal(err)
	}
	roster, err := directory.ReadRoster([]byte(`
front: leeds-2
teams:
- {id: leeds-2, name: Leeds 2, nation: england, hours: "09:00-17:00"}
- {id: hull-1, name: Hull 1, nation: england, hours: "09:00-17:00", specialist: true}
staff:
- {id: amara, name: Amara, email: amara@example.com, role: caseworker, teams: [leeds-2], capacity: 5}
- {id: noor, name: Noor, email: noor@example.com, role: specialist, teams: [hull-1], skills: [domestic abuse], capacity: 5}
`))
	if err != nil {
		t.Fatal(err)
	}
	r := &router{roster: roster, targets: all}
	friday := time.Date(2026, 11, 27, 16, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		item        WorkItem
		answer, due string
	}{
		{WorkItem{Kind: DangerWork}, "2026-11-27 16:15", "2026-11-27 17:00"},
		{WorkItem{Kind: HandoffWork}, "2026-11-30 12:00", "2026-12-04 17:00"},
		{WorkItem{Kind: ComplaintWork}, "2026-11-30 17:00", "2026-12-18 17:00"},
		{WorkItem{Kind: ReportWork, Detail: "complaint"}, "2026-11-30 17:00", "2026-12-18 17:00"},
		{WorkItem{Kind: ReportWork, Detail: "apply"}, "2026-11-30 17:00", "2026-12-04 17:00"},
		{WorkItem{Kind: ReportWork, Detail: "something new"}, "2026-12-01 17:00", "2026-12-24 17:00"},
		{WorkItem{Kind: HandoffWork, Detail: "safe-contact: asked"}, "2026-11-30 10:00", "2026-12-01 17:00"},
		{WorkItem{Kind: ReconsiderationWork}, "2026-11-30 17:00", "2026-12-24 17:00"}, // before Christmas Day
		{WorkItem{Kind: CalculationWork}, "2026-11-30 17:00", "2027-01-08 17:00"},
		{WorkItem{Kind: HandoffWork, Due: friday}, "2026-11-30 12:00", "2026-11-27 16:00"}, // what was promised stands
		{WorkItem{Kind: "something new"}, "2026-11-30 12:00", "2026-12-04 17:00"},
	} {
		c.item.Created = friday
		task := Task{WorkItem: c.item}
		r.clock(&task, all.of(&c.item), roster.Team("leeds-2"))
		if got := task.Answer.Format("2006-01-02 15:04"); got != c.answer {
			t.Errorf("%s is answered by %s, want %s", c.item.Kind, got, c.answer)
		}
		if got := task.Due.Format("2006-01-02 15:04"); got != c.due {
			t.Errorf("%s is due %s, want %s", c.item.Kind, got, c.due)
		}
	}
}

// Whatever a dialog that is shipped reports has a target of its own.
func TestEveryReportHasATarget(t *testing.T) {
	all, err := readTargets(shippedTargets)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	reported, handed := map[string]bool{}, map[string]bool{}
	for _, d := range shipped {
		handed[d.Name] = true
		for _, kind := range d.Outcomes().Reports {
			reported[kind] = true
			_, own := all[matter{ReportWork, kind}]
			if _, named := all[matter{kind: WorkItemKind(kind)}]; !own && !named {
				t.Errorf("there is no target for the report %s of %s", kind, d.Name)
			}
		}
	}
	for m := range all {
		if m.kind == ReportWork && m.about != "" && !reported[m.about] || m.kind == HandoffWork && m.about != "" && !handed[m.about] {
			t.Errorf("there is a target for %s, which no dialog comes to", m.about)
		}
	}
}

func TestTargetsThatAreRefused(t *testing.T) {
	for _, c := range []struct{ change, to, says string }{
		{"kind: loop,", "kind: lop,", `"lop" is of no kind`},
		{"kind: loop,", "kind: call,", `"call" is there twice`},
		{"kind: loop,", "kind: call,", `no target for "loop"`},
		{"about: death", "about: close-case", `"close-case" is there twice`},
		{"kind: loop,", "kind: loop, about: apply,", `"apply" is of a kind that is about nothing else`},
		{"due: 15 working days", "due: 15 wet days", "no term"},
		{"due: 15 working days, ", "", "does not say when it is due"},
		{"skill: complaints", "skill: juggling", "asks for a skill that there is not"},
		{"priority: 0, answer: 15", "priority: 1, answer: 15", "is for specialists and does not come first"},
		{"warn: 96h", "warn: 0h", "does not warn"},
	} {
		changed := strings.Replace(string(shippedTargets), c.change, c.to, 1)
		if changed == string(shippedTargets) {
			t.Fatalf("there is no %q to change", c.change)
		}
		if _, err := readTargets([]byte(changed)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q as %q: got %v, want %q", c.change, c.to, err, c.says)
		}
	}
}
