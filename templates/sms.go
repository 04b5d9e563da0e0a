package templates

import "unicode/utf8"

// Encoding is how the characters of a text message travel.
type Encoding string

// 3GPP TS 23.038 sections 6.2.1 and 6.2.3.
const (
	GSM7 Encoding = "GSM-7" // seven bits a character, for the commonest Western European ones
	UCS2 Encoding = "UCS-2" // UTF-16 code units, for everything else: less than half as many fit a part
)

// MaxSegments is the longest text message that Parley sends, in parts and in
// either encoding: 918 septets or 402 UTF-16 units. The choice is ours; a
// longer message is a mistake of its author, to be found when a script is
// checked.
const MaxSegments = 6

// How much one part carries, in septets or in UTF-16 units. A message of
// several parts gives six octets of each part to the header that joins them
// (3GPP TS 23.040 section 9.2.3.24.1).
const (
	gsm7Alone, gsm7Joined = 160, 153
	ucs2Alone, ucs2Joined = 70, 67
)

// SMS is a text message and what it takes to send it.
type SMS struct {
	Text string

	Encoding Encoding

	// Characters is the length that a person would count, in characters of
	// Text. It is not what is billed: a € takes two places in GSM-7 and is one
	// character here. Segments is what is billed.
	Characters int

	// Segments is the number of parts, 0 when there is no text at all.
	Segments int
}

// PrepareSMS makes a text fit to be sent by SMS and counts it. Smart
// punctuation becomes plain, invisible characters go, letters that GSM-7 lacks
// lose their accents except those that Welsh needs, every line break becomes a
// line feed, and what is still unknown (emoji, other scripts, bytes that are
// not UTF-8) becomes a question mark, as GOV.UK Notify does. Preparing a
// prepared text changes nothing.
func PrepareSMS(text string) SMS {
	return CountSMS(plainSMS(text))
}

// CountSMS counts a text as it stands, whatever it holds: what a telephone
// that sends it would be charged for.
func CountSMS(text string) SMS {
	sms := SMS{Text: text, Encoding: GSM7, Characters: utf8.RuneCountInString(text)}
	total := 0
	for _, r := range text {
		cost := septets(r)
		if cost == 0 {
			sms.Encoding = UCS2
			sms.Segments = countParts(text, utf16Units, ucs2Alone, ucs2Joined)
			return sms
		}
		total += cost
	}
	switch {
	case total == 0:
	case total <= gsm7Alone:
		sms.Segments = 1
	default:
		sms.Segments = countParts(text, septets, gsm7Alone, gsm7Joined)
	}
	return sms
}

// countParts fills parts one character at a time, because neither an escaped
// GSM-7 character nor a surrogate pair may be cut in two: dividing the total by
// the size of a part would promise too few.
func countParts(text string, cost func(rune) int, alone, joined int) int {
	total, parts, used := 0, 1, 0
	for _, r := range text {
		n := cost(r)
		total += n
		if used+n > joined {
			parts++
			used = 0
		}
		used += n
	}
	if total <= alone {
		return 1
	}
	return parts
}

// utf16Units is 2 for a character outside the basic plane, which UTF-16 writes
// as a surrogate pair, else 1.
func utf16Units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
