package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ReadText takes free text of least to most characters. White space around it
// goes, bytes that are no text become U+FFFD, and control characters other
// than line breaks and tabs are left out. Line breaks are "\n".
func ReadText(text string, least, most int) (string, error) {
	clean := cleaned(text)
	switch length := utf8.RuneCountInString(clean); {
	case length == 0:
		return "", &Error{KindText, Empty}
	case length < least:
		return "", &Error{KindText, TooShort}
	case length > most:
		return "", &Error{KindText, TooLong}
	}
	return clean, nil
}

// cleaned is the text without what no person typed.
func cleaned(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return trim(strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r):
			return -1
		}
		return r
	}, text))
}
