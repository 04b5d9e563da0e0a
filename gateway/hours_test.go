package gateway_test

import (
	"testing"
	"time"

	"parley/gateway"
)

// night is when nobody is to be reminded of anything.
const night = 13 * time.Hour // from weekday, a Monday at 10:00, on

func TestAReminderIsNotOvertakenByTheAnswer(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.pass(night)
	h.text(payingPhone, "down") // the next reminder falls due at the same hour two days later
	h.pass(48*time.Hour + time.Minute)
	h.ring()
	h.pass(8 * time.Hour) // 7 in the morning
	if got := h.text(payingPhone, "410 a week"); len(got) != 1 {
		t.Fatalf("answered %q", got)
	}
	h.pass(2 * time.Hour)
	h.ring()
	if got := h.deliver(); len(got) != 0 {
		t.Errorf("reminded of what was answered: %q", got)
	}
}

func TestAReminderWaitsForTheMorning(t *testing.T) {
	h := newHouse(t, family())
	h.start("P1", "income-change")
	h.deliver()
	h.pass(night)
	h.text(payingPhone, "down")
	h.pass(48*time.Hour + time.Minute)
	h.ring()
	if got := h.deliver(); len(got) != 0 {
		t.Fatalf("reminded at night: %q", got)
	}
	h.pass(10 * time.Hour)
	h.ring()
	if got := h.deliver(); len(got) != 1 {
		t.Errorf("in the morning: %q", got)
	}
}

func TestWhatIsWrittenBeforeAConversationOpensIsNoAnswerToIt(t *testing.T) {
	h := newHouse(t, family())
	h.without("welcome")
	h.pass(night)
	if s := h.start("P1", "income-change"); s.Phase != gateway.Waiting {
		t.Errorf("begun at night: %+v", s)
	}
	h.text(payingPhone, "purple") // about something else: nothing was asked yet
	if items := h.work(gateway.UnansweredWork); len(items) != 1 {
		t.Errorf("taken as an answer: %+v", items)
	}
	h.pass(10 * time.Hour)
	h.ring()
	if got := h.deliver(); len(got) != 1 {
		t.Errorf("in the morning: %q", got)
	}
}
