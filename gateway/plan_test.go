package gateway_test

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// said claims what is due within a month, as if it were sent, and puts each
// notice into words, in every form and language: its text in English by name and
// person.
func (h *house) said() map[string]string {
	h.t.Helper()
	texts := map[string]string{}
	for {
		messages, err := h.store.Claim(h.t.Context(), h.clock().AddDate(0, 1, 0), 100, time.Minute)
		if err != nil {
			h.t.Fatal(err)
		}
		if len(messages) == 0 {
			return texts
		}
		for _, m := range messages {
			texts[m.Notice.Name+" "+string(m.Person)] = h.inWords(m.Notice)
			if err := h.store.Record(h.t.Context(), []gateway.Settlement{{Message: m.ID, Status: gateway.Delivered, At: h.clock()}}); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}

func (h *house) inWords(n *gateway.Notice) (text string) {
	h.t.Helper()
	i := slices.IndexFunc(h.config.Notices, func(t *notices.Notice) bool { return t.Name == n.Name })
	for _, form := range []notices.Form{notices.SMS, notices.Letter, notices.Discreet, notices.Email} {
		for _, language := range []templates.Language{templates.Welsh, templates.English} {
			r, err := h.config.Notices[i].Render(form, language, n.Data)
			if err != nil {
				h.t.Fatal(err)
			}
			text = r.Text
		}
	}
	return text
}

func (h *house) putPlan(frequency string, want int) {
	h.t.Helper()
	plan := directory.Plan{Frequency: frequency, FirstDue: calculation.NewDate(2026, 12, 15)}
	if got, err := h.PutPlan(h.t.Context(), reference, plan, nil); err != nil || got != want {
		h.t.Fatalf("plan %d, %v, want %d", got, err, want)
	}
}

func TestBothParentsAreToldOfAPlanAndOfWhyItChanges(t *testing.T) {
	c := payingFamily()
	h := scheduled(t, newHouse(t, c))
	h.putPlan("monthly", 1)
	h.putPlan("monthly", 1) // the same again
	issued := h.said()
	if len(issued) != 2 || !strings.Contains(issued["plan-issued P1"], "£328.20 a month") || !strings.Contains(issued["plan-issued R1"], "£262.60 a month") {
		t.Fatalf("told of the plan: %q", issued)
	}
	c.Plan = directory.Plan{Frequency: "monthly", FirstDue: calculation.NewDate(2026, 12, 15)}
	less := calculation.Money(20_000_00)
	c.Income.HistoricAnnual = &less
	if err := h.store.PutCase(t.Context(), c, h.clock()); err != nil {
		t.Fatal(err)
	}
	h.pass(time.Hour)
	h.putPlan("monthly", 2)
	changed := h.said()
	for person, why := range map[string]string{"P1": "The weekly income went from £613.70 to £383.56", "R1": "The weekly income went from £613.70 to £383.56"} {
		if text := changed["plan-changed "+person]; !strings.Contains(text, why) {
			t.Errorf("%s is told %q, want %q", person, text, why)
		}
	}
	h.putPlan("weekly", 3)
	text := h.said()["plan-changed P1"]
	for _, words := range []string{"how often it is paid have changed", "From 15 December 2026 you pay"} {
		if !strings.Contains(text, words) {
			t.Errorf("told %q, want %q in it", text, words)
		}
	}
}

// What is planned a day ahead must not say what another plan has overtaken.
func TestWhatWaitsToBeSaidOfThePlanBeforeIsWithheld(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	h.at(time.November, 11, 11)
	h.pays("A", 328_20, time.October, 15)
	if got := h.plan(); got != 1 {
		t.Fatalf("planned %d reminders, want 1", got)
	}
	h.pass(time.Minute)
	plan := directory.Plan{Frequency: "weekly", FirstDue: calculation.NewDate(2026, 10, 15)}
	_, err := h.PutPlan(t.Context(), reference, plan, nil)
	h.do(err)
	h.pass(time.Minute)
	h.plan()
	fates, err := h.Explain(t.Context(), "P1", 10)
	h.do(err)
	reminders := map[string]gateway.Status{}
	for _, f := range fates {
		if f.Notice == "payment-due" {
			reminders[f.Occasion] = f.Status
		}
	}
	want := map[string]gateway.Status{"due 2026-11-12": gateway.Queued, "due 2026-11-15": gateway.Withheld}
	if !maps.Equal(reminders, want) {
		t.Errorf("reminders %v, want %v", reminders, want)
	}
}

func TestAPlanThatCannotBeIsRefused(t *testing.T) {
	h := scheduled(t, newHouse(t, payingFamily()))
	for name, test := range map[string]struct {
		of   directory.CaseReference
		plan directory.Plan
		want error
	}{
		"no such case":                     {"300099999999", directory.Plan{Frequency: "weekly"}, gateway.ErrNotFound},
		"daily":                            {reference, directory.Plan{Frequency: "daily"}, gateway.ErrBadPlan},
		"never":                            {reference, directory.Plan{}, gateway.ErrBadPlan},
		"due before the decision's effect": {reference, directory.Plan{Frequency: "weekly", FirstDue: calculation.NewDate(2026, 1, 1)}, gateway.ErrBadPlan},
	} {
		if _, err := h.PutPlan(t.Context(), test.of, test.plan, nil); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	wantNames(t, "told", h.queued())
}

// Every notice that the schedule sends is given all that its words need.
func TestWhatTheScheduleSendsCanBePutIntoWords(t *testing.T) {
	c, direct := payingFamily(), payingFamily()
	direct.Service, direct.Reference, direct.EffectiveDate = directory.DirectPay, "300012345688", calculation.NewDate(2026, 1, 20)
	direct.Plan.FirstDue = direct.EffectiveDate
	direct.PayingParent.ID, direct.ReceivingParents[0].ID = "P2", "R2"
	h := scheduled(t, newHouse(t, c, direct))
	said := map[string]string{}
	for _, step := range []struct {
		month      time.Month
		day        int
		pays, came calculation.Money
	}{{time.November, 11, 0, 328_20}, {time.November, 17, 0, 0}, {time.November, 18, 100_00, 0}, {time.November, 24, 0, 0}, {time.December, 1, 0, 0}} {
		h.at(step.month, step.day, 12)
		if step.came > 0 {
			h.pays("October", step.came, time.October, 15)
		}
		if step.pays > 0 {
			h.pays("part", step.pays, step.month, step.day)
			h.pass(time.Minute)
		}
		h.plan()
		maps.Copy(said, h.said())
	}
	for _, name := range []string{
		"payment-due P1", "payment-due P2", "payment-received P1", "part-payment P1", "payment-missed-receiving R1",
		"payment-still-missed P1", "arrears-statement P1", "annual-review P2", "annual-review R2",
	} {
		if said[name] == "" {
			t.Errorf("%s is not said", name)
		}
	}
}
