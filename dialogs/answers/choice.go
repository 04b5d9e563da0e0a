package answers

import "cmp"

// Choice is one of the answers that a question offers.
type Choice struct {
	Value string   // as scripts and reports name it
	Label string   // as people see it
	Also  []string // other words for it
}

// ReadChoice reads which of the choices was meant and returns its index. It
// understands the number that the choice was offered under, from 1; its value,
// label or another word for it; the leading words of its label; and any of
// these with one slip in a longer word. It never guesses between two.
func ReadChoice(text string, choices []Choice, _ Context) (int, error) {
	s, code := scan(text)
	if code != "" {
		return 0, &Error{KindChoice, code}
	}
	words := choiceWords(choices)
	index, code := words.find(&s, 0, len(s.tokens))
	if code == NotUnderstood {
		// Words that are padding elsewhere may be a label here, so that they
		// are left out only now.
		from, to := s.within(choiceLead)
		index, code = words.find(&s, from, to)
		if code == NotUnderstood && words.offersTwo(&s, from, to) {
			code = TwoValues
		}
	}
	if code != "" || index >= len(choices) {
		return 0, &Error{KindChoice, cmp.Or(code, OutOfRange)}
	}
	return index, nil
}

// SoundAlike tells whether the reader could mistake one choice for the other:
// whether something that means the one is also the other's, its leading words,
// or one slip away from it.
func SoundAlike(a, b Choice) bool {
	pair := choiceWords([]Choice{a, b})
	for _, p := range pair {
		for _, q := range pair {
			if p.choice != q.choice && p.matches(q.text) != differs {
				return true
			}
		}
	}
	return false
}

// choicePhrase is something that means a choice, in canonical form.
type choicePhrase struct {
	choice int
	text   string
	label  bool // its leading words will do
}

type choicePhrases []choicePhrase

func choiceWords(choices []Choice) choicePhrases {
	words := make(choicePhrases, 0, 3*len(choices))
	add := func(choice int, text string, label bool) {
		if s, code := scan(text); code == "" {
			words = append(words, choicePhrase{choice, s.text, label})
		}
	}
	for i, choice := range choices {
		add(i, choice.Label, true)
		if choice.Value != choice.Label {
			add(i, choice.Value, false)
		}
		for _, also := range choice.Also {
			add(i, also, true)
		}
	}
	return words
}

// likeness is how well a text matches a phrase, the better the greater.
type likeness uint8

const (
	differs likeness = iota
	slipped
	leads
	equals
)

// matches compares a text with a phrase, both in canonical form.
func (p choicePhrase) matches(text string) likeness {
	switch {
	case text == p.text:
		return equals
	case p.label && len(text) < len(p.text) && p.text[:len(text)] == text && p.text[len(text)] == ' ':
		return leads
	case oneSlip(text, p.text):
		return slipped
	}
	return differs
}

// find looks for the one choice that the tokens mean, by words or by number.
func (words choicePhrases) find(s *sentence, from, to int) (int, Code) {
	if from >= to {
		return 0, NotUnderstood
	}
	named, code := words.named(s.phrase(from, to-from))
	number, n := s.offered(from)
	if n == 0 || from+n > to {
		return named, code
	}
	if rest := from + n + s.padding(from+n); rest < to { // "1 up", "2 nights"
		again, restCode := words.named(s.phrase(rest, to-rest))
		if restCode != "" {
			return named, code
		}
		if again != number-1 {
			return 0, TwoValues
		}
	}
	if code == TwoValues || code == "" && named != number-1 {
		return 0, TwoValues
	}
	return number - 1, ""
}

// offersTwo tells whether one choice is named and then another: "up or down".
func (words choicePhrases) offersTwo(s *sentence, from, to int) bool {
	for at := from + 1; at < to-1; at++ {
		if word := s.word(at); word != "or" && word != "neu" && !separates(word) {
			continue
		}
		_, before := words.find(s, from, at)
		_, after := words.find(s, at+1, to)
		if before == "" && after == "" {
			return true
		}
	}
	return false
}

// named looks for the one choice that a text means.
func (words choicePhrases) named(text string) (int, Code) {
	best, chosen, several := differs, 0, false
	for _, p := range words {
		switch like := p.matches(text); {
		case like > best:
			best, chosen, several = like, p.choice, false
		case like == best && p.choice != chosen:
			several = true
		}
	}
	switch {
	case best == differs:
		return 0, NotUnderstood
	case several:
		return 0, TwoValues
	}
	return chosen, ""
}
