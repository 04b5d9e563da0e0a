package calculation

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
)

// reader reads one JSON value strictly: unknown and repeated fields are
// errors, and every error names its field by its path. Amounts are kept as
// the text that was sent, so no number passes through floating point.
type reader struct {
	tokens *json.Decoder
	path   []byte
}

func newReader(text []byte) *reader {
	tokens := json.NewDecoder(bytes.NewReader(text))
	tokens.UseNumber()
	return &reader{tokens: tokens}
}

func (r *reader) fail(problem string) error {
	return &InputError{Field: string(r.path), Problem: problem}
}

func (r *reader) next() (json.Token, error) {
	token, err := r.tokens.Token()
	if err != nil {
		return nil, r.fail("is not well-formed JSON, one case on a line")
	}
	return token, nil
}

// object calls field for each field of an object, which reads its value. It
// answers errUnknownField for a name it does not know.
func (r *reader) object(field func(name string) error) error {
	token, err := r.next()
	if err != nil {
		return err
	}
	if token != json.Delim('{') {
		return r.fail("must be an object: { … }")
	}
	var seen []string
	for r.tokens.More() {
		key, err := r.next()
		if err != nil {
			return err
		}
		name := key.(string) // the decoder has checked that keys are strings
		length := len(r.path)
		if length > 0 {
			r.path = append(r.path, '.')
		}
		r.path = append(r.path, name...)
		if slices.Contains(seen, name) {
			return r.fail("is there twice")
		}
		seen = append(seen, name)
		switch err := field(name); {
		case errors.Is(err, errUnknownField):
			return r.fail("is not a field of a case")
		case err != nil:
			return err
		}
		r.path = r.path[:length]
	}
	_, err = r.next()
	return err
}

var errUnknownField = errors.New("unknown field")

// list calls item for each element of a list, which reads it.
func (r *reader) list(item func() error) error {
	token, err := r.next()
	if err != nil || token == nil {
		return err
	}
	if token != json.Delim('[') {
		return r.fail("must be a list: [ … ]")
	}
	length := len(r.path)
	for i := 0; r.tokens.More(); i++ {
		r.path = fmt.Appendf(r.path, "[%d]", i)
		if err := item(); err != nil {
			return err
		}
		r.path = r.path[:length]
	}
	_, err = r.next()
	return err
}

// end fails when something follows the value.
func (r *reader) end() error {
	if _, err := r.tokens.Token(); !errors.Is(err, io.EOF) {
		return r.fail("is followed by something else")
	}
	return nil
}

// The readers of single values leave the value as it is for null.

func (r *reader) text(to *string) error {
	token, err := r.next()
	switch value := token.(type) {
	case nil:
		return err
	case string:
		*to = value
		return nil
	}
	return r.fail("must be text")
}

// name reads what a fact is called, or "yes" without a name; "no" is no fact.
func (r *reader) name(to *string) error {
	err := r.text(to)
	if *to == "no" {
		*to = ""
	}
	return err
}

func (r *reader) yes(to *bool) error {
	token, err := r.next()
	switch value := token.(type) {
	case nil:
		return err
	case bool:
		*to = value
		return nil
	}
	return r.fail("must be true or false")
}

func (r *reader) count(to *int) error {
	token, err := r.next()
	if token == nil {
		return err
	}
	if number, ok := token.(json.Number); ok {
		if n, err := strconv.Atoi(number.String()); err == nil {
			*to = n
			return nil
		}
	}
	return r.fail("must be a whole number")
}

// money reads an amount in pounds, as text or as a plain number.
func (r *reader) money(to *Money) error {
	token, err := r.next()
	var text string
	switch value := token.(type) {
	case nil:
		return err
	case string:
		text = value
	case json.Number:
		text = value.String()
	default:
		return r.fail(errMoneyForm.Error())
	}
	amount, err := ParseMoney(text)
	if err != nil {
		return r.fail(err.Error())
	}
	*to = amount
	return nil
}

// pay reads an amount for a period; null leaves it unknown.
func (r *reader) pay(to *Pay, per Period) error {
	const unread Money = -1
	amount := unread
	if err := r.money(&amount); err != nil || amount == unread {
		return err
	}
	if to.Known() {
		return r.fail("is given already, for another period")
	}
	*to = Pay{amount, per}
	return nil
}

func (r *reader) date(to *Date) error {
	var text string
	if err := r.text(&text); err != nil || text == "" {
		return err
	}
	date, err := ParseDate(text)
	if err != nil {
		return r.fail(err.Error())
	}
	*to = date
	return nil
}
