package gateway_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// reports is a turn in which somebody told us something, with what we promised.
func (o *office) reported(kind string, on directory.Channel, due time.Time) {
	o.t.Helper()
	now := o.clock()
	c := gateway.Conversation{ID: gateway.ConversationID("C-" + kind), Person: "P1", Case: reference, Dialog: "d", Version: "v",
		Address: gateway.Address{Channel: on, Value: payingPhone}, Phase: gateway.Ended, Turn: 1, Created: now, LastSaid: now}
	turn := gateway.Turn{ID: "T-" + kind, At: now, Conversation: &c, Begins: true, Record: []byte("{}"),
		Reports: []gateway.Report{{ID: "R-" + kind, Key: kind, Case: reference, Person: "P1", Conversation: c.ID, Kind: kind,
			Reference: "K7QF2-M9XTA", Due: due, Created: now, Answers: []byte("{}"), Results: []byte("{}")}},
		WorkItems: []gateway.WorkItem{{ID: "W-" + kind, Key: kind, Kind: gateway.ReportWork, Case: reference, Person: "P1", Conversation: c.ID,
			Due: due.AddDate(0, 0, -3), Detail: kind, Created: now}}}
	if err := o.store.Commit(o.t.Context(), turn); err != nil {
		o.t.Fatal(err)
	}
}

func TestWhatTheyToldUsIsAcknowledged(t *testing.T) {
	for _, test := range []struct {
		name string
		kind string
		on   directory.Channel
		want string
		says string
	}{
		{"by web chat, which keeps no words", "income-change", directory.WebChat, "report-received", "by 21 December 2026. Your reference is K7QF2-M9XTA"},
		{"by telephone", "income-change", directory.Voice, "report-received", ""},
		{"by text, where it was answered", "income-change", directory.SMS, "", ""},
		{"a complaint, however it came", "complaint", directory.SMS, "complaint-acknowledged", "We will answer by 21 December 2026"},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newService(t, family())
			o.at(time.November, 23, 9)
			o.reported(test.kind, test.on, time.Date(2026, 12, 21, 17, 0, 0, 0, time.UTC))
			for range 3 {
				o.deliver()
			}
			if got := strings.Join(o.told("P1"), " "); got != test.want {
				t.Errorf("told %q, want %q", got, test.want)
			}
			if said := strings.Join(o.sms.since(0), "\n"); !strings.Contains(said, test.says) {
				t.Errorf("%q does not say %q", said, test.says)
			}
		})
	}
}

// Each time that we are late we say so, with a new date; until somebody has seen
// to it.
func TestWeSayThatWeAreLate(t *testing.T) {
	o := newService(t, family())
	o.at(time.November, 2, 9)
	o.reported("income-change", directory.SMS, time.Date(2026, 11, 9, 17, 0, 0, 0, time.UTC))
	said := map[int]string{}
	for day := 3; day < 56; day++ {
		o.at(time.November, day, 11)
		before := o.sms.count()
		o.deliver()
		for _, text := range o.sms.since(before) {
			if strings.Contains(text, "We are late") {
				said[day] = text
			}
		}
	}
	for day, words := range map[int]string{
		10: "we said we would write to you by 9 November 2026. We are late, and we are sorry. We will write to you by 23 November 2026.",
		24: "by 23 November 2026. We are late, and we are sorry. We will write to you by 7 December 2026.",
		38: "by 7 December 2026.",
		52: "by 21 December 2026.", // 22 December
	} {
		if !strings.Contains(said[day], words) {
			t.Errorf("day %d: %q, want %q", day, said[day], words)
		}
	}
	if len(said) != 4 {
		t.Errorf("said %d times: %v", len(said), said)
	}
}

func TestNobodyIsToldOfWhatWasNotPromised(t *testing.T) {
	o := newService(t, family())
	o.at(time.November, 2, 9)
	work := gateway.WorkItem{ID: "W1", Key: "C1/stopped", Kind: gateway.HandoffWork, Case: reference, Person: "P1", Detail: "stopped",
		Due: time.Date(2026, 11, 9, 17, 0, 0, 0, time.UTC), Created: o.clock()}
	if err := o.store.Commit(t.Context(), gateway.Turn{ID: "T1", At: o.clock(), WorkItems: []gateway.WorkItem{work}}); err != nil {
		t.Fatal(err)
	}
	o.at(time.November, 10, 11)
	o.deliver()
	if got := o.told("P1"); len(got) > 0 {
		t.Errorf("told %q", got)
	}
}

func TestAChangedAddressIsTold(t *testing.T) {
	const newPhone = "+447700900105"
	phone := func(p *directory.Person) { p.Phone, p.PhoneSince = newPhone, calculation.NewDate(2026, 11, 23) }
	for _, test := range []struct {
		name   string
		before func(*directory.Person)
		change func(*directory.Person)
		want   string // where it goes
		says   string
	}{
		{"nothing changes", nil, func(*directory.Person) {}, "", ""},
		{"a phone number: the old one, and by email", nil, phone, payingPhone + " sam@example.com", "our phone number was changed on 23 November 2026"},
		{"an email address", nil, func(p *directory.Person) { p.Email = "sam@example.org" }, payingPhone + " sam@example.com", "our email address was changed"},
		{"where they live: not there", nil, func(p *directory.Person) { p.PostalAddress = []string{"2 Low Road", "York", "YO1 1AA"} }, payingPhone, "your address was changed"},
		{"with a risk, not the old one", func(p *directory.Person) { p.Risk = &directory.Risk{Kind: "domestic_abuse"} }, phone, "sam@example.com", ""},
		{"to a second number, which is safe as the old is not", nil, func(p *directory.Person) {
			s := *p.SafeContact
			s.Phone, s.PhoneSince = newPhone, calculation.NewDate(2026, 11, 23)
			p.SafeContact = &s
		}, "sam@example.com", ""},
		{"and texts are not safe any more", nil, func(p *directory.Person) {
			phone(p)
			p.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.Email}}
		}, "sam@example.com", ""},
		{"of somebody who is discreet", nil, func(p *directory.Person) {
			phone(p)
			s := *p.SafeContact
			s.Discreet = true
			p.SafeContact = &s
		}, payingPhone + " sam@example.com", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := everyWay()
			if test.before != nil {
				test.before(&c.PayingParent)
			}
			o := newService(t, c)
			o.at(time.November, 23, 11)
			for range 2 { // the same again changes nothing
				test.change(&c.PayingParent)
				if err := o.store.PutCase(t.Context(), c, o.clock()); err != nil {
					t.Fatal(err)
				}
				o.deliver()
				o.pass(time.Minute)
			}
			var went, said []string
			for _, channel := range []directory.Channel{directory.SMS, directory.Email, directory.Letter} {
				for _, m := range o.by[channel].sent {
					went, said = append(went, m.To.Value), append(said, m.Title+m.Text)
				}
			}
			all := strings.Join(said, "\n")
			if strings.Join(went, " ") != test.want || !strings.Contains(all, test.says) {
				t.Errorf("went to %q: %s\nfates %+v", went, all, o.fates("P1"))
			}
			if strings.Contains(all, newPhone) || c.PayingParent.Discreet() && strings.Contains(all, "Maintenance") {
				t.Errorf("it tells too much: %s", all)
			}
		})
	}
}
