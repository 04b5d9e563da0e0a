package gateway_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/templates/notices"
)

// A reply after a notice is taken up, whatever it says, unless it asks who we are.
func TestAReplyAfterANotice(t *testing.T) {
	for _, test := range []struct {
		says   string
		after  time.Duration
		dialog string
	}{
		{"ok", time.Hour, "payment-missed"},
		{"who is this", time.Hour, "is-this-you"},
		{"asdf qwer", 6 * 24 * time.Hour, "payment-missed"},
		{"asdf qwer", 8 * 24 * time.Hour, "welcome"},
		{"I've already paid", time.Hour, "payment-made"}, // a claim
	} {
		t.Run(test.says, func(t *testing.T) {
			o := newOffice(t, everyWay())
			o.understands(map[string]gateway.Reading{"I've already paid": {Intent: "payment-made"}})
			o.plan(due())
			o.pass(test.after)
			o.text(payingPhone, test.says)
			c, err := o.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"})
			if err != nil || c.Dialog != test.dialog || c.Case != reference {
				t.Errorf("dialog %q on case %q (%v), want %s", c.Dialog, c.Case, err, test.dialog)
			}
		})
	}
}

func TestNobodyElsesNoticeIsAnswered(t *testing.T) {
	o := newOffice(t, everyWay())
	o.plan(due())
	o.pass(time.Hour)
	o.text(receivingPhone, "ok")
	c, err := o.store.OpenConversation(t.Context(), gateway.Partner{Person: "R1"})
	if err != nil || c.Dialog != "welcome" {
		t.Errorf("dialog %q (%v)", c.Dialog, err)
	}
}

// What the notice said is not asked again, but for amounts.
func TestTheDialogKnowsWhatTheNoticeSaid(t *testing.T) {
	o := newOffice(t, everyWay())
	o.understands(map[string]gateway.Reading{"my payment has not come": {Intent: "missed-payment"}})
	m := due()
	m.Person, m.To.Value = "R1", receivingPhone
	m.Notice.Name = "payment-missed-receiving"
	m.Notice.Data["by"] = notices.Day(2026, 12, 1)
	o.plan(m)
	o.pass(time.Hour)
	answers := strings.Join(o.text(receivingPhone, "my payment has not come"), "\n")
	c, err := o.store.OpenConversation(t.Context(), gateway.Partner{Person: "R1"})
	if err != nil || c.Dialog != "payment-not-received" {
		t.Fatalf("dialog %q (%v): %s", c.Dialog, err, answers)
	}
	v, err := o.View(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(v.Answers); !strings.Contains(got, `"due": "2026-11-15"`) || strings.Contains(got, "178.50") {
		t.Errorf("answers %s; said %s", got, answers)
	}
}
