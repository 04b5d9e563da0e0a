package dialogs_test

import (
	"encoding/json"
	"testing"

	"parley/dialogs"
	"parley/dialogs/answers"
)

func TestValuesAsJSON(t *testing.T) {
	for _, c := range []struct {
		value dialogs.Value
		want  string
	}{
		{dialogs.Value{}, `null`},
		{dialogs.Text(`a "new" job, Siôn`), `"a \"new\" job, Siôn"`},
		{dialogs.Value{Kind: dialogs.ChoiceValue, Text: "up"}, `"up"`},
		{dialogs.YesNo(true), `true`},
		{dialogs.Value{Kind: dialogs.NumberValue, Text: "2.5"}, `2.5`},
		{dialogs.Amount(410_05), `"410.05"`},
		{dialogs.Value{Kind: dialogs.MoneyValue, Pence: 410_00, Period: answers.Week}, `{"amount": "410.00", "period": "week"}`},
		{dialogs.Day(today), `"2026-11-22"`},
		{dialogs.Group(dialogs.Field{Name: "due", Value: dialogs.Day(today)}, dialogs.Field{Name: "all", Value: dialogs.YesNo(false)}),
			`{"due": "2026-11-22", "all": false}`},
	} {
		got, err := c.value.MarshalJSON()
		if err != nil || string(got) != c.want || !json.Valid(got) {
			t.Errorf("%+v: %s, %v; want %s", c.value, got, err, c.want)
		}
	}
}

func TestWhatIsSetIsAnAnswerToo(t *testing.T) {
	d := compiled(t, `
- ask: nights
  say: How many?
  answer: number
- ask: pay
  say: How much?
  answer: money
- set: {double: nights * 2 + 0.5}
- set: {pence: pay.pence}
- set: {size: 'nights > 3 ? "many" : "few"'}
- set: {low: pence < 10000 and size == "few"}
- when: low and double > 5
  say: That is ((double)), ((size)).
- call: report
  with: {kind: x}
  save: report
  fails: skip
`)
	out := talk(t, d, known(), "2.5", "£80.50")
	if got, want := string(d.AnswersJSON(out.State)), `{"nights": 2.5, "pay": "80.50", "double": 5.5, "pence": 8050, "size": "few", "low": true}`; got != want {
		t.Errorf("answers %s, want %s", got, want)
	}
	if got := heard(out); len(got) != 1 || got[0] != "That is 5.5, few." {
		t.Errorf("says %q", got)
	}
	if got, want := string(d.ResultsJSON(out.State)), `{"report": {"reference": "CM-EXAMPLE", "due": "2026-12-21"}}`; got != want {
		t.Errorf("results %s, want %s", got, want)
	}
}

func TestACheckMayBePassedBy(t *testing.T) {
	d := compiled(t, `
- ask: sure
  say: Sure?
  answer: yes or no
- check: [sure]
  when: not sure
- say: Good.
  end: good
`)
	if out := talk(t, d, known(), "yes"); out.End == nil || heard(out)[0] != "Good." {
		t.Errorf("sure: %q, end %+v", heard(out), out.End)
	}
	if out := talk(t, d, known(), "no"); out.End != nil || out.Messages[0].Ask.Kind != dialogs.ForCheck {
		t.Errorf("not sure: %q, end %+v", heard(out), out.End)
	}
}

func TestChangeCountsTheAnswersSoFarWhereNoCheckFollows(t *testing.T) {
	d := compiled(t, `
- ask: a
  say: A?
  answer: text
- ask: b
  say: B?
  answer: text
- ask: c
  say: C?
  answer: text
`)
	if got := heard(talk(t, d, known(), "one", "two", "CHANGE 1")); got[0] != "A?" {
		t.Errorf("CHANGE 1 asks %q", got)
	}
	if got := heard(talk(t, d, known(), "one", "two", "CHANGE 2", "zwei")); got[0] != "C?" {
		t.Errorf("after a change: %q", got)
	}
	if got := heard(talk(t, d, known(), "one", "two", "CHANGE 3")); got[0] != "Sorry, we did not understand that. C?" {
		t.Errorf("CHANGE 3 says %q", got)
	}
}
