package chaos

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// goodRecord is of two parents of one case on a good day: each says two things
// and hears two, one by text and one by email.
func goodRecord() Record {
	at := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	pat, kim := Address{"sms", "+447700900001"}, Address{"email", "kim@example.com"}
	return Record{
		Parents: []Parent{
			{Person: "pat", Addresses: []Address{pat}, Safe: []string{"sms"}, Secrets: []string{"£410.37"}, Left: true, Case: "1", Owed: []string{"due"}},
			{Person: "kim", Addresses: []Address{kim, {"sms", "+447700900002"}}, Safe: []string{"email", "sms"}, Secrets: []string{"heron"}, Wants: true, Case: "1"},
		},
		Said: []Said{
			{Person: "pat", Channel: "sms"}, {Person: "pat", Channel: "sms"},
			{Person: "kim", Channel: "email"}, {Person: "kim", Channel: "email"},
			{Person: "kim", Channel: "voice"}, {Person: "kim", Channel: "voice", Unsure: true},
		},
		Heard: []Heard{
			{pat, "p1", "How much?", at}, {pat, "p2", "You said £410.37 a week. Right?", at}, {pat, "p3", "Are you still there?", at},
			{pat, "n1", "A payment is due.", at},
			{kim, "k1", "What happened?", at}, {kim, "k2", "Somebody will call.", at},
		},
		Ledger: Ledger{
			Inbound: []Inbound{
				{"i1", "SM1", "pat", "sms", "c-pat", 1, "turn"}, {"i2", "SM2", "pat", "sms", "c-pat", 2, "turn"},
				{"i3", "<1>", "kim", "email", "c-kim", 1, "turn"}, {"i4", "<2>", "kim", "email", "c-kim", 2, "turn"},
				{"i5", "CA1/1", "kim", "voice", "c-kim", 3, "turn"},
			},
			Outgoing: []Outgoing{
				{"p1", "pat", "sms", "c-pat", 1, "reply", "delivered", "", 0}, {"p2", "pat", "sms", "c-pat", 2, "reply", "sent", "", 0},
				{"p3", "pat", "sms", "c-pat", 3, "approach", "delivered", "", 10},
				{"k1", "kim", "email", "c-kim", 1, "reply", "accepted", "", 0}, {"k2", "kim", "email", "c-kim", 2, "reply", "delivered", "", 0},
				{"k3", "kim", "voice", "c-kim", 3, "reply", "delivered", "", 0}, {"n1", "pat", "sms", "", 0, "notice", "delivered", "due", 10},
			},
			Conversations: []Conversation{{"c-pat", "open", ""}, {"c-kim", "ended", "reported"}},
			Reports:       []Report{{"r1", "c-kim", "complaint"}},
			Timers:        []Timer{{"wake", "c-pat", "scheduled", false}, {"wake", "c-kim", "completed", false}, {"finish", "i1", "completed", false}},
			Work:          []Work{{"w1", "kim", "", "handoff", "leeds-2", "waiting"}},
		},
	}
}

func TestAGoodDayHasNoFindings(t *testing.T) {
	if findings := Judge(goodRecord()); findings != nil {
		t.Errorf("found %v", findings)
	}
}

// Each thing that must never happen, done to the record of a good day, is
// found, and is all that is found.
func TestEveryWrongIsFound(t *testing.T) {
	proved := map[Count]bool{}
	for _, c := range []struct {
		name  string
		count Count
		wrong func(*Record)
	}{
		{"what was said is not stored", Lost, func(r *Record) { r.Ledger.Inbound = r.Ledger.Inbound[1:] }},
		{"what was said never had its turn", Lost, func(r *Record) { r.Ledger.Inbound[1].Kind = keptKind }},
		{"what is called delivered was never seen", Lost, func(r *Record) { r.Heard = slices.Delete(r.Heard, 1, 2) }},
		{"a reply never left", Lost, func(r *Record) { r.Ledger.Outgoing[1].Status = "queued" }},
		{"a turn said nothing", Lost, func(r *Record) { r.Ledger.Outgoing[0].Turn = 2 }},
		{"a turn leads on to nothing", Lost, func(r *Record) {
			r.Ledger.Conversations[1].Outcome = "chosen"
			r.Ledger.Outgoing = slices.DeleteFunc(r.Ledger.Outgoing, func(o Outgoing) bool { return o.Channel == "voice" })
		}},
		{"somebody waits for an answer, and nobody knows", Lost, func(r *Record) { r.Parents[0].Waits = true }},
		{"what was said once is stored twice", Doubled, func(r *Record) {
			r.Ledger.Inbound = append(r.Ledger.Inbound, Inbound{"i6", "SM3", "pat", "sms", "c-pat", 3, "turn"})
		}},
		{"a copy is a message of its own", Doubled, func(r *Record) { r.Ledger.Inbound[1].ProviderID = "SM1" }},
		{"two messages share a turn", Doubled, func(r *Record) { r.Ledger.Inbound[1].Turn = 1 }},
		{"a conversation leads to two reports", Doubled, func(r *Record) {
			r.Ledger.Reports = append(r.Ledger.Reports, Report{"r2", "c-kim", "complaint"})
		}},
		{"a message is passed on twice", Twice, func(r *Record) { r.Heard = append(r.Heard, r.Heard[5]) }},
		{"a later answer comes first", Inverted, func(r *Record) { r.Heard[0], r.Heard[1] = r.Heard[1], r.Heard[0] }},
		{"a question is asked again", Repeated, func(r *Record) { r.Heard[2].Text = r.Heard[0].Text }},
		{"a parent reads the other's secret", Disclosed, func(r *Record) { r.Heard[4].Text = "They earn £410.37." }},
		{"a parent's message comes to the other", Disclosed, func(r *Record) { r.Heard[5].To = Address{"sms", "+447700900001"} }},
		{"a channel is not safe", Unsafe, func(r *Record) { r.Parents[1].Safe = []string{"sms"} }},
		{"an hour is not safe", Unsafe, func(r *Record) { r.Parents[1].Asleep = true }},
		{"a text comes after STOP", Unsafe, func(r *Record) { r.Parents[0].Stopped = r.Heard[2].At.Add(-time.Second) }},
		{"an open conversation has no timer", Mistimed, func(r *Record) { r.Ledger.Timers = r.Ledger.Timers[1:] }},
		{"an open conversation has two", Mistimed, func(r *Record) { r.Ledger.Timers = append(r.Ledger.Timers, r.Ledger.Timers[0]) }},
		{"a timer is late", Mistimed, func(r *Record) { r.Ledger.Timers[0].Overdue = true }},
		{"a timer is given up", Mistimed, func(r *Record) { r.Ledger.Timers[1].State = "discarded" }},
		{"a kept message still waits", Mistimed, func(r *Record) { r.Ledger.Timers[2].State = "retryable" }},
		{"nobody nudges who went silent", Mistimed, func(r *Record) {
			r.Heard = slices.Delete(r.Heard, 2, 3)
			r.Ledger.Outgoing[2].Status = "withheld"
		}},
		{"who is there is nudged", Mistimed, func(r *Record) { r.Parents[0].Left = false }},
		{"work is nobody's", Unowned, func(r *Record) { r.Ledger.Work[0].Owner = "" }},
		{"what cannot be delivered is nobody's", Unowned, func(r *Record) { r.Ledger.Outgoing[0].Status = "failed" }},
		{"what may never have left is nobody's", Unowned, func(r *Record) { r.Ledger.Outgoing[0].Status = "unknown" }},
		{"what a caller said twice is stored thrice", Doubled, func(r *Record) {
			r.Ledger.Inbound = append(r.Ledger.Inbound, Inbound{"i6", "CA1/2", "kim", "voice", "", 0, "turn"}, Inbound{"i7", "CA1/3", "kim", "voice", "", 0, "turn"})
		}},
		{"an answer in a call is not stored", Lost, func(r *Record) { r.Ledger.Inbound = r.Ledger.Inbound[:4] }},
		{"a caller hears the other's secret", Disclosed, func(r *Record) {
			r.Parents[1].Addresses, r.Parents[1].Safe = append(r.Parents[1].Addresses, Address{"voice", "CA1"}), append(r.Parents[1].Safe, "voice")
			r.Heard = append(r.Heard, Heard{Address{"voice", "CA1"}, "", "You said £410.37.", time.Time{}})
		}},
		{"who is in danger is asked on", Pressed, func(r *Record) { r.Parents[0].Held.From = r.Heard[1].At.Add(-time.Minute) }},
		{"what the other hears tells of danger", Pressed, func(r *Record) {
			r.Parents[0].Held = Hold{r.Heard[3].At.Add(-time.Minute), r.Heard[3].At.Add(time.Minute)}
			r.Heard = slices.Delete(r.Heard, 0, 4)
			r.Ledger.Outgoing = slices.DeleteFunc(r.Ledger.Outgoing, func(o Outgoing) bool { return o.Person == "pat" })
			r.Parents[0].Left, r.Parents[0].Owed, r.Said, r.Ledger.Inbound = false, nil, r.Said[2:], r.Ledger.Inbound[2:]
		}},
		{"a notice was never planned", Untold, func(r *Record) { r.Parents[1].Owed = []string{"due"} }},
		{"a notice is withheld and nobody knows", Untold, func(r *Record) {
			r.Heard, r.Ledger.Outgoing[6].Status = slices.Delete(r.Heard, 3, 4), "withheld"
		}},
		{"a notice is planned twice", Untold, func(r *Record) {
			r.Heard = append(r.Heard, Heard{r.Heard[3].To, "n2", "A payment is due.", r.Heard[3].At})
			r.Ledger.Outgoing = append(r.Ledger.Outgoing, Outgoing{"n2", "pat", "sms", "", 0, "notice", "delivered", "due", 10})
		}},
		{"a notice comes after STOP", Unsafe, func(r *Record) {
			r.Parents[0].Stopped, r.Heard[3].At = r.Heard[3].At.Add(time.Second), r.Heard[3].At.Add(time.Minute)
		}},
		{"a campaign is as urgent as a reply", Overtaken, func(r *Record) { r.Ledger.Outgoing[6].Priority = 0 }},
		{"who asked for a person is nobody's", Unowned, func(r *Record) { r.Ledger.Work[0].Person = "pat" }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := goodRecord()
			c.wrong(&r)
			proved[c.count] = true
			counts := map[Count]bool{}
			for _, f := range Judge(r) {
				counts[f.Count] = true
			}
			if diff := cmp.Diff(map[Count]bool{c.count: true}, counts); diff != "" {
				t.Errorf("(-want +got):\n%s%v", diff, Judge(r))
			}
		})
	}
	for _, c := range Counts() {
		if !proved[c] {
			t.Errorf("no wrong proves that %q can be found", c)
		}
	}
}
