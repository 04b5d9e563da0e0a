package dialogs

import (
	"errors"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"

	"parley/dialogs/answers"
)

// between are the words and marks between two things that are said in one
// breath: "£410 a week since 1 November".
var between = []string{
	", ", ";", ". ", "\n", " and ", " but ", " since ", " from ", " on ", " to ", " starting ", " as of ",
	" ers ", " ac ", " ond ", " ar ", " i ", " o ",
}

// maxClauses bounds what is tried: a longer story is for a person to read.
const maxClauses = 8

// clauses are the parts of a text between which it can be cut, in order. A text
// that cannot be cut has none.
func clauses(text string) []string {
	lower := strings.ToLower(text)
	if len(lower) != len(text) || len(text) > maxText {
		return nil
	}
	cuts := []int{0}
	for i := 1; i < len(lower); {
		n := 0
		for _, mark := range between {
			if strings.HasPrefix(lower[i:], mark) {
				n = max(n, len(mark))
			}
		}
		if n == 0 {
			i++
			continue
		}
		cuts = append(cuts, i, i+n)
		i += max(n-1, 1) // the space after a word may begin the next
	}
	cuts = append(cuts, len(text))
	var list []string
	for i := 0; i+1 < len(cuts); i += 2 {
		if clause := strings.TrimSpace(text[cuts[i]:max(cuts[i], cuts[i+1])]); clause != "" {
			list = append(list, clause)
		}
	}
	if len(list) < 2 || len(list) > maxClauses {
		return nil
	}
	return list
}

// volunteered reads answers to more than one question from one text, when it
// cannot be read as the answer to the one that was asked: nobody should have
// to say the same thing twice. It takes a clause only where it can mean one
// thing: no other clause answers the same question otherwise, and it answers no other one.
// What is in doubt about one is asked in the place of its question, when that is
// the next. It reports whether any question was answered, and whether the one
// that waits was.
func (t *turn) volunteered(text string) (any, waiting bool) {
	list := clauses(text)
	if len(list) == 0 && t.in.Event == Begin && text != "" && len(text) <= maxText { // the message that the dialog was begun for
		list = []string{text}
	}
	asked := t.openQuestions()
	if len(list) == 0 || len(asked) == 0 {
		return false, false
	}
	list = t.apart(list, asked)
	meanings := make([][]reading, len(asked)) // of each clause, by question
	for q := range asked {
		meanings[q] = make([]reading, len(list))
	}
	of := make([]int, len(list)) // how many questions a clause answers
	for c, clause := range list {
		if t.agrees(clause) {
			continue
		}
		for q, i := range asked {
			if r, err := t.readClause(&t.dialog.steps[i], clause); err == nil {
				meanings[q][c] = r
				of[c]++
			}
		}
	}
	for q, i := range asked {
		switch r := only(meanings[q], of); {
		case r.value.Kind == NoValue:
		case r.doubt == noDoubt:
			t.state.setAnswer(i, r.value)
			t.facts = nil
			any, waiting = true, waiting || i == t.state.Step
		case t.doubted.doubt == noDoubt:
			t.doubted, t.doubtful = r, i
		}
	}
	return any, waiting
}

// raise asks about the doubt, if there is one, about what was volunteered to a
// question that is about to be asked.
func (t *turn) raise(i int, s *step) {
	if t.doubtful == i && t.doubted.doubt != noDoubt && !(t.doubted.doubt == meant && t.hides(s)) {
		t.state.Pending = Pending{Doubt: t.doubted.doubt, Value: t.doubted.value}
	}
	t.doubted = reading{}
}

var errNoneOfThem = errors.New("none of the choices")

// readClause reads a clause as the answer to a question. A choice may stand
// among other words: "my pay went down".
func (t *turn) readClause(s *step, clause string) (reading, error) {
	r, err := s.answer.read(clause, &s.choices, t.context())
	if s.answer.kind == ManyValue && err == nil && len(r.value.Many) == 0 {
		return reading{}, errNoneOfThem // "nothing" said in passing is not an answer to this
	}
	if err == nil || s.answer.kind != ChoiceValue && s.answer.kind != ManyValue {
		return r, err
	}
	words := " " + plain(clause) + " "
	if value, ok := s.choices.among(words); ok && !denies(words) {
		if s.answer.kind == ManyValue {
			value = Value{Kind: ManyValue, Many: []string{value.Text}}
		}
		return reading{value: value}, nil
	}
	return r, err
}

// among finds the one choice that stands in words, whichever language it is in.
// Words are as plain writes them, with a space at both ends.
func (c *choices) among(words string) (Value, bool) {
	found := ""
	for _, offered := range c.by {
		for _, choice := range offered.list {
			switch {
			case choice.Value == found || !standsIn(words, choice):
			case found != "":
				return Value{}, false
			default:
				found = choice.Value
			}
		}
	}
	return Value{Kind: ChoiceValue, Text: found}, found != ""
}

// standsIn reports whether a choice stands in words: its label, or another word
// for it. Its value is the script's name for it: "pay" for "my pay went down".
// What says nothing by itself does not stand for it either: "my son left me" is
// no answer to who he lives with.
func standsIn(words string, c answers.Choice) bool {
	stands := func(word string) bool {
		word = plain(word)
		return strings.Contains(words, " "+word+" ") && !inPassing(word)
	}
	return stands(c.Label) || slices.ContainsFunc(c.Also, stands)
}

// inPassing reports whether words stand in any sentence, whatever it is about.
func inPassing(words string) bool {
	return !slices.ContainsFunc(strings.Fields(words), func(word string) bool { return !slices.Contains(passing, word) })
}

// passing are pronouns, what makes a short answer of them ("it is me", "we do"),
// questions and courtesies. "His" and "hers" tell whose pay or benefit it is.
var passing = strings.Fields("i me mine myself my own you yours he him she her it we us ours they them theirs am is are do does have " +
	"other another else how why when what ok okay fine great thanks thank please " +
	"fi mi ti chi ef fe fo hi ni nhw arall sut pam pryd beth iawn diolch plis")

// denies reports whether words say that something is not so.
func denies(words string) bool {
	return strings.Contains(words, "n't") ||
		slices.ContainsFunc(denials, func(word string) bool { return strings.Contains(words, " "+word+" ") })
}

var denials = []string{"not", "no", "never", "nor", "without", "nothing", "dont", "isnt", "wasnt", "hasnt", "didnt", "ddim", "heb", "dim", "nid", "byth"}

// agrees reports whether a clause is a yes or a no, which answers what was
// asked and nothing that was not.
func (t *turn) agrees(clause string) bool {
	_, err := answers.ReadYesNo(clause, t.context())
	return err == nil
}

// only is what is said that answers a question, once or in several ways that come
// to the same; nothing where what is said differs.
func only(meanings []reading, of []int) (found reading) {
	for c, r := range meanings {
		switch {
		case r.value.Kind == NoValue || of[c] == 1 && r.same(found):
		case found.value.Kind != NoValue || of[c] > 1:
			return reading{}
		default:
			found = r
		}
	}
	return found
}

// openQuestions are the question that waits and those after it, up to the next
// check, that have no answer yet and take one that can be told from words, and
// may still be asked. What a dialog that is run asks is asked: it may be whether
// anything is safe.
func (t *turn) openQuestions() []int {
	machine := t.dialog.machine()
	defer t.dialog.putMachine(machine)
	var list []int
	for i := t.state.Step; i < len(t.dialog.steps); i++ {
		s := &t.dialog.steps[i]
		if s.kind == checkStep || s.each != nil {
			break
		}
		if _, known := t.state.answer(i); s.kind == askStep && !known && s.part == "" && s.answer.tells() && !t.ruledOut(machine, s) {
			list = append(list, i)
		}
	}
	return list
}

// ruledOut reports whether a question will not be asked, whatever else is
// answered: its condition does not hold, and all that it reads is known.
func (t *turn) ruledOut(machine *vm.VM, s *step) bool {
	if s.when == nil {
		return false
	}
	facts := t.env(s)
	holds, err := s.when.holds(machine, facts)
	known, _ := facts[knownNames].(map[string]bool)
	return err == nil && !holds && !slices.ContainsFunc(s.when.names, func(name string) bool { return !known[name] })
}

// tells reports whether an answer of this kind can be told from other words.
func (a *answerType) tells() bool {
	switch a.kind {
	case ChoiceValue, ManyValue, MoneyValue, DateValue, NightsValue:
		return true
	}
	return a.form == answers.KindEmail || a.form == answers.KindPhone || a.form == answers.KindNationalInsurance
}
