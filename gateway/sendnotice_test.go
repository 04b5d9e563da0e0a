package gateway_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/templates/notices"
)

// post is a notebook of another channel than text messages.
type post struct {
	*notebook
	channel directory.Channel
}

func (p post) Name() directory.Channel { return p.channel }

// office is a house that sends notices by text, email and letter.
type office struct {
	*house
	by map[directory.Channel]*notebook
}

func newOffice(t *testing.T, cases ...directory.Case) *office {
	t.Helper()
	o := &office{house: newHouse(t, cases...), by: map[directory.Channel]*notebook{}}
	o.by[directory.SMS] = o.sms
	for _, channel := range []directory.Channel{directory.Email, directory.Letter} {
		o.by[channel] = &notebook{}
		o.config.Channels = append(o.config.Channels, post{o.by[channel], channel})
	}
	o.config.Notices = gatewaytest.Notices(t)
	o.useDialogs(o.config.Dialogs)
	return o
}

// due is a reminder to the paying parent.
func due() gateway.Message {
	return gateway.Message{
		ID: "N1", Person: "P1", Case: reference, To: gateway.Address{Channel: directory.SMS, Value: payingPhone},
		Subject: gateway.Approach, Priority: gateway.Normal, Created: weekday, NotBefore: weekday,
		Notice: &gateway.Notice{Name: "payment-missed-paying", Occasion: "due 2026-11-15", Data: notices.Data{
			"name": notices.Text("Sam Example"), "amount": notices.Money(178_50), "due": notices.Day(2026, 11, 15),
		}},
	}
}

// decision is a statutory notice to the paying parent.
func decision(o *office) gateway.Message {
	m := due()
	m.Notice = &gateway.Notice{Name: "decision-letter", Occasion: "decision 2026-11-01", Statutory: true}
	for _, n := range o.config.Notices {
		if n.Name == "decision-letter" {
			m.Notice.Data = n.MadeUp()
		}
	}
	return m
}

// plan puts notices into the outbox and sends what may be sent.
func (o *office) plan(batch ...gateway.Message) {
	o.t.Helper()
	if _, err := o.store.PlanNotices(o.t.Context(), batch); err != nil {
		o.t.Fatal(err)
	}
	if err := o.Flush(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// sent tells by which channels how many messages went.
func (o *office) sent() string {
	var list []string
	for _, channel := range []directory.Channel{directory.SMS, directory.Email, directory.Letter} {
		for range o.by[channel].count() {
			list = append(list, string(channel))
		}
	}
	return strings.Join(list, " ")
}

func (o *office) fates(person directory.PersonID) []gateway.Fate {
	o.t.Helper()
	fates, err := o.Explain(o.t.Context(), person, 10)
	if err != nil {
		o.t.Fatal(err)
	}
	return fates
}

// everyWay is the family, whose paying parent can be reached in every way.
func everyWay() directory.Case {
	c := family()
	p := &c.PayingParent
	p.Email, p.EmailSince, p.PostalAddress = "sam@example.com", calculation.NewDate(2025, 1, 10), []string{"1 High Street", "Leeds", "LS1 1AA"}
	p.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Email}, Post: true}
	return c
}

func TestANoticeGoesByTheFirstWayThatIsSafe(t *testing.T) {
	optOut := func(o *office, channel directory.Channel) {
		p := everyWay().PayingParent
		a, _ := p.Address(channel)
		out := &gateway.OptOut{Address: gateway.Address{Channel: channel, Value: a.Value}, Out: true, Source: "keyword", At: weekday}
		if err := o.store.Commit(o.t.Context(), gateway.Turn{ID: "T", At: weekday, OptOut: out}); err != nil {
			o.t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name      string
		change    func(p *directory.Person)
		out       []directory.Channel // opted out of
		statutory bool
		want      string
		work      string // what somebody is told to do, in part
	}{
		{name: "by text", want: "sms"},
		{name: "as the person prefers", change: func(p *directory.Person) { p.PreferredChannel = directory.Email }, want: "email"},
		{name: "by email after STOP", out: []directory.Channel{directory.SMS}, want: "email"},
		{name: "by post after all else", out: []directory.Channel{directory.SMS, directory.Email}, want: "letter"},
		{name: "by a call when nothing is safe", change: func(p *directory.Person) { p.SafeContact.Post = false },
			out: []directory.Channel{directory.SMS, directory.Email}, work: "sms: has said STOP on this channel; email: has said STOP"},
		{name: "not to a number that has just changed", change: func(p *directory.Person) { p.PhoneSince = calculation.NewDate(2026, 11, 20) }, want: "email"},
		{name: "not by what was not said to be safe", change: func(p *directory.Person) { p.SafeContact.Channels = nil }, want: "letter"},
		{name: "never in writing", change: func(p *directory.Person) { p.Needs = []string{"phone only", "bsl"} }, work: "needs to be called, not written to"},
		{name: "never by letter in print", change: func(p *directory.Person) { p.Needs, p.SafeContact.Channels = []string{"braille"}, nil }, work: "braille"},
		{name: "in large print", change: func(p *directory.Person) { p.Needs, p.SafeContact.Channels = []string{"large print"}, nil }, want: "letter"},
		{name: "statutory, by post", statutory: true, out: []directory.Channel{directory.SMS, directory.Email}, want: "letter"},
		{name: "statutory, by email where that was agreed", statutory: true, change: func(p *directory.Person) { p.ElectronicService = true }, want: "email"},
		{name: "statutory, by post all the same after STOP", statutory: true, change: func(p *directory.Person) { p.ElectronicService = true },
			out: []directory.Channel{directory.Email}, want: "letter"},
		{name: "statutory, not by a discreet email", statutory: true,
			change: func(p *directory.Person) { p.ElectronicService, p.SafeContact.Discreet = true, true }, want: "letter"},
		{name: "statutory, by a person when post is not safe", statutory: true,
			change: func(p *directory.Person) { p.SafeContact.Post = false }, work: "letter: not one of the person's safe channels"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := everyWay()
			if test.change != nil {
				test.change(&c.PayingParent)
			}
			o := newOffice(t, c)
			for _, channel := range test.out {
				optOut(o, channel)
			}
			m := due()
			if test.statutory {
				m = decision(o)
				m.SendBy = weekday.Add(-time.Hour) // which does not count
			}
			o.plan(m)
			if got := o.sent(); got != test.want {
				t.Errorf("sent by %q, want %q; fates %+v", got, test.want, o.fates("P1"))
			}
			items := o.work(gateway.DeliveryWork)
			if (len(items) == 1) != (test.work != "") || len(items) > 0 && !strings.Contains(items[0].Detail, test.work) {
				t.Errorf("work %+v, want %q", items, test.work)
			}
		})
	}
}

func TestWhatWasSentIsOnRecord(t *testing.T) {
	c := everyWay()
	c.PayingParent.PreferredChannel = directory.Email
	o := newOffice(t, c)
	o.plan(due())
	sent := o.by[directory.Email].sent[0]
	if !strings.Contains(sent.Text, "£178.50") || sent.Title == "" || len(sent.Document) == 0 || sent.Language != "en" {
		t.Errorf("sent %+v", sent)
	}
	if sent.To.Value != "sam@example.com" {
		t.Errorf("to %s", sent.To.Value)
	}
	fates := o.fates("P1")
	if len(fates) != 1 || fates[0].Status != gateway.Accepted || fates[0].Channel != directory.Email || fates[0].Notice != "payment-missed-paying" {
		t.Errorf("fates %+v", fates)
	}
}

func TestADiscreetPersonIsToldNothing(t *testing.T) {
	c := everyWay()
	c.PayingParent.SafeContact = nil // never asked
	o := newOffice(t, c)
	o.plan(due())
	sent := o.by[directory.SMS].sent
	if len(sent) != 1 || sent[0].Text != "This is about 15 November 2026. Please reply to this message when it suits you." || sent[0].Title != "" {
		t.Errorf("sent %+v", sent)
	}
}

func TestFirstContactInWalesIsInBothLanguages(t *testing.T) {
	for _, test := range []struct {
		name     string
		language string
		channel  directory.Channel
		want     []string
	}{
		{"by text", "", directory.SMS, []string{"Gwasanaeth", "Child Maintenance Service"}},
		{"by email", "", directory.Email, []string{"Annwyl", "Dear"}},
		{"once it is known", "cy", directory.Email, []string{"Annwyl"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := everyWay()
			c.Nation, c.PayingParent.PreferredChannel = directory.Wales, test.channel
			c.PayingParent.Language = ""
			if test.language != "" {
				c.PayingParent.Language = "cy"
			}
			o := newOffice(t, c)
			o.plan(due())
			text := strings.Join(o.by[test.channel].since(0), "|")
			for _, words := range []string{"Gwasanaeth", "Child Maintenance Service", "Annwyl", "Dear"} {
				if strings.Contains(text, words) != slices.Contains(test.want, words) {
					t.Errorf("%q: %s", words, text)
				}
			}
		})
	}
}

func TestWhatCannotBeSentGoesToAPerson(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(m *gateway.Message)
		want   string
	}{
		{"no such notice", func(m *gateway.Message) { m.Notice.Name = "ransom-note" }, "no such notice"},
		{"a value is missing", func(m *gateway.Message) { delete(m.Notice.Data, "amount") }, "a value is missing"},
		{"a warning that nobody sends", func(m *gateway.Message) { m.Notice.Name = "enforcement-warning" }, "only a person"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice(t, everyWay())
			m := due()
			test.change(&m)
			o.plan(m)
			items := o.work(gateway.DeliveryWork)
			if o.sent() != "" || len(items) != 1 || !strings.Contains(items[0].Detail, test.want) {
				t.Errorf("sent %q, work %+v", o.sent(), items)
			}
		})
	}
}

func TestAWarningIsSentByAPerson(t *testing.T) {
	o := newOffice(t, everyWay())
	m := due()
	m.Notice.Name, m.Notice.By = "enforcement-warning", "caseworker-7"
	m.Notice.Data["by"] = notices.Day(2026, 12, 1)
	o.plan(m)
	if o.sent() != "sms" {
		t.Errorf("sent %q: %+v", o.sent(), o.fates("P1"))
	}
}

// A carrier that says the number is gone leaves the other ways.
func TestANoticeThatTheCarrierRefusesGoesAnotherWay(t *testing.T) {
	for name, failure := range map[string]*gateway.SendError{
		"the number is gone":  {Outcome: gateway.Refused, Code: "30005", Reason: "unknown number", Gone: true},
		"they have opted out": {Outcome: gateway.Refused, Code: "21610", Reason: "opted out", OptedOut: true},
	} {
		t.Run(name, func(t *testing.T) {
			o := newOffice(t, everyWay())
			o.sms.fails = failure
			o.plan(due())
			if o.sent() != "email" {
				t.Errorf("sent by %q: %+v", o.sent(), o.fates("P1"))
			}
			if why := o.fates("P1")[0].Reasons; len(why) != 1 || !strings.HasPrefix(why[0], "sms: ") {
				t.Errorf("reasons %q", why)
			}
		})
	}
}

func TestASecondNumberIsUsedInsteadOfTheFirst(t *testing.T) {
	c := everyWay()
	c.PayingParent.SafeContact.Phone = "+447700900109"
	o := newOffice(t, c)
	o.plan(due())
	if got := o.by[directory.SMS].to("+447700900109"); len(got) != 1 {
		t.Errorf("to the second number: %q; fates %+v", got, o.fates("P1"))
	}
	o.text(payingPhone, "hello")
	if items := o.work(gateway.UnknownSenderWork); len(items) != 1 {
		t.Errorf("from the first number: %+v", items)
	}
}

func TestAnOldAddressHearsOfAChangeOnlyWhenThatIsSafe(t *testing.T) {
	const old = "+447700900150"
	for _, test := range []struct {
		name   string
		change func(*directory.Case)
		want   int
	}{
		{"nobody has it", func(*directory.Case) {}, 1},
		{"somebody else has it", func(c *directory.Case) { c.ReceivingParents[0].Phone = old }, 0},
		{"there is a risk", func(c *directory.Case) { c.PayingParent.Risk = &directory.Risk{Kind: "domestic_abuse"} }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := everyWay()
			test.change(&c)
			o := newOffice(t, c)
			m := due()
			m.To.Value = old
			m.Notice = &gateway.Notice{Name: "contact-changed", Occasion: "changed 2026-11-20", Old: true, Data: notices.Data{
				"name": notices.Text("Sam Example"), "changed": notices.Words("phone number", "rhif ffôn"), "day": notices.Day(2026, 11, 20),
			}}
			o.plan(m)
			if got := len(o.by[directory.SMS].to(old)); got != test.want || o.sent() != strings.Repeat("sms", test.want) {
				t.Errorf("sent %q: %+v", o.sent(), o.fates("P1"))
			}
		})
	}
}

func TestADangerHoldKeepsNoticesFromTheWholeCase(t *testing.T) {
	o := newOffice(t, everyWay())
	hold := &gateway.Hold{ID: "H1", Person: "R1", Case: reference, Kind: "abuse", At: weekday}
	if err := o.store.Commit(t.Context(), gateway.Turn{ID: "T", At: weekday, Hold: hold}); err != nil {
		t.Fatal(err)
	}
	must := decision(o)
	must.ID = "N2"
	o.plan(due(), must)
	if o.sent() != "" || len(o.work(gateway.DeliveryWork)) != 1 {
		t.Fatalf("sent %q, work %+v", o.sent(), o.work(gateway.DeliveryWork))
	}
	if err := o.store.ReleaseHold(t.Context(), "H1", "specialist-7", weekday); err != nil {
		t.Fatal(err)
	}
	o.pass(2 * time.Hour)
	if o.deliver(); o.sent() != "letter" {
		t.Errorf("after the release: %q, and only what must be sent; %+v", o.sent(), o.fates("P1"))
	}
}

func TestTooManyMessagesToOnePersonStop(t *testing.T) {
	o := newOffice(t, everyWay())
	for i := range 30 {
		m := due()
		m.ID = gateway.MessageID(fmt.Sprintf("N%02d", i))
		m.Notice.Occasion = string(m.ID)
		o.plan(m)
		o.pass(time.Minute)
	}
	if got := o.sms.count(); got != gateway.MostAlike {
		t.Errorf("%d alike in an hour", got)
	}
	if items := o.work(gateway.LoopWork); len(items) != 1 {
		t.Errorf("work %+v", items)
	}
	o.pass(time.Hour)
	m := due()
	m.ID, m.Notice.Occasion = "N99", "the next hour"
	if o.plan(m); o.sms.count() != gateway.MostAlike+1 {
		t.Error("nothing goes out once the hour is over")
	}
}

func TestNobodyKnownIsNotExplained(t *testing.T) {
	o := newOffice(t)
	if _, err := o.Explain(t.Context(), "P9", 10); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("got %v", err)
	}
}
