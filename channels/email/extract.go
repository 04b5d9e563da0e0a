package email

import (
	"regexp"
	"strings"
)

// newWords takes what is new out of a message's text: without the message that
// it answers, wherever its writer put their words, without signature, and
// without what programs and offices add. A forwarded message is new.
//
// Where it is not sure it keeps: a name too much is asked about again, words too
// few are lost. It gives "" when everything is quoted, for that is not an answer.
func newWords(text, subject string) string {
	lines := strings.Split(tidy(text), "\n")
	forwarded := forward.MatchString(subject)
	var kept []string
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		switch {
		case forwardRule.MatchString(line):
			return joined(append(withoutSignature(kept), lines[i+1:]...))
		case strings.HasPrefix(line, ">"):
			if n := len(kept); n > 0 && kept[n-1] != "" {
				kept = append(kept, "")
			}
		case !forwarded && isOriginal(lines[i:]):
			return joined(withoutSignature(kept))
		default:
			if n := attribution(lines[i:]); n > 0 && !forwarded {
				if !quoteFollows(lines[i+n:]) { // quoted without marks: all that follows is
					return joined(withoutSignature(kept))
				}
				i += n - 1
				continue
			}
			if isSignatureRule(lines[i]) {
				kept = withoutSignature(kept)
				i = skipSignature(lines, i)
				continue
			}
			kept = append(kept, line)
		}
	}
	return joined(withoutSignature(kept))
}

var (
	// forward begins the subjects of forwarded messages, in English and Welsh.
	forward = regexp.MustCompile(`(?i)^\s*(fwd?|ymlaen)\s*:`)
	// forwardRule stands above a forwarded message: Gmail, Apple, Thunderbird.
	forwardRule = regexp.MustCompile(`(?i)^(-{2,} ?(forwarded message|neges wedi'i hanfon ymlaen) ?-{2,}|begin forwarded message:|dechrau neges a anfonwyd ymlaen:)$`)
)

// tidy takes out what does not show, and makes of every kind of space a space.
func tidy(text string) string {
	text = strings.Map(func(r rune) rune {
		switch r {
		case '\r', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202c', '\u2060', '\ufeff', '\u00ad':
			return -1
		case '\u00a0', '\u2007', '\u2009', '\u202f', '\t':
			return ' '
		}
		return r
	}, text)
	return text
}

// joined puts lines together with no more than one empty line between two.
func joined(lines []string) string {
	var b strings.Builder
	empty := 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		if line == "" {
			empty++
			continue
		}
		if b.Len() > 0 {
			b.WriteString(strings.Repeat("\n", min(empty, 1)+1))
		}
		b.WriteString(line)
		empty = 0
	}
	return b.String()
}
