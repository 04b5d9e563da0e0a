package telemetry

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// redacted stands for whatever was taken out.
const redacted = "[redacted]"

// Redact takes out of a text what looks like personal data: email addresses,
// phone and other long numbers, UK postcodes, National Insurance numbers, and
// the queries of URLs whole. UUIDs and other long hexadecimal ids stay. It errs
// on the side of taking out, and finds nothing more in its own results.
func Redact(text string) string {
	for {
		spans := personal(text)
		if len(spans) == 0 {
			return text
		}
		text = without(text, spans)
	}
}

// personal finds the parts of a text to take out. Each holds a digit, a
// question mark or an @, of which redacted has none.
func personal(text string) []span {
	if !strings.ContainsAny(text, "@?0123456789") && isASCII(text) {
		return nil
	}
	return slices.Concat(queries(text), emails(text), numbers(text), postcodes(text))
}

// A span is a part of a text, in bytes.
type span struct{ from, to int }

// without writes a text with redacted in place of spans, which may overlap.
func without(text string, spans []span) string {
	slices.SortFunc(spans, func(a, b span) int { return a.from - b.from })
	var kept strings.Builder
	done := 0
	for _, s := range spans {
		if s.from >= done {
			kept.WriteString(text[done:s.from])
			kept.WriteString(redacted)
		}
		done = max(done, s.to)
	}
	kept.WriteString(text[done:])
	return kept.String()
}

// queries finds the queries of URLs: a question mark, then name=value, up to
// where no URL goes on (RFC 3986 section 3.4). What is escaped there need not
// be read.
func queries(text string) (found []span) {
	for from := 0; ; {
		mark := strings.IndexByte(text[from:], '?')
		if mark < 0 {
			return found
		}
		from += mark
		to := from + len(takeWhile(text[from:], func(r rune) bool { return !unicode.IsSpace(r) && !strings.ContainsRune(`"'<>`, r) }))
		if strings.IndexByte(text[from:to], '=') > 1 {
			found = append(found, span{from, to})
		}
		from = to
	}
}

// emails finds email addresses: anything before an @ that RFC 5321 section
// 4.1.2 has in a local part, a quoted one included, and a domain, in any script.
func emails(text string) (found []span) {
	const longest = 320 // of either part: more than RFC 5321 section 4.5.3.1 has of both
	for at := range text {
		sign := atSign(text[at:])
		if sign == 0 {
			continue
		}
		from := at - len(takeWhileBack(text[max(0, at-longest):at], inLocalPart))
		if strings.HasSuffix(text[:at], `"`) {
			from = max(0, strings.LastIndexByte(text[:at-1], '"'))
		}
		after := at + sign
		to := after + len(takeWhile(text[after:min(len(text), after+longest)], inDomain))
		if from < at && to > after {
			found = append(found, span{from, to})
		}
	}
	return found
}

// atSign returns how many bytes of an @ a text begins with: plain, full-width or
// as it stands in a URL.
func atSign(text string) int {
	for _, sign := range []string{"@", "＠", "%40"} {
		if strings.HasPrefix(text, sign) {
			return len(sign)
		}
	}
	return 0
}

func inLocalPart(r rune) bool {
	return inWord(r) || r > unicode.MaxASCII && !unicode.IsSpace(r) || strings.ContainsRune("!#$%&'*+-^_`{|}~.", r)
}

func inDomain(r rune) bool {
	return inWord(r) || r > unicode.MaxASCII && !unicode.IsSpace(r) || r == '-' || r == '.'
}

// numbers finds digits, six or more, however they are spaced: phone numbers,
// sort codes (six), account numbers, case references, dates of birth. Six
// digits behind two letters are a National Insurance number, which is taken out
// with its letters (HMRC, National Insurance Manual NIM39110).
func numbers(text string) (found []span) {
	const fewest = 6
	for from := 0; from < len(text); {
		if id := idLength(text, from); id > 0 {
			from += id
			continue
		}
		r, size := utf8.DecodeRuneInString(text[from:])
		if !unicode.IsDigit(r) {
			from += size
			continue
		}
		to, digits := endOfNumber(text, from)
		switch number := (span{from, to}); {
		case digits == fewest:
			found = append(found, withLetters(text, number))
		case digits > fewest:
			found = append(found, number)
		}
		from = to
	}
	return found
}

// endOfNumber returns where a number that begins at from ends, and how many
// digits it has. Between two digits may be up to three signs that people put
// there.
func endOfNumber(text string, from int) (to, digits int) {
	const mostSigns = 3
	signs := 0
	for i, r := range text[from:] {
		switch {
		case unicode.IsDigit(r):
			digits++
			to, signs = from+i+utf8.RuneLen(r), 0
		case signs < mostSigns && (strings.ContainsRune("().-/_", r) || unicode.In(r, unicode.Zs, unicode.Pd, unicode.Cf)):
			signs++
		default:
			return to, digits
		}
	}
	return to, digits
}

// withLetters widens a number of six digits by the two letters before it and
// the one after it, where it is a National Insurance number.
func withLetters(text string, number span) span {
	before := strings.TrimRight(text[:number.from], " -")
	prefix := takeWhileBack(before[max(0, len(before)-3):], inWord)
	if len(prefix) != 2 || !isLetter(prefix[0]) || !isLetter(prefix[1]) {
		return number
	}
	after := strings.TrimLeft(text[number.to:], " -")
	if suffix := takeWhile(after[:min(2, len(after))], inWord); len(suffix) == 1 && isLetter(suffix[0]) {
		number.to = len(text) - len(after) + 1
	}
	return span{len(before) - 2, number.to}
}

// postcodes finds UK postcodes, with or without the space.
func postcodes(text string) (found []span) {
	previous := span{-1, -1}
	for from := 0; from < len(text); {
		word := takeWhile(text[from:], inWord)
		if word == "" {
			_, size := utf8.DecodeRuneInString(text[from:])
			from += size
			continue
		}
		this := span{from, from + len(word)}
		if split := len(word) - 3; split > 0 && isOutward(word[:split]) && isInward(word[split:]) {
			found = append(found, this)
		}
		if previous.from >= 0 && isInward(word) && isOutward(text[previous.from:previous.to]) && isGap(text[previous.to:from]) {
			found = append(found, span{previous.from, this.to})
		}
		previous, from = this, this.to
	}
	return found
}

// isOutward says whether a word can be the first half of a postcode: A9, A99,
// A9A, AA9, AA99 or AA9A (Royal Mail, PAF programmers' guide; BS 7666), or GIR.
func isOutward(word string) bool {
	if strings.EqualFold(word, "GIR") {
		return true
	}
	area := len(takeWhile(word, unicode.IsLetter))
	district := word[min(area, len(word)):]
	if area < 1 || area > 2 || len(district) < 1 || len(district) > 2 || !isDigit(district[0]) {
		return false
	}
	return len(district) == 1 || isDigit(district[1]) || isLetter(district[1])
}

// isInward says whether a word can be the second half of a postcode: 9AA.
func isInward(word string) bool {
	return len(word) == 3 && isDigit(word[0]) && isLetter(word[1]) && isLetter(word[2])
}

// isGap says whether people write this between the halves of a postcode.
func isGap(between string) bool {
	return between != "" && len(between) <= 4 && strings.Trim(between, " \t\u00a0-+") == ""
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func inWord(r rune) bool   { return r < utf8.RuneSelf && (isDigit(byte(r)) || isLetter(byte(r))) }
func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > unicode.MaxASCII })
}

// takeWhile returns the longest beginning of a text whose runes are all in a
// class, and takeWhileBack the longest end.
func takeWhile(text string, in func(rune) bool) string {
	if end := strings.IndexFunc(text, func(r rune) bool { return !in(r) }); end >= 0 {
		return text[:end]
	}
	return text
}

func takeWhileBack(text string, in func(rune) bool) string {
	last := strings.LastIndexFunc(text, func(r rune) bool { return !in(r) })
	if last < 0 {
		return text
	}
	_, size := utf8.DecodeRuneInString(text[last:])
	return text[last+size:]
}
