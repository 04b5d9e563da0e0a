package dialogs

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// GivenError says that a given fact is not the value of any question.
type GivenError struct {
	Name string
	Err  error // nil: there is no such question
}

// Error names the fact and says what would be read, but not what was given.
func (e *GivenError) Error() string {
	var unread *answers.Error
	switch {
	case e.Err == nil:
		return fmt.Sprintf("no question is called %q", e.Name)
	case errors.As(e.Err, &unread):
		return fmt.Sprintf("what is given for %q cannot be read: %s", e.Name, unread.Words(templates.English))
	default:
		return fmt.Sprintf("what is given for %q cannot be read: %v", e.Name, e.Err)
	}
}

// Unwrap is why it cannot be read.
func (e *GivenError) Unwrap() error { return e.Err }

// given reads the facts that are given at the beginning, in the order of their
// names. They are as a person would write them, in the person's language.
func (d *Dialog) given(facts Facts) ([]Answer, error) {
	var read []Answer
	in := answers.Context{Today: facts.Today, Language: d.Spoken(facts.Language)}
	for _, name := range slices.Sorted(maps.Keys(facts.Given)) {
		i, ok := d.question(name)
		if !ok {
			return nil, &GivenError{Name: name}
		}
		s := &d.steps[i]
		r, err := s.answer.read(facts.Given[name], &s.choices, in)
		if err == nil && r.doubt != noDoubt { // and nobody can be asked what was meant
			err = &outside{name: sayExact}
		}
		if err != nil {
			return nil, &GivenError{Name: name, Err: err}
		}
		read = append(read, Answer{Step: i, Value: r.value})
	}
	return read, nil
}

// Given checks facts that are given for a dialog that will begin later, as
// Advance would read them now, and writes them down; ParseGiven reads them
// back. The error is a *GivenError.
func (d *Dialog) Given(facts Facts) ([]byte, error) {
	read, err := d.given(facts)
	if err != nil {
		return nil, err
	}
	exact := make(map[string]string, len(read))
	for _, a := range read {
		exact[d.steps[a.Step].name] = a.Value.exact()
	}
	return json.Marshal(exact)
}

// exact is a value as a person could write it, so that it reads the same again.
func (v Value) exact() string {
	switch {
	case v.Kind != ManyValue:
		return v.words(templates.English)
	case len(v.Many) == 0:
		return "none"
	}
	return strings.Join(v.Many, ", ")
}

// ParseGiven reads what Given wrote. Anything else is nothing given.
func ParseGiven(b []byte) map[string]string {
	var given map[string]string
	if json.Unmarshal(b, &given) != nil {
		return nil
	}
	return given
}
