package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Address is a postal address in the United Kingdom.
type Address struct {
	Lines    []string // one to six, without the postcode
	Postcode string   // LS1 1AA
}

// The longest address that is taken.
const (
	mostAddressLines   = 6
	longestAddressLine = 80 // characters
)

// ReadAddress reads an address that ends with its postcode, on one line with
// commas or on several: "12 High Street, Leeds LS1 1AA".
func ReadAddress(text string, _ Context) (Address, error) {
	fail := func(code Code) (Address, error) { return Address{}, &Error{KindAddress, code} }
	clean := cleaned(text)
	switch {
	case clean == "":
		return fail(Empty)
	case len(clean) > maxInput:
		return fail(TooLong)
	}
	place, postcode, code := lastPostcode(clean)
	if code != "" {
		return fail(code)
	}
	lines, code := addressLines(place)
	if code != "" {
		return fail(code)
	}
	return Address{lines, postcode}, nil
}

// lastPostcode parts an address from the postcode at its end. Only the country
// and thanks may follow it.
func lastPostcode(text string) (place, postcode string, code Code) {
	words := wordSpans(text)
	for last := len(words) - 1; last >= 0; last-- {
		first, found := postcodeEnding(text, words[:last+1])
		if found == "" {
			continue
		}
		for earlier := range words[:first] {
			if _, another := postcodeEnding(text, words[:earlier+1]); another != "" {
				return "", "", TwoValues
			}
		}
		if last+1 < len(words) && !endsAddress(text[words[last+1].start:]) {
			return "", "", NotUnderstood
		}
		return text[:words[first].start], found, ""
	}
	return "", "", NoPostcode
}

// span is where a word stands in its text.
type span struct{ start, end int }

// wordSpans are the words between white space and punctuation.
func wordSpans(text string) []span {
	var words []span
	start := -1
	for i, r := range text + " " {
		apart := unicode.IsSpace(r) || strings.ContainsRune(",.;:()", r)
		switch {
		case apart && start >= 0:
			words, start = append(words, span{start, i}), -1
		case !apart && start < 0:
			start = i
		}
	}
	return words
}

// postcodeEnding reads the postcode whose last word is the last of words, and
// returns which word is its first.
func postcodeEnding(text string, words []span) (first int, postcode string) {
	last := len(words) - 1
	inward := text[words[last].start:words[last].end]
	if last > 0 && len(inward) == 3 {
		outward := text[words[last-1].start:words[last-1].end]
		if postcode, ok := formPostcode(outward + inward); ok {
			return last - 1, postcode
		}
	}
	postcode, _ = formPostcode(inward)
	return last, postcode
}

// endsAddress knows what may stand after a postcode.
func endsAddress(text string) bool {
	s, _ := scan(text)
	for at := 0; at < len(s.tokens); {
		country, n := longest(&s, at, 2, countryOf)
		if !country {
			n = s.padding(at)
		}
		if n == 0 {
			return false
		}
		at += n
	}
	return true
}

func countryOf(phrase string) bool {
	switch phrase {
	case "uk", "u . k", "united kingdom", "gb", "great britain", "england", "wales", "scotland", "northern ireland",
		"ni", "cymru", "lloegr", "yr alban", "gogledd iwerddon", "y deyrnas unedig":
		return true
	}
	return false
}

// addressLines parts the place into lines at line breaks, or at commas when it
// is all on one line.
func addressLines(place string) ([]string, Code) {
	separator := ","
	if strings.Contains(strings.TrimSpace(place), "\n") {
		separator = "\n"
	}
	var lines []string
	letters := 0
	for line := range strings.SplitSeq(place, separator) {
		line = strings.Trim(strings.Join(strings.Fields(line), " "), " ,.;:-")
		if len(lines) == 0 {
			line = withoutAddressTalk(line)
		}
		if line == "" {
			continue
		}
		for _, r := range line {
			switch {
			case unicode.IsLetter(r):
				letters++
			case r == utf8.RuneError || unicode.IsControl(r):
				return nil, NotUnderstood
			}
		}
		if utf8.RuneCountInString(line) > longestAddressLine {
			return nil, TooLong
		}
		lines = append(lines, line)
	}
	switch {
	case letters < 3: // a postcode alone, or a number and a postcode
		return nil, NoStreet
	case len(lines) > mostAddressLines:
		return nil, TooLong
	}
	return lines, ""
}

// withoutAddressTalk leaves out the words that introduce an address.
func withoutAddressTalk(line string) string {
	words := strings.Fields(line)
	for n := min(6, len(words)); n > 0; n-- {
		s, _ := scan(strings.Join(words[:n], " "))
		if introducesAddress(strings.TrimSuffix(s.text, " :")) {
			return strings.Join(words[n:], " ")
		}
	}
	return line
}

func introducesAddress(phrase string) bool {
	switch phrase {
	case "my address is", "my new address is", "the address is", "new address is", "address is", "address", "its",
		"it is", "i live at", "i live in", "i now live at", "im at", "i am at", "we live at", "ive moved to",
		"i have moved to", "i moved to", "moved to", "weve moved to", "fy nghyfeiriad yw", "fy nghyfeiriad newydd yw",
		"cyfeiriad", "y cyfeiriad yw", "dwin byw yn", "rwyn byw yn", "dw in byw yn":
		return true
	}
	return false
}
