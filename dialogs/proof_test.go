package dialogs_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/templates"
)

// figures is a dialog for somebody confirmed: it asks, tells of the record,
// asks about the record, and repeats for the children on the case.
const figures = `dialog: figures
title: Figures
identity: confirmed
steps:
- ask: pay
  say: How much?
  answer: money per period
- call: estimate
  with: {pay: pay}
  save: estimate
  fails: handoff
- say: {discreet: Done., default: "£((estimate.weekly_amount)) a week."}
- ask: fine
  say: {discreet: Fine?, default: "Is £((estimate.weekly_amount)) fine?"}
  help: {discreet: Look., default: "It was £((estimate.weekly_amount))."}
  answer: yes or no
- each: child in case.children
  when: not discreet
  steps:
  - ask: nights
    label: Nights of ((child.name))
    say: How many nights does ((child.name)) stay?
    answer: nights
- ask: since
  say: Since when?
  answer: date
- check: [pay, nights, since]
  when: not discreet
- end: told
`

func figuresDialog(tb testing.TB) *dialogs.Dialog {
	tb.Helper()
	all, err := dialogs.Load(fstest.MapFS{"figures/dialog.yaml": {Data: []byte(figures)}})
	if err != nil {
		tb.Fatal(err)
	}
	return all[0]
}

const (
	byLink   = "Before we go on we need to know that it is you. Open the link and enter your PIN, or call the number on our letters. Reply PERSON to reach a person."
	byCard   = "You can pay by card in web chat once we know that it is you. "
	noSecret = "We cannot take a PIN in a message. Do not send it to anybody. "
)

// confirmedWith are facts of somebody confirmed, and known those of the same
// person who is not.
func confirmedWith(children []dialogs.Child) dialogs.Facts {
	facts := known()
	facts.Identity, facts.Children = "confirmed", children
	return facts
}

func TestProofIsAskedForBeforeTheRecordIsRead(t *testing.T) {
	d := figuresDialog(t)
	asked := talk(t, d, known(), "410 a week")
	if got := heard(asked); !slices.Equal(got, []string{byLink}) || !asked.Messages[0].Link || asked.Messages[0].Ask.Kind != dialogs.ForIdentity || asked.Messages[0].Ask.Step != "identity" || asked.Call != nil {
		t.Fatalf("says %q: %+v", got, asked.Messages[0])
	}
	for name, c := range map[string]struct {
		in   dialogs.Input
		want string
	}{
		"a PIN in a message":       {dialogs.Input{Event: dialogs.Said, Text: "1234567", Facts: known()}, noSecret + byLink},
		"a wish to pay":            {dialogs.Input{Event: dialogs.Said, Text: "PAY BY CARD", Facts: known()}, byCard + byLink},
		"a question how to pay":    {dialogs.Input{Event: dialogs.Said, Text: "Can I pay by card?", Facts: known()}, byCard + byLink},
		"help":                     {dialogs.Input{Event: dialogs.Said, Text: "HELP", Facts: known()}, "Answer in your own words. Reply BACK to go back or PERSON to reach a person. " + byLink},
		"status":                   {dialogs.Input{Event: dialogs.Said, Text: "STATUS", Facts: known()}, "Questions left: 2. " + byLink},
		"back":                     {dialogs.Input{Event: dialogs.Said, Text: "BACK", Facts: known()}, "How much?"},
		"silence":                  {dialogs.Input{Event: dialogs.Nudge, Facts: known()}, "We are still waiting for your answer. " + byLink},
		"a question answered":      {dialogs.Input{Event: dialogs.Resume, Facts: known()}, "Back to where we were. " + byLink},
		"identified, and not":      {dialogs.Input{Event: dialogs.Identified, Facts: known()}, byLink},
		"identified":               {dialogs.Input{Event: dialogs.Identified, Facts: confirmedWith(nil)}, "£41 a week."},
		"confirmed without a word": {dialogs.Input{Event: dialogs.Said, Text: "well?", Facts: confirmedWith(nil)}, "£41 a week."},
	} {
		if got := heard(advance(t, d, asked.State, c.in)); got[0] != c.want {
			t.Errorf("%s: says %q, want %q", name, got[0], c.want)
		}
	}
	out := asked
	for range 4 { // that is no secret, and no try
		out = advance(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: "talu â cherdyn", Facts: known()})
	}
	for range 3 {
		out = advance(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: "1234567", Facts: known()})
	}
	if out.End == nil || !out.End.Handoff || out.End.Reason != "retries" {
		t.Errorf("after three secrets in messages: %+v", out.End)
	}
}

func TestWhereProofIsGiven(t *testing.T) {
	for channel, link := range map[string]bool{"sms": true, "email": true, "webchat": false, "voice": false} {
		facts := known()
		facts.Channel = channel
		m := talk(t, figuresDialog(t), facts, "410 a week").Messages[0]
		if m.Link != link || strings.Contains(m.Words, "link") != link {
			t.Errorf("%s: link %v, says %q", channel, m.Link, m.Words)
		}
	}
}

func TestNobodyConfirmedIsAskedForProof(t *testing.T) {
	out := talk(t, figuresDialog(t), confirmedWith(nil), "410 a week")
	if got := heard(out); !slices.Equal(got, []string{"£41 a week.", "Is £41 fine? Reply 1 for yes or 2 for no."}) {
		t.Errorf("says %q", got)
	}
	if out := advance(t, figuresDialog(t), out.State, dialogs.Input{Event: dialogs.Identified, Facts: confirmedWith(nil)}); len(out.Messages) > 0 {
		t.Errorf("nobody waits for proof, and it says %q", heard(out))
	}
}

func TestProofIsAskedForAgainWhereItNoLongerHolds(t *testing.T) {
	d := figuresDialog(t)
	fine := talk(t, d, confirmedWith(twoChildren), "410 a week").State
	first := talk(t, d, confirmedWith(twoChildren), "410 a week", "yes").State
	for name, c := range map[string]struct {
		state dialogs.State
		event dialogs.Event
		text  string
	}{
		"a reminder":                        {fine, dialogs.Nudge, ""},
		"help that quotes the record":       {fine, dialogs.Said, "HELP"},
		"an answer that cannot be read":     {fine, dialogs.Said, "hm"},
		"an answer, before the children":    {fine, dialogs.Said, "yes"},
		"an answer, among the children":     {first, dialogs.Said, "60 nights a year"},
		"a question about a child":          {first, dialogs.Nudge, ""},
		"another language, about the child": {first, dialogs.Said, "ENGLISH"},
	} {
		if got := heard(advance(t, d, c.state, dialogs.Input{Event: c.event, Text: c.text, Facts: known()})); !slices.Equal(got, []string{byLink}) {
			t.Errorf("%s: says %q", name, got)
		}
	}
}

func TestChildrenAreAskedAboutOnceProofIsGiven(t *testing.T) {
	d := figuresDialog(t)
	out := talk(t, d, known(), "410 a week")
	out = advance(t, d, out.State, dialogs.Input{Event: dialogs.Identified, Facts: confirmedWith(twoChildren)})
	for _, text := range []string{"yes", "60 nights a year", "70 nights a year", "1 Nov"} {
		out = advance(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: text, Facts: confirmedWith(twoChildren)})
	}
	if got, want := string(d.AnswersJSON(out.State)), `"child": [{"id": "C1", "nights": 60}, {"id": "C2", "nights": 70}]`; !strings.Contains(got, want) {
		t.Errorf("answers %s, want %s in it", got, want)
	}
}

// TestNothingOfTheRecordWithoutProof: whatever is written, and however often
// the person stops being confirmed, no message tells what the record holds
// while they are not; and the conversation can always go on.
func TestNothingOfTheRecordWithoutProof(t *testing.T) {
	d := figuresDialog(t)
	children := []dialogs.Child{{ID: "C1", Name: "Zebedee", Age: 9}, {ID: "C2", Name: "Zuleika", Age: 5}}
	rapid.Check(t, func(t *rapid.T) {
		facts := func(label string) dialogs.Facts {
			f := known()
			f.Channel, f.Discreet = rapid.SampledFrom(dialogs.Channels()).Draw(t, label+" channel"), rapid.IntRange(0, 9).Draw(t, label+" discreet") == 0
			if rapid.Bool().Draw(t, label+" confirmed") {
				f.Identity, f.Children = "confirmed", children
			}
			return f
		}
		out := turn(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts("at first")})
		for range 20 {
			if out.End != nil {
				return
			}
			in := dialogs.Input{Facts: facts("then")}
			in.Event = rapid.SampledFrom([]dialogs.Event{dialogs.Said, dialogs.Said, dialogs.Said, dialogs.Said, dialogs.Nudge, dialogs.Identified, dialogs.Resume}).Draw(t, "event")
			if in.Event == dialogs.Said {
				in.Text = rapid.SampledFrom([]string{"410 a week", "yes", "60 nights a year", "1 Nov", "ok", "hm", "HELP", "BACK", "CHANGE 1", "CHANGE 2", "STATUS"}).Draw(t, "says")
			}
			out = turn(t, d, out.State, in)
			for _, m := range out.Messages {
				if text := m.Render(in.Facts.Channel); in.Facts.Identity == "known" && (strings.Contains(text, "41 a week") || strings.Contains(text, "£41") || strings.Contains(text, "Ze") || strings.Contains(text, "Zu")) {
					t.Fatalf("somebody not confirmed is told %q", text)
				}
			}
		}
		in := dialogs.Input{Event: dialogs.Resume, Facts: known()}
		if in.Facts.Language = templates.English; out.End == nil && len(turn(t, d, out.State, in).Messages) == 0 {
			t.Fatal("the conversation is stuck")
		}
	})
}

func TestADialogLeadsToAnother(t *testing.T) {
	const first = "dialog: first\ntitle: First\nsteps:\n- ask: go\n  say: Go?\n  answer: yes or no\n- when: go\n  end: chosen\n  next: second\n- say: Bye.\n  end: left\n  next: second\n"
	second := &fstest.MapFile{Data: []byte("dialog: second\ntitle: Second\nsteps:\n- say: Hello.\n  end: done\n")}
	all, err := dialogs.Load(fstest.MapFS{"first/dialog.yaml": {Data: []byte(first)}, "second/dialog.yaml": second})
	if err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]dialogs.End{
		"yes": {Outcome: "chosen", Next: "second", Reason: "chosen"},
		"no":  {Outcome: "left", Next: "second", Reason: "left"},
	} {
		if end := talk(t, all[0], known(), said).End; end == nil || *end != want {
			t.Errorf("%s: ends %+v, want %+v", said, end, want)
		}
	}
	for change, want := range map[string]string{
		"next: third": `first/dialog.yaml:9:9: there is no dialog "third" to go on with`,
		"next: Third": `first/dialog.yaml:9:9: "Third" is not a name: use small letters, figures, - and _, like income-change`,
	} {
		_, err := dialogs.Load(fstest.MapFS{"first/dialog.yaml": {Data: []byte(strings.Replace(first, "next: second", change, 1))}, "second/dialog.yaml": second})
		if problems, _ := err.(dialogs.Problems); len(problems) == 0 || problems[0].String() != want {
			t.Errorf("%s: found %v, want %s", change, err, want)
		}
	}
	_, err = dialogs.Load(fstest.MapFS{"first/dialog.yaml": {Data: []byte(strings.Replace(first, "  end: chosen\n", "  say: On.\n", 1))}, "second/dialog.yaml": second})
	if err == nil || !strings.Contains(err.Error(), `"next" says what comes after an end: add "end:"`) {
		t.Errorf("found %v", err)
	}
}
