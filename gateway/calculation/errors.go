package calculation

import "errors"

// InputError is an input that cannot be right.
type InputError struct {
	Field   string // its path in the wire form: receiving_parents[0].children[1].shared_care_nights
	Problem string // the rest of a sentence that begins with the field
}

func (e *InputError) Error() string {
	if e.Field == "" {
		return "the case " + e.Problem
	}
	return e.Field + " " + e.Problem
}

// errOverflow cannot happen within the bounds of Validate; it is an error and
// not a panic so that a mistake in those bounds harms one case only.
var errOverflow = errors.New("the numbers are too large to calculate with")

var errIncomeMissing = &InputError{"gross_weekly_income", "is needed: give a weekly, annual, historic or current income"}
