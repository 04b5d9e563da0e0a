package dialogs

import (
	"parley/dialogs/answers"
)

// Signature is what a call step may call: what it takes and what it gives. The
// gateway carries calls out; the language only knows their types, so that a
// script is checked before it is used.
type Signature struct {
	Name     string
	Params   []Param
	Example  Value // a result, for transcripts that give none; its fields are the result's
	Private  bool  // the result is the person's own, whatever it was computed from
	Writes   bool  // it changes a record: done once for each conversation and step
	Sentence string
}

// Param is one thing that a call takes: an answer of a kind, or words.
type Param struct {
	Name string
	Kind Kind // NoValue: words of the script
}

// Signatures lists every call.
func Signatures() []Signature {
	return []Signature{
		{
			Name:     "estimate",
			Sentence: "works out what might be payable each week, from the case and this pay",
			Params:   []Param{{"pay", MoneyValue}},
			Private:  true,
			Example: Group(
				Field{"weekly_amount", Amount(4100)},
				Field{"changes", YesNo(true)},
			),
		},
		{
			Name:     "compare",
			Sentence: "compares this pay with the income that is known, by the 25% test (CR 34)",
			Params:   []Param{{"pay", MoneyValue}},
			Private:  true,
			Example: Group(
				Field{"historic", Amount(3_200_000)},
				Field{"tax_year", Text("2025-26")},
				Field{"differs", YesNo(true)},
				Field{"employers", Amount(0)},
				Field{"source", Text("case record")},
			),
		},
		{
			Name:     "report",
			Sentence: "gives the answers to the team that owns the case, with a date to write by",
			Params:   []Param{{"kind", NoValue}},
			Writes:   true,
			Example: Group(
				Field{"reference", Text("CM-EXAMPLE")},
				Field{"due", Day(answers.Date{Year: 2026, Month: 12, Day: 21})},
			),
		},
	}
}

func signature(name string) (Signature, bool) {
	for _, s := range Signatures() {
		if s.Name == name {
			return s, true
		}
	}
	return Signature{}, false
}

// Call asks the gateway for something outside the dialog. Its result comes
// back as the next Input.
type Call struct {
	Name  string
	Step  int
	Key   string  // the step's path: with the conversation's id it names the effect
	With  []Field // answers, and words of the script
	Write bool
}
