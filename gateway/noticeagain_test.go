package gateway_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
)

// comesBack settles the latest message of a channel.
func (o *office) comesBack(channel directory.Channel, status gateway.Status) {
	o.t.Helper()
	sent := o.by[channel].sent
	u := gateway.StatusUpdate{Channel: channel, ProviderID: "out-" + string(sent[len(sent)-1].ID), Status: status, Code: "30003", Reason: "The phone cannot be reached"}
	if err := o.Settle(o.t.Context(), u); err != nil {
		o.t.Fatal(err)
	}
	if err := o.Flush(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

func TestWhatIsNotDeliveredGoesOnceByAnotherChannel(t *testing.T) {
	o := newOffice(t, everyWay())
	o.plan(due())
	o.comesBack(directory.SMS, gateway.Undelivered)
	o.comesBack(directory.SMS, gateway.Undelivered) // told twice
	if got := o.sent(); got != "sms email" {
		t.Fatalf("sent by %q", got)
	}
	if work := o.work(gateway.DeliveryWork); len(work) > 0 {
		t.Errorf("and somebody is to see to it: %+v", work)
	}
	o.comesBack(directory.Email, gateway.Undelivered)
	if got := o.sent(); got != "sms email" {
		t.Errorf("sent by %q", got)
	}
	if work := o.work(gateway.DeliveryWork); len(work) != 1 {
		t.Errorf("nobody is to see to it: %+v", work)
	}
}

func TestWhatIsNotDeliveredGoesNowhereElse(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*directory.Case)
		early  gateway.Status // that came before
		after  time.Duration
		sent   string
		work   int
	}{
		{"there is no other channel", func(c *directory.Case) { *c = family() }, "", 0, "sms", 1},
		{"it was delivered after all", func(*directory.Case) {}, gateway.Delivered, 0, "sms", 0},
		{"it is too late", func(*directory.Case) {}, "", 48 * time.Hour, "sms", 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := everyWay()
			test.change(&c)
			o := newOffice(t, c)
			m := due()
			m.SendBy = weekday.Add(24 * time.Hour)
			o.plan(m)
			if test.early != "" {
				o.comesBack(directory.SMS, test.early)
			}
			o.pass(test.after)
			o.comesBack(directory.SMS, gateway.Undelivered)
			if got := o.sent(); got != test.sent {
				t.Errorf("sent by %q", got)
			}
			if work := o.work(gateway.DeliveryWork); len(work) != test.work {
				t.Errorf("work %+v", work)
			}
		})
	}
}

// Whatever providers say, in whatever order and however often, a notice goes
// twice at most, by two channels, and the second time only when the first did
// not come.
func TestANoticeIsNeverDoubled(t *testing.T) {
	statuses := []gateway.Status{gateway.Accepted, gateway.Sent, gateway.Delivered, gateway.Undelivered, gateway.Failed}
	rapid.Check(t, func(rt *rapid.T) {
		o := newOffice(t, everyWay())
		o.plan(due())
		came := false
		for range rapid.IntRange(1, 8).Draw(rt, "words of providers") {
			channel := rapid.SampledFrom([]directory.Channel{directory.SMS, directory.Email}).Draw(rt, "channel")
			if o.by[channel].count() == 0 {
				continue
			}
			status := rapid.SampledFrom(statuses).Draw(rt, "status")
			before := o.sent()
			o.comesBack(channel, status)
			if came && o.sent() != before {
				rt.Fatalf("it came, and went again: %s", o.sent())
			}
			came = came || channel == directory.SMS && status == gateway.Delivered && o.sent() == "sms"
			if o.by[directory.SMS].count() > 1 || o.by[directory.Email].count() > 1 || o.by[directory.Letter].count() > 0 {
				rt.Fatalf("it went by %s", o.sent())
			}
		}
	})
}
