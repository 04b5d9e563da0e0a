package gateway_test

import (
	"errors"
	"slices"
	"testing"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

func TestACallBackIsToANumberHeldForThirtyDays(t *testing.T) {
	change := func(do func(*directory.Person)) directory.Case {
		c := family()
		c.PayingParent.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Voice}}
		do(&c.PayingParent)
		return c
	}
	days := func(n int) calculation.Date { return calculation.DateOf(weekday).AddDays(-n) }
	for name, c := range map[string]struct {
		change func(*directory.Person)
		want   error
	}{
		"held for long":    {func(p *directory.Person) { p.PhoneSince = days(31) }, nil},
		"held for 29 days": {func(p *directory.Person) { p.PhoneSince = days(29) }, gateway.ErrNewNumber},
		"held for 2 days":  {func(p *directory.Person) { p.PhoneSince = days(2) }, gateway.ErrNewNumber},
		"calls not safe":   {func(p *directory.Person) { p.SafeContact.Channels = []directory.Channel{directory.SMS} }, gateway.ErrNoNumber},
		"none":             {func(p *directory.Person) { p.Phone = "" }, gateway.ErrNoNumber},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, change(c.change))
			if err := h.RecordCheck(t.Context(), "P1", ann); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestStopIsTakenBackAfterACallBack(t *testing.T) {
	c := family()
	c.PayingParent.PhoneSince = calculation.DateOf(weekday).AddDays(-100)
	c.PayingParent.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Voice}}
	h := newHouse(t, c)
	h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "STOP", Keyword: gateway.Stop})
	if err := h.TakeBackStop(t.Context(), "P1", directory.SMS, ann); !errors.Is(err, gateway.ErrUnchecked) {
		t.Fatalf("taken back without a call: %v", err)
	}
	h.do(h.RecordCheck(t.Context(), "P1", ann))
	h.do(h.TakeBackStop(t.Context(), "P1", directory.SMS, ann))
	heardBegins(t, "once STOP is taken back", h.text(payingPhone, "PAY"), "Has your pay before tax gone up or down?")
	h.pass(2 * gateway.CheckLife)
	if err := h.TakeBackStop(t.Context(), "P1", directory.SMS, ann); !errors.Is(err, gateway.ErrUnchecked) {
		t.Errorf("an old call counts: %v", err)
	}
}

func TestStaffMarkDangerAndASpecialistReleasesIt(t *testing.T) {
	h := newHouse(t, family())
	if h.MarkDanger(t.Context(), "P1", reference, "gossip", ann) == nil {
		t.Error("any word is a kind of danger")
	}
	h.do(h.MarkDanger(t.Context(), "P1", reference, gateway.Watched, ann))
	if items := h.work(gateway.DangerWork); len(items) != 1 || !items[0].Urgent {
		t.Errorf("work: %+v", items)
	}
	h.start("P1", "income-change")
	if heard := h.deliver(); len(heard) != 0 {
		t.Errorf("sent while held: %q", heard)
	}
	for _, role := range []directory.StaffRole{directory.Caseworker, directory.TeamLeader, directory.Author, directory.Auditor} {
		if err := h.ReleaseDanger(t.Context(), "P1", directory.Staff{ID: ann, Role: role}); !errors.Is(err, gateway.ErrForbidden) {
			t.Errorf("a %s releases it: %v", role, err)
		}
	}
	h.do(h.ReleaseDanger(t.Context(), "P1", directory.Staff{ID: bob, Role: directory.Specialist}))
	if err := h.ReleaseDanger(t.Context(), "P1", directory.Staff{ID: bob, Role: directory.Specialist}); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("released twice: %v", err)
	}
	if !slices.Contains(h.text(payingPhone, "hello"), "") && len(h.work(gateway.DangerWork)) != 1 {
		t.Error("still held")
	}
}
