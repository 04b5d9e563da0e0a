package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadText takes free text of min to max characters. White space around it
// goes, bytes that are no text become U+FFFD, and control characters other
// than line breaks and tabs are left out. Line breaks are "\n".
func ReadText(text string, min, max int) (string, error) {
	clean := cleaned(text)
	switch length := utf8.RuneCountInString(clean); {
	case length == 0:
		return "", &Error{KindText, Empty}
	case length < min:
		return "", &Error{KindText, TooShort}
	case length > max:
		return "", &Error{KindText, TooLong}
	}
	return clean, nil
}

// cleaned is the text without what no person typed.
func cleaned(text string) string {
	text = strings.ToValidUTF8(trim(text), "\uFFFD")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text)
}
