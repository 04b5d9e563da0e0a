package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The longest name that is taken, in characters and in words.
const (
	longestName   = 70
	mostNameWords = 6
)

// ReadName reads a person's name as it is written, in any script, with white
// space and apostrophes made plain: "my name is Siân O’Neil" is "Siân O'Neil".
// Whether it is anybody's name is not for this package to know.
func ReadName(text string, _ Context) (string, error) {
	fail := func(code Code) (string, error) { return "", &Error{KindName, code} }
	text = trim(text)
	switch {
	case text == "":
		return fail(Empty)
	case len(text) > maxInput:
		return fail(TooLong)
	}
	words := strings.Fields(plainName(text))
	words = withoutNameTalk(words)
	name := strings.TrimRight(strings.Join(words, " "), " .,!")
	switch {
	case utf8.RuneCountInString(name) > longestName:
		return fail(TooLong)
	case len(words) > mostNameWords || !isName(name):
		return fail(NotUnderstood)
	}
	s, _ := scan(name)
	if notName(s.text) {
		return fail(NotUnderstood)
	}
	if doubt(s.text) {
		return fail(Unsure)
	}
	return name, nil
}

// plainName is the text with plain apostrophes and hyphens, and without
// characters that cannot be seen.
func plainName(text string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '’', '‘', 'ʼ', '`', '´':
			return '\''
		case '‐', '‑', '–':
			return '-'
		}
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text)
}

// withoutNameTalk leaves out the words that introduce a name, or thank for it.
func withoutNameTalk(words []string) []string {
	for n := min(5, len(words)-1); n > 0; n-- {
		s, _ := scan(strings.Join(words[:n], " "))
		if introducesName(s.text) {
			words = words[n:]
			break
		}
	}
	for n := min(4, len(words)-1); n > 0; n-- {
		s, _ := scan(strings.Join(words[len(words)-n:], " "))
		if follows := s.text; follows == "ydw i" || follows == "yw fy enw i" || courtesy(follows) && follows != "love" {
			return words[:len(words)-n]
		}
	}
	return words
}

func introducesName(phrase string) bool {
	switch phrase {
	case "my name is", "my names", "my full name is", "name is", "name", "name :", "the name is", "its", "it is",
		"im", "i am", "this is", "hi im", "hi its", "hi my name is", "hello my name is", "fy enw i yw", "fy enw yw",
		"enw", "enw :", "yr enw yw":
		return true
	}
	return false
}

// isName tells whether a text is made of what names are made of: letters of
// any script, and single spaces, hyphens, apostrophes and full stops between
// them.
func isName(name string) bool {
	letters, joined := 0, true
	for _, r := range name {
		switch {
		case unicode.IsLetter(r):
			letters, joined = letters+1, false
		case unicode.Is(unicode.M, r):
			if joined {
				return false
			}
		case r == ' ':
		case r == '-' || r == '\'' || r == '.':
			if joined && r != '\'' {
				return false
			}
			joined = true
		default:
			return false
		}
	}
	return letters > 1
}

// notName knows what people write instead of a name.
func notName(phrase string) bool {
	switch phrase {
	case "yes", "no", "yeah", "yep", "nope", "ok", "okay", "none", "nobody", "no one", "nothing", "stop", "start",
		"help", "person", "later", "back", "change", "status", "why", "who", "what", "hello", "hi", "thanks",
		"thank you", "same", "me", "him", "her", "ie", "na", "nac oes", "neb", "dim", "diolch", "helo", "helpu",
		"rhywun", "yn ol", "newid", "pam", "pwy", "beth":
		return true
	}
	return false
}
