package notices

import (
	"encoding/json"
	"fmt"
	"strconv"

	"parley/templates"
)

// Kind is the type of a value, as notice.yaml names it.
type Kind string

// The types of values.
const (
	TextKind   Kind = "text"  // words of any language: a name, a reference
	WordsKind  Kind = "words" // words in both languages
	MoneyKind  Kind = "money" // pence; written with its pound sign
	DateKind   Kind = "date"
	NumberKind Kind = "number"
	FlagKind   Kind = "flag"  // decides whether ((flag??words)) are said
	ListKind   Kind = "list"  // read as "a, b and c"
	TableKind  Kind = "table" // rows, alone in its paragraph, by email and letter only
)

// Value is one value of a notice's data. The zero Value is none.
type Value struct {
	kind   Kind
	number int64 // pence, a number, or for a flag 1
	text   string
	welsh  string
	day    Date
	list   []string
	rows   []Row
}

// Date is a day of the calendar.
type Date struct {
	Year  int `json:"year"`
	Month int `json:"month"`
	Day   int `json:"day"`
}

// Row is one row of a table: what it says in both languages, and its figure.
type Row struct {
	English string `json:"en"`
	Welsh   string `json:"cy"`
	Figure  string `json:"figure,omitempty"`
}

// Values of each kind.
func Text(s string) Value               { return Value{kind: TextKind, text: s} }
func Words(english, welsh string) Value { return Value{kind: WordsKind, text: english, welsh: welsh} }
func Money(pence int64) Value           { return Value{kind: MoneyKind, number: pence} }
func Number(n int64) Value              { return Value{kind: NumberKind, number: n} }
func List(items ...string) Value        { return Value{kind: ListKind, list: items} }
func Table(rows ...Row) Value           { return Value{kind: TableKind, rows: rows} }

// Day is a date; month and day count from 1.
func Day(year, month, day int) Value {
	return Value{kind: DateKind, day: Date{year, month, day}}
}

// Flag is set or not.
func Flag(set bool) Value {
	v := Value{kind: FlagKind}
	if set {
		v.number = 1
	}
	return v
}

// Kind is the value's type.
func (v Value) Kind() Kind { return v.kind }

// In is the value in words of a language; nothing of a flag or a table.
func (v Value) In(language templates.Language) string { return string(v.appendWords(nil, language)) }

// appendWords writes the value as words of a language.
func (v Value) appendWords(dst []byte, language templates.Language) []byte {
	switch v.kind {
	case MoneyKind:
		return append(dst, templates.Money(v.number)...)
	case NumberKind:
		return strconv.AppendInt(dst, v.number, 10)
	case DateKind:
		return append(dst, language.Date(v.day.Year, v.day.Month, v.day.Day)...)
	case ListKind:
		return append(dst, language.List(v.list)...)
	case WordsKind:
		if language == templates.Welsh {
			return append(dst, v.welsh...)
		}
	}
	return append(dst, v.text...)
}

// Data is what a notice says beside its words: values by name.
type Data map[string]Value

// wire is a value as JSON.
type wire struct {
	Kind   Kind     `json:"kind"`
	Number int64    `json:"number,omitempty"`
	Text   string   `json:"text,omitempty"`
	Welsh  string   `json:"welsh,omitempty"`
	Day    *Date    `json:"day,omitempty"`
	List   []string `json:"list,omitempty"`
	Rows   []Row    `json:"rows,omitempty"`
}

// MarshalJSON writes a value so that UnmarshalJSON gives the same again.
func (v Value) MarshalJSON() ([]byte, error) {
	w := wire{Kind: v.kind, Number: v.number, Text: v.text, Welsh: v.welsh, List: v.list, Rows: v.rows}
	if v.kind == DateKind {
		w.Day = &v.day
	}
	return json.Marshal(w)
}

// UnmarshalJSON reads what MarshalJSON wrote.
func (v *Value) UnmarshalJSON(b []byte) error {
	var w wire
	if err := json.Unmarshal(b, &w); err != nil {
		return fmt.Errorf("reading a notice's value: %w", err)
	}
	*v = Value{kind: w.Kind, number: w.Number, text: w.Text, welsh: w.Welsh, list: w.List, rows: w.Rows}
	if w.Day != nil {
		v.day = *w.Day
	}
	return nil
}
