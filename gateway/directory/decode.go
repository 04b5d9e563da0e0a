package directory

import (
	"encoding"
	"errors"
	"reflect"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"parley/gateway/calculation"
)

// Decode reads one case record in its JSON form, checks it and brings phone
// numbers, email addresses, postcodes and names to their normal form. The
// error is a *FieldError.
//
// The JSON is that of RFC 7493: names are written exactly, none twice, in
// UTF-8. A field that is not known is an error. Amounts are decimal pounds, as
// text or as a plain number, and never pass through floating point.
//
// The PIN stays in the record until Seal replaces it.
func Decode(record []byte) (Case, error) {
	var c Case
	if err := json.Unmarshal(record, &c, json.RejectUnknownMembers(true), amountsAsWritten()); err != nil {
		return Case{}, fieldError(err)
	}
	if err := c.normalise(); err != nil {
		return Case{}, err
	}
	return c, nil
}

// amountsAsWritten reads an amount from its digits, whether it is text or a
// plain number.
func amountsAsWritten() json.Options {
	return json.WithUnmarshalers(json.UnmarshalFromFunc(func(d *jsontext.Decoder, amount *calculation.Money) error {
		token, err := d.ReadToken()
		if err != nil {
			return err
		}
		switch token.Kind() {
		case 'n': // null
			return nil
		case '"', '0':
			err = amount.UnmarshalText([]byte(token.String()))
		default:
			err = amount.UnmarshalText(nil)
		}
		if err != nil {
			return &FieldError{Problem: err.Error()}
		}
		return nil
	}))
}

// fieldError says in words for people what the reader of JSON found.
func fieldError(err error) *FieldError {
	if e, ok := errors.AsType[*json.SemanticError](err); ok {
		return &FieldError{Field: fieldPath(e.JSONPointer), Problem: mismatch(e)}
	}
	e, ok := errors.AsType[*jsontext.SyntacticError](err)
	switch {
	case ok && errors.Is(e.Err, jsontext.ErrDuplicateName):
		return &FieldError{Field: fieldPath(e.JSONPointer), Problem: "is there twice"}
	case ok:
		return &FieldError{Field: fieldPath(e.JSONPointer), Problem: "is not well-formed JSON"}
	}
	return &FieldError{Problem: "is not well-formed JSON"}
}

// mismatch is the problem of a value that does not fit its field.
func mismatch(e *json.SemanticError) string {
	if own, ok := errors.AsType[*FieldError](e.Err); ok {
		return own.Problem
	}
	switch {
	case errors.Is(e.Err, json.ErrUnknownName):
		return "is not a known field"
	case reflect.PointerTo(e.GoType).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		if e.JSONKind == '"' {
			return e.Err.Error() // the type's own words
		}
		return "must be text"
	}
	switch e.GoType.Kind() {
	case reflect.String:
		return "must be text"
	case reflect.Bool:
		return "must be true or false"
	case reflect.Int:
		return "must be a whole number"
	case reflect.Slice:
		return "must be a list"
	default:
		return "must be an object"
	}
}

// fieldPath writes a JSON pointer (RFC 6901) as receiving_parents[0].phone.
func fieldPath(pointer jsontext.Pointer) string {
	var path strings.Builder
	for token := range pointer.Tokens() {
		switch {
		case token != "" && strings.Trim(token, "0123456789") == "":
			path.WriteString("[" + token + "]")
		case path.Len() > 0:
			path.WriteString("." + token)
		default:
			path.WriteString(token)
		}
	}
	return path.String()
}
