package gateway_test

import (
	"strings"
	"testing"
	"time"
)

// days lets days pass, ringing the timers and sending at noon, and returns the
// texts that went out, by the day that they say.
func (o *office) days(n int) (texts []string) {
	o.t.Helper()
	before := o.sms.count()
	for range n {
		o.pass(24 * time.Hour)
		o.ring()
		if err := o.Flush(o.t.Context()); err != nil {
			o.t.Fatal(err)
		}
	}
	return o.sms.since(before)
}

func count(texts []string, words string) (n int) {
	for _, text := range texts {
		if strings.Contains(text, words) {
			n++
		}
	}
	return n
}

// What was begun and not finished is told of two days before it is over, once,
// to whoever has taken part.
func TestAConversationThatEndsSoonIsTold(t *testing.T) {
	for _, test := range []struct {
		name   string
		begins func(o *office)
		want   int
	}{
		{"they have answered", func(o *office) {
			o.start("P1", "income-change")
			o.pass(time.Hour)
			o.text(payingPhone, "down")
		}, 1},
		{"we began, and they have said nothing", func(o *office) { o.start("P1", "income-change") }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newService(t, family())
			test.begins(o)
			o.ring()
			texts := o.days(16)
			if got := count(texts, "The last day to go on where you were is 7 December 2026"); got != test.want || count(texts, "The last day") != test.want {
				t.Errorf("told %d times, want %d: %q", got, test.want, texts)
			}
		})
	}
}

// Whoever leaves web chat is not asked by text what was asked there, but told
// that it waits, in the form that is right for them.
func TestWhoLeavesWebChatIsToldThatItWaits(t *testing.T) {
	o := newService(t, family())
	page := o.visits("P1", payingPhone)
	page.says("my pay has gone down")
	texts := o.days(4)
	if len(texts) != 1 || count(texts, "you have not finished telling us something. Reply to this message to go on where you were.") != 1 {
		t.Errorf("told %q", texts)
	}
	if said := o.text(payingPhone, "ok"); len(said) != 1 {
		t.Errorf("then %q", said)
	}
}
