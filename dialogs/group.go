package dialogs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Steps in groups are laid out one after another when the script is read, so
// that a turn knows nothing of groups: those of a dialog that is run once, and
// those of an each once for every item that there may be.

// run reads the steps of another dialog as part of this one.
func (r *scriptReader) run(n ast.Node, entries []entry) {
	var name, when string
	for _, e := range entries {
		switch e.key {
		case "run":
			name = r.text(e.value)
		case "when":
			when = r.text(e.value)
		default:
			r.problem(position(e.at), "a step with \"run\" has nothing called %q", e.key)
		}
	}
	switch files := r.find(name); {
	case slices.Contains(r.runs, name):
		r.problem(position(n), "%q would run itself", name)
	case len(files) == 0:
		r.problem(position(n), "there is no dialog %q to run", name)
	case r.inside.each != nil:
		r.problem(position(n), "a dialog cannot be run for every item: run it before or after")
	default:
		r.lay(name, when, files)
	}
}

// lay reads the other dialog and puts its steps here.
func (r *scriptReader) lay(name, when string, files []File) {
	other := &Dialog{givers: map[string]int{}}
	sub := &scriptReader{
		source: source{file: files[0].Name, problems: r.problems}, dialog: other, find: r.find,
		runs:   append(slices.Clone(r.runs), name),
		inside: inside{part: strings.TrimPrefix(r.inside.part+"/"+name, "/"), when: both(r.inside.when, when)},
	}
	sub.read(files[0].Content)
	if slices.Index(identities(), other.Identity) > slices.Index(identities(), r.dialog.Identity) && !strings.Contains(sub.inside.when, "identity") {
		r.problem(place{1, 1}, "%q needs somebody %s: run it when: identity == %q", name, other.Identity, other.Identity)
	}
	from := len(r.dialog.steps)
	for i := range sub.drafts {
		s := other.steps[i]
		if s.part == sub.inside.part {
			s.after = from + len(sub.drafts)
		} else {
			s.after += from // of a dialog that it runs itself
		}
		sub.drafts[i].step = s
		r.dialog.steps = append(r.dialog.steps, s)
	}
	r.drafts = append(r.drafts, sub.drafts...)
	r.dialog.parts = append(r.dialog.parts, ranPart{sub.inside.part, files})
	r.dialog.parts = append(r.dialog.parts, other.parts...)
}

// each reads steps that are repeated: "each: child in case.children", "each:
// child in how_many".
func (r *scriptReader) each(n ast.Node, entries []entry) {
	e := &each{at: position(n)}
	var steps ast.Node
	outer := r.inside
	for _, part := range entries {
		switch part.key {
		case "each":
			r.over(e, part)
		case "when":
			r.inside.when = both(outer.when, r.text(part.value))
		case "steps":
			steps = part.value
		default:
			r.problem(position(part.at), "a step with \"each\" has nothing called %q", part.key)
		}
	}
	defer func() { r.inside = outer }()
	switch {
	case outer.each != nil:
		r.problem(e.at, "an each cannot stand in another")
		return
	case steps == nil:
		r.problem(e.at, "say what is repeated: add \"steps:\"")
		return
	}
	says := r.says
	r.inside.each = e
	for r.inside.item = 1; r.inside.item <= maxItems; r.inside.item++ {
		r.says = says // the same steps have the same names, and the same problems: see compile
		r.steps(steps)
	}
}

// over reads "child in case.children".
func (r *scriptReader) over(e *each, part entry) {
	text := r.text(part.value)
	if n, err := fmt.Sscanf(text, "%s in %s", &e.variable, &e.over); n != 2 || err != nil || !namePattern.MatchString(e.variable) {
		r.problem(position(part.value), "say what is repeated for what, like \"child in case.children\" or \"child in how_many\"")
	}
	if e.over == "case.children" {
		e.over = ""
	}
}
