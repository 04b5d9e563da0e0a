package dialogs

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// marks is where amounts begin that no script names, so that one in a message
// can only be an answer or a result. They are near the highest that is read.
const marks answers.Pence = 987_654_310

// unreadable is what no question can take: longer than any answer.
var unreadable = strings.Repeat("w", maxText+1)

// marked reports whether a value could stand in a message only because it was
// given.
func (v Value) marked(s *step) bool {
	switch v.Kind {
	case MoneyValue:
		return v.Pence >= marks
	case TextValue:
		return len(v.Text) >= 8 && !slices.Contains(s.answer.literals.words, v.Text)
	}
	return false
}

// aFile is the id of a file that comes with a message.
var aFile = []string{"file-1"}

// replies are what a person may do where a dialog waits: one reply for each
// class of answers, the longest first.
func (w *walk) replies(state *State) []Input {
	s := &w.dialog.steps[state.Step]
	var texts []string
	var list []Input
	switch {
	case state.Proof:
		return []Input{{Event: Identified}}
	case s.kind == checkStep:
		texts = []string{"ok"}
	case state.Pending.Doubt == meant:
		texts = []string{"yes", "no"}
	case state.Pending.Doubt == howOften:
		texts = w.asks.periods(s)
	default:
		if s.answer.asks() == ForFile {
			list = append(list, Input{Event: Said, Files: aFile})
		}
		texts = distinct(append(w.asks.answers(state.Step, s, w.facts.Language), s.answer.literals.words...))
	}
	for _, text := range texts {
		list = append(list, Input{Event: Said, Text: text})
	}
	if state.Tries > 0 {
		return list[:1]
	}
	return list
}

// changes are the ways back to an earlier answer.
func (w *walk) changes(state *State) []string {
	var list []string
	for _, a := range state.Answers {
		if a.Step < state.Step && w.dialog.steps[a.Step].kind == askStep {
			list = []string{"BACK"}
		}
	}
	n := 0
	for _, i := range w.dialog.steps[state.Step].check {
		if _, answered := state.answer(i); answered {
			n++
			list = append(list, "CHANGE "+strconv.Itoa(n))
		}
	}
	return list
}

// periods are the answers to "how often", by number, the longest first; all of
// them where a condition reads it.
func (t *told) periods(s *step) []string {
	if t.reads(s.name + ".period") {
		return []string{"3", "1", "2", "4", "5"}
	}
	return []string{"3"}
}

// answers are one answer of each class that a question takes.
func (t *told) answers(i int, s *step, language templates.Language) []string {
	switch s.answer.kind {
	case YesNoValue:
		return []string{"yes", "no"}
	case ChoiceValue:
		return choiceReplies(s.choices.in(language))
	case ManyValue:
		return t.manyReplies(s)
	case NumberValue:
		from, to := 0, 99999
		if s.answer.ranged {
			from, to = s.answer.from, s.answer.to
		}
		return t.numberReplies(s.name, from, to, "")
	case NightsValue:
		return t.numberReplies(s.name, 0, 365, " nights a year")
	case MoneyValue:
		return t.moneyReplies(i, s)
	case DateValue:
		return t.dateReplies(s)
	}
	return append(textReplies(i, &s.answer), t.textsOf(s.name)...)
}

// choiceReplies choose each option by its number, the longest label first.
func choiceReplies(list []answers.Choice) []string {
	order := make([]int, len(list))
	for i := range list {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(list[b].Label), len(list[a].Label)) })
	replies := make([]string, len(order))
	for i, choice := range order {
		replies[i] = strconv.Itoa(choice + 1)
	}
	return replies
}

// manyReplies choose all, none, each alone and, where a condition asks, all but
// each; of a few, every two.
func (t *told) manyReplies(s *step) []string {
	const fewChoices = 4
	n := len(s.choices.values)
	chosen := func(take func(i int) bool) string {
		var numbers []string
		for i := range n {
			if take(i) {
				numbers = append(numbers, strconv.Itoa(i+1))
			}
		}
		return strings.Join(numbers, ", ")
	}
	replies := []string{chosen(func(int) bool { return true }), "none"}
	for a := range n {
		replies = append(replies, strconv.Itoa(a+1))
		if !t.reads(s.name) {
			continue
		}
		replies = append(replies, chosen(func(i int) bool { return i != a }))
		for b := 0; b < a && n <= fewChoices; b++ {
			replies = append(replies, chosen(func(i int) bool { return i == a || i == b }))
		}
	}
	return distinct(replies)
}

// numberReplies are the highest and, where a condition reads the number, the
// lowest two and those around what it is compared with.
func (t *told) numberReplies(name string, from, to int, unit string) []string {
	numbers := []int{to}
	if t.reads(name) {
		numbers = append(numbers, from, from+1)
		for _, c := range t.numbers[name] {
			numbers = append(numbers, c-1, c, c+1)
		}
	}
	var replies []string
	for _, n := range numbers {
		if n >= from && n <= to {
			replies = append(replies, strconv.Itoa(n)+unit)
		}
	}
	return distinct(replies)
}

// moneyReplies are an amount that marks the question, and those around what it
// is compared with; where it must be said how often it is paid, an amount
// alone too, about which it is asked.
func (t *told) moneyReplies(i int, s *step) []string {
	mark := marks + answers.Pence(i%90)
	pence := []answers.Pence{mark}
	if t.reads(s.name + ".pence") {
		pence = append(pence, 100)
		for _, c := range t.numbers[s.name+".pence"] {
			pence = append(pence, answers.Pence(c-1), answers.Pence(c), answers.Pence(c+1))
		}
	}
	per := []answers.Period{""}
	if s.answer.period {
		per = []answers.Period{answers.FourWeeks}
	}
	if s.answer.period && t.reads(s.name+".period") {
		per = periods
	}
	var replies []string
	for _, p := range pence {
		if p <= 0 {
			continue
		}
		for _, period := range per {
			replies = append(replies, templates.English.MoneyPer(int64(p), string(period)))
		}
	}
	if s.answer.period {
		replies = append(replies, templates.English.MoneyPer(int64(mark), ""))
	}
	return distinct(replies)
}

// dateReplies are a day with a long name and, where a condition reads the
// date, those around what it is compared with and around today.
func (t *told) dateReplies(s *step) []string {
	today := transcriptDay
	days := []answers.Date{{Year: today.Year, Month: 9, Day: 27}}
	if s.answer.after {
		days[0].Year++
	}
	if t.reads(s.name) {
		days = append(days, today.AddDays(-1), today, today.AddDays(1))
		for _, text := range t.textsOf(s.name) {
			if day, err := answers.ParseDate(text); err == nil {
				days = append(days, day.AddDays(-1), day, day.AddDays(1))
			}
		}
	}
	var replies []string
	for _, day := range days {
		if s.answer.notAfter && today.Before(day) || s.answer.after && !today.Before(day) {
			continue
		}
		replies = append(replies, templates.English.Date(day.Year, day.Month, day.Day))
	}
	if s.answer.after { // a word for a day, which is asked back
		return distinct(append(replies, "tomorrow"))
	}
	return distinct(append(replies, "yesterday"))
}

// textReplies is one answer in words that marks the question: as long as the
// script lets it be or, of a form, as long as real ones are. A letter that
// Welsh needs is in it where there may be one, since it makes a text message
// hold less than half as much.
func textReplies(i int, a *answerType) []string {
	mark := "zqx" + string(rune('a'+i/26)) + string(rune('a'+i%26))
	switch a.form {
	case "":
	case answers.KindName:
		return []string{"Siân " + mark + " Featherstonehaugh-Cholmondeley Llanfairpwllgwyngyll"}
	case answers.KindAddress:
		return []string{"Tŷ " + mark + ", 112 Featherstonehaugh Crescent, Llanfairpwllgwyngyll, Ynys Môn LL61 5UJ"}
	case answers.KindEmail:
		return []string{mark + ".featherstonehaugh-cholmondeley@department.example.org.uk"}
	case answers.KindPostcode:
		return []string{"LL61 5UJ"}
	case answers.KindPhone:
		return []string{"07700 900999"}
	case answers.KindNationalInsurance:
		return []string{"AB123456C"}
	case answers.KindCaseReference:
		return []string{"300012345678"}
	}
	if a.asks() == ForFile {
		return nil
	}
	text := []rune(mark + " ŵ " + strings.Repeat("word and ", a.to/9+1))[:a.to]
	text[a.to-1] = 'w'
	return []string{string(text)}
}

// distinct leaves each reply once, in order.
func distinct(replies []string) []string {
	var list []string
	for _, reply := range replies {
		if !slices.Contains(list, reply) {
			list = append(list, reply)
		}
	}
	return list
}
