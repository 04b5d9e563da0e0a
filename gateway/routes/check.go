package routes

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/gateway/rulefile"
	"parley/templates"
)

// Known is what a table may name.
type Known struct {
	Intents   []string
	Wishes    []string
	Pointers  []string
	Dialogs   []*dialogs.Dialog
	Work      []string
	Signposts *Signposts
}

// Check finds what is wrong with a table: an intent of some writer that no row
// or more than one leads on, a name of nothing, a dialog that is not for whom it
// is meant. The error joins a *rulefile.Problem for each.
func (t *Table) Check(known Known) error {
	c := checking{table: t, known: known, dialogs: map[string]*dialogs.Dialog{}}
	for _, d := range known.Dialogs {
		c.dialogs[d.Name] = d
	}
	for _, r := range slices.Concat(t.cues, t.intents) {
		c.names(r)
		c.destination(r)
	}
	c.once()
	c.cues()
	for _, name := range slices.Sorted(maps.Keys(t.names)) {
		if !t.Named(name) {
			c.found(1, "%q has a name, and nothing leads there", name)
		}
	}
	return errors.Join(c.problems...)
}

type checking struct {
	table    *Table
	known    Known
	dialogs  map[string]*dialogs.Dialog
	problems []error
}

func (c *checking) found(line int, format string, values ...any) {
	c.problems = append(c.problems, &rulefile.Problem{File: c.table.file, Line: line, Message: fmt.Sprintf(format, values...)})
}

func (c *checking) names(r row) {
	for what, unknown := range map[string][]string{
		"intent": unknownIn(r.intent, c.known.Intents), "wish": unknownIn(r.wish, c.known.Wishes), "pointer": unknownIn(r.pointer, c.known.Pointers),
	} {
		for _, name := range unknown {
			c.found(r.line, "there is no %s %q", what, name)
		}
	}
	if r.to.Work != "" && !slices.Contains(c.known.Work, r.to.Work) {
		c.found(r.line, "there is no kind of work %q", r.to.Work)
	}
	if r.to.Signpost != "" && !c.known.Signposts.has(r.to.Signpost) {
		c.found(r.line, "there is no signpost %q", r.to.Signpost)
	}
}

// destination looks at the dialog that a row leads to.
func (c *checking) destination(r row) {
	if r.to.Dialog == "" {
		return
	}
	d, ok := c.dialogs[r.to.Dialog]
	if !ok {
		c.found(r.line, "there is no dialog %q", r.to.Dialog)
		return
	}
	for _, w := range writers() {
		switch {
		case !r.by(w):
		case w.Parent == "" && (d.For != "" || d.Identity != directory.Unknown.String()):
			c.found(r.line, "%s is not for somebody whom nobody knows", d.Name)
			return
		case w.Parent != "" && d.For != "" && d.For != string(w.Parent):
			c.found(r.line, "%s is not for a %s", d.Name, w.Parent)
			return
		}
	}
	if given := (dialogs.Facts{Given: r.to.With, Language: templates.English}); len(r.to.With) > 0 {
		if _, err := d.Given(given); err != nil {
			c.found(r.line, "%s does not take these answers: %v", d.Name, err)
		}
	}
	for _, language := range templates.Languages() {
		if c.table.Name(d.Name, language) == "" {
			c.found(r.line, "%s has no name in %s to choose it by, see names", d.Name, language)
		}
		if telltale := templates.Telltale(c.table.Name(d.Name, language)); telltale != "" {
			c.found(r.line, "the name of %s has %q, which a bystander could read", d.Name, telltale)
		}
	}
}

// once looks whether each intent of each writer has exactly one row, and says of
// each intent the first that has not.
func (c *checking) once() {
	for _, intent := range c.known.Intents {
		if says, line := c.astray(intent); says != "" {
			c.found(line, "%s: %s", intent, says)
		}
	}
}

func (c *checking) astray(intent string) (says string, line int) {
	for _, w := range writers() {
		for _, of := range []Whose{"", Own, Other} {
			var rows []row
			for _, r := range c.table.intents {
				if r.about(Message{Intent: intent, Of: of}) && r.by(w) {
					rows = append(rows, r)
				}
			}
			switch {
			case len(rows) == 0:
				return fmt.Sprintf("no row for %s, %s, %s, told of %s", parent(w.Parent), w.Identity, w.State, whose(of)), 1
			case len(rows) > 1:
				return fmt.Sprintf("line %d leads there too for %s, %s, %s, told of %s", rows[0].line, parent(w.Parent), w.Identity, w.State, whose(of)), rows[1].line
			}
		}
	}
	return "", 0
}

// writers are all that there can be: of whom nobody knows, nothing else is known.
func writers() []Writer {
	all := []Writer{{}}
	for _, role := range []directory.Role{directory.Paying, directory.Receiving} {
		for _, identity := range []directory.Identity{directory.Known, directory.Confirmed, directory.Checked} {
			for _, state := range allStates {
				all = append(all, Writer{role, identity, State(state)})
			}
		}
	}
	return all
}

// cues looks for cues that never come first: all that they hold for, one above
// them takes.
func (c *checking) cues() {
	for i, r := range c.table.cues {
		for _, above := range c.table.cues[:i] {
			if above.takes(r) {
				c.found(r.line, "line %d takes all that this row is for", above.line)
			}
		}
	}
}

// takes reports whether a row holds wherever another does.
func (r row) takes(other row) bool {
	within := func(column, other []string) bool {
		return len(column) == 0 || len(other) > 0 && len(unknownIn(other, column)) == 0
	}
	said := make([]string, len(r.words))
	for i, p := range r.words {
		said[i] = fmt.Sprint(p)
	}
	meant := make([]string, len(other.words))
	for i, p := range other.words {
		meant[i] = fmt.Sprint(p)
	}
	return within(r.intent, other.intent) && within(r.of, other.of) && within(r.wish, other.wish) && within(r.pointer, other.pointer) &&
		within(r.parent, other.parent) && within(r.identity, other.identity) && within(r.state, other.state) && within(said, meant)
}
