package webchat

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"parley/dialogs"
	"parley/gateway"
	"parley/templates"
)

// question is the form of what is asked, or of a plain message when nothing
// is. It draws one Ask; what the visitor enters becomes text by answerText.
type question struct {
	Language templates.Language
	Token    string // shows that the form is ours
	ID       string // of the message that it will be
	Asked    int64  // the sequence of the entry that asks; 0: nothing is asked
	Ask      dialogs.Ask
	Heading  string
	Hint     []string
	Problem  string
	Field    string     // which field the problem is with: "answer", "own"
	Given    url.Values // what was entered and could not be taken
	Files    bool       // whether files are taken
	Pay      string     // what can be paid by card now: "£178.50"; empty: nothing
	Keep     bool       // whether a copy is offered
}

// newQuestion reads the open question out of what a visit shows: that of our
// last words, when they ask for something.
func newQuestion(entries []gateway.Entry, l templates.Language) question {
	q := question{Language: l, Field: "answer"}
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		if !e.ByUs {
			continue
		}
		if e.Ask != nil {
			q.Asked, q.Ask, q.Problem = e.Sequence, *e.Ask, e.Ask.Problem
			q.Heading, q.Hint = parted(e.Text, e.Ask.Kind)
			if e.Ask.Help != "" {
				q.Hint = append(q.Hint, e.Ask.Help)
			}
		}
		break
	}
	return q
}

// asked is what the form's field of that name holds.
func (q question) asked() string { return strconv.FormatInt(q.Asked, 10) }

// ChoiceID is the id of a choice. The first of a question that has only choices
// is where an error leads.
func (q question) ChoiceID(i int) string {
	if i == 0 && (q.Control() == "one" || q.Control() == "many") {
		return "answer"
	}
	return "choice-" + strconv.Itoa(i)
}

// Say is a page's word in the language of the form.
func (q question) Say(key string, args ...any) (string, error) { return say(q.Language, key, args...) }

// Back, Person, Right and Change are what the form's buttons say for the
// visitor.
func (q question) Back() string   { return sayBack[q.Language] }
func (q question) Person() string { return sayPerson[q.Language] }
func (q question) Right() string  { return sayRight[q.Language] }
func (q question) Change() string { return sayChange[q.Language] }

// Hello has a conversation begin that asks what it is about.
func (q question) Hello() string { return sayHello[q.Language] }

// Control is which template draws the answer. A kind that has none of its own
// is asked for in words.
func (q question) Control() string {
	switch k := q.Ask.Kind; {
	case q.Asked == 0:
		return "message"
	case k == dialogs.ForFile && !q.Files:
		return "line"
	case k == dialogs.ForYesNo, k == dialogs.ForChoice, k == dialogs.ForPeriod:
		return "one"
	case k == dialogs.ForMoneyPerPeriod:
		return "money-per-period"
	case k == dialogs.ForMany, k == dialogs.ForMoney, k == dialogs.ForDate, k == dialogs.ForNights,
		k == dialogs.ForAddress, k == dialogs.ForText, k == dialogs.ForFile, k == dialogs.ForCheck, k == dialogs.ForIdentity:
		return string(k)
	default:
		return "line"
	}
}

// Grouped reports whether the answer has several fields, whose group the
// question names.
func (q question) Grouped() bool {
	switch q.Control() {
	case "one", "many", "money-per-period", "date", "nights", "address":
		return true
	}
	return false
}

// OwnWords reports whether the form also takes the answer in the visitor's own
// words, beside fields made for it.
func (q question) OwnWords() bool {
	switch q.Control() {
	case "message", "line", "text", "identity":
		return false
	}
	return true
}

// typing is how a one-line answer is typed: which keyboard a telephone shows,
// what a browser may fill in (WCAG 1.3.5), and how wide the field is.
type typing struct{ Mode, Autocomplete, Width string }

// Line is that of the answer. Fields that are not about the visitor are never
// filled in, nor kept by the browser for the next who types there.
func (q question) Line() typing {
	switch q.Ask.Kind {
	case dialogs.ForNumber:
		return typing{"numeric", "off", "4"}
	case dialogs.ForCase:
		return typing{"numeric", "off", "10"}
	case dialogs.ForName:
		return typing{"text", "name", "20"}
	case dialogs.ForPostcode:
		return typing{"text", "postal-code", "10"}
	case dialogs.ForPhone:
		return typing{"tel", "tel", "20"}
	case dialogs.ForEmail:
		return typing{"email", "email", "20"}
	case dialogs.ForNI:
		return typing{"text", "off", "10"}
	default:
		return typing{"text", "off", "20"}
	}
}

// choice is one of several things to select; Text is what selecting it says.
type choice struct{ Text, Label string }

// Choices are the things to select: the options of the question, or how often
// an amount is paid.
func (q question) Choices() []choice {
	var all []choice
	switch q.Ask.Kind {
	case dialogs.ForMoneyPerPeriod:
		for _, period := range []string{"week", "fortnight", "four_weeks", "month", "year"} {
			per := q.Language.Per(period)
			all = append(all, choice{per, capital(per)})
		}
	case dialogs.ForNights:
		night := "nights"
		if q.Language == templates.Welsh {
			night = "noson"
		}
		for _, period := range []string{"week", "fortnight", "year"} {
			per := q.Language.Per(period)
			all = append(all, choice{night + " " + per, capital(per)})
		}
	default:
		for _, o := range q.Ask.Options {
			all = append(all, choice{o.Label, capital(o.Label)})
		}
	}
	return all
}

// Rows are the answers to check.
func (q question) Rows() []dialogs.Row {
	rows := slices.Clone(q.Ask.Rows)
	for i := range rows {
		rows[i].Value = capital(rows[i].Value)
	}
	return rows
}

// Words are buttons for words that are taken as they are.
func (q question) Words() []choice {
	var all []choice
	for _, o := range q.Ask.Words {
		all = append(all, choice{o.Label, capital(o.Label)})
	}
	return all
}

// part is one field of a date or of an address.
type part struct {
	ID, Label, Value    string
	Width, Autocomplete string
	Problem             bool
}

// Months are the names of the twelve, for the page's script.
func (q question) Months() string {
	var names []string
	for month := 1; month <= 12; month++ {
		names = append(names, monthName(q.Language, month))
	}
	return strings.Join(names, " ")
}

// DateParts are the fields of a date. The first has the id that an error
// leads to.
func (q question) DateParts() ([]part, error) {
	return q.parts([]part{{Label: "day", Width: "2"}, {Label: "month", Width: "2"}, {Label: "year", Width: "4"}})
}

// AddressLines are the fields of an address in the United Kingdom.
func (q question) AddressLines() ([]part, error) {
	return q.parts([]part{
		{Label: "line-1", Autocomplete: "address-line1"}, {Label: "line-2", Autocomplete: "address-line2"},
		{Label: "town", Autocomplete: "address-level2", Width: "20"}, {Label: "postcode", Autocomplete: "postal-code", Width: "10"},
	})
}

func (q question) parts(parts []part) ([]part, error) {
	for i := range parts {
		p := &parts[i]
		p.ID = "answer"
		if i > 0 {
			p.ID = p.Label
		}
		label, err := q.Say(p.Label)
		if err != nil {
			return nil, err
		}
		p.Label, p.Value, p.Problem = label, q.At(i), q.Problem != ""
	}
	return parts, nil
}

// At is what was entered in one of several fields.
func (q question) At(field int) string {
	if given := q.Given["answer"]; field < len(given) {
		return given[field]
	}
	return ""
}

// Selected reports whether a choice was selected before.
func (q question) Selected(text string) bool {
	for _, given := range q.Given["answer"] {
		if given == text {
			return true
		}
	}
	return false
}

// Own is what was entered in own words.
func (q question) Own() string { return q.Given.Get("own") }

// Longest is how many characters an answer in words may have.
func (q question) Longest() int {
	if q.Ask.Longest > 0 && q.Ask.Longest < longest {
		return q.Ask.Longest
	}
	return longest
}

// want is the word that says what is missing when a form comes empty.
func (q question) want() string {
	switch q.Control() {
	case "message":
		return "want-message"
	case "one", "many":
		return "want-choice"
	case "money", "money-per-period":
		return "want-amount"
	case "date":
		return "want-date"
	default:
		return "want-answer"
	}
}

// Described lists the elements that describe the answer, for aria-describedby.
func (q question) Described() string {
	var ids []string
	switch q.Control() {
	case "text", "many", "file", "identity", "message":
		ids = append(ids, "answer-hint")
	default:
		if len(q.Hint) > 0 {
			ids = append(ids, "answer-hint")
		}
	}
	if q.Problem != "" && q.Field == "answer" {
		ids = append(ids, "answer-error")
	}
	return strings.Join(ids, " ")
}
