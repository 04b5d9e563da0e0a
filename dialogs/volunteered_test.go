package dialogs_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/dialogs/answers"
)

// textedFacts are of somebody known who texts in English.
var textedFacts = dialogs.Facts{Identity: "known", Language: "en", Channel: "sms",
	Today: answers.Date{Year: 2026, Month: 11, Day: 22}, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}

// volunteers checks what a dialog takes from the messages that it is begun by:
// answers as JSON, by message.
func volunteers(t *testing.T, d *dialogs.Dialog, answered map[string]string) {
	t.Helper()
	for text, want := range answered {
		out, err := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: text, Facts: textedFacts})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(d.AnswersJSON(out.State)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// What the first message says is not asked, where several choices may apply too.
func TestOneOfManyIsVolunteered(t *testing.T) {
	all, err := dialogs.Load(fstest.MapFS{"moved/dialog.yaml": {Data: []byte(`dialog: moved
title: Moved
for: anyone
steps:
- ask: what
  say: What is new?
  choices: {phone: my phone, address: my address}
  answer: many
  also: {address: [moved house]}
- handoff: a-person
`)}})
	if err != nil {
		t.Fatal(err)
	}
	volunteers(t, all[0], map[string]string{
		"I have moved house yesterday evening": `{"what": ["address"]}`,
		"moved house":                          `{"what": ["address"]}`,
		"I have not moved house":               `{}`,
		"none":                                 `{}`, // nothing was asked yet
		"I have moved house, and my phone is broken": `{}`, // which of them is new is asked
	})
}

// A pronoun or a courtesy answers when it is all that is said, and is not looked for in a
// sentence that tells of something else.
func TestWhatIsSaidInPassingIsNoAnswer(t *testing.T) {
	all, err := dialogs.Load(fstest.MapFS{"left/dialog.yaml": {Data: []byte(`dialog: left
title: Left home
for: anyone
steps:
- ask: lives_with
  say: Who does your child live with?
  choices: {me: with me, parent: with the other parent, school: at a boarding school, else: with somebody else}
  also: {me: [mine, I do], else: [another], parent: [how]}
- handoff: a-person
`)}})
	if err != nil {
		t.Fatal(err)
	}
	volunteers(t, all[0], map[string]string{
		"my son left me":                      `{}`,
		"I do not know, but he is mine":       `{}`,
		"nobody else was told":                `{}`,
		"he left school last summer":          `{}`, // "school" is the script's name for a choice
		"how do I tell you that he left":      `{}`,
		"he moved in with me":                 `{"lives_with": "me"}`,
		"me":                                  `{"lives_with": "me"}`,
		"he now lives with the other parent.": `{"lives_with": "parent"}`,
	})
}

// What can be meant in one way only once it is asked is asked about, in the
// place of its question.
func TestADoubtAboutWhatIsVolunteeredIsAsked(t *testing.T) {
	all, err := dialogs.Load(fstest.MapFS{"job/dialog.yaml": {Data: []byte(`dialog: job
title: Job
for: anyone
steps:
- ask: change
  say: What has changed?
  choices: {lost: job ended, new: new job}
  also: {lost: [lost my job]}
- ask: since
  say: When?
  answer: date
- handoff: a-person
`)}})
	if err != nil {
		t.Fatal(err)
	}
	const meant, when, what = "Did you mean 3 March 2026?", "When?", "What has changed?"
	for _, test := range []struct{ begun, said, asked, answers string }{
		{"I lost my job at Asda on 3 March", "", meant, `{"change": "lost"}`},
		{"I lost my job at Asda on 3 March", "yes", "", `{"change": "lost", "since": "2026-03-03"}`},
		{"I lost my job at Asda on 3 March", "no", when, `{"change": "lost"}`},
		{"I lost my job at Asda on 3 November", "", "", `{"change": "lost", "since": "2026-11-03"}`},
		{"I lost my job on 3 November, yes I lost my job", "", "", `{"change": "lost", "since": "2026-11-03"}`}, // said twice
		{"I lost my job, and a new job", "", what, `{}`},
		{"", "I lost my job at Asda on 3 March", meant, `{"change": "lost"}`},
		{"it was at Asda on 3 March", "", what, `{}`}, // what comes first is asked first
	} {
		out, err := all[0].Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: test.begun, Facts: textedFacts})
		if err == nil && test.said != "" {
			out, err = all[0].Advance(out.State, dialogs.Input{Event: dialogs.Said, Text: test.said, Facts: textedFacts})
		}
		if err != nil {
			t.Fatal(err)
		}
		last := out.Messages[len(out.Messages)-1].Words
		if got := string(all[0].AnswersJSON(out.State)); got != test.answers || test.asked != "" && last != test.asked {
			t.Errorf("%q, %q: %s, asked %q; want %s, %q", test.begun, test.said, got, last, test.answers, test.asked)
		}
	}
}

// One clause answers two questions when each has words of its own in it.
func TestOneClauseForTwoQuestions(t *testing.T) {
	all, err := dialogs.Load(fstest.MapFS{"pay/dialog.yaml": {Data: []byte(`dialog: pay
title: Pay
for: anyone
steps:
- ask: change
  say: What has changed?
  choices: {lost: job ended, down: my pay is less}
  also: {lost: [lost my job], down: [went down]}
- ask: told
  say: Who told you?
  choices: {boss: my manager, other: somebody at work}
  also: {boss: [lost my job]}
- ask: since
  say: When?
  answer: date
- handoff: a-person
`)}})
	if err != nil {
		t.Fatal(err)
	}
	volunteers(t, all[0], map[string]string{
		"my pay went down 3 November":           `{"change": "down", "since": "2026-11-03"}`,
		"3 November my pay went down":           `{"change": "down", "since": "2026-11-03"}`,
		"went down my manager said":             `{"change": "down", "told": "boss"}`,
		"I lost my job":                         `{}`, // the same words would answer both
		"I lost my job 3 November":              `{}`,
		"lost my job":                           `{}`,
		"my pay went down yesterday":            `{"change": "down"}`, // whether that day is meant is asked
		"my pay went down until 3 November":     `{"change": "down"}`,
		"my pay went down until the 3 November": `{"change": "down"}`,
		"my pay has not gone down 3 November":   `{}`,

		strings.Repeat("you know ", 12) + "my pay went down 3 November": `{}`, // too long to be taken apart
	})
}
