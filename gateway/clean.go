package gateway

import (
	"strings"
	"unicode/utf8"
)

// maxText is how much of a message is read: more than any dialog takes. What
// comes after it is cut off, which the stored text says.
const (
	maxText = 10_000
	cutMark = " […]"
)

// clean makes any bytes into text that every store can keep: valid UTF-8
// without NUL.
func clean(text string) string {
	if len(text) > maxText {
		cut := maxText
		for cut > 0 && !utf8.RuneStart(text[cut]) {
			cut--
		}
		text = text[:cut] + cutMark
	}
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "")
}
