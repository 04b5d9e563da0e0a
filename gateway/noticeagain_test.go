package gateway_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/simulator"
	"parley/templates/notices"
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

// refusals are what a provider says at once of an address that takes nothing
// from us, ever.
var refusals = map[string]*gateway.SendError{
	"a landline":   {Outcome: gateway.Refused, Code: "21614", Reason: "The number is not a mobile number"},
	"no number":    {Outcome: gateway.Refused, Code: "21211", Reason: "The number is not a valid phone number"},
	"out of reach": {Outcome: gateway.Refused, Code: "21612", Reason: "Our number cannot send to this number"},
}

func TestWhatIsRefusedAtOnceGoesOnceByAnotherChannel(t *testing.T) {
	for name, refusal := range refusals {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, everyWay())
			o.sms.fails = refusal
			o.plan(due())
			if got, work := o.sent(), o.work(gateway.DeliveryWork); got != "email" || len(work) > 0 {
				t.Fatalf("sent by %q, work %+v", got, work)
			}
			fates := o.fates("P1")
			if len(fates) != 2 || fates[1].Status != gateway.Failed || fates[1].Code != refusal.Code || fates[0].Status != gateway.Accepted {
				t.Errorf("fates %+v", fates)
			}
			o.comesBack(directory.Email, gateway.Undelivered)
			if got, work := o.sent(), o.work(gateway.DeliveryWork); got != "email" || len(work) != 1 {
				t.Errorf("sent by %q, work %+v: it has gone twice", got, work)
			}
		})
	}
}

// It passes the gate like anything else, and a person sees to it when that lets
// nothing through.
func TestWhatIsRefusedAtOnceGoesNowhereUnsafe(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(o *office, p *directory.Person, m *gateway.Message)
		sent   string
		work   string // what somebody is told, in part
	}{
		{"refused there too", func(o *office, _ *directory.Person, _ *gateway.Message) {
			o.by[directory.Email].fails = refusals["no number"]
		},
			"", "not a valid"},
		{"by the next that is safe", func(_ *office, p *directory.Person, _ *gateway.Message) {
			p.SafeContact.Channels = []directory.Channel{directory.SMS}
		},
			"letter", ""},
		{"none is safe", func(_ *office, p *directory.Person, _ *gateway.Message) {
			p.SafeContact.Channels, p.SafeContact.Post = []directory.Channel{directory.SMS}, false
		}, "", "email: not one of the person's safe channels; letter: not one of the person's safe channels"},
		{"there is none", func(_ *office, p *directory.Person, _ *gateway.Message) { p.Email, p.PostalAddress = "", nil },
			"", "no address that it may go to is known"},
		{"only to the old address", func(_ *office, _ *directory.Person, m *gateway.Message) {
			m.To.Value = "+447700900150"
			m.Notice = &gateway.Notice{Name: "contact-changed", Occasion: "changed 2026-11-20", Old: true, Data: notices.Data{
				"name": notices.Text("Sam Example"), "changed": notices.Words("phone number", "rhif ffôn"), "day": notices.Day(2026, 11, 20)}}
		}, "", "not a mobile"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c, m := everyWay(), due()
			o := newOffice(t)
			o.sms.fails = refusals["a landline"]
			test.change(o, &c.PayingParent, &m)
			if err := o.store.PutCase(t.Context(), c, weekday.AddDate(0, -1, 0)); err != nil {
				t.Fatal(err)
			}
			o.plan(m)
			work := o.work(gateway.DeliveryWork)
			if o.sent() != test.sent || (len(work) == 1) != (test.work != "") || len(work) > 0 && !strings.Contains(work[0].Detail, test.work) {
				t.Errorf("sent by %q, work %+v", o.sent(), work)
			}
		})
	}
}

// The node dies after Twilio has refused and before that is written down. Twilio
// has no such message, so it is sent once more, and refused once more; then it
// goes by email, once.
func TestARefusalThatNobodyWroteDownIsHeardAgain(t *testing.T) {
	h, twilio, asked := onTwilio(t, schema.Copy(t))
	email := &notebook{}
	h.config.Channels = append(h.config.Channels, post{email, directory.Email})
	h.config.Notices = gatewaytest.Notices(t)
	h.useDialogs(h.config.Dialogs)
	if err := h.store.PutCase(t.Context(), everyWay(), weekday.AddDate(0, -1, 0)); err != nil {
		t.Fatal(err)
	}
	twilio.SetFault(payingPhone, simulator.Fault{Reject: 21614})
	if _, err := h.store.PlanNotices(t.Context(), []gateway.Message{due()}); err != nil {
		t.Fatal(err)
	}
	claimed, err := h.store.Claim(t.Context(), h.clock(), 1, 30*time.Second)
	if err != nil || len(claimed) != 1 {
		t.Fatalf("claimed %+v: %v", claimed, err)
	}
	if _, err := h.store.MarkSending(t.Context(), []gateway.MessageID{claimed[0].ID}); err != nil {
		t.Fatal(err)
	}
	for _, after := range []time.Duration{time.Minute, 2 * time.Minute, 5 * time.Minute, 5 * time.Minute, time.Hour} {
		if h.look(after); asked.Load() == 0 && email.count() > 0 {
			t.Fatal("it went by email while nobody knew of a refusal")
		}
	}
	if asked.Load() != 1 || email.count() != 1 || len(h.work(gateway.DeliveryWork)) > 0 {
		t.Errorf("texts asked for again: %d, emails %d, work %+v", asked.Load(), email.count(), h.work(gateway.DeliveryWork))
	}
}
