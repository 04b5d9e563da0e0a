package dialogs_test

import (
	"bytes"
	"slices"
	"testing"

	"parley/dialogs"
)

func TestAMessageAboutSomethingElse(t *testing.T) {
	const steps = `
- ask: pay
  say: How much?
  answer: money per period
- ask: why
  say: Why?
  answer: text
- ask: mail
  say: Where?
  answer: email
- check: [pay]
`
	d := compiled(t, steps)
	const later = "We will come to your other question after this. "
	for _, c := range []struct {
		name   string
		before []string
		text   string
		is     dialogs.Aside
		want   string
		aside  dialogs.Aside
	}{
		{"an answer and a need", nil, "410 a week, and I have moved", dialogs.Need, later + "Why?", dialogs.Need},
		{"an answer and a question", nil, "410 a week. When is my next payment?", dialogs.Question, later + "Why?", dialogs.Need},
		{"an answer from first to last", nil, "410 a week", dialogs.Need, "Why?", dialogs.NoAside},
		{"one that is not quite clear", nil, "410", dialogs.Question, "How often is £410 paid? Reply 1 a week, 2 a fortnight, 3 every 4 weeks, 4 a month, 5 a year.", dialogs.NoAside},
		{"a need", nil, "I have moved", dialogs.Need, later + "How much?", dialogs.Need},
		{"a question", nil, "when is my next payment", dialogs.Question, "", dialogs.Question},
		{"a need in place of yes", []string{"about 410 a week"}, "I have moved", dialogs.Need, later + "Did you mean £410 a week? Reply 1 for yes or 2 for no.", dialogs.Need},
		{"a question in place of yes", []string{"about 410 a week"}, "when is it", dialogs.Question, "", dialogs.Question},
		{"any text, where one is asked for", []string{"410 a week"}, "I have moved", dialogs.Need, "Where?", dialogs.NoAside},
		{"what is no address of mail", []string{"410 a week", "so"}, "when is it", dialogs.Question, "", dialogs.Question},
		{"what is one", []string{"410 a week", "so"}, "a@example.org", dialogs.Need, "Check your answers.\n1. £410 a week\nReply OK if all is right, or CHANGE and a number, like CHANGE 1.", dialogs.NoAside},
		{"a question at a check", []string{"410 a week", "so", "a@example.org"}, "when is it", dialogs.Question, "", dialogs.Question},
		{"what others deal with, after an answer", nil, "410 a week, and council tax?", dialogs.Signpost, "Why?", dialogs.Signpost},
		{"a word about it, where any words are asked for", []string{"410 a week"}, "council tax", dialogs.Signpost, "Where?", dialogs.NoAside},
		{"a command", nil, "STATUS", dialogs.Need, "Questions left: 3. How much?", dialogs.NoAside},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := talk(t, d, known(), c.before...).State
			out := advance(t, d, before, dialogs.Input{Event: dialogs.Said, Text: c.text, Aside: c.is, Facts: known()})
			if got := heard(out); !slices.Equal(got, only(c.want)) {
				t.Errorf("says %q, want %q", got, c.want)
			}
			if out.Aside != c.aside || out.State.Tries != before.Tries {
				t.Errorf("aside %v, want %v; %d tries", out.Aside, c.aside, out.State.Tries)
			}
			was, _ := before.MarshalBinary()
			is, _ := out.State.MarshalBinary()
			if c.aside == dialogs.Question && !bytes.Equal(was, is) {
				t.Errorf("the state changes from %+v to %+v", before, out.State)
			}
		})
	}
}

// Nobody goes on being sent elsewhere: who gets no further is handed over as any
// other whose answers cannot be read.
func TestASignpostIsAnAttempt(t *testing.T) {
	d := compiled(t, "- ask: pay\n  say: How much?\n  answer: money per period\n")
	out := talk(t, d, known())
	for n, want := range []string{"Back to where we were. How much?", "Back to where we were. How much?", "Thank you. We have kept what you told us and a person will take it from here. They will contact you by 29 November 2026."} {
		out = advance(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: "council tax", Aside: dialogs.Signpost, Facts: known()})
		if got := heard(out); !slices.Equal(got, only(want)) {
			t.Errorf("attempt %d: says %q, want %q", n+1, got, want)
		}
	}
}

// Who wishes for a person gets one, wherever they are asked, and what they say
// with it is kept; where they are asked for any words, it is those.
func TestAWishForAPersonEndsTheDialog(t *testing.T) {
	d := compiled(t, "- ask: pay\n  say: How much?\n  answer: money per period\n- ask: why\n  say: Why?\n  answer: text\n- check: [pay]\n")
	for _, c := range []struct {
		before  []string
		text    string
		ends    bool
		answers string
	}{
		{nil, "let me talk to somebody", true, "{}"},
		{nil, "410 a week, let me talk to somebody", true, `{"pay": {"amount": "410.00", "period": "week"}}`},
		{[]string{"about 410 a week"}, "let me talk to somebody", true, "{}"},
		{[]string{"410 a week"}, "she wants to talk to somebody", false, `{"pay": {"amount": "410.00", "period": "week"}, "why": "she wants to talk to somebody"}`},
		{[]string{"410 a week", "so"}, "let me talk to somebody", true, `{"pay": {"amount": "410.00", "period": "week"}, "why": "so"}`},
	} {
		before := talk(t, d, known(), c.before...).State
		out := advance(t, d, before, dialogs.Input{Event: dialogs.Said, Text: c.text, Aside: dialogs.Person, Facts: known()})
		if ends := out.End != nil && out.End.Handoff && out.End.Reason == "asked"; ends != c.ends || string(d.AnswersJSON(out.State)) != c.answers {
			t.Errorf("after %q, %q: ended %+v with %s, want %v and %s", c.before, c.text, out.End, d.AnswersJSON(out.State), c.ends, c.answers)
		}
	}
}

// What the caller makes of a text is an answer where the text itself is none.
func TestWhatATextComesToAnswers(t *testing.T) {
	d := compiled(t, "- ask: pay\n  say: How much?\n  answer: money per period\n- ask: why\n  say: Why?\n  answer: text\n- ask: mail\n  say: Where?\n  answer: email\n")
	for _, c := range []struct {
		name, text string
		given      map[string]string
		want       string
	}{
		{"what waits, and what comes next", "the usual", map[string]string{"pay": "410 a week", "why": "so"}, "Where?"},
		{"not what waits", "the usual", map[string]string{"why": "so"}, "Write an amount in pounds, like 410 a week. How much?"},
		{"an answer of its own", "420 a week", map[string]string{"pay": "410 a week", "why": "so"}, "Why?"},
		{"what a changed dialog no longer asks", "the usual", map[string]string{"pay": "410 a week", "gone": "so"}, "Write an amount in pounds, like 410 a week. How much?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			facts := known()
			facts.Given = c.given
			out := advance(t, d, talk(t, d, known()).State, dialogs.Input{Event: dialogs.Said, Text: c.text, Facts: facts})
			if got := heard(out); !slices.Equal(got, only(c.want)) {
				t.Errorf("says %q, want %q", got, c.want)
			}
		})
	}
}

// only is a list of one text, or of none.
func only(text string) []string {
	if text == "" {
		return nil
	}
	return []string{text}
}

func TestAConversationGoesOnAfterAQuestion(t *testing.T) {
	d := compiled(t, twoQuestions)
	for said, want := range map[string]string{
		"":                 "Back to where we were. How much?",
		"about 410 a week": "Back to where we were. Did you mean £410 a week? Reply 1 for yes or 2 for no.",
	} {
		out := talk(t, d, known(), only(said)...)
		if got := heard(advance(t, d, out.State, dialogs.Input{Event: dialogs.Resume, Facts: known()})); !slices.Equal(got, []string{want}) {
			t.Errorf("says %q, want %q", got, want)
		}
	}
}
