package templates

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// telltales are words that tell a bystander who writes or what about, in Welsh
// with the forms that their first letter takes after other words.
var telltales = []string{
	"maintenance", "child support", "cms", "csa", "£",
	"cynhaliaeth", "gynhaliaeth", "chynhaliaeth", "nghynhaliaeth",
}

// Telltale returns what in a text would tell a bystander who writes or what it
// is about: a word that names the service, or an amount. Empty: nothing does.
func Telltale(text string) string {
	lower := strings.ToLower(text)
	for _, word := range telltales {
		if ContainsWord(lower, word) {
			return word
		}
	}
	if amountInWords(lower) {
		return "an amount"
	}
	return ""
}

// amountInWords reports whether a text has an amount without the pound sign:
// "410 pounds", "410 o bunnoedd".
func amountInWords(lower string) bool {
	for _, pounds := range []string{"pound", "punt", "bunt", "bunnoedd", "punnoedd", "quid"} {
		for rest := lower; ; {
			before, after, found := strings.Cut(rest, pounds)
			if !found {
				break
			}
			before = strings.TrimSuffix(strings.TrimRight(before, " "), " o")
			if n := len(before); n > 0 && before[n-1] >= '0' && before[n-1] <= '9' {
				return true
			}
			rest = after
		}
	}
	return false
}

// ContainsWord reports whether a word stands in a text on its own: no letter of
// the text runs on into a letter of the word.
func ContainsWord(text, word string) bool {
	if word == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+i])
		after, _ := utf8.DecodeRuneInString(text[from+i+len(word):])
		if !(unicode.IsLetter(before) && unicode.IsLetter(first)) && !(unicode.IsLetter(last) && unicode.IsLetter(after)) {
			return true
		}
		from += i + 1
	}
}
