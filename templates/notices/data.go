package notices

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// wanted is how a value of each kind is written in JSON.
var wanted = map[Kind]string{
	TextKind:   `text, like "Sam"`,
	WordsKind:  `words in both languages, like {"en": "a month", "cy": "y mis"}`,
	MoneyKind:  `an amount in pounds as text, like "178.50"`,
	DateKind:   `a date, like "2026-12-15"`,
	NumberKind: `a whole number, like 2`,
	FlagKind:   `true or false`,
	ListKind:   `a list of texts, like ["Jo", "Sam"]`,
	TableKind:  `a list of rows, like [{"en": "Rent", "cy": "Rhent", "figure": "£10"}]`,
}

// ReadData reads a notice's data from JSON as people write it: an object of
// values by name, each as its field's kind wants it. Names are compared as in a
// notice's words, and what the notice does not need is passed over. The error
// names every field that is missing or cannot be read.
func ReadData(n *Notice, content []byte) (Data, error) {
	return readData(n, content, true)
}

// ReadSome is ReadData of a part of a notice's data: what is missing is left out.
func ReadSome(n *Notice, content []byte) (Data, error) { return readData(n, content, false) }

func readData(n *Notice, content []byte, whole bool) (Data, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(content, &raw); err != nil {
		return nil, fmt.Errorf("reading data of notice %s: %w", n.Name, err)
	}
	values := make(map[string]json.RawMessage, len(raw))
	for name, value := range raw {
		values[fold(name)] = value
	}
	data := make(Data, len(n.Fields))
	var problems []error
	for _, f := range n.Fields {
		value, ok := values[fold(f.Name)]
		if !ok {
			if whole {
				problems = append(problems, fmt.Errorf("%s: %w", f.Name, ErrMissing))
			}
			continue
		}
		v, err := readValue(f.Kind, value)
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: want %s", f.Name, wanted[f.Kind]))
			continue
		}
		data[f.Name] = v
	}
	if err := errors.Join(problems...); err != nil {
		return nil, err
	}
	return data, nil
}

// errNotSo is a value that is written in another way; what is wanted is said by
// who asks.
var errNotSo = errors.New("not so")

func readValue(kind Kind, raw json.RawMessage) (Value, error) {
	switch kind {
	case WordsKind:
		var w struct{ En, Cy string }
		if err := json.Unmarshal(raw, &w); err != nil || w.En == "" || w.Cy == "" {
			return Value{}, errNotSo
		}
		return Words(w.En, w.Cy), nil
	case NumberKind:
		n, err := strconv.ParseInt(string(raw), 10, 64)
		return Number(n), err
	case FlagKind:
		var set *bool
		if err := json.Unmarshal(raw, &set); err != nil || set == nil {
			return Value{}, errNotSo
		}
		return Flag(*set), nil
	case ListKind:
		var items []string
		if err := json.Unmarshal(raw, &items); err != nil || items == nil {
			return Value{}, errNotSo
		}
		return List(items...), nil
	case TableKind:
		var rows []Row
		if err := json.Unmarshal(raw, &rows); err != nil || rows == nil || slices.ContainsFunc(rows, Row.incomplete) {
			return Value{}, errNotSo
		}
		return Table(rows...), nil
	}
	var s *string
	if err := json.Unmarshal(raw, &s); err != nil || s == nil {
		return Value{}, errNotSo
	}
	return readText(kind, *s)
}

func (r Row) incomplete() bool { return r.English == "" || r.Welsh == "" }

var pounds = regexp.MustCompile(`^\d{1,12}(\.\d\d)?$`)

// readText reads what is written as text.
func readText(kind Kind, s string) (Value, error) {
	switch kind {
	case MoneyKind:
		if !pounds.MatchString(s) {
			return Value{}, errNotSo
		}
		whole, part, found := strings.Cut(s, ".")
		if !found {
			part = "00"
		}
		pence, err := strconv.ParseInt(whole+part, 10, 64)
		return Money(pence), err
	case DateKind:
		day, err := time.Parse(time.DateOnly, s)
		return Day(day.Year(), int(day.Month()), day.Day()), err
	}
	return Text(s), nil
}

// MadeUp is data to show a notice with. Of flags that follow one another, which
// are alternatives, the first is set.
func (n *Notice) MadeUp() Data {
	data := make(Data, len(n.Fields))
	for i, f := range n.Fields {
		if f.Kind == FlagKind {
			data[f.Name] = Flag(i == 0 || n.Fields[i-1].Kind != FlagKind)
			continue
		}
		data[f.Name] = madeUp[f.Kind]
	}
	return data
}

var madeUp = map[Kind]Value{
	TextKind:   Text("Sam Example"),
	WordsKind:  Words("(words)", "(geiriau)"),
	MoneyKind:  Money(178_50),
	DateKind:   Day(2026, 12, 15),
	NumberKind: Number(2),
	ListKind:   List("Jo", "Sam"),
	TableKind:  Table(Row{"First row", "Rhes gyntaf", "£100.00"}, Row{"Second row", "Ail res", "£78.50"}),
}
