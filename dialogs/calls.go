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
		{ // gives the answers to the team that owns the case, with a date to write by
			name:    "report",
			params:  []param{{name: "kind"}},
			example: Group(Field{"reference", Text("CM-EXAMPLE")}, Field{"due", Day(answers.Date{Year: 2026, Month: 12, Day: 21})}),
			writes:  true,
		},
	}
}

// calculateExample is for two children who stay 104 nights, at £450 a week.
func calculateExample() Value {
	return Group(
		Field{"weekly_amount", Amount(5143)},
		Field{"rate", Words("the basic rate", "y gyfradd sylfaenol")},
		Field{"with_fee", Amount(6172)},  // what the parent who pays would pay if we collected it
		Field{"after_fee", Amount(4937)}, // and what the other would get
		Field{"income", Words("The weekly income is £450.00.", "Yr incwm wythnosol yw £450.00.")},
		Field{"children", Words("", "")},
		Field{"nights", Words("A child stays with the paying parent 104 nights a year. That takes 2/7 off for this child.",
			"Mae plentyn yn aros gyda'r rhiant sy'n talu 104 noson y flwyddyn. Mae hynny'n tynnu 2/7 i'r plentyn hwn.")},
		Field{"sum", Words("The basic rate applies. Children: 2. The part of the income to pay is 16%: £450.00 x 16% = £72.00 a week.",
			"Y gyfradd sylfaenol sy'n gymwys. Plant: 2. Y rhan o'r incwm i'w thalu yw 16%: £450.00 x 16% = £72.00 yr wythnos.")},
	)
}

// explainExample is for a paying parent of one child, by Direct Pay.
func explainExample() Value {
	return Group(
		Field{"paying", YesNo(true)}, // the person is the paying parent
		Field{"weekly_amount", Amount(6312)},
		Field{"rate", Words("the basic rate", "y gyfradd sylfaenol")},
		Field{"since", Words("6 April 2026", "6 Ebrill 2026")}, // no words: not known
		Field{"collected", YesNo(false)},
		Field{"after_fee", Amount(6312)}, // what they pay, or get, with the fee for collecting
		Field{"paid_for", Number(1)},
		Field{"others", Number(0)},
		Field{"income", Words("The weekly income is £613.70. It is based on a past tax year.",
			"Yr incwm wythnosol yw £613.70. Mae'n seiliedig ar flwyddyn dreth a fu.")},
		Field{"children", Words("", "")},
		Field{"nights", Words("A child stays with the paying parent 60 nights a year. That takes 1/7 off for this child.",
			"Mae plentyn yn aros gyda'r rhiant sy'n talu 60 noson y flwyddyn. Mae hynny'n tynnu 1/7 i'r plentyn hwn.")},
		Field{"sum", Words("The basic rate applies. Children: 1. The part of the income to pay is 12%: £613.70 x 12% = £73.64 a week.",
			"Y gyfradd sylfaenol sy'n gymwys. Plant: 1. Y rhan o'r incwm i'w thalu yw 12%: £613.70 x 12% = £73.64 yr wythnos.")},
	)
}

// accountExample is for a paying parent whose payments are collected each month.
// Of an earlier payment that is not there the fields say nothing.
func accountExample() Value {
	monthly := Amount(18_000)
	monthly.Period = answers.Month
	return Group(
		Field{"receives", YesNo(false)}, // the person is a receiving parent
		Field{"direct", YesNo(false)},   // the parents pay each other: no balance is known
		Field{"due", YesNo(true)},       // there is something to pay at all
		Field{"regular", monthly},
		Field{"next_due", Day(answers.Date{Year: 2026, Month: 12, Day: 15})},
		Field{"next_amount", Amount(18_000)},
		Field{"since", Day(answers.Date{Year: 2026, Month: 4, Day: 6})}, // from when payments count
		Field{"behind", YesNo(false)},
		Field{"ahead", YesNo(false)},
		Field{"balance", Amount(0)}, // behind or ahead by
		Field{"last", YesNo(true)},
		Field{"last_day", Day(answers.Date{Year: 2026, Month: 11, Day: 15})},
		Field{"last_amount", Amount(18_000)},
		Field{"second", YesNo(true)},
		Field{"second_day", Day(answers.Date{Year: 2026, Month: 10, Day: 15})},
		Field{"second_amount", Amount(18_000)},
		Field{"third", YesNo(true)},
		Field{"third_day", Day(answers.Date{Year: 2026, Month: 9, Day: 15})},
		Field{"third_amount", Amount(18_000)},
	)
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
