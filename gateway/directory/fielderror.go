package directory

// FieldError is a record that cannot be right. It never holds a value of
// the record, which may be personal.
type FieldError struct {
	Field   string // its path, like receiving_parents[0].phone; empty: the whole record
	Problem string // words for people that follow the field's name
}

// Error says which field is wrong and why.
func (e *FieldError) Error() string {
	if e.Field == "" {
		return "the record " + e.Problem
	}
	return e.Field + " " + e.Problem
}
