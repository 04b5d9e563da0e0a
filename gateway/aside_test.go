package gateway_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// exchange is what somebody says, and how what they then hear begins.
type exchange struct {
	says  string
	hears []string
}

// talk has somebody say things by text and checks what they hear at once.
func (h *house) talk(t *testing.T, exchanges ...exchange) {
	t.Helper()
	for _, e := range exchanges {
		got := h.text(payingPhone, e.says)
		h.ring()
		got = append(got, h.deliver()...)
		same := len(got) == len(e.hears)
		for i := 0; same && i < len(got); i++ {
			same = strings.Contains(got[i], e.hears[i])
		}
		if !same {
			t.Fatalf("after %q: %q, want %q", e.says, got, e.hears)
		}
	}
}

func TestAQuestionInBetweenIsAnsweredAndTheDialogGoesOn(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.talk(t,
		exchange{"my pay went down", []string{"When did that happen?"}},
		exchange{"when is my next payment?", []string{"Which one do you mean?"}},
		exchange{"newer", []string{"We have noted which.", "When did that happen?"}},
		exchange{"1 November 2026", []string{"That is all"}},
	)
}

func TestANeedBesideWaitsForItsTurn(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.talk(t,
		exchange{"my pay went down", []string{"When did that happen?"}},
		exchange{"I have a new job", []string{"When did that happen?"}},
		exchange{"I have a new job", []string{"When did that happen?"}}, // once, however often it is said
		exchange{"1 November 2026", []string{"That is all", "Now to the other matter: a new job. Who is it with?"}},
		exchange{"a bakery", []string{"Thank you for telling us."}},
	)
	if queue, err := h.store.Queue(t.Context(), gateway.Partner{Person: "P1"}); err != nil || len(queue) != 0 {
		t.Errorf("still waiting: %+v, %v", queue, err)
	}
}

// One that is over as soon as it begins lets the next one come.
func TestNeedsComeOneAfterAnother(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.talk(t,
		exchange{"my pay went down", []string{"When did that happen?"}},
		exchange{"she left school", []string{"When did that happen?"}},
		exchange{"I have a new job", []string{"When did that happen?"}},
		exchange{"1 November 2026", []string{"That is all", "Now to the other matter: a child who left school. Thank you. We note", "Now to the other matter: a new job. Who"}},
	)
}

// What was put off comes before what was kept for later.
func TestWhatWasPutOffComesBeforeNeeds(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.talk(t,
		exchange{"my pay went down", []string{"When did that happen?"}},
		exchange{"I have a new job", []string{"When did that happen?"}},
		exchange{"when is my next payment?", []string{"Which one do you mean?"}},
		exchange{"older", []string{"We have noted which.", "When did that happen?"}},
		exchange{"1 November 2026", []string{"That is all", "Who is it with?"}},
	)
}

// The node dies between the turn that puts a conversation off and the timer
// that opens the question: nothing is lost, whoever comes first.
func TestAQuestionIsNotLostWithItsNode(t *testing.T) {
	for _, first := range []string{"the timer", "the person"} {
		t.Run(first, func(t *testing.T) {
			h := newHouse(t, family())
			h.useShelf()
			h.talk(t, exchange{"my pay went down", []string{"When did that happen?"}})
			if got := h.text(payingPhone, "when is my next payment?"); len(got) != 0 {
				t.Fatalf("before the timer: %q", got)
			}
			flush(t, h.redis)
			h.useShelf() // another node
			if first == "the timer" {
				h.ring()
				if got := h.deliver(); len(got) != 1 || !strings.HasPrefix(got[0], "Which one") {
					t.Fatalf("the timer opens %q", got)
				}
				h.talk(t, exchange{"newer", []string{"We have noted which.", "When did that happen?"}})
			} else {
				// Their answer finds the dialog that was put off: it comes first.
				h.talk(t, exchange{"1 November 2026", []string{"When did that happen?", "That is all", "Which one"}})
				return
			}
			h.talk(t, exchange{"1 November 2026", []string{"That is all"}})
		})
	}
}

// A question that is left unanswered lapses at night: the dialog that waited
// for it does not wake the person.
func TestWhatWaitsComesBackInOurHours(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.pass(night)
	h.talk(t,
		exchange{"my pay went down", []string{"When did that happen?"}},
		exchange{"when is my next payment?", []string{"Which one do you mean?"}},
	)
	h.pass(14 * 24 * time.Hour)
	h.ring() // 11 in the evening: the question ends, and says so in the morning
	h.sms.mu.Lock()
	before := len(h.sms.sent)
	h.sms.mu.Unlock()
	if got := h.deliver(); len(got) != 0 {
		t.Fatalf("at night: %q", got)
	}
	h.pass(10 * time.Hour)
	h.ring()
	h.deliver()
	if got := h.sms.since(before); !slices.ContainsFunc(got, func(s string) bool { return strings.Contains(s, "When did that happen?") }) {
		t.Errorf("in the morning: %q", got)
	}
}

func TestTheWelcomeLeadsOn(t *testing.T) {
	for name, c := range map[string][]exchange{
		"by what is chosen": {{"hello", []string{"What is it about?"}}, {"1", []string{"Has it gone up or down?"}}},
		"by other words":    {{"hello", []string{"What is it about?"}}, {"I have a new job", []string{"Who is it with?"}}},
		"and those are read": {
			{"hello", []string{"What is it about?"}}, {"my pay went down", []string{"When did that happen?"}},
		},
		"in Welsh, from then on": {
			{"cymraeg", []string{"Helo. Beth sydd dan sylw?"}}, {"3", []string{"Diolch."}}, {"helo", []string{"Helo."}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, family())
			h.useShelf()
			h.talk(t, c...)
		})
	}
}

// What comes now is named only where something else came before it, in the
// language of what was said.
func TestWhatComesNowIsNamed(t *testing.T) {
	h := newHouse(t, family())
	h.useShelf()
	h.talk(t, exchange{"hello", []string{"What is it about?"}})
	if led := strings.Join(h.text(payingPhone, "I have a new job"), ""); strings.Contains(led, "other matter") {
		t.Errorf("led there from the welcome: %q", led)
	}
	h = newHouse(t, family())
	h.config.Understanding = twoInWelsh{}
	h.useDialogs(h.config.Dialogs)
	h.text(payingPhone, "mae fy nghyflog wedi gostwng ac mae Jo yn aros 3 noson yr wythnos")
	for _, answer := range []string{"£410 yr wythnos", "1 Mawrth 2026", "wedyn", "iawn"} {
		h.text(payingPhone, answer)
	}
	h.ring()
	said := strings.Join(h.deliver(), "\n")
	if !strings.Contains(said, "Nawr at y mater arall: nosweithiau gyda phob rhiant. ") {
		t.Errorf("then is said %q", said)
	}
}

// twoInWelsh reads two matters in a Welsh text, and nothing in any other.
type twoInWelsh struct{}

func (twoInWelsh) Read(text string) gateway.Reading {
	if strings.HasPrefix(text, "mae fy nghyflog") {
		return gateway.Reading{Intent: "report-income-change", Others: []string{"overnight-stays"}, Language: "cy"}
	}
	return gateway.Reading{}
}

func TestThreeIdenticalStartsWaitOnce(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	second := h.start("P1", "income-change")
	for range 2 {
		if again := h.start("P1", "income-change"); again != second {
			t.Errorf("queued again as %+v, not %+v", again, second)
		}
	}
	queue, err := h.store.Queue(t.Context(), gateway.Partner{Person: "P1"})
	if err != nil || len(queue) != 1 || queue[0].By != "test" {
		t.Errorf("the queue is %+v, %v", queue, err)
	}
	other := gateway.StartRequest{Person: "P1", Dialog: "income-change", Channel: directory.SMS, Given: map[string]string{"direction": "up"}}
	if s, err := h.Start(t.Context(), other); err != nil || s.Conversation == second.Conversation {
		t.Errorf("with other facts: %+v, %v", s, err)
	}
}

func TestCopiesOfATextAreOneTextToTheLimit(t *testing.T) {
	h := newHouse(t, family())
	copied := gateway.Inbound{ProviderID: "SM-copied", From: gateway.Address{Channel: directory.SMS, Value: payingPhone}, Text: "hm"}
	for range 40 {
		h.receive(copied)
	}
	if got := h.text(payingPhone, "hm"); len(got) != 1 || strings.Contains(got[0], "wait a while") {
		t.Errorf("answered %q", got)
	}
	if items := h.work(gateway.LoopWork); len(items) != 0 {
		t.Errorf("work items %+v", items)
	}
}
