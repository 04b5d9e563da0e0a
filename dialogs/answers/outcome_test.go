package answers

import (
	"errors"
	"testing"

	"parley/templates"
)

// today is a Sunday.
var today = Date{2026, 11, 22}

var (
	inEnglish = Context{Today: today, Language: templates.English}
	inWelsh   = Context{Today: today, Language: templates.Welsh}
)

// row is one text and how it is read, in short: "410.00 week", with a question
// mark at the end when it must be confirmed, or "!" and the code of the error.
type row struct{ text, want string }

// outcome writes a reading the way rows do.
func outcome(value string, confirm bool, err error) string {
	var problem *Error
	switch {
	case errors.As(err, &problem):
		return "!" + string(problem.Code)
	case err != nil:
		return "!!" + err.Error()
	case confirm:
		return value + "?"
	}
	return value
}

// checkRows reads every row.
func checkRows(t *testing.T, rows []row, read func(text string) string) {
	t.Helper()
	seen := map[string]bool{}
	for _, r := range rows {
		if seen[r.text] {
			t.Errorf("%q stands twice in the table", r.text)
		}
		seen[r.text] = true
		if got := read(r.text); got != r.want {
			t.Errorf("%q is read as %s, want %s", r.text, got, r.want)
		}
	}
}
