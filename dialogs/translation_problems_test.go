package dialogs_test

import "testing"

func TestWelsh(t *testing.T) {
	for name, b := range map[string]broken{
		"is YAML":                {file: "cy.yaml", new: "title: ◆[\n", want: "this is not YAML: sequence end token ']' not found"},
		"is there":               {file: "cy.yaml", new: "", at: "dialog.yaml: dialog: rent", want: "there are no words in Welsh: write cy.yaml"},
		"is among the languages": {old: "languages: [en, cy]", new: "languages: en", at: "cy.yaml: title:", want: "the script does not list cy among its languages: take this file out"},
		"has a title":            {file: "cy.yaml", old: "title: Beth a dalwch am eich cartref\n", new: "", want: `there are no words in Welsh for "title"`},
		"has an opening":         {file: "cy.yaml", old: "opening: Am eich cartref.\n", new: "", want: `there are no words in Welsh for "opening"`},
		"has an opening only where the English has": {old: "opening: About your home.\n", new: "", at: "cy.yaml: opening:", want: "the English has no opening: take this one out"},
		"has every step":                  {file: "cy.yaml", old: `settled: "Diolch. Eich cyfeirnod yw ((report.reference))."`, new: "", want: `there are no words in Welsh for "settled"`},
		"has no other steps":              {file: "cy.yaml", old: "settled:", new: "◆gone: Wedi mynd.\nsettled:", want: `the script has no step "gone": take these words out`},
		"has no words for silent steps":   {file: "cy.yaml", old: "settled:", new: "◆moved: Wedi mynd.\nsettled:", want: `the English has no "say" here: take this out`},
		"has no help without English":     {file: "cy.yaml", old: "  words: {always: erioed}", new: "  words: {always: erioed}\n  ◆help: Dyddiad.", want: `the English has no "help" here: take this out`},
		"has the question":                {file: "cy.yaml", old: "  say: Ers pryd?\n", new: "", at: "cy.yaml: since:", want: `there is no "say" in Welsh for "since"`},
		"has the help":                    {file: "cy.yaml", old: "  help: Dywedwch berchen os ydych yn talu morgais.\n", new: "", at: "cy.yaml: owns:", want: `there is no "help" in Welsh for "owns"`},
		"has the label":                   {file: "cy.yaml", old: "  label: Ers\n", new: "", at: "cy.yaml: since:", want: `there is no "label" in Welsh for "since"`},
		"has the choices":                 {file: "cy.yaml", old: "  choices: {rent: rhentu, own: berchen}\n", new: "", at: "cy.yaml: owns:", want: `there is no "choices" in Welsh for "owns"`},
		"has every choice":                {file: "cy.yaml", old: "choices: {rent: rhentu, own: berchen}", new: "◆choices: {rent: rhentu}", want: `the choice "own" has no words in Welsh`},
		"has no other choices":            {file: "cy.yaml", old: "own: berchen}", new: "own: berchen, ◆let: gosod}", want: `"let" is not a choice of this step`},
		"has no words for other choices":  {file: "cy.yaml", old: "choices: {rent: rhentu", new: "also: {◆let: [gosod]}\n  choices: {rent: rhentu", want: `"let" is not a choice of this step`},
		"has the words that are taken":    {file: "cy.yaml", old: "  words: {always: erioed}\n", new: "", at: "cy.yaml: since:", want: `there is no "words" in Welsh for "since"`},
		"has every word that is taken":    {file: "cy.yaml", old: "words: {always: erioed}", new: "◆words: {}", want: `the word "always" has no word in Welsh`},
		"has no other words to take":      {file: "cy.yaml", old: "{always: erioed}", new: "{always: erioed, ◆never: byth}", want: `"never" is not a word that this step takes`},
		"has no other parts":              {file: "cy.yaml", old: "  words: {always: erioed}", new: "  words: {always: erioed}\n  ◆when: nawr", want: `"when" is not something a step has words for: use say, help, label, choices, also or words`},
		"has words for the same channels": {file: "cy.yaml", old: "    voice: Beth yw'r rhent?\n    default:", new: "    ◆default:", want: "these words are for other channels than the English"},
		"has all of a question's words, not one of them": {file: "cy.yaml", old: "since:\n  label: Ers\n  say: Ers pryd?\n  words: {always: erioed}\n", new: "◆since: Ers pryd?\n",
			want: `there is no "label" in Welsh for "since"`, others: 1},
	} {
		t.Run(name, b.check)
	}
}
