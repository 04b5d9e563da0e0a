package dialogs

import (
	"encoding/json"
	"strconv"

	"parley/dialogs/answers"
	"parley/templates"
)

// Kind is the kind of a value.
type Kind uint8

// The kinds of values that answers and results have.
const (
	NoValue Kind = iota
	TextValue
	ChoiceValue
	YesNoValue
	NumberValue
	MoneyValue // with or without a period
	DateValue
	GroupValue  // named fields: what a call gave back
	NightsValue // nights a year
	ManyValue   // as many of the choices as apply
	ListValue   // of groups: the answers of an each, in reports and calls only
	WordsValue  // what a call says in words, in both languages
	FileValue   // files that the person sent
)

// Value is an answer, or a result of a call.
type Value struct {
	Kind   Kind
	Text   string // TextValue; ChoiceValue: the choice's value; NumberValue: decimal; NightsValue: whole
	Yes    bool
	Pence  answers.Pence
	Period answers.Period
	Date   answers.Date
	Fields []Field  // GroupValue: in order
	Many   []string // ManyValue: values of the choices, in the choices' order; WordsValue: English, Welsh; FileValue: ids
}

// Field is one named part of a group.
type Field struct {
	Name  string
	Value Value
}

// Text, Amount, Day, YesNo, Number and Words make values for results of calls.
func Text(s string) Value          { return Value{Kind: TextValue, Text: s} }
func Amount(p answers.Pence) Value { return Value{Kind: MoneyValue, Pence: p} }
func Day(d answers.Date) Value     { return Value{Kind: DateValue, Date: d} }
func YesNo(yes bool) Value         { return Value{Kind: YesNoValue, Yes: yes} }
func Number(n int) Value           { return Value{Kind: NumberValue, Text: strconv.Itoa(n)} }
func Words(en, cy string) Value    { return Value{Kind: WordsValue, Many: []string{en, cy}} }

// Group makes a value of named fields.
func Group(fields ...Field) Value { return Value{Kind: GroupValue, Fields: fields} }

// Field returns a named field of a group.
func (v Value) Field(name string) (Value, bool) {
	for _, f := range v.Fields {
		if f.Name == name {
			return f.Value, true
		}
	}
	return Value{}, false
}

// fact is the value as conditions see it: text, number, true or false; dates
// as 2026-11-01, which compare as text does; money as {pence, period}; many
// choices as a list of texts; words of ours as the English; files as "file".
func (v Value) fact() any {
	switch v.Kind {
	case YesNoValue:
		return v.Yes
	case ManyValue:
		return v.Many
	case WordsValue:
		return v.Many[0]
	case FileValue:
		return fileFact
	case NumberValue, NightsValue:
		n, _ := strconv.ParseFloat(v.Text, 64) // a decimal that was read
		return n
	case MoneyValue:
		return map[string]any{"pence": int(v.Pence), "period": string(v.Period)}
	case DateValue:
		return v.Date.String()
	case GroupValue:
		group := make(map[string]any, len(v.Fields))
		for _, f := range v.Fields {
			group[f.Name] = f.Value.fact()
		}
		return group
	default:
		return v.Text
	}
}

// fileFact is what a condition sees where files were sent.
const fileFact = "file"

// words is the value as a person reads it. Choices are worded by their step.
func (v Value) words(language templates.Language) string {
	switch v.Kind {
	case YesNoValue:
		return yesNoWords[language][v.Yes]
	case MoneyValue:
		return language.MoneyPer(int64(v.Pence), string(v.Period))
	case NightsValue:
		return standing(language, sayNights, "count", v.Text)
	case DateValue:
		return language.Date(v.Date.Year, v.Date.Month, v.Date.Day)
	case WordsValue:
		if language == templates.Welsh {
			return v.Many[1]
		}
		return v.Many[0]
	case FileValue:
		return standing(language, sayHaveFiles)
	default:
		return v.Text
	}
}

// appendJSON writes the value as reports and transcripts carry it: money as a
// decimal string in pounds (with its period, a group), dates as 2026-11-01. A
// space follows each colon and comma.
func (v Value) appendJSON(b []byte) []byte {
	switch v.Kind {
	case NoValue:
		return append(b, "null"...)
	case YesNoValue:
		return strconv.AppendBool(b, v.Yes)
	case NumberValue, NightsValue:
		return append(b, v.Text...)
	case ManyValue, FileValue:
		return appendList(b, v.Many)
	case WordsValue:
		return appendFields(b, []Field{{"en", Text(v.Many[0])}, {"cy", Text(v.Many[1])}})
	case MoneyValue:
		if v.Period == "" {
			return appendString(b, v.Pence.Pounds())
		}
		b = append(b, `{"amount": `...)
		b = appendString(b, v.Pence.Pounds())
		b = append(b, `, "period": `...)
		b = appendString(b, string(v.Period))
		return append(b, '}')
	case DateValue:
		return appendString(b, v.Date.String())
	case GroupValue:
		return appendFields(b, v.Fields)
	case ListValue:
		b = append(b, '[')
		for i, item := range v.Fields {
			if i > 0 {
				b = append(b, ", "...)
			}
			b = item.Value.appendJSON(b)
		}
		return append(b, ']')
	default:
		return appendString(b, v.Text)
	}
}

// MarshalJSON is the form of appendJSON.
func (v Value) MarshalJSON() ([]byte, error) { return v.appendJSON(nil), nil }

func appendFields(b []byte, fields []Field) []byte {
	b = append(b, '{')
	for i, f := range fields {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendString(b, f.Name)
		b = append(b, ": "...)
		b = f.Value.appendJSON(b)
	}
	return append(b, '}')
}

func appendList(b []byte, list []string) []byte {
	b = append(b, '[')
	for i, item := range list {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = appendString(b, item)
	}
	return append(b, ']')
}

func appendString(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c >= 0x7f {
			quoted, _ := json.Marshal(s) // a string always marshals
			return append(b, quoted...)
		}
	}
	b = append(b, '"')
	b = append(b, s...)
	return append(b, '"')
}
