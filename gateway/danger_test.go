package gateway_test

import (
	"slices"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
)

func fromPhone(number, text string) gateway.Inbound {
	return gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: number}, Text: text}
}

func TestDangerIsHeardOverTheLimit(t *testing.T) {
	h := newHouse(t, family())
	for range 30 {
		h.text(receivingPhone, "hm")
	}
	if got := h.text(receivingPhone, "he threatened me"); len(got) != 1 || !strings.Contains(got[0], "999") {
		t.Errorf("the first message over the limit, with danger in it, is answered %q", got)
	}
	if got := h.text(receivingPhone, "he threatened me again"); len(got) != 0 {
		t.Errorf("further over the limit: %q", got)
	}
	if items := h.work(gateway.DangerWork); len(items) != 2 {
		t.Errorf("%d specialists' work items, want one for each message", len(items))
	}
}

func TestWhoInDangerIsOfferedWhat(t *testing.T) {
	const offer = "Reply 1"
	shared := family()
	shared.ReceivingParents[0].Phone = payingPhone
	for _, c := range []struct {
		name    string
		cases   directory.Case
		in      gateway.Inbound
		answers int
		offered bool
		held    bool // a later text is met with silence
	}{
		{"somebody known", family(), fromPhone(payingPhone, "my ex threatened me"), 1, true, true},
		{"a stranger, whose 1 would mean nothing", family(), fromPhone("+447700900999", "my ex threatened me"), 1, false, false},
		{"one of two who share a number", shared, fromPhone(payingPhone, "my ex threatened me"), 0, false, true},
		{"beside STOP, which is applied in silence", family(),
			gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "he threatened me", Keyword: gateway.Stop}, 1, false, true},
		{"beside STOP, which the carrier has answered", family(),
			gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "he threatened me", Keyword: gateway.Stop, Answered: true}, 0, false, true},
		{"beside STOP, one of two who share a number", shared,
			gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "he threatened me", Keyword: gateway.Stop}, 0, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, c.cases)
			got := h.receive(c.in)
			if len(got) != c.answers {
				t.Fatalf("answered %q", got)
			}
			if said := strings.Join(got, ""); strings.Contains(said, offer) != c.offered || strings.Contains(said, "no more texts") {
				t.Errorf("answered %q", got)
			}
			if items := h.work(gateway.DangerWork); len(items) != 1 || !items[0].Urgent {
				t.Errorf("specialists see %+v", items)
			}
			if later := h.text(c.in.From.Value, "hello"); (len(later) == 0) != c.held {
				t.Errorf("later: %q", later)
			}
		})
	}
}

func TestWhatTheOtherParentIsNotToldGoesToAPerson(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.text(receivingPhone, "mae trais yma")
	h.text(payingPhone, "down")
	items := h.work(gateway.DeliveryWork)
	if len(items) != 1 || items[0].Person != "P1" {
		t.Errorf("nobody sees that the paying parent waits: %+v", items)
	}
}

func TestSomebodyHeldCanAskForAPerson(t *testing.T) {
	h := newHouse(t, family())
	h.text(payingPhone, "my ex threatened me")
	if got := h.text(payingPhone, "PERSON"); len(got) != 1 || !strings.Contains(got[0], "A person will contact you by") {
		t.Errorf("answered %q", got)
	}
	items := h.work(gateway.DangerWork)
	if len(items) != 2 || items[1].Detail != "asks for a person while held" {
		t.Errorf("specialists see %+v", items)
	}
}

func TestWhatAPersonIsToSeeToNamesTheCase(t *testing.T) {
	for _, c := range []struct {
		name  string
		texts []gateway.Inbound
		kind  gateway.WorkItemKind
		team  directory.TeamID
	}{
		{"asked for a person", []gateway.Inbound{fromPhone(payingPhone, "PERSON")}, gateway.HandoffWork, "leeds-2"},
		{"no dialog takes it", []gateway.Inbound{fromPhone(payingPhone, "asdf qwer")}, gateway.UnansweredWork, "leeds-2"},
		{"wrong number", []gateway.Inbound{fromPhone(payingPhone, "wrong number")}, gateway.AddressWork, "leeds-2"},
		{"retries used up", []gateway.Inbound{fromPhone(payingPhone, "PAY"), fromPhone(payingPhone, "?"), fromPhone(payingPhone, "?"), fromPhone(payingPhone, "?")},
			gateway.HandoffWork, "leeds-2"},
		{"after STOP", []gateway.Inbound{
			{From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "STOP", Keyword: gateway.Stop}, fromPhone(payingPhone, "hello"),
		}, gateway.UnansweredWork, "leeds-2"},
		{"danger is for specialists, not for the team", []gateway.Inbound{fromPhone(payingPhone, "my ex threatened me")}, gateway.DangerWork, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := newHouse(t, family())
			h.without("welcome")
			for _, in := range c.texts {
				h.receive(in)
			}
			items := h.work(c.kind)
			if len(items) != 1 || items[0].Case != reference || items[0].Team != c.team {
				t.Errorf("work items %+v", items)
			}
		})
	}
}

func TestWhatIsSaidBesideADialogIsInItsLanguage(t *testing.T) {
	for _, flushed := range []bool{false, true} {
		h := newHouse(t, family())
		h.text(payingPhone, "PAY")
		h.text(payingPhone, "CYMRAEG")
		if flushed {
			flush(t, h.redis)
		}
		if got := h.text(payingPhone, "dwi ddim yn saff"); len(got) != 1 || !strings.Contains(got[0], "ffoniwch 999") {
			t.Errorf("live state flushed %t: danger is answered %q", flushed, got)
		}
		if got := h.text(payingPhone, "1"); len(got) != 1 || !strings.Contains(got[0], "Cymorth") {
			t.Errorf("live state flushed %t: support numbers: %q", flushed, got)
		}
	}
}

// without takes a dialog off the shelf.
func (h *house) without(name string) {
	h.useDialogs(slices.DeleteFunc(slices.Clone(h.Dialogs()), func(d *dialogs.Dialog) bool { return d.Name == name }))
}

// reads is an understanding that reads one thing in every text.
type reads gateway.Reading

func (r reads) Read(string) gateway.Reading { return gateway.Reading(r) }

func TestEachKindOfDangerHasItsAnswer(t *testing.T) {
	const told, samaritans, offer, least = "Thank you for telling us.", "116 123", "Reply 1", "Thank you. We have your message."
	for _, c := range []struct {
		kind gateway.Danger
		says []string
		not  []string
	}{
		{gateway.Watched, []string{least}, []string{"999", offer}},
		{gateway.Threat, []string{least}, []string{"999", offer}},
		{gateway.Abuse, []string{told, "999", offer}, []string{samaritans}},
		{gateway.ChildAtRisk, []string{told, "999", offer}, []string{samaritans}},
		{gateway.SelfHarm, []string{told, "999", samaritans, offer}, nil},
	} {
		t.Run(string(c.kind), func(t *testing.T) {
			h := newHouse(t, family())
			h.config.Understanding = reads{Danger: c.kind}
			h.useDialogs(h.Dialogs())
			said := h.text(payingPhone, "…")
			for _, words := range c.says {
				if len(said) != 1 || !strings.Contains(said[0], words) {
					t.Errorf("answered %q, want %q in it", said, words)
				}
			}
			for _, words := range c.not {
				if strings.Contains(strings.Join(said, " "), words) {
					t.Errorf("answered %q, with %q in it", said, words)
				}
			}
			h.config.Understanding = gatewaytest.Understanding(t)
			h.useDialogs(h.Dialogs())
			offered := strings.Contains(strings.Join(c.says, " "), offer)
			if got := h.text(payingPhone, "1"); (len(got) == 1) != offered {
				t.Errorf("to a 1: %q", got)
			}
		})
	}
}

func TestSupportNumbersAreThoseOfTheNation(t *testing.T) {
	for nation, number := range map[directory.Nation]string{
		directory.England: "0808 2000 247", directory.Wales: "0808 80 10 800",
		directory.Scotland: "0800 027 1234", directory.NorthernIreland: "0808 802 1414",
	} {
		c := family()
		c.Nation = nation
		h := newHouse(t, c)
		h.text(payingPhone, "my ex threatened me")
		if got := h.text(payingPhone, "1."); len(got) != 1 || !strings.Contains(got[0], number) {
			t.Errorf("%s: %q", nation, got)
		}
		if got := h.text(payingPhone, "1"); len(got) != 1 || !strings.Contains(got[0], number) {
			t.Errorf("%s, asked for again: %q", nation, got)
		}
	}
}

func TestDangerIsAnsweredWithoutTheWordsForIt(t *testing.T) {
	h := newHouse(t, family())
	h.useDialogs(nil)
	if got := h.text(payingPhone, "my ex threatened me"); len(got) != 1 || got[0] != "Thank you. We have your message." {
		t.Errorf("answered %q", got)
	}
	if items := h.work(gateway.DangerWork); len(items) != 1 || !items[0].Urgent {
		t.Errorf("specialists see %+v", items)
	}
	if got := h.text(payingPhone, "1"); len(got) != 0 {
		t.Errorf("what was not offered: %q", got)
	}
}
