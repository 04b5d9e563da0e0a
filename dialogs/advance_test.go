package dialogs_test

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
	"parley/templates"
)

func TestWordsThatWorkEverywhere(t *testing.T) {
	d := load(t, "income-change")
	for words, want := range map[string]string{
		"HELP|help|Help!|helpu|HELPWCH|cymorth":                                                  "Your payslip may call it gross pay.",
		"BACK|back.| go back |YN ÔL|yn ôl|YN OL|Yn  ol|nol":                                      "Has your pay before tax gone up or down?",
		"CHANGE|change|NEWID|newid":                                                              "Has your pay before tax gone up or down?",
		"CHANGE 1|change1|Change number 1|\"CHANGE 1\"|NEWID 1|newid rhif 1|newid 1.":            "Has your pay before tax gone up or down?",
		"CHANGE 2|NEWID 9|change 99999":                                                          "Sorry, we did not understand that. How much",
		"PERSON|person!|a person|human|RHYWUN|Siarad â rhywun|talk to someone|speak to a person": "Thank you. We have kept",
		"CYMRAEG|Cymraeg|welsh|yn Gymraeg":                                                       "Faint yw eich cyflog nawr",
		"ENGLISH|saesneg|in English":                                                             "How much are you paid now",
		"STATUS|status?|STATWS":                                                                  "Questions left: 3. How much",
		"change two|CHANGE 0|change -1|CHANGE 1.5|helping|personal|back to work|status quo|change 1 please|I want to go back|CHANGE 1 2|NEWID pris": "Write an amount in pounds",
	} {
		for _, word := range strings.Split(words, "|") {
			t.Run(word, func(t *testing.T) {
				out := talk(t, d, known(), "down", word)
				if got := heard(out); len(got) != 1 || !strings.HasPrefix(got[0], want) {
					t.Errorf("says %q, want %q", got, want)
				}
				if asked := strings.HasPrefix(want, "Thank you"); (out.End != nil) != asked || asked && *out.End != (dialogs.End{Outcome: "handoff", Handoff: true, Reason: "asked"}) {
					t.Errorf("end %+v", out.End)
				}
			})
		}
	}
}

func TestCommandsDoNotCountAsTries(t *testing.T) {
	d := compiled(t, twoQuestions)
	out := talk(t, d, known(), "lots", "help", "status", "english", "cymraeg", "change 7", "lots")
	if out.End != nil || out.State.Tries != 2 {
		t.Errorf("%d tries, end %+v", out.State.Tries, out.End)
	}
	if out = talk(t, d, known(), "lots", "lots", "lots"); out.End == nil || out.End.Reason != "retries" {
		t.Errorf("after three answers that cannot be read: end %+v", out.End)
	}
	if out = talk(t, d, known(), "lots", "lots", "410 a week", "lots", "lots"); out.End != nil {
		t.Errorf("a new question begins with the tries of the last: %+v", out.End)
	}
}

func TestADoubtIsSettled(t *testing.T) {
	d := compiled(t, twoQuestions)
	const howMuch, sinceWhen = "How much?", "Since when?"
	for _, c := range []struct {
		said []string
		want string
	}{
		{[]string{"about 400 a week"}, "Did you mean £400 a week? Reply 1 for yes or 2 for no."},
		{[]string{"about 400 a week", "yes"}, sinceWhen},
		{[]string{"about 400 a week", "1"}, sinceWhen},
		{[]string{"about 400 a week", "no"}, howMuch},
		{[]string{"about 400 a week", "410 a week"}, sinceWhen},
		{[]string{"about 400 a week", "about 410 a week"}, "Did you mean £410 a week? Reply 1 for yes or 2 for no."},
		{[]string{"about 400 a week", "410"}, "How often is £410 paid? Reply 1 a week, 2 a fortnight, 3 every 4 weeks, 4 a month, 5 a year."},
		{[]string{"about 400 a week", "perhaps"}, "Sorry, we did not understand that. Did you mean £400 a week? Reply 1 for yes or 2 for no."},
		{[]string{"about 400 a week", "help"}, "Before tax. Answer in your own words. Reply BACK to go back or PERSON to reach a person. Did you mean £400 a week? Reply 1 for yes or 2 for no."},
		{[]string{"about 400 a week", "back"}, howMuch},
		{[]string{"410"}, "How often is £410 paid? Reply 1 a week, 2 a fortnight, 3 every 4 weeks, 4 a month, 5 a year."},
		{[]string{"410", "3"}, sinceWhen},
		{[]string{"410", "weekly"}, sinceWhen},
		{[]string{"410", "420 pm"}, sinceWhen},
		{[]string{"410", "420"}, "How often is £420 paid? Reply 1 a week, 2 a fortnight, 3 every 4 weeks, 4 a month, 5 a year."},
		{[]string{"410", "often"}, "Sorry, we did not understand that. How often is £410 paid? Reply 1 a week, 2 a fortnight, 3 every 4 weeks, 4 a month, 5 a year."},
		{[]string{"0"}, "Did you mean £0 a week? Reply 1 for yes or 2 for no."},
		{[]string{"410", "cymraeg"}, "Ni allwn drafod hyn yn Gymraeg yma. Atebwch RHYWUN i siarad â pherson. How often is £410 paid? Reply 1 a week, 2 a fortnight, 3 every 4 weeks, 4 a month, 5 a year."},
	} {
		t.Run(strings.Join(c.said, ", "), func(t *testing.T) {
			if got := heard(talk(t, d, known(), c.said...)); len(got) != 1 || got[0] != c.want {
				t.Errorf("says %q, want %q", got, c.want)
			}
		})
	}
}

func TestAWordOfTheScriptIsTakenHoweverItIsWritten(t *testing.T) {
	d := load(t, "income-change")
	for _, word := range []string{"later", "LATER", "LATER.", " Later! ", `"later"`, "“later”", "WEDYN", "wedyn."} {
		out := talk(t, d, known(), "down", "410 a week", "1 Nov", word)
		if got := string(d.AnswersJSON(out.State)); !strings.HasSuffix(got, `"payslip": "later"}`) {
			t.Errorf("%q: %s", word, got)
		}
	}
}

func TestPicturesAreNotTaken(t *testing.T) {
	d := load(t, "income-change")
	begun := talk(t, d, known())
	for text, want := range map[string]string{
		"":       "We cannot take pictures here. Please keep what you sent. Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same.",
		" ":      "We cannot take pictures here. Please keep what you sent. Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same.",
		"down":   "We cannot take pictures here. Please keep what you sent. How much are you paid now, before tax? Say how often too, like 450 a week.",
		"person": "We cannot take pictures here. Please keep what you sent. Thank you. A person will take it from here. They will contact you by 29 November 2026.",
	} {
		out := advance(t, d, begun.State, dialogs.Input{Event: dialogs.Said, Text: text, Lost: 2, Facts: known()})
		if diff := cmp.Diff([]string{want}, heard(out)); diff != "" {
			t.Errorf("with %q (-want +got):\n%s", text, diff)
		}
		if out.State.Tries != 0 {
			t.Errorf("with %q: a try counts", text)
		}
	}
}

func TestTheOpening(t *testing.T) {
	d := compiled(t, "- call: report\n  with: {kind: x}\n  fails: skip\n"+twoQuestions)
	facts := known()
	for _, c := range []struct {
		name           string
		byUs, discreet bool
		want           string
	}{
		{"we begin", true, false, "It is us. How much?"},
		{"the person begins", false, false, "How much?"},
		{"we begin, discreetly", true, true, "How much?"},
	} {
		facts.ByUs, facts.Discreet = c.byUs, c.discreet
		out := talk(t, d, facts)
		if got := heard(out); got[0] != c.want {
			t.Errorf("%s: %q", c.name, got)
		}
		if again := heard(advance(t, d, out.State, dialogs.Input{Event: dialogs.Nudge, Facts: facts})); again[0] != "We are still waiting for your answer. How much?" {
			t.Errorf("%s: then %q", c.name, again)
		}
	}
}

func TestADialogThatWaitsForACallAsksForItAgain(t *testing.T) {
	d := compiled(t, "- call: report\n  with: {kind: x}\n  save: report\n  fails: handoff\n"+twoQuestions)
	out, err := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: known()})
	if err != nil {
		t.Fatal(err)
	}
	want := &dialogs.Call{Name: "report", Step: 0, Key: "report", With: []dialogs.Field{{Name: "kind", Value: dialogs.Text("x")}}, Write: true}
	for _, in := range []dialogs.Input{{Event: dialogs.Said, Text: "hello"}, {Event: dialogs.Said, Text: "help"}, {Event: dialogs.Nudge}} {
		in.Facts = known()
		again, err := d.Advance(out.State, in)
		if diff := cmp.Diff(want, again.Call); err != nil || diff != "" {
			t.Errorf("%+v: %v, call (-want +got):\n%s", in, err, diff)
		}
	}
	for _, in := range []dialogs.Input{{Event: dialogs.Said, Text: "PERSON"}, {Event: dialogs.Lapse}} {
		in.Facts = known()
		if ended, err := d.Advance(out.State, in); err != nil || ended.End == nil || !ended.End.Handoff {
			t.Errorf("%+v: %v, end %+v", in, err, ended.End)
		}
	}
}

func TestFaultsOfTheCaller(t *testing.T) {
	d := compiled(t, "- ask: pay\n  say: How much?\n  answer: money per period\n- call: estimate\n  with: {pay: pay}\n  fails: skip\n- check: [pay]\n")
	waiting := talk(t, d, known()).State
	calling, err := d.Advance(waiting, dialogs.Input{Event: dialogs.Said, Text: "410 a week", Facts: known()})
	if err != nil || calling.Call == nil {
		t.Fatal(err, calling.Call)
	}
	ended := talk(t, d, known(), "person").State
	with := func(change func(*dialogs.State)) dialogs.State {
		s := waiting
		change(&s)
		return s
	}
	said := dialogs.Input{Event: dialogs.Said, Text: "1"}
	for name, c := range map[string]struct {
		state dialogs.State
		in    dialogs.Input
	}{
		"the dialog has ended":           {ended, said},
		"a step that is not there":       {with(func(s *dialogs.State) { s.Step = 3 }), said},
		"a step below none":              {with(func(s *dialogs.State) { s.Step = -1 }), said},
		"an answer to no question":       {with(func(s *dialogs.State) { s.Answers = []dialogs.Answer{{Step: 2}} }), said},
		"an answer to no step":           {with(func(s *dialogs.State) { s.Answers = []dialogs.Answer{{Step: 64}} }), said},
		"a result of no call":            {with(func(s *dialogs.State) { s.Results = []dialogs.Result{{Step: 0}} }), said},
		"an event that is none":          {waiting, dialogs.Input{Event: 9}},
		"a result that nobody waits for": {waiting, dialogs.Input{Event: dialogs.Answered, Result: dialogs.Result{Step: 1, Failed: true}}},
		"a result of another step":       {calling.State, dialogs.Input{Event: dialogs.Answered, Result: dialogs.Result{Step: 0, Failed: true}}},
		"a result without its fields":    {calling.State, dialogs.Input{Event: dialogs.Answered, Result: dialogs.Result{Step: 1, Value: dialogs.Group()}}},
		"a result that is of another kind": {calling.State, dialogs.Input{Event: dialogs.Answered, Result: dialogs.Result{Step: 1, Value: dialogs.Group(
			dialogs.Field{Name: "weekly_amount", Value: dialogs.Text("41")}, dialogs.Field{Name: "changes", Value: dialogs.YesNo(true)})}}},
	} {
		t.Run(name, func(t *testing.T) {
			c.in.Facts = known()
			if out, err := d.Advance(c.state, c.in); err == nil || !reflect.DeepEqual(out, dialogs.Output{}) {
				t.Errorf("error %v, output %+v", err, out)
			}
		})
	}
	t.Run("no date to promise", func(t *testing.T) {
		if _, err := d.Advance(waiting, dialogs.Input{Event: dialogs.Said, Text: "person"}); err == nil {
			t.Error("no error")
		}
	})
}

func TestAdvanceChangesNeitherStateNorInput(t *testing.T) {
	d := load(t, "income-change")
	facts := known()
	facts.Given = map[string]string{"direction": "down", "pay": "410 a week"}
	before := talk(t, d, facts, "1 Nov", "later").State
	kept := before
	kept.Answers, kept.Results = slices.Clone(before.Answers), slices.Clone(before.Results)
	for _, text := range []string{"CHANGE 1", "CHANGE 2", "back", "ok", "person", "cymraeg"} {
		if _, err := d.Advance(before, dialogs.Input{Event: dialogs.Said, Text: text, Facts: facts}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(kept, before, cmp.AllowUnexported(dialogs.Pending{})); diff != "" {
			t.Fatalf("%q changed the state it was given (-before +after):\n%s", text, diff)
		}
	}
}

func TestThePersonsLanguage(t *testing.T) {
	for _, c := range []struct {
		languages string
		own       templates.Language
		want      templates.Language
	}{
		{"[en, cy]", "cy", "cy"}, {"[en, cy]", "", "en"}, {"[cy, en]", "", "cy"}, {"[cy, en]", "en", "en"}, {"[en]", "cy", "en"},
	} {
		files := []dialogs.File{{Name: "any/dialog.yaml", Content: []byte("dialog: any\ntitle: Any\nlanguages: " + c.languages + "\nsteps:\n- ask: it\n  say: What?\n  answer: text\n")}}
		if strings.Contains(c.languages, "cy") {
			files = append(files, dialogs.File{Name: "any/cy.yaml", Content: []byte("title: Unrhyw\nit: Beth?\n")})
		}
		d, problems := dialogs.Compile(files)
		if len(problems) > 0 {
			t.Fatal(problems)
		}
		facts := known()
		facts.Language = c.own
		if out := talk(t, d, facts); out.State.Language != c.want || out.Messages[0].Language != c.want {
			t.Errorf("%s, %q: speaks %s", c.languages, c.own, out.State.Language)
		}
	}
}

func TestMessagesOfOnesOwnArePrivate(t *testing.T) {
	d := load(t, "income-change")
	facts := known()
	facts.Identity = "confirmed"
	for _, c := range []struct {
		said []string
		want []bool
	}{
		{nil, []bool{false}},
		{[]string{"down", "about 410 a week"}, []bool{true}},
		{[]string{"down", "410"}, []bool{true}},
		{[]string{"down", "410 a week"}, []bool{false}},
		{[]string{"down", "410 a week", "yesterday"}, []bool{false}},
		{[]string{"down", "410 a week", "1 Nov", "later"}, []bool{true, true}},
		{[]string{"down", "410 a week", "1 Nov", "later", "no"}, []bool{false}},
		{[]string{"down", "410 a week", "1 Nov", "later", "hmm"}, []bool{true}},
		{[]string{"down", "410 a week", "1 Nov", "later", "ok"}, []bool{false}},
		{[]string{"person"}, []bool{false}},
	} {
		var got []bool
		for _, m := range talk(t, d, facts, c.said...).Messages {
			got = append(got, m.Private)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: private %v, want %v", c.said, got, c.want)
		}
	}
}

func TestGivenFacts(t *testing.T) {
	d := load(t, "income-change")
	facts := known()
	for _, c := range []struct {
		name, text, want string
	}{
		{"direction", "gone down", "down"},
		{"direction", "2", "down"},
		{"direction", "i lawr", "down"},
		{"direction", "sideways", ""},
		{"pay", "£1,200.50 every four weeks", "£1,200.50 every 4 weeks"},
		{"pay", "410", ""},
		{"pay", "about 410 a week", ""},
		{"since", "2026-11-01", "1 November 2026"},
		{"since", "yesterday", ""},
		{"since", "3 December 2026", ""},
		{"payslip", "LATER", "later"},
		{"payslip", "no", ""},
		{"estimate", "1", ""},
		{"check", "ok", ""},
		{"", "", ""},
	} {
		facts.Given = map[string]string{c.name: c.text}
		written, err := d.Given(facts)
		_, begun := d.Advance(dialogs.State{}, dialogs.Input{Event: dialogs.Begin, Facts: facts})
		var given *dialogs.GivenError
		if c.want == "" {
			if !errors.As(err, &given) || given.Name != c.name || !errors.As(begun, &given) || given.Name != c.name {
				t.Errorf("%s=%s: %v; %v", c.name, c.text, err, begun)
			}
			continue
		}
		back := dialogs.ParseGiven(written)
		if err != nil || begun != nil || back[c.name] != c.want {
			t.Errorf("%s=%s: %v, %v, %v", c.name, c.text, back, err, begun)
		}
		facts.Given = back
		if again, err := d.Given(facts); err != nil || string(again) != string(written) {
			t.Errorf("%s=%s: read again %s, %v", c.name, c.text, again, err)
		}
	}
	if given := dialogs.ParseGiven([]byte("\x01state")); given != nil {
		t.Errorf("what Given did not write gives %v", given)
	}
}

func TestVeryLongTextsAreQuick(t *testing.T) {
	d := load(t, "income-change")
	for _, text := range []string{strings.Repeat("410 ", 1<<18), strings.Repeat("\u00a0", 1<<19), strings.Repeat(`"`, 1<<20), strings.Repeat("a", 1<<20), strings.Repeat("ô", 1<<19)} {
		for _, before := range [][]string{nil, {"down"}, {"down", "410"}, {"down", "410 a week"}, {"down", "410 a week", "1 Nov"}, {"down", "410 a week", "1 Nov", "later"}} {
			state := talk(t, d, known(), before...).State
			begun := time.Now()
			advance(t, d, state, dialogs.Input{Event: dialogs.Said, Text: text, Facts: known()})
			if took := time.Since(begun); took > time.Second {
				t.Errorf("a megabyte of %.4q after %q took %v", text, before, took)
			}
		}
	}
}
