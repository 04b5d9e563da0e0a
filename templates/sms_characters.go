package templates

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The GSM-7 default alphabet without its escape, and the extension table whose
// characters cost an escape as well (3GPP TS 23.038 sections 6.2.1 and 6.2.1.1).
const (
	gsm7Basic = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?" +
		"¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
	gsm7Extension = "\f^{}\\[~]|€"
)

// gsm7Septets holds the cost of every character below U+0400, where all of
// GSM-7 lives but the euro sign.
var gsm7Septets = func() (costs [0x400]uint8) {
	for _, r := range gsm7Basic {
		costs[r] = 1
	}
	for _, r := range gsm7Extension {
		if r != '€' {
			costs[r] = 2
		}
	}
	return costs
}()

// septets is what a character costs in GSM-7, 0 when GSM-7 does not have it.
func septets(r rune) int {
	switch {
	case uint32(r) < uint32(len(gsm7Septets)):
		return int(gsm7Septets[r])
	case r == '€':
		return 2
	default:
		return 0
	}
}

// isWelshLetter reports whether Welsh needs a letter that GSM-7 lacks. It is
// sent as it is, at the price of UCS-2, because Welsh is equal in law. The list
// is GOV.UK Notify's.
func isWelshLetter(r rune) bool {
	switch r {
	case 'À', 'Á', 'Â', 'È', 'Ê', 'Ë', 'Ì', 'Í', 'Î', 'Ï', 'Ò', 'Ó', 'Ô', 'Ù', 'Ú', 'Û', 'Ý',
		'á', 'â', 'ê', 'ë', 'í', 'î', 'ï', 'ó', 'ô', 'ú', 'û', 'ý', 'ÿ',
		'Ŵ', 'ŵ', 'Ŷ', 'ŷ', 'Ÿ', 'Ẁ', 'ẁ', 'Ẃ', 'ẃ', 'Ẅ', 'ẅ', 'Ỳ', 'ỳ':
		return true
	}
	return false
}

// isKept reports whether a prepared message may hold a character.
func isKept(r rune) bool {
	return septets(r) > 0 && r != '\r' || isWelshLetter(r)
}

// plainSMS replaces every character that a prepared message may not hold. A
// text that has none is returned as it is.
func plainSMS(text string) string {
	clean := 0
	for clean < len(text) {
		r, size := utf8.DecodeRuneInString(text[clean:])
		if !isKept(r) {
			break
		}
		clean += size
	}
	if clean == len(text) {
		return text
	}
	// Some keyboards write ŵ as w and a combining circumflex; composing first
	// keeps the Welsh letter.
	text = norm.NFC.String(text)
	var plain strings.Builder
	plain.Grow(len(text))
	for i, r := range text {
		switch {
		case isKept(r):
			plain.WriteRune(r)
		case r == '\r' && strings.HasPrefix(text[i+1:], "\n"): // the line feed is coming
		default:
			plain.WriteString(plainCharacter(r))
		}
	}
	return plain.String()
}

// plainCharacter is what a character becomes that may not stay: "" when it
// cannot be seen, "?" when nothing says the same.
func plainCharacter(r rune) string {
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ', '‹', '›', '`', '´':
		return "'"
	case '“', '”', '„', '‟', '″', '«', '»':
		return `"`
	case '•', '‣', '⁃', '\u2212': // bullets, the minus sign
		return "-"
	case '…':
		return "..."
	case '\t':
		return " "
	case '\r', '\v', '\u0085', '\u2028', '\u2029': // each starts a new line
		return "\n"
	}
	switch {
	case unicode.Is(unicode.Pd, r): // dashes of every length
		return "-"
	case unicode.Is(unicode.Zs, r): // non-breaking, thin and wide spaces
		return " "
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me): // zero-width, and an accent on its own
		return ""
	case unicode.IsLetter(r):
		return unaccented(r)
	}
	return "?"
}

// unaccented is a letter without its accent, "?" when what remains is in no
// alphabet that GSM-7 has.
func unaccented(r rune) string {
	switch r { // a stroke is no accent to Unicode: these have no decomposition
	case 'Ł':
		return "L"
	case 'ł':
		return "l"
	case 'Đ', 'Ð':
		return "D"
	case 'đ', 'ð':
		return "d"
	case 'Ħ':
		return "H"
	case 'ħ':
		return "h"
	case 'Ŧ':
		return "T"
	case 'ŧ':
		return "t"
	case 'ı':
		return "i"
	case 'Œ':
		return "OE"
	case 'œ':
		return "oe"
	case 'ẞ':
		return "ß"
	}
	base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
	if base == r || !isKept(base) {
		return "?"
	}
	return string(base)
}
