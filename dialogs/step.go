package dialogs

import (
	"strconv"

	"parley/dialogs/answers"
	"parley/templates"
)

type stepKind uint8

const (
	sayStep stepKind = iota
	askStep
	checkStep
	setStep
	callStep
	handoffStep
	endStep
)

// step is one compiled step. What it does not use is zero.
type step struct {
	kind    stepKind
	key     string // names its words in other languages, and itself in reports
	name    string // the name that it gives a value to, or none
	at      place
	when    *condition
	say     words
	help    words
	label   words
	answer  answerType
	choices choices
	private bool  // the answer, or the words, are for this person only
	check   []int // steps whose answers are checked
	set     *condition
	call    string
	writes  bool // the call changes a record
	with    []binding
	fails   string // "skip" or "handoff"
	end     string // the outcome with which the dialog ends here
	next    string // the dialog that this end leads to, or none
	nextAt  place
	reads   []int  // steps whose answers or results the words, condition, value or call read
	quotes  bool   // its words hold something private
	record  bool   // it is done only for somebody confirmed, who is asked for proof before
	each    *each  // what it is repeated for, or none
	item    int    // for which of it, from 1
	part    string // the dialog that this one runs and that it comes from, or none
	after   int    // in a dialog that is run: where it goes on when that ends here
}

// path names one step among those that are repeated: "child/2/nights".
func (s *step) path() string {
	if s.each == nil {
		return s.key
	}
	return s.each.variable + "/" + strconv.Itoa(s.item) + "/" + s.key
}

// first reports whether a step is the first of those that are repeated, or not
// repeated.
func (s *step) first() bool { return s.item <= 1 }

// each is what steps are repeated for: the children on the case, or as many
// times as a number that was answered.
type each struct {
	variable string
	at       place
	over     string // the name of the number; empty: the children on the case
}

// item is one of what steps are repeated for; the zero item is of no each.
type item struct {
	each   *each
	number int
}

func (s *step) of() item { return item{s.each, s.item} }

// maxItems is how often steps can be repeated.
const maxItems = 10

// binding passes an answer to a call, or words of the script.
type binding struct {
	param string
	steps []int // the step whose answer it is; of one that is repeated, all of them; none: words
	list  bool  // it is of a step that is repeated
	words string
}

// choices are the options of a question, by language.
type choices struct {
	values []string
	by     map[templates.Language]offered
}

// offered are the options in one language, and where its file lists them.
type offered struct {
	list []answers.Choice
	at   place
}

func (c *choices) in(language templates.Language) []answers.Choice { return c.by[language].list }

// label is a choice in a person's words.
func (c *choices) label(value string, language templates.Language) string {
	for _, choice := range c.in(language) {
		if choice.Value == value {
			return choice.Label
		}
	}
	return value
}

// labels are many choices in a person's words.
func (c *choices) labels(values []string, language templates.Language) string {
	if len(values) == 0 {
		return standing(language, sayNone)
	}
	labels := make([]string, len(values))
	for i, value := range values {
		labels[i] = c.label(value, language)
	}
	return language.List(labels)
}
