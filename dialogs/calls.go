package dialogs

import "parley/dialogs/answers"

// Call asks the gateway for something outside the dialog. Its result comes
// back as the next Input.
type Call struct {
	Name  string
	Step  int
	Key   string  // the step's key: with the conversation's id it names the effect
	With  []Field // answers, and words of the script
	Write bool    // it changes a record: done once for each conversation and key
}

// signature is what a call step may call: what it takes and what it gives. The
// gateway carries calls out; the language only knows their types, so that a
// script is checked before it is used.
type signature struct {
	name        string
	params      []param
	example     Value // a result, for transcripts that give none; its fields are the result's
	readsRecord bool  // the result tells what the case record holds
	writes      bool  // it changes a record
}

// param is one thing that a call takes: an answer of a kind, or words.
type param struct {
	name     string
	kind     Kind // NoValue: words of the script
	optional bool // the call does without it
	list     bool // all the answers of a question that is repeated
}

// signatures lists every call.
func signatures() []signature {
	return []signature{
		{ // works out what might be payable each week, from the case and this pay
			name:        "estimate",
			params:      []param{{name: "pay", kind: MoneyValue}},
			example:     Group(Field{"weekly_amount", Amount(4100)}, Field{"changes", YesNo(true)}),
			readsRecord: true,
		},
		{ // compares this pay with the income that is known, by the 25% test (CR 34)
			name:   "compare",
			params: []param{{name: "pay", kind: MoneyValue}},
			example: Group(
				Field{"historic", Amount(3_200_000)},
				Field{"tax_year", Text("2025-26")},
				Field{"differs", YesNo(true)},
				Field{"employers", Amount(0)},
				Field{"source", Text("case record")},
			),
			readsRecord: true,
		},
		{ // an estimate for anybody, from nothing but what they say; without a pay, on a benefit
			name: "calculate",
			params: []param{
				{name: "pay", kind: MoneyValue, optional: true}, {name: "children", kind: NumberValue},
				{name: "nights", kind: NightsValue}, {name: "others", kind: NumberValue},
			},
			example: calculateExample(),
		},
		{ // how a person's amount is worked out, as far as that person may be told
			name:        "explain",
			example:     explainExample(),
			readsRecord: true,
		},
		{ // whether nights could alter the amount, for children on the case by their first names
			name: "nights_band",
			params: []param{
				{name: "children", kind: TextValue, list: true}, {name: "whose", kind: ChoiceValue},
				{name: "nights", kind: NightsValue, list: true},
			},
			example:     Group(Field{"matters", YesNo(true)}),
			readsRecord: true,
		},
		{ // where the person stands with the payment plan
			name:        "account",
			example:     accountExample(),
			readsRecord: true,
		},
		{ // what of the person's still waits for us, and by when we promised
			name:        "progress",
			example:     progressExample(),
			readsRecord: true,
		},
		{ // by when a decision of this day can be asked to be looked at again (CR 14)
			name:    "reconsideration",
			params:  []param{{name: "decided", kind: DateValue}},
			example: Group(Field{"by", Day(answers.Date{Year: 2026, Month: 12, Day: 3})}, Field{"late", YesNo(false)}),
		},
		{ // gives the answers to the team that owns the case, with a date to write by
			name:    "report",
			params:  []param{{name: "kind"}},
			example: Group(Field{"reference", Text("CM-EXAMPLE")}, Field{"due", Day(answers.Date{Year: 2026, Month: 12, Day: 21})}),
			writes:  true,
		},
	}
}

func signatureOf(call string) (signature, bool) {
	for _, s := range signatures() {
		if s.name == call {
			return s, true
		}
	}
	return signature{}, false
}

func callNames() []string {
	var names []string
	for _, s := range signatures() {
		names = append(names, s.name)
	}
	return names
}

// like reports whether a value has the shape of another: its kind, and all of
// its fields.
func (v Value) like(example Value) bool {
	for _, want := range example.Fields {
		if got, ok := v.Field(want.Name); !ok || !got.like(want.Value) {
			return false
		}
	}
	return v.Kind == example.Kind && (v.Kind != DateValue || v.Date.Valid())
}
