package dialogs

import (
	"fmt"
	"slices"
	"strings"
)

// Problem is something wrong with a script, where it stands, in a sentence for
// the person who writes it.
type Problem struct {
	File         string
	Line, Column int
	Message      string
}

// String is "file:line: message", the form that editors follow.
func (p Problem) String() string {
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// Problems is every problem found, in the order of the files.
type Problems []Problem

// Error lists the problems, a line each.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.String()
	}
	return strings.Join(lines, "\n")
}

// sorted orders problems by where they stand.
func (ps Problems) sorted() Problems {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		if c := strings.Compare(a.File, b.File); c != 0 {
			return c
		}
		return a.Line - b.Line
	})
	return ps
}
