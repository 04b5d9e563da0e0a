package voice_test

import (
	"strings"
	"testing"

	"parley/gateway"
	"parley/internal/simulator/exchange"
)

// heardAfter is what the caller heard after a line of the script, but the tones.
func heardAfter(line *exchange.Line, after string) (heard []string) {
	script := line.Script()
	for i := len(script) - 1; i >= 0 && script[i] != after; i-- {
		if strings.HasPrefix(script[i], "< ") && !strings.HasPrefix(script[i], "< (") {
			heard = append([]string{script[i]}, heard...)
		}
	}
	return heard
}

// Words of danger are answered once, and a specialist comes without another word
// from us.
func TestDangerInSpeech(t *testing.T) {
	w := newWorld(t)
	line := w.calls(samPhone, known+`
		> 1
		< Has your pay before tax gone up or down?…
		> he said he will kill me tonight
		< Thank you for telling us. A person will read this, but not always at once. If anyone is in danger now, call 999. Press 1 for support numbers.
		> 1
		< Free support, day and night: 0808 2000 247.…
		> (silence)
	`)
	if line.State() != exchange.Queued {
		t.Errorf("the caller is %s:\n%s", line.State(), strings.Join(line.Script(), "\n"))
	}
	if words := heardAfter(line, "> (silence)"); len(words) != 0 {
		t.Errorf("held, and told %q", words)
	}
	var waits []gateway.WorkItem
	for _, item := range w.work(gateway.DangerWork) {
		if _, ok := gateway.CallOf(item); ok {
			waits = append(waits, item)
		}
	}
	if len(waits) != 1 || !waits[0].Urgent {
		t.Errorf("specialists have %+v", waits)
	}
	if err := w.Gateway.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if task, _, err := w.store.Task(t.Context(), waits[0].ID); err != nil || task.Team != "care-1" {
		t.Errorf("it is with %+v, %v", task, err)
	}
}

// Mumbled danger is danger.
func TestDangerIsHeededHoweverItIsHeard(t *testing.T) {
	w := newWorld(t)
	w.calls(samPhone, known+`
		> he said he will kill me tonight (mumbled)
		< Thank you for telling us.…
	`)
}

// Whoever calls while a hold lies on them hears no automatic word once we know
// who they are, in our hours and outside them.
func TestHeldCallerHearsNothingAutomatic(t *testing.T) {
	w := newWorld(t)
	hold := gateway.Turn{ID: "T1", At: weekday, Hold: &gateway.Hold{ID: "H1", Person: "P1", Kind: "abuse", At: weekday}}
	if err := w.store.Commit(t.Context(), hold); err != nil {
		t.Fatal(err)
	}
	const script = "> 1\n> 300012345678\n> 1234567#"
	line := w.calls(samPhone, script)
	if words := heardAfter(line, "> 1234567#"); line.State() != exchange.Queued || len(words) != 0 {
		t.Errorf("%s, told %q", line.State(), words)
	}
	w.goesOn(line, "> (silence)\n> (hangs up)")
	w.at(weekday.AddDate(0, 0, 5)) // Saturday
	line = w.calls(samPhone, script+"\n> (a message)\n= over")
	if words := heardAfter(line, "> 1234567#"); len(words) != 0 {
		t.Errorf("closed, told %q", words)
	}
	if items := w.work(gateway.VoicemailWork); len(items) != 1 {
		t.Errorf("voicemails %+v", items)
	}
}

// Danger said by a caller whom nobody knows is answered, and a person comes.
func TestDangerOfSomebodyUnknown(t *testing.T) {
	w := newWorld(t)
	line := w.calls("", `
		> 1
		> #
		> 2
		< Hello. For Welsh, say Cymraeg.…
		> he said he will kill me tonight
		< Thank you for telling us. A person will read this, but not always at once. If anyone is in danger now, call 999.
		> (silence)
	`)
	if line.State() != exchange.Queued || len(heardAfter(line, "> (silence)")) != 0 {
		t.Errorf("%s:\n%s", line.State(), strings.Join(line.Script(), "\n"))
	}
}

// What is whispered to whoever takes a call tells nothing of a risk.
func TestTheWhisperTellsNoRisk(t *testing.T) {
	w := newWorld(t, func(c *familyCase) { c.PayingParent.Risk = &risk })
	w.calls(samPhone, asks)
	if err := w.Gateway.Sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	item := w.work(gateway.CallWork)[0]
	task, _, err := w.store.Task(t.Context(), item.ID)
	if err != nil || task.Team != "care-1" {
		t.Fatalf("it is with %+v, %v", task, err)
	}
	id, _ := gateway.CallOf(item)
	if err := w.channel.Ring(t.Context(), id, deskPhone); err != nil {
		t.Fatal(err)
	}
	desk := w.exchange.Ringing(deskPhone)
	if err := desk.PickUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := "< A caller is waiting, in English.\n< They have shown who they are.\n< Press 1 to take the call."
	if got := strings.Join(desk.Script(), "\n"); got != want {
		t.Errorf("whispered\n%s", got)
	}
}
