package dialogs_test

import (
	"strconv"
	"strings"
	"testing"
)

func TestAConditionIs(t *testing.T) {
	const only = "use names, texts, numbers, comparisons, and, or, not and known(name) only"
	for condition, want := range map[string]string{
		`owns = "rent"`:                      `unexpected token Operator("=")`,
		`own == "rent"`:                      `nothing is called "own"`,
		`owns == 3`:                          `invalid operation: == (mismatched types text and number)`,
		`rent == 3`:                          `invalid operation: == (mismatched types group of values and number)`,
		`owns == ["rent"]`:                   `invalid operation: == (mismatched types text and list)`,
		`owns`:                               `expected true or false, but got text`,
		`owns == "let"`:                      `owns is never "let": it can be rent, own`,
		`identity != "sure"`:                 `identity is never "sure": it can be unknown, known, confirmed, checked`,
		`language == "fr"`:                   `language is never "fr": it can be en, cy`,
		`rent.weekly == 3`:                   `unknown field weekly`,
		`rent["pence"] > 3 and owns[0:1]`:    only,
		`owns[rent.pence] == "r"`:            `only fields can be read, like estimate.changes`,
		`since == "always"`:                  `"since" has no value yet here: it gets one further down`,
		`known(since)`:                       `"since" has no value yet here: it gets one further down`,
		`known(sinse)`:                       `nothing is called "sinse"`,
		`known(identity)`:                    `only known(name) can be called, with a name of this script`,
		`known("owns")`:                      `only known(name) can be called, with a name of this script`,
		`len(owns) > 3`:                      `nothing is called "len"`,
		`rent.pence / 2 > 3`:                 `there is no "/"`,
		`rent.pence % 2 == 0`:                `there is no "%"`,
		`owns matches "r.*"`:                 `there is no "matches"`,
		`any([owns], # == "rent")`:           only,
		`let x = owns; x == "rent"`:          `nothing is called "x"`,
		`estimate?.changes`:                  `"estimate" has no value yet here: it gets one further down`,
		`{"a": owns} == {"a": "rent"}`:       only,
		`owns in ["rent", "own"] or 1 == ""`: `invalid operation: == (mismatched types number and text)`,
	} {
		quoted := `'` + strings.ReplaceAll(condition, `'`, `''`) + `'`
		b := broken{old: "when: owns == \"rent\"\n  with", new: "when: ◆" + quoted + "\n  with", want: "in " + strconv.Quote(condition) + ": " + want}
		t.Run(condition, b.check)
	}
}

func TestAConditionMayBe(t *testing.T) {
	for _, condition := range []string{
		`owns == "rent"`, `owns != "own" and true`, `not (owns == "own") and not discreet`, `owns in ["rent", "own"]`, `owns contains "rent"`,
		`owns == "rent" ? known(owns) : false`, `rent.pence * 2 + 1 >= -100 && !discreet`, `today >= "2026-11-22"`, `known(owns) || known(rent)`,
		`channel == "sms" and language == "en"`, `rent.period == "week" or rent.period startsWith "m" or true`,
	} {
		t.Run(condition, func(t *testing.T) {
			script := `dialog: rent
title: Any
steps:
- ask: owns
  say: Rent or own?
  choices: {rent: rent, own: own}
- ask: rent
  say: How much?
  answer: money
- when: '` + condition + `'
  say: So it is.
- ask: more
  say: What more?
  answer: text
`
			files := map[string]string{"dialog.yaml": script, "transcripts.txt": "# asked\n…\n> rent\n…\n> 90\n…\n> person\n…\n= handoff\n"}
			found := check(t, files)
			if len(found) != 1 || !strings.Contains(found[0], `no transcript passes step "say-1" by`) && !strings.Contains(found[0], `no transcript walks step "say-1"`) {
				t.Errorf("found %q", found) // that no transcript walks every branch is all that is wrong
			}
		})
	}
}

func TestASetStep(t *testing.T) {
	for name, b := range map[string]broken{
		"gives text, a number, or true or false": {old: `{always: since == "always"}`, new: `{always: ◆rent}`, want: `"rent" gives no text, number, or true or false`},
		"gives one type":                         {old: `{always: since == "always"}`, new: `{always: ◆'discreet ? 1 : "one"'}`, want: `"discreet ? 1 : \"one\"" gives no text, number, or true or false`},
		"has the type of its value":              {old: `{always: since == "always"}`, new: `{always: since}`, at: "dialog.yaml: always\n  say", want: `in "always": expected true or false, but got text`},
	} {
		t.Run(name, b.check)
	}
}

func TestACheckIsOfQuestionsAbove(t *testing.T) {
	for name, b := range map[string]broken{
		"not of nothing":      {old: "[owns, rent, since]", new: "[owns, ◆home, since]", want: `no question above is called "home"`},
		"not of what is set":  {old: "[owns, rent, since]", new: "[owns, rent, since, ◆always]", want: `no question above is called "always"`},
		"not of what follows": {old: "- set: {always", new: "- check: [owns, ◆later]\n  name: early\n- ask: later\n  say: When?\n  answer: text\n- set: {always", want: `no question above is called "later"`, others: 1},
	} {
		t.Run(name, b.check)
	}
}

func TestACall(t *testing.T) {
	for name, b := range map[string]broken{
		"is one that there is":      {old: "call: report", new: "call: rapport", at: "dialog.yaml: call: rapport", want: `there is no call "rapport": there are estimate, compare, calculate, explain, nights_band, account, progress, reconsideration and report`, others: 2},
		"takes what it takes":       {old: "with: {kind: home}", new: "with: {kind: home, ◆pay: rent}", want: `the call "report" takes no "pay"`},
		"needs what it needs":       {old: "  with: {kind: home}\n", new: "", at: "dialog.yaml: call: report", want: `the call "report" needs "kind" under "with:"`},
		"takes answers of its kind": {old: "with: {pay: rent}", new: "with: {pay: ◆owns}", want: `"owns" is not an answer from above that can be given as "pay"`},
		"takes answers from above":  {old: "with: {pay: rent}", new: "with: {pay: ◆since}", want: `"since" is not an answer from above that can be given as "pay"`},
		"takes answers that are there": {old: "- call: estimate\n  when: owns == \"rent\"\n  with: {pay: rent}", new: "- call: estimate\n  with: {pay: ◆rent}",
			want: `"rent" may have no value here: give this call the "when:" of the question`},
	} {
		t.Run(name, b.check)
	}
}

func TestAPlaceholder(t *testing.T) {
	for name, b := range map[string]broken{
		"names what is known":          {old: "say: Since when?", new: "say: ◆Since when, ((name))?", want: "nothing called ((name)) is known here: there are estimate, owns, rent", others: 1},
		"names what is known in Welsh": {file: "cy.yaml", old: "say: Ers pryd?", new: "say: ◆Ers pryd, ((enw))?", want: "nothing called ((enw)) is known here: there are estimate, owns, rent", others: 1},
		"names nothing at first":       {old: "say: Do you rent or own?", new: "say: ◆Do you rent or own, ((name))?", want: "nothing called ((name)) is known here: nothing has been asked", others: 1},
		"is checked in help too":       {old: "help: Say own if", new: "help: ◆Say own ((name)) if", want: "nothing called ((name)) is known here: nothing has been asked", others: 1},
		"names a field of a result":    {old: "((estimate.weekly_amount)) a week", new: "((estimate)) a week", at: "dialog.yaml: \"You may", want: "nothing called ((estimate)) is known here: there are estimate, owns, rent", others: 1},
		"names a field that there is":  {old: "((estimate.weekly_amount)) a week", new: "((estimate.yearly)) a week", at: "dialog.yaml: \"You may", want: "nothing called ((estimate.yearly)) is known here: there are estimate, owns, rent", others: 1},
		"names a whole answer":         {old: "say: Since when?", new: "say: ◆Since when, at ((owns.rent))?", want: "nothing called ((owns.rent)) is known here: there are estimate, owns, rent", others: 1},
		"has a value when a call failed": {old: "and not discreet and known(estimate)", new: "and not discreet", at: "dialog.yaml: \"You may",
			want: `((estimate.weekly_amount)) may have no value when "told" is said: add known(estimate) to its "when:"`, others: 1},
		"has a value when a question was passed by": {old: "say: Since when?", new: "say: {discreet: Since?, default: ◆'Since when, at ((rent))?'}",
			want: `((rent)) may have no value when "since" is said: add known(rent) to its "when:"`, others: 2},
		"is the same in Welsh": {file: "cy.yaml", old: `told: "Efallai y byddwch yn talu tua £((estimate.weekly_amount)) yr wythnos."`, new: `told: ◆"Efallai y byddwch yn talu."`,
			want: `the words in Welsh for "told" hold other placeholders than the English`},
	} {
		t.Run(name, b.check)
	}
}
