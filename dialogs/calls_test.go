package dialogs_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
)

// passes is a dialog whose calls pass on all answers of a repeated question, and
// one that may not be there.
const passes = `
- ask: whose
  say: Whose?
  choices: {me: mine, other: the other's}
- ask: how_many
  say: How many?
  answer: number 1 to 3
- each: child in how_many
  steps:
  - ask: first_name
    say: Name?
    answer: text
  - ask: nights
    say: Nights?
    answer: nights
- call: nights_band
  when: identity == "confirmed"
  with: {children: first_name, whose: whose, nights: nights}
  save: band
  fails: skip
- ask: pay
  when: whose == "me"
  say: Pay?
  answer: money per period
- ask: nights_then
  say: And then?
  answer: nights
- call: calculate
  with: {pay: pay, children: how_many, nights: nights_then, others: how_many}
  save: estimate
  fails: skip
- check: [first_name, nights]
- say: Done.
`

// called takes a dialog to its call of a name and returns what that passes on.
func called(t *testing.T, name string, said ...string) []dialogs.Field {
	t.Helper()
	facts := known()
	facts.Identity = "confirmed"
	var with []dialogs.Field
	r := &dialogs.Rehearsal{Dialog: compiled(t, passes), Facts: facts, Carry: func(c dialogs.Call) dialogs.Result {
		if c.Name == name {
			with = c.With
		}
		return dialogs.Result{Failed: true}
	}}
	if _, err := r.Begin(); err != nil {
		t.Fatal(err)
	}
	for _, text := range said {
		if _, err := r.Say(text); err != nil {
			t.Fatal(err)
		}
	}
	return with
}

func nights(count string) dialogs.Value { return dialogs.Value{Kind: dialogs.NightsValue, Text: count} }

func list(values ...dialogs.Value) dialogs.Value {
	v := dialogs.Value{Kind: dialogs.ListValue}
	for _, value := range values {
		v.Fields = append(v.Fields, dialogs.Field{Value: value})
	}
	return v
}

func TestACallIsGivenAllAnswersOfARepeatedQuestion(t *testing.T) {
	mine := dialogs.Value{Kind: dialogs.ChoiceValue, Text: "me"}
	answers := []string{"mine", "2", "Jo", "1 a week", "Bo", "2 a week"}
	want := []dialogs.Field{
		{Name: "children", Value: list(dialogs.Text("Jo"), dialogs.Text("Bo"))},
		{Name: "whose", Value: mine},
		{Name: "nights", Value: list(nights("52"), nights("104"))},
	}
	if diff := cmp.Diff(want, called(t, "nights_band", answers...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// An answer that is changed later is passed on afresh, with the others.
	want[2].Value = list(nights("52"), nights("156"))
	answers = append(answers, "450 a week", "1 a week", "CHANGE 4", "3 a week")
	if diff := cmp.Diff(want, called(t, "nights_band", answers...)); diff != "" {
		t.Errorf("after a change (-want +got):\n%s", diff)
	}
}

func TestACallDoesWithoutAnOptionalAnswer(t *testing.T) {
	with := called(t, "calculate", "the other's", "1", "Jo", "1 a week", "2 a week")
	if len(with) != 4 || with[0].Name != "pay" || with[0].Value.Kind != dialogs.NoValue {
		t.Errorf("passed on without a pay: %v", with)
	}
	with = called(t, "calculate", "mine", "1", "Jo", "1 a week", "450 a week", "2 a week")
	if len(with) != 4 || with[0].Value.Pence != 450_00 {
		t.Errorf("passed on with a pay: %v", with)
	}
}

func TestWordsOfACallAreReportedInBothLanguages(t *testing.T) {
	v := dialogs.Words("basic rate", "gyfradd sylfaenol")
	if text, err := v.MarshalJSON(); err != nil || string(text) != `{"en": "basic rate", "cy": "gyfradd sylfaenol"}` {
		t.Errorf("in a report: %s, %v", text, err)
	}
}
