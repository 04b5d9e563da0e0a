package dialogs

import (
	"sync"
	"time"

	"parley/dialogs/answers"
	"parley/templates"
)

// Dialog is a compiled script. It does not change and is safe for concurrent
// use.
type Dialog struct {
	Name      string
	Version   string // a hash of the script and its languages
	For       string // whose dialog it is: "paying parent", "receiving parent", or empty for anyone
	Languages []templates.Language
	Identity  string // what it needs to begin: "unknown", "known", "confirmed"
	Nudges    []time.Duration
	Expire    Expiry
	Retries   Retries
	title     words
	opening   words
	steps     []step
	asks      map[string]int // ask and set steps by name
	results   map[string]int // call steps by the name they save
	names     []string       // the name that each step gives a value to, or none
	facts     map[string]any // every name at its zero value, for conditions
	machines  sync.Pool      // of *vm.VM
	files     []File
}

// File is one file of a dialog, as written.
type File struct {
	Name    string
	Content []byte
}

// Expiry is when a silent conversation ends and how: "handoff" or "end".
type Expiry struct {
	After time.Duration
	Then  string
}

// Retries is how often an answer may be unreadable before a person takes over.
type Retries struct {
	Limit int
	Then  string
}

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
	with    []binding
	save    string
	fails   string // "skip" or "handoff"
	end     string // the outcome with which the dialog ends here
	reads   []int  // steps whose answers or results the words or condition read
	quotes  bool   // its words hold something private
}

// binding passes an answer to a call, or words of the script.
type binding struct {
	param string
	step  int // the step whose answer it is; -1: words
	words string
}

// choices are the options of a question, by language.
type choices struct {
	values []string
	by     map[templates.Language][]answers.Choice
}

func (c *choices) in(language templates.Language) []answers.Choice {
	if list := c.by[language]; list != nil {
		return list
	}
	return c.by[templates.English]
}

// label is a choice in a person's words.
func (c *choices) label(value string, language templates.Language) string {
	for _, choice := range c.in(language) {
		if choice.Value == value {
			return choice.Label
		}
	}
	return value
}

// Title is the dialog's title in a language.
func (d *Dialog) Title(language templates.Language) string {
	title, _ := d.title.pick(language, forDefault, false).Render(func(string) (string, bool) { return "", false })
	return title
}

// Source is the dialog's files, from which Compile makes it again.
func (d *Dialog) Source() []File { return d.files }
