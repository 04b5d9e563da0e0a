package dialogs

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/types"

	"parley/dialogs/answers"
	"parley/templates"
)

// answerType is the kind of answer that a question takes, with its limits.
type answerType struct {
	kind     Kind
	form     answers.Kind // text: what it is, where it is more than words
	period   bool         // money: must say how often
	from, to int          // number: range; text: length
	ranged   bool         // number: whole, from and to
	notAfter bool         // date: not after today
	after    bool         // date: after today
	literals literals
}

// literals are words that a question takes as they are: "later".
type literals struct {
	words []string // as the script writes them, and as they are answered
	at    place
	in    map[templates.Language]translatedLiterals
}

// translatedLiterals are the same words in another language.
type translatedLiterals struct {
	of map[string]string
	at place
}

// of is a word in a language, the script's own where it has none.
func (l *literals) of(word string, language templates.Language) string {
	if other, ok := l.in[language].of[word]; ok {
		return other
	}
	return word
}

var (
	literalPattern = regexp.MustCompile(`^(.*?)\s*\bor "([^"]+)"$`)
	numberPattern  = regexp.MustCompile(`^number (-?\d{1,9}) to (-?\d{1,9})$`)
	textPattern    = regexp.MustCompile(`^text up to (\d{1,9}) characters$`)
)

// maxText is how long an answer in words may be when the script does not say.
const maxText = 2000

var (
	errNoRange   = errors.New("nothing lies in this range: write the smaller number first")
	errOnlyFiles = errors.New("not every channel takes a file: say what else can be answered, like file or \"later\"")
)

// parseAnswer reads what a script writes after "answer:".
func parseAnswer(text string) (answerType, error) {
	var words []string
	for m := literalPattern.FindStringSubmatch(text); m != nil; m = literalPattern.FindStringSubmatch(text) {
		text, words = m[1], slices.Insert(words, 0, m[2])
	}
	name, limit, _ := strings.Cut(text, ",")
	a, err := parseAnswerKind(strings.TrimSpace(name))
	if err != nil {
		return a, err
	}
	a.literals.words = words
	if a.kind == FileValue && len(words) == 0 {
		return a, errOnlyFiles
	}
	return a, a.limit(strings.TrimSpace(limit))
}

// forms are the texts that are more than words, as scripts name them.
var forms = map[string]answers.Kind{
	"name":                      answers.KindName,
	"address":                   answers.KindAddress,
	"postcode":                  answers.KindPostcode,
	"phone":                     answers.KindPhone,
	"email":                     answers.KindEmail,
	"National Insurance number": answers.KindNationalInsurance,
	"case reference":            answers.KindCaseReference,
}

// sensitive reports whether answers of this kind are private even when the
// script does not say so: what locates or identifies a person.
func (a *answerType) sensitive() bool { return a.form != "" && a.form != answers.KindName }

// contacts reports whether an answer of this kind says how to contact somebody.
func (a *answerType) contacts() bool {
	return a.form == answers.KindPhone || a.form == answers.KindEmail || a.form == answers.KindAddress
}

func parseAnswerKind(name string) (answerType, error) {
	switch name {
	case "yes or no":
		return answerType{kind: YesNoValue}, nil
	case "money":
		return answerType{kind: MoneyValue}, nil
	case "money per period":
		return answerType{kind: MoneyValue, period: true}, nil
	case "date":
		return answerType{kind: DateValue}, nil
	case "number":
		return answerType{kind: NumberValue}, nil
	case "nights":
		return answerType{kind: NightsValue}, nil
	case "many":
		return answerType{kind: ManyValue}, nil
	case "text":
		return answerType{kind: TextValue, from: 1, to: maxText}, nil
	case "file":
		return answerType{kind: FileValue}, nil
	}
	if form, ok := forms[name]; ok {
		return answerType{kind: TextValue, form: form}, nil
	}
	a := answerType{}
	if m := numberPattern.FindStringSubmatch(name); m != nil {
		a.kind, a.ranged = NumberValue, true
		a.from, _ = strconv.Atoi(m[1]) // the pattern lets numbers through only
		a.to, _ = strconv.Atoi(m[2])
	} else if m := textPattern.FindStringSubmatch(name); m != nil {
		a.kind, a.from = TextValue, 1
		a.to, _ = strconv.Atoi(m[1])
	} else {
		return a, fmt.Errorf("there is no kind of answer called %q: use yes or no, number, number 1 to 10, nights, money, money per period, date, text, text up to 200 characters, %s, many or file", name, strings.Join(slices.Sorted(maps.Keys(forms)), ", "))
	}
	if a.from > a.to {
		return a, errNoRange
	}
	return a, nil
}

// limit reads what stands after the kind's comma.
func (a *answerType) limit(text string) error {
	switch {
	case text == "":
	case a.kind == DateValue && text == "not after today":
		a.notAfter = true
	case a.kind == DateValue && text == "after today":
		a.after = true
	default:
		return fmt.Errorf("there is no limit %q here: a date can be \"not after today\" or \"after today\"", text)
	}
	return nil
}

// fact is the type that conditions see: see Value.fact.
func (k Kind) fact() types.Type {
	switch k {
	case YesNoValue:
		return types.Bool
	case NumberValue, NightsValue:
		return types.Float64
	case ManyValue:
		return types.Array(types.String)
	case MoneyValue:
		return types.Map{"pence": types.Int, "period": types.String}
	default:
		return types.String
	}
}
