package dialogs_test

import (
	"slices"
	"strings"
	"testing"

	"parley/dialogs"
)

// A private answer that was given is what we hold: somebody who is only known
// is not told it, and may still change it.
func TestWhatIsGivenIsToldToNobodyElse(t *testing.T) {
	d := load(t, "income-change")
	for _, c := range []struct {
		name, identity string
		discreet       bool
		then           []string
		want           string
	}{
		{"known", "known", false, nil, "2. Pay now: as we have it"},
		{"confirmed", "confirmed", false, nil, "2. Pay now: £410 a week"},
		{"confirmed, and discreet", "confirmed", true, nil, "2. Pay now: as we have it"},
		{"answered anew", "known", false, []string{"CHANGE 2", "420 a week"}, "2. Pay now: £420 a week"},
		{"answered anew, and discreet", "known", true, []string{"CHANGE 2", "420 a week"}, "2. Pay now: as you told us"},
		{"answered anew in Welsh", "known", false, []string{"CYMRAEG"}, "2. Cyflog nawr: fel y mae gennym ni"},
	} {
		facts := known()
		facts.Identity, facts.Discreet, facts.Given = c.identity, c.discreet, map[string]string{"pay": "410 a week"}
		out := talk(t, d, facts, append([]string{"down", "1 November 2026", "later"}, c.then...)...)
		if said := heard(out); !strings.Contains(said[len(said)-1], c.want) {
			t.Errorf("%s: says %q, want %q in it", c.name, said, c.want)
		}
	}
}

// Whom nobody could contact is not promised it, and nothing is kept of whoever
// has told us nothing.
func TestAHandOffPromisesWhatCanBeKept(t *testing.T) {
	const (
		promise  = "Thank you. We have kept what you told us and a person will take it from here. They will contact you by 29 November 2026."
		call     = "Thank you. We have kept what you told us, but cannot contact you from here. To talk to a person, call the number on our letters, or find it on GOV.UK."
		bare     = "Thank you. A person will take it from here. They will contact you by 29 November 2026."
		bareCall = "We cannot contact you from here. To talk to a person, call the number on our letters, or find it on GOV.UK."
	)
	d := load(t, "welcome")
	for _, c := range []struct {
		name, channel, identity, role string
		said                          []string
		want                          string
	}{
		{"a visitor", "webchat", "unknown", "", []string{"PERSON"}, bareCall},
		{"a visitor whom nobody understands", "webchat", "unknown", "", []string{"eh", "eh", "eh"}, call},
		{"a visitor who has said their name", "webchat", "unknown", "", []string{"leave a message", "Jo", "PERSON"}, call},
		{"a visitor who has said their number", "webchat", "unknown", "", []string{"leave a message", "Jo", "07700 900123", "PERSON"}, promise},
		{"a parent on the page", "webchat", "known", "paying parent", []string{"PERSON"}, bare},
		{"somebody who texts", "sms", "unknown", "", []string{"PERSON"}, bare},
		{"somebody who asked for help", "sms", "unknown", "", []string{"HELP", "BACK", "PERSON"}, bare},
		{"somebody who was not understood", "sms", "unknown", "", []string{"eh", "PERSON"}, promise},
	} {
		facts := known()
		facts.Channel, facts.Identity, facts.Role = c.channel, c.identity, c.role
		if got := heard(talk(t, d, facts, c.said...)); !slices.Equal(got, []string{c.want}) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// What they have told us is kept, whatever of it is left when a person is asked
// for.
func TestAHandOffSaysWhatIsKept(t *testing.T) {
	const kept = "We have kept what you told us"
	d := load(t, "income-change")
	for _, c := range []struct {
		name  string
		given map[string]string
		said  []string
		want  bool
	}{
		{"nothing", nil, nil, false},
		{"what we had before", map[string]string{"pay": "410 a week"}, nil, false},
		{"an answer", nil, []string{"down"}, true},
		{"an answer beside what we had before", map[string]string{"pay": "410 a week"}, []string{"down"}, true},
		{"an answer that is asked about", nil, []string{"down", "about 400 a week"}, true},
		{"an answer taken back", nil, []string{"down", "BACK"}, false},
	} {
		facts := known()
		facts.Given = c.given
		got := strings.Join(heard(talk(t, d, facts, append(c.said, "PERSON")...)), " ")
		if strings.Contains(got, kept) != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
		facts.Language = "cy"
		got = strings.Join(heard(talk(t, d, facts, append(c.said, "RHYWUN")...)), " ")
		if strings.Contains(got, "Rydym wedi cadw'r hyn a ddywedoch") != c.want {
			t.Errorf("%s, in Welsh: %q", c.name, got)
		}
	}
}

// A menu that is not for this person does not make a text ambiguous.
func TestAQuestionThatIsRuledOutIsNotAnswered(t *testing.T) {
	d := load(t, "welcome")
	for role, next := range map[string]string{"paying parent": "my-payments", "receiving parent": "my-payments", "": ""} {
		facts := known()
		facts.Role = role
		out := advance(t, d, dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: "it is about my payments", Facts: facts})
		if (out.End != nil) != (next != "") || out.End != nil && out.End.Next != next {
			t.Errorf("%q: ends with %+v, want %q next", role, out.End, next)
		}
	}
	const steps = `
- ask: leaves
  say: Is somebody leaving?
  choices: {soon: soon, never: never}
- ask: date
  when: leaves == "soon"
  say: On what day?
  answer: date
- check: [leaves, date]
`
	out := advance(t, compiled(t, steps), dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: "soon, on 3 November 2026", Facts: known()})
	if got := heard(out); len(got) != 1 || !strings.Contains(got[0], "1. soon\n2. 3 November 2026") {
		t.Errorf("what may yet apply is asked again: %q", got)
	}
}
