package email

import (
	"regexp"
	"strings"
)

// Mail programs put a line above what they quote: "On DATE, NAME wrote:". In
// plain text it is broken anywhere, over three lines at most.
const attributionLines = 3

var (
	// wrote ends such a line, in the languages of the programs that people here
	// use: English and Welsh, and those of the largest groups of migrants.
	wrote = regexp.MustCompile(`(?i)(wrote|writes|ysgrifennodd|napisał\(?a?\)?|napisal|a scris|escribió|a écrit|ha scritto|escreveu|schrieb|rašė|написал\(?а?\)?)[^:!?]{0,100}:$`)
	// timed and addressed find what the line has and a sentence of the writer's
	// own, like "on Monday my ex wrote:", has not.
	timed     = regexp.MustCompile(`\b\d{1,2}[:.]\d{2}\b`)
	addressed = regexp.MustCompile(`\S@\S+\.\w`)
	// begins are how the line begins.
	begins = regexp.MustCompile(`(?i)^(on|ar|le|el|em|il|am|w dniu|dnia|în|pe)\s|^\d|^"?[^\n]{1,60}<[^<>\s]+@[^<>\s]+>|^(mon|tue|wed|thu|fri|sat|sun)`)
	// sameLine is such a line that the quotation itself goes on in.
	sameLine = regexp.MustCompile(`(?i)^on\s.*\d{1,2}:\d{2}.*<[^<>\s]+@[^<>\s]+>\s+wrote:\s+\S`)
)

// attribution is how many of the lines that begin here are a line above a
// quotation; 0: none. Without an address it is one only if the quotation that
// follows has its marks.
func attribution(lines []string) int {
	line := ""
	for n := range min(attributionLines, len(lines)) {
		next := strings.TrimSpace(lines[n])
		if next == "" || strings.HasPrefix(next, ">") {
			return 0
		}
		line = strings.TrimSpace(line + " " + next)
		if n == 0 && !begins.MatchString(line) {
			return 0
		}
		if wrote.MatchString(line) && (addressed.MatchString(line) || timed.MatchString(line) && quoteFollows(lines[n+1:])) {
			return n + 1
		}
	}
	return 0
}

// quoteFollows reports whether the next line that has words is quoted. Nothing
// may follow at all.
func quoteFollows(lines []string) bool {
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			return strings.HasPrefix(line, ">")
		}
	}
	return true
}

var (
	// originalRule stands above the message replied to in Outlook and the programs
	// that learnt from it.
	originalRule = regexp.MustCompile(`(?i)^-{2,}\s*(original message|original appointment|reply message|neges wreiddiol)\s*-{2,}$`)
	// headed are the fields that follow the rule, or stand there without it.
	headed = regexp.MustCompile(`(?i)^\*?(from|sent|date|to|cc|subject|oddi wrth|anfonwyd|dyddiad|at|pwnc|testun)\s*:\*?\s`)
	// headedFrom is the first of them.
	headedFrom = regexp.MustCompile(`(?i)^\*?(from|oddi wrth)\s*:\*?\s+\S`)
	rule       = regexp.MustCompile(`^(_{5,}|-{5,}|={5,}|\*{5,})$`)
)

// isOriginal reports whether the message replied to begins here, as a whole and
// without marks.
func isOriginal(lines []string) bool {
	first := strings.TrimSpace(lines[0])
	if originalRule.MatchString(first) {
		return true
	}
	if next := lines[:min(attributionLines, len(lines))]; sameLine.MatchString(strings.Join(next, " ")) {
		return true
	}
	if rule.MatchString(first) && len(lines) > 1 {
		rest := firstWords(lines[1:])
		return rest != nil && isHeader(rest)
	}
	return isHeader(lines)
}

// firstWords are the lines from the first that has words.
func firstWords(lines []string) []string {
	for i, line := range lines {
		if strings.TrimSpace(line) != "" {
			return lines[i:]
		}
	}
	return nil
}

// isHeader reports whether a block of header fields begins here: who from, and
// two more at least in the next lines.
func isHeader(lines []string) bool {
	if !headedFrom.MatchString(strings.TrimSpace(lines[0])) {
		return false
	}
	fields := 0
	for _, line := range lines[:min(8, len(lines))] {
		if headed.MatchString(strings.TrimSpace(line) + " ") {
			fields++
		}
	}
	return fields >= 3
}
