package dialogs

import "fmt"

// coverage is which branches of a dialog its transcripts have walked.
type coverage struct {
	held, skipped, failed steps
}

func (c *coverage) trace(step int, held bool) {
	if held {
		c.held.add(step)
	} else {
		c.skipped.add(step)
	}
}

// branch is one way that a dialog can go: a step is come to, or passed by, or
// its call fails.
type branch struct {
	at     place
	walked bool
	format string
	key    string
}

// missing says that no transcript, or no path, walks the branch.
func (b branch) missing(what string) string { return fmt.Sprintf(b.format, what, b.key) }

// branches lists the branches of a dialog and which of them are walked. Those
// of a dialog that is run are for its own transcripts to walk: here it is
// enough that they come to it.
func (d *Dialog) branches(c *coverage) []branch {
	var list []branch
	for _, part := range d.parts {
		b := branch{at: place{1, 1}, format: "no %s walks the dialog %q that is run", key: part.name}
		for i := range d.steps {
			b.walked = b.walked || d.steps[i].part == part.name && c.held.has(i)
		}
		list = append(list, b)
	}
	for i := range d.steps {
		s := &d.steps[i]
		if !s.own() {
			continue
		}
		held := c.held.has(i)
		list = append(list, branch{s.at, held, "no %s walks step %q", s.key})
		if s.when != nil {
			list = append(list, branch{s.at, c.skipped.has(i), "no %s passes step %q by", s.key})
		}
		if s.kind == callStep {
			list = append(list, branch{s.at, c.failed.has(i), "in no %s the call of step %q fails", s.key})
		}
	}
	return list
}
