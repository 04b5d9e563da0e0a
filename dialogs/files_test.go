package dialogs_test

import (
	"slices"
	"testing"

	"parley/dialogs"
)

const payslip = `
- ask: payslip
  say: Your payslip?
  answer: file or "later"
- ask: pay
  say: How much?
  answer: money per period
- check: [payslip, pay]
`

func TestFiles(t *testing.T) {
	d := compiled(t, payslip)
	const kept, lost, some = "Thank you. We have kept what you sent. ", "We cannot take pictures here. Please keep what you sent. ", "We could not take all that you sent. Please keep it. "
	type sent struct {
		text  string
		files []string
		lost  int
	}
	for _, c := range []struct {
		name    string
		sent    []sent
		want    string
		answers string
	}{
		{"one", []sent{{"", []string{"F1"}, 0}}, "How much?", `{"payslip": ["F1"]}`},
		{"several, with words", []sent{{"here they are", []string{"F1", "F2"}, 0}}, "How much?", `{"payslip": ["F1", "F2"]}`},
		{"some of which are lost", []sent{{"", []string{"F1"}, 1}}, some + "How much?", `{"payslip": ["F1"]}`},
		{"all lost", []sent{{"", nil, 2}}, lost + "Your payslip?", `{}`},
		{"lost, and long words beside", []sent{{"later, for my phone is an old one and takes pictures that nobody can see", nil, 1}}, lost + "Please reply LATER. Your payslip?", `{}`},
		{"none", []sent{{"no", nil, 0}}, "Please reply LATER. Your payslip?", `{}`},
		{"later", []sent{{"later", nil, 0}}, "How much?", `{"payslip": "later"}`},
		{"with a command", []sent{{"STATUS", []string{"F1"}, 0}}, kept + "Questions left: 2. Your payslip?", `{"files": ["F1"]}`},
		{"where none is asked for", []sent{{"later", nil, 0}, {"", []string{"F1"}, 0}}, kept + "How much?", `{"payslip": "later", "files": ["F1"]}`},
		{"beside another answer", []sent{{"later", nil, 0}, {"410", []string{"F1"}, 0}, {"a week", []string{"F2"}, 1}},
			kept + some + "Check your answers.\n1. later\n2. £410 a week\nReply OK if all is right, or CHANGE and a number, like CHANGE 1.",
			`{"payslip": "later", "pay": {"amount": "410.00", "period": "week"}, "files": ["F1", "F2"]}`},
		{"in a check", []sent{{"", []string{"F1"}, 0}, {"410 a week", nil, 0}},
			"Check your answers.\n1. we have what you sent\n2. £410 a week\nReply OK if all is right, or CHANGE and a number, like CHANGE 1.",
			`{"payslip": ["F1"], "pay": {"amount": "410.00", "period": "week"}}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := talk(t, d, known())
			for _, s := range c.sent {
				out = advance(t, d, out.State, dialogs.Input{Event: dialogs.Said, Text: s.text, Files: s.files, Lost: s.lost, Facts: known()})
			}
			if got := heard(out); !slices.Equal(got, []string{c.want}) {
				t.Errorf("says %q, want %q", got, c.want)
			}
			if got := string(d.AnswersJSON(out.State)); got != c.answers {
				t.Errorf("answers %s, want %s", got, c.answers)
			}
		})
	}
}

func TestAPageSaysThatItTakesFiles(t *testing.T) {
	facts := known()
	facts.Channel = "webchat"
	if m := talk(t, compiled(t, payslip), facts, "no").Messages[0]; m.Ask.Problem != "Please send a file, or reply LATER." {
		t.Errorf("says %q", m.Ask.Problem)
	}
}

func TestFilesOfTheFirstMessageAreKept(t *testing.T) {
	d := compiled(t, payslip)
	out := advance(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: "hello", Files: []string{"F1"}, Facts: known()})
	if got := string(d.AnswersJSON(out.State)); got != `{"files": ["F1"]}` || heard(out)[0] != "Thank you. We have kept what you sent. Your payslip?" {
		t.Errorf("%s, says %q", got, heard(out))
	}
}

func TestWhatIsOwedIsSaidAfterACall(t *testing.T) {
	d := compiled(t, "- ask: pay\n  say: How much?\n  answer: money per period\n- call: estimate\n  with: {pay: pay}\n  fails: skip\n- ask: since\n  say: Since when?\n  answer: date\n")
	out := advance(t, d, talk(t, d, known()).State, dialogs.Input{Event: dialogs.Said, Text: "410 a week", Files: []string{"F1"}, Facts: known()})
	if got := heard(out); got[0] != "Thank you. We have kept what you sent. Since when?" {
		t.Errorf("says %q", got)
	}
	if got := heard(advance(t, d, out.State, dialogs.Input{Event: dialogs.Nudge, Facts: known()})); got[0] != "We are still waiting for your answer. Since when?" {
		t.Errorf("says again %q", got)
	}
}
