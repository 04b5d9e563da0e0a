package dialogs_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"parley/dialogs"
	"parley/dialogs/answers"
)

// groups is a dialog with everything that groups steps, and the one it runs.
func groups(t testing.TB, change ...string) fstest.MapFS {
	t.Helper()
	folder := fstest.MapFS{}
	for name, file := range map[string]string{
		"nights/dialog.yaml": "nights.yaml", "nights/cy.yaml": "nights-cy.yaml", "safe/dialog.yaml": "safe.yaml", "safe/cy.yaml": "safe-cy.yaml",
	} {
		content, err := os.ReadFile("testdata/groups/" + file)
		if err != nil {
			t.Fatal(err)
		}
		text := string(content)
		if file == "nights.yaml" && len(change) == 2 {
			if strings.Count(text, change[0]) != 1 {
				t.Fatalf("%q is not there once", change[0])
			}
			text = strings.Replace(text, change[0], change[1], 1)
		}
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return folder
}

func groupDialog(t testing.TB) *dialogs.Dialog {
	t.Helper()
	all, err := dialogs.Load(groups(t))
	if err != nil {
		t.Fatal(err)
	}
	return all[0]
}

// rehearse says lines one after another and returns all that was said back, and
// how it ended.
func rehearse(t testing.TB, d *dialogs.Dialog, facts dialogs.Facts, lines ...string) (said []string, outcome string) {
	t.Helper()
	facts.Today, facts.HandoffBy = answers.Date{Year: 2026, Month: 11, Day: 22}, answers.Date{Year: 2026, Month: 11, Day: 27}
	facts.Channel = "sms"
	r := &dialogs.Rehearsal{Dialog: d, Facts: facts, Carry: func(dialogs.Call) dialogs.Result { return dialogs.Result{Failed: true} }}
	out, err := r.Begin()
	for _, line := range append([]string{""}, lines...) {
		if line != "" {
			out, err = r.Say(line)
		}
		if err != nil {
			t.Fatalf("after %q: %v", line, err)
		}
		for _, m := range out.Messages {
			said = append(said, shown(m))
		}
	}
	if out.End != nil {
		outcome = out.End.Outcome + " " + string(d.AnswersJSON(out.State))
	}
	return said, outcome
}

// shown is a message with the answers that it lists, and without how to reply.
func shown(m dialogs.Message) string {
	text := m.Words
	if m.Ask != nil {
		for _, r := range m.Ask.Rows {
			text += fmt.Sprintf("\n%d. %s", r.Number, strings.TrimPrefix(r.Label+": "+r.Value, ": "))
		}
	}
	return text
}

func TestStepsAreRepeatedForANumber(t *testing.T) {
	said, outcome := rehearse(t, groupDialog(t), dialogs.Facts{Identity: "known", Language: "en"},
		"yes", "yes", "2", "Jo", "2 a week", "Sam", "320 nights a year", "1, 3", "ok")
	want := []string{
		"Has anything changed?", "Is it safe for us to contact the other parent?", "Good.", "How many children is this about?",
		"What is the first name of child 1?", "How many nights does Jo stay?",
		"What is the first name of child 2?", "How many nights does Sam stay?", "Thank you for telling us of Sam.", "What can you send?",
		"Check your answers.\n1. yes\n2. 2\n3. Child 1: Jo\n4. Child 2: Sam\n5. Nights of child 1: 104 nights a year\n6. Nights of child 2: 320 nights a year\n7. a diary and our texts",
		"Thank you.",
	}
	if !slices.Equal(said, want) {
		t.Errorf("said\n  %s\nwant\n  %s", strings.Join(said, "\n  "), strings.Join(want, "\n  "))
	}
	wantOutcome := `told-us {"told": true, "safe": true, "how_many": 2, "child": [{"first_name": "Jo", "nights": 104}, {"first_name": "Sam", "nights": 320}], "sent": ["diary", "texts"]}`
	if outcome != wantOutcome {
		t.Errorf("ended with %s, want %s", outcome, wantOutcome)
	}
}

func TestAnItemLessDropsItsAnswersAndKeepsTheOthers(t *testing.T) {
	said, outcome := rehearse(t, groupDialog(t), dialogs.Facts{Identity: "known", Language: "en"},
		"yes", "no", "2", "Jo", "60 nights a year", "Sam", "70 nights a year", "none", "CHANGE 2", "1", "ok")
	if want := `told-us {"told": true, "safe": false, "how_many": 1, "child": [{"first_name": "Jo", "nights": 60}], "sent": []}`; outcome != want {
		t.Errorf("ended with %s, want %s", outcome, want)
	}
	if n := slices.Index(said, "A person will look at this first."); n != 2 {
		t.Errorf("said %q", said)
	}
}

var twoChildren = []dialogs.Child{{ID: "C1", Name: "Jo", Age: 9, Nights: 60}, {ID: "C2", Name: "Sam", Age: 5}}

func TestStepsAreRepeatedForTheChildrenOnTheCase(t *testing.T) {
	said, outcome := rehearse(t, groupDialog(t), dialogs.Facts{Identity: "confirmed", Language: "cy", Children: twoChildren},
		"ydy", "ydy", "1", "Jo", "60 noson y flwyddyn", "70 noson y flwyddyn", "10 noson y flwyddyn", "1", "iawn")
	if i := slices.Index(said, "Mae gennym 60 noson ar gyfer Jo. Faint nawr?"); i < 0 || said[i+1] != "Mae gennym 0 noson ar gyfer Sam. Faint nawr?" {
		t.Errorf("said %q", said)
	}
	if want := `"kid": [{"id": "C1", "known": 70}, {"id": "C2", "known": 10}]`; !strings.Contains(outcome, want) {
		t.Errorf("ended with %s, want %s in it", outcome, want)
	}
}

func TestNothingOfTheRecordIsAskedOnceNobodyIsConfirmed(t *testing.T) {
	d := groupDialog(t)
	facts := dialogs.Facts{Identity: "confirmed", Language: "en", Channel: "sms", Children: twoChildren,
		Today: answers.Date{Year: 2026, Month: 11, Day: 22}, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}
	out, err := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
	for _, line := range []string{"yes", "yes", "1", "Jo", "60 nights a year"} {
		if err == nil {
			out, err = d.Advance(out.State, dialogs.Input{Event: dialogs.Said, Text: line, Facts: facts})
		}
	}
	if err != nil || !strings.Contains(out.Messages[0].Words, "We hold 60 nights for Jo") {
		t.Fatalf("%v, said %+v", err, out.Messages)
	}
	facts.Identity = "known"
	for _, again := range []dialogs.Input{
		{Event: dialogs.Nudge, Facts: facts}, {Event: dialogs.Said, Text: "HELP", Facts: facts}, {Event: dialogs.Said, Text: "what?", Facts: facts},
	} {
		out, err := d.Advance(out.State, again)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.Messages) != 1 || out.Messages[0].Words != "What can you send?" {
			t.Errorf("said %+v", out.Messages)
		}
	}
}

func TestOneTextAnswersSeveralQuestions(t *testing.T) {
	d := load(t, "income-change")
	for text, want := range map[string]string{
		"down to £410 a week since 1 November":          `{"direction": "down", "pay": {"amount": "410.00", "period": "week"}, "since": "2026-11-01"}`,
		"gone up, £2,000 a month from 3 November 2026":  `{"direction": "up", "pay": {"amount": "2000.00", "period": "month"}, "since": "2026-11-03"}`,
		"lawr i £410 yr wythnos ers 1 Tachwedd":         `{"direction": "down", "pay": {"amount": "410.00", "period": "week"}, "since": "2026-11-01"}`,
		"down on 1 November":                            `{"direction": "down", "since": "2026-11-01"}`,
		"my pay went down to £400 a week":               `{"direction": "down", "pay": {"amount": "400.00", "period": "week"}}`,
		"it is not down, £400 a week":                   `{"pay": {"amount": "400.00", "period": "week"}}`,
		"my pay has gone up":                            `{"direction": "up"}`,
		"down and up":                                   `{}`,
		"down, £410 a week or £420 a week, who can say": `{"direction": "down"}`,
		"down, on 1 November and on 3 November":         `{"direction": "down"}`,
		"down, about £410 a week":                       `{"direction": "down"}`,
	} {
		t.Run(text, func(t *testing.T) {
			facts := dialogs.Facts{Identity: "known", Language: "en", Channel: "sms",
				Today: answers.Date{Year: 2026, Month: 11, Day: 22}, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}
			out, err := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: text, Facts: facts})
			if err != nil {
				t.Fatal(err)
			}
			if got := string(d.AnswersJSON(out.State)); got != want {
				t.Errorf("read %s, want %s", got, want)
			}
		})
	}
}

func TestGroupsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct{ old, new, want string }{
		"a dialog that is not there":   {"run: safe", "run: sound", `nights/dialog.yaml:9:3: there is no dialog "sound" to run`},
		"a dialog that runs itself":    {"run: safe", "run: nights", `nights/dialog.yaml:9:3: "nights" would run itself`},
		"something else to run":        {"run: safe", "run: safe\n  say: Hello", `nights/dialog.yaml:10:3: a step with "run" has nothing called "say"`},
		"a number without a limit":     {"answer: number 1 to 3", "answer: number", `nights/dialog.yaml:17:3: "how_many" is not the answer to a question above that takes a number 1 to 10 at most`},
		"the record for anybody":       {" and identity == \"confirmed\" and not discreet", "", `nights/dialog.yaml:33:3: what is repeated depends on what the record holds: add when: identity == "confirmed"`},
		"a name of one item elsewhere": {"say: What can you send?", "say: What can you send of ((first_name))?", `nights/dialog.yaml:42:8: nothing called ((first_name)) is known here: there are how_many, safe, told`},
		"a field that an item has not": {"((kid.nights))", "((kid.school))", `nights/dialog.yaml:38:10: kid has no "school": it has age, id, name, nights, number`},
		"no item at all":               {"each: child in how_many", "each: child", `nights/dialog.yaml:17:9: say what is repeated for what, like "child in case.children" or "child in how_many"`},
		"many of nothing":              {"  choices: {diary: a diary, letter: a letter, texts: our texts}\n", "", `nights/dialog.yaml:41:3: many of what? Add "choices:"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := dialogs.Load(groups(t, c.old, c.new))
			problems, _ := err.(dialogs.Problems)
			var found []string
			for _, p := range problems {
				found = append(found, p.File+":"+strconv.Itoa(p.Line)+":"+strconv.Itoa(p.Column)+": "+p.Message)
			}
			if !slices.Contains(found, c.want) {
				t.Errorf("found\n  %s\nwant\n  %s", strings.Join(found, "\n  "), c.want)
			}
		})
	}
}

func TestManyChoicesCanBeGiven(t *testing.T) {
	d := groupDialog(t)
	for given, want := range map[string]string{"a diary and our texts": `["diary", "texts"]`, "3, 1": `["diary", "texts"]`, "none": `[]`} {
		facts := dialogs.Facts{Identity: "known", Language: "en", Channel: "sms", Given: map[string]string{"sent": given},
			Today: answers.Date{Year: 2026, Month: 11, Day: 22}, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}
		written, err := d.Given(facts)
		if err != nil {
			t.Fatal(err)
		}
		facts.Given = dialogs.ParseGiven(written)
		out, err := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
		if err != nil || !strings.Contains(string(d.AnswersJSON(out.State)), `"sent": `+want) {
			t.Errorf("given %q: %s, %v", given, d.AnswersJSON(out.State), err)
		}
	}
}

func TestAYesOrNoIsNeverVolunteered(t *testing.T) {
	folder := groups(t)
	text := string(folder["safe/dialog.yaml"].Data)
	text = strings.Replace(text, "answer: yes or no", "choices: {\"yes\": \"yes\", \"no\": \"no\", unsure: not sure}", 1)
	text = strings.Replace(text, "when: safe\n", "when: safe == \"yes\"\n", 1) + "- ask: day\n  say: Which day?\n  answer: date\n"
	text = strings.Replace(text, "languages: [en, cy]", "languages: [en]", 1)
	all, err := dialogs.Load(fstest.MapFS{"safe/dialog.yaml": {Data: []byte(text)}})
	if err != nil {
		t.Fatal(err)
	}
	out, err := all[0].Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Text: "Yes, he missed the payment on 1 November 2026",
		Facts: dialogs.Facts{Identity: "known", Language: "en", Channel: "sms",
			Today: answers.Date{Year: 2026, Month: 11, Day: 22}, HandoffBy: answers.Date{Year: 2026, Month: 11, Day: 27}}})
	if err != nil {
		t.Fatal(err)
	}
	if got := string(all[0].AnswersJSON(out.State)); strings.Contains(got, "safe") {
		t.Errorf("whether it is safe was not asked: %s", got)
	}
}
