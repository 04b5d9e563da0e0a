package dialogs

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/types"

	"parley/dialogs/answers"
	"parley/templates"
)

// answerType is the kind of answer that a question takes, with its limits.
type answerType struct {
	kind     Kind
	period   bool // money: must say how often
	file     bool // a file where the channel takes one; its literals elsewhere
	from, to int  // number: range; text: length
	ranged   bool
	literals []string // words taken as they are: "later"
	also     map[templates.Language]map[string]string
	notAfter bool // date: not after today
	after    bool // date: after today
}

var (
	literalPattern = regexp.MustCompile(`^(.*?)\s*\bor "([^"]+)"$`)
	numberPattern  = regexp.MustCompile(`^number (-?\d+) to (-?\d+)$`)
	textPattern    = regexp.MustCompile(`^text up to (\d+) characters$`)
)

// maxText is how long an answer in words may be when the script does not say.
const maxText = 2000

// parseAnswer reads what a script writes after "answer:".
func parseAnswer(text string) (answerType, error) {
	if m := literalPattern.FindStringSubmatch(text); m != nil {
		a, err := parseAnswer(m[1])
		a.literals = append(a.literals, m[2])
		return a, err
	}
	kind, limits, _ := strings.Cut(text, ",")
	kind, limits = strings.TrimSpace(kind), strings.TrimSpace(limits)
	a := answerType{}
	switch {
	case kind == "yes or no":
		a.kind = YesNoValue
	case kind == "money":
		a.kind = MoneyValue
	case kind == "money per period":
		a.kind, a.period = MoneyValue, true
	case kind == "date":
		a.kind = DateValue
	case kind == "number":
		a.kind = NumberValue
	case kind == "text":
		a.kind, a.from, a.to, a.ranged = TextValue, 1, maxText, true
	case kind == "file":
		a.kind, a.file = TextValue, true
	case numberPattern.MatchString(kind):
		m := numberPattern.FindStringSubmatch(kind)
		a.kind, a.ranged = NumberValue, true
		a.from, _ = strconv.Atoi(m[1])
		a.to, _ = strconv.Atoi(m[2])
	case textPattern.MatchString(kind):
		a.kind, a.from, a.ranged = TextValue, 1, true
		a.to, _ = strconv.Atoi(textPattern.FindStringSubmatch(kind)[1])
	default:
		return a, fmt.Errorf("there is no kind of answer called %q: use yes or no, number, number 1 to 10, money, money per period, date, text, text up to 200 characters, or file", kind)
	}
	switch {
	case limits == "":
	case a.kind == DateValue && limits == "not after today":
		a.notAfter = true
	case a.kind == DateValue && limits == "after today":
		a.after = true
	default:
		return a, fmt.Errorf("a %s cannot be limited to %q", kind, limits)
	}
	return a, nil
}

// fact is the type that conditions see.
func (a answerType) fact() types.Type {
	switch a.kind {
	case YesNoValue:
		return types.Bool
	case NumberValue:
		return types.Int
	case MoneyValue:
		return types.Map{"pence": types.Int, "period": types.String}
	default:
		return types.String
	}
}

// outside is an answer that was read and is not one that the script takes.
type outside struct {
	name  phraseName
	pairs []string
}

// Error says which limit it was.
func (e *outside) Error() string { return standing(templates.English, e.name, e.pairs...) }

// reading is an answer as it was read.
type reading struct {
	value Value
	doubt pendingQuestion // what must be asked before it is taken
}

// read reads a person's words as this kind of answer. A failure is an
// *answers.Error or an *outside.
func (a *answerType) read(text string, c *choices, in answers.Context) (reading, error) {
	if v, ok := a.literal(text, in.Language); ok {
		return reading{value: v}, nil
	}
	switch a.kind {
	case ChoiceValue:
		i, err := answers.ReadChoice(text, c.in(in.Language), in)
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
	default:
		if a.file {
			return reading{}, &outside{name: sayNeedsWord, pairs: []string{"word", strings.ToUpper(strings.Join(a.literals, " / "))}}
		}
		words, err := answers.ReadText(text, a.from, a.to)
		return reading{value: Text(words)}, err
	}
}

// literal takes one of the script's own words, in any of its languages.
func (a *answerType) literal(text string, language templates.Language) (Value, bool) {
	if len(a.literals) == 0 {
		return Value{}, false
	}
	word := strings.Trim(strings.ToLower(strings.TrimSpace(text)), `"'.!`)
	for _, l := range a.literals {
		if word == l {
			return Text(l), true
		}
	}
	for _, of := range a.also {
		if l, ok := of[word]; ok {
			return Text(l), true
		}
	}
	return Value{}, false
}

func (a *answerType) readMoney(text string, in answers.Context) (reading, error) {
	m, err := answers.ReadMoney(text, in)
	if err != nil {
		return reading{}, err
	}
	r := reading{value: Value{Kind: MoneyValue, Pence: m.Amount, Period: m.Period}}
	switch {
	case a.period && m.Period == "":
		r.doubt = howOften
	case m.Confirm:
		r.doubt = meant
	}
	return r, nil
}

func (a *answerType) readDate(text string, in answers.Context) (reading, error) {
	d, err := answers.ReadDate(text, in)
	switch {
	case err != nil:
		return reading{}, err
	case a.notAfter && in.Today.Before(d.Date):
		return reading{}, &outside{name: sayNotAfterToday}
	case a.after && !in.Today.Before(d.Date):
		return reading{}, &outside{name: sayAfterToday}
	}
	r := reading{value: Day(d.Date)}
	if d.Confirm {
		r.doubt = meant
	}
	return r, nil
}

func (a *answerType) readNumber(text string, in answers.Context) (reading, error) {
	n, err := answers.ReadNumber(text, in)
	if err != nil {
		return reading{}, err
	}
	if whole, ok := n.Value.Int(); a.ranged && (!ok || whole < a.from || whole > a.to) {
		return reading{}, &outside{name: sayRange, pairs: []string{"from", strconv.Itoa(a.from), "to", strconv.Itoa(a.to)}}
	}
	r := reading{value: Value{Kind: NumberValue, Text: n.Value.String()}}
	if n.Confirm {
		r.doubt = meant
	}
	return r, nil
}
