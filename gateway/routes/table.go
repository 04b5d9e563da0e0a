package routes

import (
	"slices"

	"parley/gateway/directory"
	"parley/templates"
)

// Message is what is known of a message.
type Message struct {
	Intent  string // "none" when it is not known what it is about
	Of      Whose  // of a job, pay, benefit or home
	Wish    string // how its writer wants to be reached; empty: not said
	Pointer string // who deals with it, when the service does not; empty: not said
	Text    string
}

// Whose is whom a message tells of. The empty Whose was not said.
type Whose string

// Of whom it can be.
const (
	Own   Whose = "own"
	Other Whose = "other" // anybody else
)

// Writer is who wrote a message, as far as is known.
type Writer struct {
	Parent   directory.Role // empty: nobody is known
	Identity directory.Identity
	State    State // of the case
}

// State is where a case is. It is empty for a writer whom nobody knows.
type State string

// The states. Protected is a case whose writer has a risk marker of their own:
// that of anybody else must not show.
const (
	Application State = "application" // nothing is to be paid yet
	Open        State = "open"
	Closed      State = "closed"
	Protected   State = "protected"
)

// Destination is where a message leads. The zero Destination is nowhere.
type Destination struct {
	Dialog   string
	With     map[string]string // answers that the dialog need not ask
	Work     string            // the kind of a work item
	Detail   string            // of the work item
	Signpost string            // words, of a Signpost; with Work they come before its own
}

// Nowhere reports whether it is the zero Destination.
func (d Destination) Nowhere() bool { return d.Dialog == "" && d.Work == "" && d.Signpost == "" }

// Table is what leads where. It does not change and is safe for concurrent use.
type Table struct {
	cues    []row // what plain words tell, whatever else: read from the top
	intents []row // each intent of each writer has exactly one
	names   map[string]map[templates.Language]string
	file    string
}

// row is one row. An empty column holds for all.
type row struct {
	line                      int
	intent, of, wish, pointer []string
	words                     []phrase
	parent, identity, state   []string
	to                        Destination
}

// Lead is where a message of somebody leads.
func (t *Table) Lead(m Message, w Writer) Destination {
	if to, ok := t.Cue(m, w); ok {
		return to
	}
	for i := range t.intents {
		if r := &t.intents[i]; r.about(m) && r.by(w) {
			return r.to
		}
	}
	return Destination{}
}

// Cue is where plain words, a wish or a pointer of a message leads, if one does.
func (t *Table) Cue(m Message, w Writer) (Destination, bool) {
	words := fold(m.Text)
	for i := range t.cues {
		r := &t.cues[i]
		if r.about(m) && r.by(w) && has(r.wish, m.Wish) && has(r.pointer, m.Pointer) && (len(r.words) == 0 || stand(r.words, words)) {
			return r.to, true
		}
	}
	return Destination{}, false
}

// Welcome is the dialog that asks what it is about.
const Welcome = "welcome"

// Named reports whether the table leads to a dialog, whoever writes.
func (t *Table) Named(dialog string) bool {
	leads := func(r row) bool { return r.to.Dialog == dialog }
	return slices.ContainsFunc(t.cues, leads) || slices.ContainsFunc(t.intents, leads)
}

// Intents lists the intents that the table has rows for, sorted.
func (t *Table) Intents() []string {
	var all []string
	for _, r := range t.intents {
		all = append(all, r.intent...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Name is what a dialog is about, in a few plain words, to choose it by.
func (t *Table) Name(dialog string, language templates.Language) string {
	return t.names[dialog][language]
}

func (r *row) about(m Message) bool { return has(r.intent, m.Intent) && has(r.of, whose(m.Of)) }

func (r *row) by(w Writer) bool {
	return has(r.parent, parent(w.Parent)) && has(r.identity, w.Identity.String()) && has(r.state, string(w.State))
}

func has(column []string, value string) bool {
	return len(column) == 0 || slices.Contains(column, value)
}

// What columns call what was not said, and whom nobody knows.
const (
	unsaid = "unsaid"
	nobody = "nobody"
	either = "either" // parent
)

func whose(w Whose) string {
	if w == "" {
		return unsaid
	}
	return string(w)
}

func parent(r directory.Role) string {
	switch r {
	case directory.Paying:
		return "paying"
	case directory.Receiving:
		return "receiving"
	default:
		return nobody
	}
}
