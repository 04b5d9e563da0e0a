package dialogs_test

import (
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/templates"
)

var today = answers.Date{Year: 2026, Month: 11, Day: 22}

// known are the facts around a text message of somebody known.
func known() dialogs.Facts {
	return dialogs.Facts{Today: today, HandoffBy: today.AddDays(7), Channel: "sms", Identity: "known", Language: templates.English}
}

// compiled is a dialog in English of its steps.
func compiled(tb testing.TB, steps string) *dialogs.Dialog {
	tb.Helper()
	all, err := dialogs.Load(fstest.MapFS{"any/dialog.yaml": {Data: []byte("dialog: any\ntitle: Any\nopening: It is us.\nsteps:\n" + steps)}})
	if err != nil {
		tb.Fatal(err)
	}
	return all[0]
}

// heard is what one turn says, as text messages.
func heard(out dialogs.Output) []string {
	var texts []string
	for _, m := range out.Messages {
		texts = append(texts, m.Render("sms"))
	}
	return texts
}

// talk begins a dialog and says some things; calls give what transcripts say
// they give by example. It returns the last turn.
func talk(tb testing.TB, d *dialogs.Dialog, facts dialogs.Facts, said ...string) dialogs.Output {
	tb.Helper()
	out := advance(tb, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
	for _, text := range said {
		out = advance(tb, d, out.State, dialogs.Input{Event: dialogs.Said, Text: text, Facts: facts})
	}
	return out
}

// failer is a test, or one run of a property.
type failer interface {
	Helper()
	Fatal(...any)
}

// advance is one turn, with its calls answered.
func advance(tb failer, d *dialogs.Dialog, state dialogs.State, in dialogs.Input) dialogs.Output {
	tb.Helper()
	out, err := d.Advance(state, in)
	messages := out.Messages
	for err == nil && out.Call != nil {
		in.Event, in.Result = dialogs.Answered, dialogs.Result{Step: out.Call.Step, Value: dialogs.ResultOf(out.Call.Name)}
		out, err = d.Advance(out.State, in)
		messages = append(messages, out.Messages...)
	}
	if err != nil {
		tb.Fatal(err)
	}
	out.Messages = messages
	return out
}

const twoQuestions = `
- ask: pay
  say: How much?
  help: Before tax.
  answer: money per period
  private: true
- ask: since
  say: Since when?
  answer: date
- check: [pay, since]
`
