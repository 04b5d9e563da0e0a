package email

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	// device is what telephones and programs sign with, on a line of its own.
	device = regexp.MustCompile(`(?i)^(sent from my [^.,!?]{1,40}|sent from (mail for|outlook|yahoo|samsung|aol|proton|gmail|bluemail|galaxy|android|the all[- ]new)\b.{0,60}|sent (via|with|using) [^.,!?]{0,20}\b(mail|outlook|android|galaxy|samsung|blackberry|phone|spark|proton)\b.{0,30}|get outlook for .{1,30}|get bluemail for .{1,20}|(wedi'?i )?anfon(wyd)? (o|oddi ar|gan) .{1,60}|envoyé de mon .{1,30}|yahoo mail: .{1,60}|virus[- ]free\..{0,40}|.{0,20}download .{1,30} mail app.{0,20})$`)

	// disclaimer begins what offices add below.
	disclaimer = regexp.MustCompile(`(?i)^\**(this (e-?mail|message|communication|transmission)\b.{0,80}\b(confidential|intended|privileged|solely)|the (information|contents?) (contained )?(in|of) this (e-?mail|message)|confidentiality notice|disclaimer\b|important notice:|please consider the environment|mae('r| yr)? (e-?bost|neges) (hwn|hon)\b.{0,80}\b(gyfrinachol|cyfrinachol|fwriedir|bwriadu)|ymwadiad\b)`)

	// farewell is a line that ends a letter.
	farewell = regexp.MustCompile(`(?i)^((many |kind |best |warm |kindest |with )*(thanks|thank you|regards|wishes|cheers|yours (sincerely|faithfully|truly)|sincerely|all the best)( (in advance|again|very much|and regards|so much))?|kr|rgds|ta|br|(cofion( (gorau|cynnes))?|diolch( (yn fawr|o galon|am eich help))*|dymuniadau gorau|yr eiddoch yn (gywir|bur)|hwyl( fawr)?|gyda diolch))[,.!]*$`)

	// reachable is a line about how to reach somebody.
	reachable = regexp.MustCompile(`(?i)(\b(tel|phone|mob|mobile|m|t|e|ffôn|symudol|e-?bost|e-?mail|www)\b\s*[.:]|\+?\d[\d ()-]{7,}\d|\S+@\S+\.\S+|https?://|www\.)`)
)

// isSignatureRule is the line above a signature (RFC 3676 section 4.3), also as
// programs write it that trim their lines.
func isSignatureRule(line string) bool {
	line = strings.TrimRight(line, " ")
	return line == "--" || line == "—" || line == "—-" || line == "___" || line == "–"
}

// skipSignature returns the last line of the signature below the rule at i:
// before what is quoted, or at the end.
func skipSignature(lines []string, i int) int {
	for j := i + 1; j < len(lines); j++ {
		line := strings.TrimSpace(lines[j])
		if strings.HasPrefix(line, ">") || attribution(lines[j:]) > 0 || isOriginal(lines[j:]) || forwardRule.MatchString(line) {
			return j - 1
		}
	}
	return len(lines) - 1
}

// withoutSignature takes from the end of what somebody wrote what a program or
// an office added, and a farewell with a name.
func withoutSignature(lines []string) []string {
	for i, line := range lines {
		if disclaimer.MatchString(strings.TrimSpace(line)) {
			lines = lines[:i]
			break
		}
	}
	kept := lines[:0:0]
	for _, line := range lines {
		if !device.MatchString(strings.TrimSpace(line)) {
			kept = append(kept, line)
		}
	}
	for i, line := range kept {
		if farewell.MatchString(strings.TrimSpace(line)) && hasWords(kept[:i]) && isSigned(kept[i+1:]) {
			return kept[:i]
		}
	}
	return kept
}

func hasWords(lines []string) bool { return firstWords(lines) != nil }

// isSigned reports whether lines are but a name and how to reach who has it.
// Anything that could be a sentence or an answer is not: a number without a
// name before it may be what was asked for.
func isSigned(lines []string) bool {
	const mostLines, mostWords = 8, 6
	named := 0
	for _, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || named > 0 && reachable.MatchString(line):
			continue
		case len(strings.Fields(line)) > mostWords || !isNamelike(line):
			return false
		}
		named++
	}
	return named <= mostLines
}

// isNamelike reports whether every word begins with a capital letter, or is one
// of the small ones in names and posts.
func isNamelike(line string) bool {
	for word := range strings.FieldsSeq(line) {
		first := []rune(strings.Trim(word, `"'(),.&|-`))
		small := strings.Contains(" of and the a ap ab ferch van de i y yr at for ", " "+strings.ToLower(word)+" ")
		if len(first) > 0 && !small && !unicode.IsUpper(first[0]) {
			return false
		}
	}
	return true
}
