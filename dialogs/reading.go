package dialogs

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// reading is an answer as it was read.
type reading struct {
	value Value
	doubt doubt // what must be asked before it is taken
}

// same reports whether two readings come to the same.
func (r reading) same(other reading) bool {
	return r.doubt == other.doubt && r.value.Kind == other.value.Kind && bytes.Equal(r.value.appendJSON(nil), other.value.appendJSON(nil))
}

// outside is an answer that was read and is not one that the script takes.
type outside struct {
	name  phraseName
	pairs []string
}

// Error says which limit it was.
func (e *outside) Error() string { return standing(templates.English, e.name, e.pairs...) }

// read reads a person's words as this kind of answer. A failure is an
// *answers.Error or an *outside.
func (a *answerType) read(text string, c *choices, in answers.Context) (reading, error) {
	if v, ok := a.literal(text); ok {
		return reading{value: v}, nil
	}
	switch a.kind {
	case ChoiceValue:
		i, err := readIn(c, in.Language, func(list []answers.Choice) (int, error) { return answers.ReadChoice(text, list, in) })
		if err != nil {
			return reading{}, err
		}
		return reading{value: Value{Kind: ChoiceValue, Text: c.values[i]}}, nil
	case YesNoValue:
		yes, err := answers.ReadYesNo(text, in)
		return reading{value: YesNo(yes)}, err
	case MoneyValue:
		return a.readMoney(text, in)
	case DateValue:
		return a.readDate(text, in)
	case NumberValue:
		return a.readNumber(text, in)
	case NightsValue:
		n, err := answers.ReadNights(text, in)
		return reading{value: Value{Kind: NightsValue, Text: strconv.Itoa(n.PerYear)}, doubt: doubtIf(n.Confirm)}, err
	case ManyValue:
		return readMany(text, c, in)
	case FileValue:
		return reading{}, a.needsFile(in.Language)
	default:
		words, err := a.readForm(text, in)
		return reading{value: Text(words)}, err
	}
}

// readIn reads choices in the language of the conversation, or else in another
// that the dialog has: everybody may answer in either.
func readIn[T any](c *choices, language templates.Language, read func([]answers.Choice) (T, error)) (T, error) {
	chosen, err := read(c.in(language))
	if err == nil {
		return chosen, nil
	}
	for _, other := range templates.Languages() {
		if offered, ok := c.by[other]; ok && other != language {
			if chosen, err := read(offered.list); err == nil {
				return chosen, nil
			}
		}
	}
	return chosen, err
}

// readMany reads as many of the choices as apply; none is an answer too.
func readMany(text string, c *choices, in answers.Context) (reading, error) {
	chosen, err := readIn(c, in.Language, func(list []answers.Choice) ([]int, error) { return answers.ReadChoices(text, list, in) })
	if err != nil {
		return reading{}, err
	}
	slices.Sort(chosen)
	v := Value{Kind: ManyValue}
	for _, i := range chosen {
		v.Many = append(v.Many, c.values[i])
	}
	return reading{value: v}, nil
}

// literal takes one of the script's own words, in any of its languages.
func (a *answerType) literal(text string) (Value, bool) {
	if len(a.literals.words) == 0 || len(text) > longestCommand {
		return Value{}, false
	}
	text = plain(text)
	for _, word := range a.literals.words {
		if text == plain(word) {
			return Text(word), true
		}
		for language := range a.literals.in {
			if text == plain(a.literals.of(word, language)) {
				return Text(word), true
			}
		}
	}
	return Value{}, false
}

// readMoney. A doubt about the amount is not asked beside "how often": that
// question shows the amount, and another can be answered. Nothing is the same
// however often it is paid: it is asked back as nothing a week.
func (a *answerType) readMoney(text string, in answers.Context) (reading, error) {
	m, err := answers.ReadMoney(text, in)
	if err != nil {
		return reading{}, err
	}
	r := reading{value: Value{Kind: MoneyValue, Pence: m.Amount, Period: m.Period}}
	switch {
	case a.period && m.Period == "" && m.Amount == 0:
		r.value.Period, r.doubt = answers.Week, meant
	case a.period && m.Period == "":
		r.doubt = howOften
	case m.Confirm:
		r.doubt = meant
	}
	return r, nil
}

// readDate leans to what is still to come where only that will do. It does not
// lean to the past: "1 December", said in November, would be last year's.
func (a *answerType) readDate(text string, in answers.Context) (reading, error) {
	if a.after {
		in.Lean = answers.Future
	}
	d, err := answers.ReadDate(text, in)
	switch {
	case err != nil:
		return reading{}, err
	case a.notAfter && in.Today.Before(d.Date):
		return reading{}, &outside{name: sayNotAfterToday}
	case a.after && !in.Today.Before(d.Date):
		return reading{}, &outside{name: sayAfterToday}
	}
	return reading{value: Day(d.Date), doubt: doubtIf(d.Confirm)}, nil
}

func (a *answerType) readNumber(text string, in answers.Context) (reading, error) {
	n, err := answers.ReadNumber(text, in)
	if err != nil {
		return reading{}, err
	}
	if whole, ok := n.Value.Int(); a.ranged && (!ok || whole < a.from || whole > a.to) {
		return reading{}, &outside{name: sayRange, pairs: []string{"from", strconv.Itoa(a.from), "to", strconv.Itoa(a.to)}}
	}
	return reading{value: Value{Kind: NumberValue, Text: n.Value.String()}, doubt: doubtIf(n.Confirm)}, nil
}

// needsFile says which words do instead of a file.
func (a *answerType) needsFile(language templates.Language) *outside {
	words := make([]string, len(a.literals.words))
	for i, word := range a.literals.words {
		words[i] = strings.ToUpper(a.literals.of(word, language))
	}
	return &outside{name: sayNeedsWord, pairs: []string{"word", strings.Join(words, " / ")}}
}

// readForm reads a text that is more than words, in its normal form: a phone
// number as E.164, an address with a comma between its lines.
func (a *answerType) readForm(text string, in answers.Context) (string, error) {
	switch a.form {
	case answers.KindName:
		return answers.ReadName(text, in)
	case answers.KindAddress:
		address, err := answers.ReadAddress(text, in)
		return strings.Join(append(address.Lines, address.Postcode), ", "), err
	case answers.KindPostcode:
		return answers.ReadPostcode(text, in)
	case answers.KindPhone:
		phone, err := answers.ReadPhone(text, in)
		return phone.E164, err
	case answers.KindEmail:
		return answers.ReadEmail(text, in)
	case answers.KindNationalInsurance:
		return answers.ReadNationalInsurance(text, in)
	case answers.KindCaseReference:
		return answers.ReadCaseReference(text, in)
	default:
		return answers.ReadText(text, a.from, a.to)
	}
}

func doubtIf(confirm bool) doubt {
	if confirm {
		return meant
	}
	return noDoubt
}
