package dialogs_test

import (
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/dialogs/answers"
)

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
	for text, want := range map[string]string{
		"I have moved house yesterday evening": `{"what": ["address"]}`,
		"moved house":                          `{"what": ["address"]}`,
		"I have not moved house":               `{}`,
		"none":                                 `{}`, // nothing was asked yet
		"I have moved house, and my phone is broken": `{}`, // which of them is new is asked
	} {
		out, err := all[0].Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: text, Facts: dialogs.Facts{
			Identity: "known", Language: "en", Channel: "sms",
			Today: answers.Date{Year: 2026, Month: 11, Day: 22}, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}})
		if err != nil {
			t.Fatal(err)
		}
		if got := string(all[0].AnswersJSON(out.State)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
