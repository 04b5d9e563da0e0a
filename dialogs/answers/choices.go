package answers

import "slices"

// ReadChoices reads which of the choices were meant, as many as there are, and
// returns their indexes in order: "1 and 3", "payslips, school", "all", "none
// of them" (an empty slice). Each is understood as ReadChoice does, but the
// whole is refused when any part of it is not.
func ReadChoices(text string, choices []Choice, _ Context) ([]int, error) {
	fail := func(code Code) ([]int, error) { return nil, &Error{KindChoices, code} }
	s, code := scan(text)
	if code != "" {
		return fail(code)
	}
	words := choiceWords(choices)
	from, to := s.within(choiceLead)
	if from == to { // "the" may be a choice
		from, to = 0, len(s.tokens)
	}
	if index, code := words.find(&s, 0, len(s.tokens)); code == "" && index < len(choices) {
		return []int{index}, nil
	}
	switch everyOrNone(s.phrase(from, to-from), len(choices)) {
	case allOfThem:
		all := make([]int, len(choices))
		for i := range all {
			all[i] = i
		}
		return all, nil
	case noneOfThem:
		return []int{}, nil
	}
	chosen, code := words.several(&s, from, to)
	switch {
	case code != "":
		return fail(code)
	case len(chosen) > 0 && chosen[len(chosen)-1] >= len(choices):
		return fail(OutOfRange)
	case len(chosen) == 0:
		return fail(NotUnderstood)
	}
	return chosen, nil
}

// several finds the choices one after another, taking the longest words first
// so that a label may hold an "and" of its own.
func (words choicePhrases) several(s *sentence, from, to int) ([]int, Code) {
	var chosen []int
	for at := from; at < to; {
		if at > from && at+1 < to && separates(s.word(at)) {
			at++
			continue
		}
		index, end, code := words.next(s, at, to)
		if code != "" {
			return nil, code
		}
		chosen, at = append(chosen, index), end
	}
	slices.Sort(chosen)
	return slices.Compact(chosen), ""
}

// next finds the choice that begins at a token and ends at a separator, before
// another number, or with the text.
func (words choicePhrases) next(s *sentence, at, to int) (index, end int, code Code) {
	refusal := NotUnderstood
	for end := to; end > at; end-- {
		if end < to && !separates(s.word(end)) && !s.is(end, digit) {
			continue
		}
		index, code := words.find(s, at, end)
		if code == "" {
			return index, end, ""
		}
		if code == TwoValues {
			refusal = code
		}
	}
	return 0, 0, refusal
}

// separates knows what stands between one choice and the next. A dash is not
// among them: "1-3" may mean two choices or three.
func separates(word string) bool {
	switch word {
	case ",", "and", "&", "+", "plus", "also", ";", "/", "a", "ac", "hefyd", "n", ".":
		return true
	}
	return false
}

// extent is all or none of the choices.
type extent uint8

const (
	someOfThem extent = iota
	allOfThem
	noneOfThem
)

func everyOrNone(phrase string, offered int) extent {
	switch phrase {
	case "all", "all of them", "all of the above", "all of these", "all the above", "everything", "every one",
		"everyone", "the lot", "lot", "pob un", "pob un ohonyn nhw", "y cwbl", "y cyfan", "popeth", "i gyd",
		"nhw i gyd":
		return allOfThem
	case "all three":
		if offered == 3 {
			return allOfThem
		}
	case "both", "both of them", "both of these", "y ddau", "y ddwy", "dau ohonyn nhw":
		if offered == 2 {
			return allOfThem
		}
	case "none", "none of them", "none of these", "none of the above", "neither", "neither of them", "nothing",
		"not any", "no", "dim un", "dim un ohonyn nhw", "dim", "dim byd", "yr un":
		return noneOfThem
	}
	return someOfThem
}
