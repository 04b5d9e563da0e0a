package voice_test

import (
	"strings"
	"testing"
	"time"

	"parley/gateway"
)

// A caller may hang up wherever they are: nothing is lost, what was answered is
// kept, and who wanted a person is called back.
func TestHangingUpAtEveryPoint(t *testing.T) {
	steps := strings.Split(strings.TrimSpace(`
> 1
> 300012345678
> 1234567#
> 1
> 2
> £410 a week
> *
> #
> 3 November 2026
> later
> person
> (silence)
> 3
> (a message)`), "\n")
	for n := range len(steps) {
		w := newWorld(t)
		line := w.calls(samPhone, strings.Join(steps[:n], "\n")+"\n> (hangs up)\n= over")
		call, err := w.Find(t.Context(), line.SID())
		if err != nil || call.State != gateway.CallEnded {
			t.Fatalf("after %d steps the call is %+v, %v", n, call, err)
		}
		if visit, err := w.store.VisitByID(t.Context(), call.ID); err != nil || visit.Ended.IsZero() {
			t.Errorf("after %d steps the visit is %+v, %v", n, visit, err)
		}
		missed := len(w.work(gateway.MissedCallWork))
		if wanted := n >= 11 && n <= 13; wanted != (missed == 1) {
			t.Errorf("after %d steps %d missed calls", n, missed)
		}
		open, err := w.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"})
		if within := n >= 3 && n <= 10; within != (err == nil) {
			t.Errorf("after %d steps the open conversation is %+v, %v", n, open, err)
		}
	}
}

// Somebody known goes on by text where they hung up, when they are reminded.
func TestAfterHangingUpItGoesOnByText(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+"> 1\n> 2\n< How much are you paid now, before tax?…\n> (hangs up)")
	open, err := w.store.OpenConversation(t.Context(), gateway.Partner{Person: "P1"})
	if err != nil {
		t.Fatal(err)
	}
	w.at(weekday.AddDate(0, 0, 2).Add(gateway.VisitIdle))
	if _, err := w.Gateway.Wake(t.Context(), open.ID); err != nil {
		t.Fatal(err)
	}
	if text := w.texts.to(samPhone); !strings.Contains(text, "How much are you paid now") {
		t.Errorf("reminded by %q", text)
	}
}

// And who calls again goes on there too.
func TestCallingAgain(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+"> 1\n> 2\n< How much are you paid now, before tax?…\n> (hangs up)")
	w.calls("", "> 1\n> 300012345678\n> 1234567#\n< How much are you paid now, before tax?…\n> £410 a week\n< When did your pay change?…")
}

// What somebody unknown had answered is for a person.
func TestSomebodyUnknownHangsUp(t *testing.T) {
	w := newWorld(t)
	w.calls("", "> 1\n> #\n> 2\n> 3\n> Sam\n< What number is safe for us to call?…\n> (hangs up)")
	if items := w.work(gateway.HandoffWork); len(items) != 1 {
		t.Errorf("work items %+v", items)
	}
}

// A call whose end is never told ends when nobody is heard of any more.
func TestACallWhoseEndIsNeverTold(t *testing.T) {
	w := newWorld(t)
	line := w.calls("", "> 1\n> #\n> 1\n< You are number 1 in line.")
	w.at(weekday.Add(gateway.VisitIdle + time.Minute))
	if err := w.EndSilent(t.Context()); err != nil {
		t.Fatal(err)
	}
	if call, err := w.Find(t.Context(), line.SID()); err != nil || call.State != gateway.CallEnded {
		t.Errorf("the call is %+v, %v", call, err)
	}
	if missed := w.work(gateway.MissedCallWork); len(missed) != 1 {
		t.Errorf("missed: %+v", missed)
	}
}

// An answer whose turn is still to be made is waited for, and its caller is not
// sent to a person meanwhile. It is theirs also when it could only be made after
// they had hung up; and the call's node may be ahead of the one that ends it.
func TestAnAnswerWhoseTurnIsMadeLater(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, known+"> 1\n> 2\n< How much are you paid now, before tax?…")
	call, err := w.Find(t.Context(), line.SID())
	if err != nil {
		t.Fatal(err)
	}
	entries, err := w.Gateway.Shown(t.Context(), call.ID, 0)
	if err != nil || len(entries) == 0 {
		t.Fatal(entries, err)
	}
	asked := entries[len(entries)-1].Sequence
	keep := func(id gateway.MessageID, words string) {
		said := gateway.Kept{ID: id, Inbound: gateway.Inbound{ProviderID: string(id), From: call.Address(), Text: words}, At: w.clock().Add(20 * time.Second)}
		if err := w.store.Keep(t.Context(), said, gateway.Timer{Kind: gateway.FinishTimer, Message: id, At: said.At}); err != nil {
			t.Fatal(err)
		}
	}
	say := func(then gateway.CallThen, patience time.Duration) {
		t.Helper()
		if said, err := w.Say(t.Context(), call.ID, asked, patience); err != nil || said.Then != then || len(said.Entries) > 0 != (then == gateway.ThenListen) {
			t.Errorf("to be said: %+v, %v", said, err)
		}
	}
	finish := func(id gateway.MessageID) {
		if err := w.Gateway.Finish(t.Context(), id); err != nil {
			t.Fatal(err)
		}
	}

	keep("first", "£410 a week")
	say(gateway.ThenMore, time.Millisecond)
	finish("first")
	say(gateway.ThenListen, time.Minute)

	keep("second", "3 November 2026")
	w.goesOn(line, "> (hangs up)")
	finish("second")
	w.calls("", "> 1\n> 300012345678\n> 1234567#\n< Keep your latest payslip…")
}
