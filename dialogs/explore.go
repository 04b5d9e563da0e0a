package dialogs

import (
	"fmt"

	"parley/templates"
)

// Explored says how much of a dialog has been walked.
type Explored struct {
	Dialog string
	Paths  int      // walked to an end, or to where all that follows had been walked
	Turns  int      // inputs that were tried, each in every language
	Cut    bool     // there was more to walk than the limit allows
	Missed []string // the branches that no path took, in a sentence each
}

// String is "income-change: 1234 paths in 9876 turns".
func (e Explored) String() string {
	cut := ""
	if e.Cut {
		cut = ", and not all was walked"
	}
	return fmt.Sprintf("%s: %d paths in %d turns%s", e.Dialog, e.Paths, e.Turns, cut)
}

// EveryPath is more turns than any dialog that can be kept in mind has.
const EveryPath = 1_000_000

// Explore walks every path of a dialog that its conditions can tell apart: it
// gives each question an answer of each class, lets each call fail and give
// back what conditions ask about, goes back and changes answers, is not
// understood until it gives up, and asks for a person at every step; on each
// channel whose words differ, in each language, and for everybody that the
// conditions tell apart. No more than most turns are taken, and the same ones
// every time.
//
// On every path it finds whether some answer leads on from each question, the
// languages ask the same, and every text message keeps to its parts with the
// longest values. The error means that Parley itself broke a promise: that
// nothing private is told where it is not to be, that a person can always be
// reached, and that a state is the same when it is read back.
func (d *Dialog) Explore(most int) (Explored, Problems, error) {
	e := &explorer{dialog: d, asks: d.told(), most: most, explored: Explored{Dialog: d.Name}, reported: map[string]bool{}, records: map[int]bool{}}
	for i := range d.steps {
		call, _ := signatureOf(d.steps[i].call)
		e.records[i] = call.readsRecord
	}
	for _, facts := range e.asks.worlds(d) {
		w := walk{explorer: e, facts: facts, seen: map[string]bool{}, asked: map[asking]bool{}}
		if err := w.begin(); err != nil {
			return e.explored, e.problems.sorted(), fmt.Errorf("exploring %s, %s %s, identity %s, after %q: %w",
				d.Name, facts.Channel, facts.Language, facts.Identity, w.path, err)
		}
	}
	for _, b := range d.branches(&e.walked) {
		if !b.walked {
			e.explored.Missed = append(e.explored.Missed, b.missing("path"))
		}
	}
	return e.explored, e.problems.sorted(), nil
}

// explorer walks one dialog.
type explorer struct {
	dialog   *Dialog
	asks     told
	most     int
	explored Explored
	problems Problems
	walked   coverage
	reported map[string]bool // what has been found once
	records  map[int]bool    // the calls that tell what the case record holds
}

// report adds a problem at a step, once for each step, lint and language, with
// the path that leads to it.
func (e *explorer) report(w *walk, lint, step string, language templates.Language, format string, values ...any) {
	what := lint + " " + step + " " + string(language)
	if e.reported[what] {
		return
	}
	e.reported[what] = true
	file, at := e.dialog.files[0].Name, place{1, 1}
	for i := range e.dialog.steps {
		if s := &e.dialog.steps[i]; s.key == step {
			file, at = e.dialog.fileOf(s), s.at
			break
		}
	}
	e.problems = append(e.problems, Problem{Lint: lint, File: file, Line: at.line, Column: at.column,
		Message: fmt.Sprintf(format, values...) + w.where()})
}

// fileOf is the file that a step stands in.
func (d *Dialog) fileOf(s *step) string {
	for _, part := range d.parts {
		if part.name == s.part {
			return part.files[0].Name
		}
	}
	return d.files[0].Name
}
