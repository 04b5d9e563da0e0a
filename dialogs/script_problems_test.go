package dialogs_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestAScriptIsYAML(t *testing.T) {
	for name, b := range map[string]broken{
		"a bracket is open": {new: "dialog: rent\nsteps: ◆[\n", want: "this is not YAML: sequence end token ']' not found"},
		"nothing in it":     {new: "# nothing\n", want: "the file is empty or holds more than one document"},
		"two documents":     {new: "dialog: rent\n---\ndialog: rent\n", want: "the file is empty or holds more than one document"},
		"a list":            {new: "◆- say: Hello\n", want: `expected names with values, like "say: Hello"`},
		"a name twice":      {old: "title:", new: "title: Rent\n◆title:", want: `this is not YAML: mapping key "title" already defined at [2:1]`},
		"a name twice, once in quotes": {old: "title:", new: "title: Rent\n◆\"title\":",
			want: `this is not YAML: mapping key "title" already defined at [2:1]`},
		"no value": {old: "title: What you pay for your home", new: "title:◆", want: "a value is missing here"},
		"a list for words": {old: "title: What you pay for your home", new: "title: ◆[What, you, pay]",
			want: "expected words here, not a list or a group of names"},
	} {
		t.Run(name, b.check)
	}
}

func TestADialogHas(t *testing.T) {
	for name, b := range map[string]broken{
		"only parts that it knows": {old: "for: paying parent", new: "for: paying parent\n◆colour: blue", want: `a dialog has nothing called "colour"`},
		"a name":                   {old: "dialog: rent\n", new: "", want: `the dialog has no name: begin with "dialog: its-name"`},
		"a name that can be typed": {old: "dialog: rent\n", new: "dialog: ◆The Rent\n", others: 1,
			want: `"The Rent" is not a name: use small letters, figures, - and _, like income-change`},
		"the name of its folder": {old: "dialog: rent\n", new: "dialog: ◆home\n",
			want: `the dialog is called "home" and its folder "rent": give both one name`},
		"a title":                 {old: "title: What you pay for your home\n", new: "", want: "the dialog has no title"},
		"somebody it is for":      {old: "paying parent", new: "◆children", want: `for cannot be "children": use paying parent, receiving parent, anyone`},
		"languages that we speak": {old: "[en, cy]", new: "[en, cy, ◆fr]", want: `Parley does not speak "fr"`},
		"English, its own words'": {old: "[en, cy]", new: "◆[cy]", want: "the words of a script are English: list en too"},
		"an identity that there is": {old: "opening:", new: "identity: ◆sure\nopening:",
			want: `identity cannot be "sure": use unknown, known, confirmed, checked`},
		"nudges after a time":     {old: "[1d, 2d]", new: "[1d, ◆2 days]", want: `"2 days" is not a length of time: write 2d, 12h or 30m`, others: 1},
		"nudges that say when":    {old: "[1d, 2d]", new: "[◆'']", want: `"" is not a length of time: write 2d, 12h or 30m`},
		"nudges in order":         {old: "[1d, 2d]", new: "[2d, 1d]", want: "nudges come one after another, before the dialog expires"},
		"nudges before it lapses": {old: "[1d, 2d]", new: "[1d, 3d]", want: "nudges come one after another, before the dialog expires"},
		"an end to silence":       {old: "after: 3d", new: "after: ◆0d", want: `"0d" is not a length of time: write 2d, 12h or 30m`, others: 1},
		"an end that it knows":    {old: "3d, then: end", new: "3d, then: ◆stop", want: `then cannot be "stop": use handoff, end`},
		"an end and no more":      {old: "3d, then: end", new: "3d, then: end, ◆say: Bye", want: `expire has "after" and "then" only`},
		"few retries":             {old: "limit: 2", new: "limit: ◆11", want: "the limit is a number from 1 to 10"},
		"retries in figures":      {old: "limit: 2", new: "limit: ◆two", want: "the limit is a number from 1 to 10"},
		"retries and no more":     {old: "limit: 2", new: "limit: 2, ◆help: 1", want: `retries has "limit" and "then" only`},
		"steps":                   {new: "dialog: rent\ntitle: What you pay for your home\nlanguages: [en, cy]\n", want: "the dialog has no steps", others: 6},
	} {
		t.Run(name, b.check)
	}
}

func TestADialogHasAtMost256Steps(t *testing.T) {
	files := rent(t)
	delete(files, "cy.yaml")
	files["dialog.yaml"] = "dialog: rent\ntitle: Long\nsteps:\n" + strings.Repeat("- say: On and on.\n", 257)
	want := "rent/dialog.yaml:260:3: the dialog has 257 steps and may have 256: split it"
	if found := check(t, files); len(found) != 1 || found[0] != want {
		t.Errorf("found %q, want %s", found, want)
	}
}

func TestAStepHas(t *testing.T) {
	for name, b := range map[string]broken{
		"something to do":             {old: "- handoff: moved", new: "- handoff: moved\n- ◆when: always", want: "this step does nothing: give it say, ask, check, set, call, run, each, handoff or end"},
		"no parts of other kinds":     {old: "- handoff: moved", new: "- handoff: moved\n  ◆fails: skip", want: `a step with "handoff" has nothing called "fails"`},
		"one kind":                    {old: "answer: date or \"always\"", new: "answer: date or \"always\"\n  ◆call: report", want: `a step with "ask" has nothing called "call"`},
		"one end":                     {old: "- handoff: moved", new: "- handoff: moved\n  ◆end: moved", want: `a step with "handoff" has nothing called "end"`},
		"a key of its own":            {old: "- handoff: moved", new: "- ◆handoff: settled", want: `there is a step "settled" already: give this one a "name:" of its own`},
		"a key that is not taken":     {old: "- handoff: moved", new: "- ◆handoff: opening", want: `a step cannot be called "opening": the dialog has words of that name`},
		"a key that can be typed":     {old: "- handoff: moved", new: "- handoff: ◆moved away", want: `"moved away" is not a name: use small letters, figures, - and _, like income-change`},
		"a name for its answer":       {old: "- ask: since", new: "- ask: ◆since-when", want: `"since-when" is not a name: use small letters, figures and _, like since or new_pay`, others: 4},
		"a name not used already":     {old: "- ask: since", new: "- ◆name: since\n  ask: rent", want: `the name "rent" is used already`, others: 2},
		"a name that is not ours":     {old: "- set: {always: since == \"always\"}", new: "- ◆set: {today: since == \"always\"}", want: `the name "today" is used already`, others: 1},
		"a value to set":              {old: "{always: since == \"always\"}", new: "{always: since == \"always\", never: false}", at: "dialog.yaml: set:", want: `set gives one name a value, like "set: {low: pay.pence < 10000}"`, others: 1},
		"a name to set":               {old: "{always: since", new: "{◆Always: since", want: `"Always" is not a name: use small letters, figures and _, like since or new_pay`, others: 1},
		"words for its question":      {old: "  say: Since when?\n", new: "", at: "dialog.yaml: ask: since", want: `a question needs words: add "say:"`},
		"a kind of answer":            {old: "  answer: date or \"always\"\n", new: "", at: "dialog.yaml: ask: since", want: `say what kind of answer this takes: add "answer:" or "choices:"`, others: 1},
		"choices or an answer":        {old: "answer: date or \"always\"", new: "answer: date or \"always\"\n  choices: {now: now}", at: "dialog.yaml: ask: since", want: "a question has choices or an answer, not both, unless the answer is \"many\" of the choices", others: 1},
		"other words for a choice":    {old: "also: {rent: [tenant]}", new: "also: {◆let: [tenant]}", want: `"let" is not a choice of this step`},
		"a privacy that is clear":     {old: "private: true", new: "private: ◆yes", want: `private cannot be "yes": use true, false`},
		"an answer to failing":        {old: "  with: {kind: home}\n  save: report\n  fails: handoff", new: "  with: {kind: home}\n  save: report", at: "dialog.yaml: call: report", want: `say what happens when this call fails: add "fails: skip" or "fails: handoff"`, others: 2},
		"an answer to failing, known": {old: "fails: handoff", new: "fails: ◆retry", want: `fails cannot be "retry": use skip, handoff`, others: 2},
	} {
		t.Run(name, b.check)
	}
}

func TestAnAnswerIs(t *testing.T) {
	problems := func(t *testing.T, answer string) []string {
		return check(t, map[string]string{
			"dialog.yaml":     fmt.Sprintf("dialog: rent\ntitle: Any\nsteps:\n- ask: it\n  say: What?\n  answer: %s\n", answer),
			"transcripts.txt": "# a person\n< …\n> person\n…\n= handoff\n",
		})
	}
	for answer, want := range map[string]string{
		"colour": `there is no kind of answer called "colour": use yes or no, number, number 1 to 10, nights, money, money per period, ` +
			`date, text, text up to 200 characters, National Insurance number, address, case reference, email, name, phone, postcode, many or file`,
		"number 7 to 1":           "nothing lies in this range: write the smaller number first",
		"text up to 0 characters": "nothing lies in this range: write the smaller number first",
		"file":                    `not every channel takes a file: say what else can be answered, like file or "later"`,
		"money, after today":      `there is no limit "after today" here: a date can be "not after today" or "after today"`,
		"date, in May":            `there is no limit "in May" here: a date can be "not after today" or "after today"`,
	} {
		t.Run(answer, func(t *testing.T) {
			if found := problems(t, answer); len(found) != 1 || found[0] != "rent/dialog.yaml:6:11: "+want {
				t.Errorf("found %q, want %s", found, want)
			}
		})
	}
	for _, answer := range []string{"yes or no", "money", "money per period", "date", "date, after today", "date, not after today",
		"number", "number 0 to 7", "number -5 to -1", "text", "text up to 20 characters", `file or "later"`, `text or "none" or "later"`} {
		t.Run(answer, func(t *testing.T) {
			if found := problems(t, answer); len(found) > 0 {
				t.Errorf("found %q", found)
			}
		})
	}
}

func TestWordsAre(t *testing.T) {
	for name, b := range map[string]broken{
		"for channels that there are": {old: "    voice: What is the rent?\n", new: "    voice: What is the rent?\n    ◆fax: How much?\n",
			want: `there is no channel "fax": use sms, webchat, email, voice, discreet or default`},
		"for all channels": {old: "    default: How much is the rent, and how often?\n", new: "", at: "dialog.yaml: voice: What",
			want: `words for some channels only: add "default:" for the others`},
		"whole":                                {old: "say: Since when?", new: "say: ◆Since ((when?", want: "a placeholder is opened with (( and never closed with ))"},
		"the same for everybody in a title":    {old: "title: What", new: "title: ◆((owns)) What", want: "these words cannot hold ((owns)): they are the same for everybody"},
		"the same for everybody in an opening": {old: "opening: About", new: "opening: ◆((owns)) About", want: "these words cannot hold ((owns)): they are the same for everybody"},
		"the same for everybody in a label":    {old: "label: Since", new: "label: ◆Since ((owns))", want: "these words cannot hold ((owns)): they are the same for everybody"},
	} {
		t.Run(name, b.check)
	}
}
