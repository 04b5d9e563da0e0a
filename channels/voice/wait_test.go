package voice_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator/exchange"
)

// asks is how somebody who has shown who they are asks for a person.
const asks = known + `
	> 9
	< Please hold. We will put you through to a person.
`

const deskPhone = "+441632960999"

// takes has a caseworker accept the last call and be rung for it.
func (w *world) takes(script string) *exchange.Line {
	w.t.Helper()
	items := w.work(gateway.CallWork)
	last := items[0]
	for _, item := range items {
		if item.Created.After(last.Created) {
			last = item
		}
	}
	if err := w.Gateway.Sweep(w.t.Context()); err != nil { // which the desk does every second
		w.t.Fatal(err)
	}
	task, _, err := w.store.Task(w.t.Context(), last.ID)
	if err == nil && task.State != gateway.WorkHeld {
		err = w.Gateway.Accept(w.t.Context(), "kim", last.ID, task.Version)
	}
	if err != nil {
		w.t.Fatalf("accepting a call: %v", err)
	}
	id, _ := gateway.CallOf(last)
	if err := w.channel.Ring(w.t.Context(), id, deskPhone); err != nil {
		w.t.Fatal(err)
	}
	line := w.exchange.Ringing(deskPhone)
	if line == nil {
		w.t.Fatal("nothing rings at the desk")
	}
	if err := line.PickUp(w.t.Context()); err != nil {
		w.t.Fatal(err)
	}
	w.goesOn(line, script)
	return line
}

func TestPutThroughToAPerson(t *testing.T) {
	w := newWorld(t)
	caller := w.calls(samPhone, asks+`
		< You are number 1 in line.
		< Press 1 and we will text you a link to do this now.
		< Press 2 to be called back without losing your place.
		< Press 3 to leave a message.
		< (ringing tone)
		> (silence)
		< You are number 1 in line.
	`)
	items := w.work(gateway.CallWork)
	if len(items) != 1 || items[0].Person != "P1" || items[0].Case != samReference || items[0].Conversation == "" || items[0].Detail != "the caller has shown who they are" {
		t.Fatalf("the desk has %+v", items)
	}
	w.at(weekday.Add(3 * time.Minute))
	desk := w.takes(`
		< A caller is waiting, in English.
		< They have shown who they are.
		< Press 1 to take the call.
		> 1
		< (put through)
	`)
	w.goesOn(caller, "< (put through)")
	id, _ := gateway.CallOf(items[0])
	if call, err := w.Call(t.Context(), id); err != nil || call.State != gateway.CallAnswered || call.Answered.Sub(call.Queued) != 3*time.Minute {
		t.Errorf("the call is %+v, %v", call, err)
	}
	w.goesOn(desk, "> (hangs up)\n= over")
	if caller.State() != exchange.Over {
		t.Errorf("the caller is %s", caller.State())
	}
	if missed := w.work(gateway.MissedCallWork); len(missed) != 0 {
		t.Errorf("a call that was answered is missed: %+v", missed)
	}
}

// Two try to take one call: one gets it. Who hangs up at the desk's greeting
// leaves it waiting.
func TestOneTakesACall(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, asks)
	w.takes("< Press 1 to take the call.\n> 2\n= over")
	w.takes("> 1\n< (put through)")
	w.takes("< The call is not waiting any more.\n= over")
}

// Who hangs up in the moment in which somebody takes the call is missed, and not
// answered.
func TestHangingUpWhileBeingPutThrough(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, asks)
	id, _ := gateway.CallOf(w.work(gateway.CallWork)[0])
	if took, err := w.Answered(t.Context(), id); err != nil || !took {
		t.Fatal(took, err)
	}
	w.goesOn(line, "> (hangs up)")
	w.post("/desk/done?call="+string(id), form("CA9", "DialCallStatus", "failed"))
	if missed := w.work(gateway.MissedCallWork); len(missed) != 1 {
		t.Errorf("missed: %+v", missed)
	}
}

// Whom nobody could be put through to waits on, in the same place.
func TestNotPutThrough(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, asks)
	id, _ := gateway.CallOf(w.work(gateway.CallWork)[0])
	if took, err := w.Answered(t.Context(), id); err != nil || !took {
		t.Fatal(took, err)
	}
	w.post("/desk/done?call="+string(id), form("CA9", "DialCallStatus", "no-answer"))
	w.goesOn(line, "> (silence)\n< You are number 1 in line.")
	w.takes("> 1\n< (put through)")
}

func TestPositionAndWait(t *testing.T) {
	w := newWorld(t)
	for i := range 3 { // three were answered, after four minutes each
		w.at(weekday.Add(time.Duration(i) * 10 * time.Minute))
		line := w.calls("", "> 1\n> #\n> 1\n< Please hold.…")
		w.at(w.clock().Add(4 * time.Minute))
		w.goesOn(w.takes("> 1"), "> (hangs up)")
		if line.State() != exchange.Over {
			t.Fatal("the caller is still there")
		}
	}
	first := w.calls("", "> 1\n> #\n> 1\n< You are number 1 in line.\n< The last callers waited for about 4 minutes.")
	second := w.calls("+447700900444", "> 2\n> #\n> 1\n< Rydych yn rhif 2 yn y ciw.\n< Arhosodd y galwyr diwethaf am tua 4 munud.")
	w.goesOn(first, "> (hangs up)")
	w.goesOn(second, "> (silence)\n< Rydych yn rhif 1 yn y ciw.")
}

func TestCallbackKeepsThePlace(t *testing.T) {
	w := newWorld(t)
	line := w.calls("+441632960123", asks)
	w.at(weekday.Add(5 * time.Minute))
	w.goesOn(line, `
		> 2
		< We will call you at the number that we hold for you.
		= over
	`)
	items := w.work(gateway.CallbackWork)
	if len(items) != 1 || items[0].Person != "P1" || !items[0].Created.Equal(weekday) {
		t.Errorf("to be called back: %+v", items)
	}
	if missed := w.work(gateway.MissedCallWork); len(missed) != 0 {
		t.Errorf("missed beside: %+v", missed)
	}
	if task, _, err := w.store.Task(t.Context(), w.work(gateway.CallWork)[0].ID); err != nil || task.State != gateway.WorkDone {
		t.Errorf("the wait is %+v, %v", task, err)
	}
}

func TestNobodyIsCalledBackAtAnUnsafeNumber(t *testing.T) {
	for name, change := range map[string]func(*familyCase){
		"calls are not safe": func(c *familyCase) {
			c.PayingParent.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}
		},
		"no number is held": func(c *familyCase) { c.PayingParent.Phone = "" },
		"the number is shared": func(c *familyCase) {
			c.ReceivingParents[0].Phone = samPhone
		},
		"the number is new": func(c *familyCase) { c.PayingParent.PhoneSince = today() },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t, change)
			line := w.calls("+441632960123", asks+`
				> 2
				< Sorry, we cannot call you back from here.
				> (silence)
				< You are number 1 in line.
			`)
			if strings.Contains(strings.Join(line.Script(), "\n"), "called back") {
				t.Errorf("offered all the same:\n%s", strings.Join(line.Script(), "\n"))
			}
			if items := w.work(gateway.CallbackWork); len(items) != 0 {
				t.Errorf("to be called back: %+v", items)
			}
		})
	}
	t.Run("nobody has shown who they are", func(t *testing.T) {
		w := newWorld(t)
		w.calls(samPhone, "> 1\n> #\n> 1\n< You are number 1 in line.\n> 2\n< Sorry, we cannot call you back from here.")
	})
}

func TestTextInsteadOfWaiting(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+`
		> 1
		< Has your pay before tax gone up or down?…
		> person
		< You are number 1 in line.
		> 1
		< We are sending you a message. You can go on there.
		= over
	`)
	if text := w.texts.to(samPhone); !strings.Contains(text, "Has your pay before tax gone up or down?") {
		t.Errorf("texted %q", text)
	}
}

func TestClosed(t *testing.T) {
	for name, c := range map[string]struct {
		now  time.Time
		says string
	}{
		"in the evening":    {time.Date(2026, 11, 23, 18, 30, 0, 0, time.UTC), "Nobody is here to answer now. We open on Tuesday 24 November 2026 at 09:00."},
		"early":             {time.Date(2026, 11, 23, 8, 59, 0, 0, time.UTC), "Nobody is here to answer now. We open on Monday 23 November 2026 at 09:00."},
		"early in summer":   {time.Date(2026, 7, 1, 7, 30, 0, 0, time.UTC), "Nobody is here to answer now. We open on Wednesday 1 July 2026 at 09:00."},
		"on Saturday":       {time.Date(2026, 11, 28, 11, 0, 0, 0, time.UTC), "Nobody is here to answer now. We open on Monday 30 November 2026 at 09:00."},
		"on a bank holiday": {time.Date(2026, 12, 28, 11, 0, 0, 0, time.UTC), "Today is a bank holiday, and nobody is here to answer. We open on Tuesday 29 December 2026 at 09:00."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.at(c.now)
			w.calls("+447700900444", "> 1\n> #\n> 1\n< "+c.says+"\n< Press 3 to leave a message.\n> (silence)\n< Goodbye.\n= over")
			items := w.work(gateway.MissedCallWork)
			if len(items) != 1 || items[0].Person != "" || items[0].Detail != "called while nobody was there; nobody knows who calls" {
				t.Errorf("missed: %+v", items)
			}
		})
	}
}

func TestClosedInWelsh(t *testing.T) {
	w := newWorld(t)
	w.at(time.Date(2026, 12, 25, 11, 0, 0, 0, time.UTC))
	w.calls("+447700900444", "> 2\n> #\n> 1\n< Mae heddiw'n ŵyl banc, ac nid oes neb yma i ateb. Rydym yn agor ar ddydd Mawrth 29 Rhagfyr 2026 am 09:00.")
}

// Who has waited for half an hour is asked to leave a message.
func TestOverflow(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, asks)
	for range 7 {
		w.at(w.clock().Add(5 * time.Minute))
		if err := line.Silence(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	w.goesOn(line, `
		> (a message)
		< Thank you. We have your message. A person will listen to it.
	`)
}
