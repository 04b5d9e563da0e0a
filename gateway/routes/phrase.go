package routes

import (
	"slices"
	"strings"
	"unicode"
)

// phrase is words that stand next to each other in a text. "a|b" is either of
// two words, and one that ends in ? may be left out.
type phrase []part

type part struct {
	words    []string
	optional bool
}

func readPhrase(written string) phrase {
	var p phrase
	for _, field := range strings.Fields(written) {
		any, optional := strings.CutSuffix(field, "?")
		p = append(p, part{strings.Split(any, "|"), optional})
	}
	return p
}

// stand reports whether one of some phrases stands in words.
func stand(phrases []phrase, words []string) bool {
	for _, p := range phrases {
		for i := range words {
			if p.begins(words[i:]) {
				return true
			}
		}
	}
	return false
}

// begins reports whether words begin with the phrase.
func (p phrase) begins(words []string) bool {
	switch {
	case len(p) == 0:
		return true
	case p[0].optional && p[1:].begins(words):
		return true
	case len(words) == 0 || !slices.Contains(p[0].words, words[0]):
		return false
	}
	return p[1:].begins(words[1:])
}

// fold is the words of a text in lower case, without accents and apostrophes.
func fold(text string) []string {
	text = plainLetters.Replace(strings.ToLower(text))
	return strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// plainLetters drops the accents of Welsh, which many leave out.
var plainLetters = strings.NewReplacer("'", "", "’", "", "‘", "", "`", "",
	"à", "a", "á", "a", "â", "a", "ä", "a", "è", "e", "é", "e", "ê", "e", "ë", "e", "ì", "i", "í", "i", "î", "i", "ï", "i",
	"ò", "o", "ó", "o", "ô", "o", "ö", "o", "ù", "u", "ú", "u", "û", "u", "ü", "u", "ŵ", "w", "ŷ", "y", "ý", "y", "ÿ", "y")
