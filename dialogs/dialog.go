package dialogs

import (
	"slices"
	"sync"
	"time"

	"parley/templates"
)

// Dialog is a compiled script. It does not change and is safe for concurrent
// use.
type Dialog struct {
	Name      string
	Version   string   // a hash of the script and its languages
	For       string   // whose dialog it is: "paying parent", "receiving parent", or empty for anyone
	Intents   []string // what a person's own message is about that begins it
	Languages []templates.Language
	// Interrupts says that it answers a question that a person has beside
	// another dialog: that one waits meanwhile. Otherwise this one waits.
	Interrupts bool
	Identity   string          // what it needs to begin: "unknown" or "known"; "confirmed", "checked": known, and proof before it reads the record
	Nudges     []time.Duration // after the person's last word, ascending, before it expires
	Expire     Expiry
	Retries    Retries

	title    words
	opening  words
	steps    []step
	givers   map[string]int   // the step that gives each name its value
	repeated map[string][]int // the steps that give a name its value, one for every item of an each
	facts    map[string]any   // every name at its zero value, for conditions
	machines sync.Pool        // of *vm.VM
	parts    []ranPart        // the dialogs that it runs
	files    []File
}

// ranPart is a dialog that another runs as part of itself.
type ranPart struct {
	name  string // as the keys of its steps begin: "safe-contact", "a/b" where a runs b
	files []File
}

// File is one file of a dialog, as written.
type File struct {
	Name    string // with its folder: income-change/dialog.yaml
	Content []byte
}

// Expiry is when a silent conversation ends and how: "handoff" or "end".
type Expiry struct {
	After time.Duration
	Then  string
}

// Retries is how often an answer may be unreadable, and what follows then:
// "handoff" or "end".
type Retries struct {
	Limit int
	Then  string
}

// Title is the dialog's title in a language.
func (d *Dialog) Title(language templates.Language) string {
	title, _ := d.title.pick(language, forDefault, false).Render(nil) // titles have no placeholders
	return title
}

// Begun reports whether the dialog can be begun by us: it has words to open
// with.
func (d *Dialog) Begun() bool { return d.opening != nil }

// ReadsChildren reports whether the dialog repeats steps for the children on
// the case.
func (d *Dialog) ReadsChildren() bool {
	return slices.ContainsFunc(d.steps, func(s step) bool { return s.each != nil && s.each.ofRecord() })
}

// Source is the dialog's files, and those of the dialogs that it runs, from which Compile makes it again.
func (d *Dialog) Source() []File { return d.files }

// giver finds the step that gives a name its value, as a step reads it: a
// name that is repeated with it is that of its own item.
func (d *Dialog) giver(name string, at *step) (int, bool) {
	if i, ok := d.givers[name]; ok {
		return i, true
	}
	if list := d.repeated[name]; at.each != nil && len(list) >= at.item && d.steps[list[0]].each == at.each {
		return list[at.item-1], true
	}
	return 0, false
}

// question finds the question that gives a name its value.
func (d *Dialog) question(name string) (int, bool) {
	i, ok := d.givers[name]
	return i, ok && d.steps[i].kind == askStep
}
