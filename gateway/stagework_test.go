package gateway_test

import (
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// An application waits for its first amount from the day on which it came, once
// however often it is said, until there is one; what is late by then stays, so
// that somebody says why.
func TestAnApplicationWaitsForItsFirstAmount(t *testing.T) {
	for _, c := range []struct {
		name string
		days int // until it is calculated
		ends bool
	}{{"in time", 20, true}, {"late", 60, false}} {
		t.Run(c.name, func(t *testing.T) {
			h := newService(t, everyWay()).house
			h.hire(staffed)
			today := calculation.DateOf(h.Clock())
			came := gateway.Stage{Name: gateway.ApplicationReceived, Date: today - 2, Person: "R1"}
			for range 2 {
				reach(t, h, came)
			}
			items := h.work(gateway.CalculationWork)
			if len(items) != 1 || items[0].Case != reference || items[0].Person != "R1" || calculation.DateOf(items[0].Created) != today-1 {
				t.Fatalf("there is %+v", items)
			}
			h.sweep()
			h.pass(time.Duration(c.days) * 24 * time.Hour)
			reach(t, h, gateway.Stage{Name: gateway.Calculated, Date: calculation.DateOf(h.Clock())})
			task, _, err := h.store.Task(t.Context(), items[0].ID)
			if h.do(err); (task.State == gateway.WorkDone) != c.ends {
				t.Errorf("after %d days it is %s, due %s", c.days, task.State, task.Due)
			}
		})
	}
}

// reach has the case come to a stage. A notice that there are no words for here
// goes to nobody.
func reach(t *testing.T, h *house, s gateway.Stage) {
	t.Helper()
	if _, err := h.ReachStage(t.Context(), reference, s, nil); err != nil {
		t.Fatal(err)
	}
}

// An email address that takes no more mail is work of its own kind, also where a
// notice then goes another way.
func TestABounceIsWorkOfItsOwn(t *testing.T) {
	o := newOffice(t, everyWay())
	o.sms.fails = refusals["a landline"]
	o.by[directory.Email].fails = &gateway.SendError{Outcome: gateway.Refused, Code: "550 5.1.1", Reason: "There is no such mailbox", Gone: true}
	o.plan(due())
	items := o.work(gateway.BounceWork)
	if len(items) != 1 || items[0].Person != "P1" || items[0].Detail != "There is no such mailbox" {
		t.Errorf("bounced: %+v", items)
	}
}
