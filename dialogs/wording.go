package dialogs

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/templates"
)

// reserved are the words that Twilio treats as its own when a message is
// exactly one of them, whatever was asked: those that opt out, opt in and ask
// for help (Twilio, "Twilio support for opt-out keywords (SMS STOP
// filtering)"). A dialog never sees most of them.
var reserved = []string{"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "start", "unstop", "yes", "help", "info"}

var (
	// A word that is asked for stands right after the verb, or in capitals
	// later in the sentence: "Reply stop", "Reply OK, or STOP to end".
	askedFor = regexp.MustCompile(`(?i)\b(?:reply|text|send|type|write|answer|atebwch|anfonwch|tecstiwch|teipiwch|ysgrifennwch)\b(?:\s+with)?\s+["']?(\w+)`)
	capitals = regexp.MustCompile(`\b(?i:reply|text|send|type|write|answer|atebwch|anfonwch|tecstiwch|teipiwch|ysgrifennwch)\b[^.!?]*?\b(` +
		strings.ToUpper(strings.Join(reserved, "|")) + `)\b`)

	placeholder = regexp.MustCompile(`\(\([^()]*\)\)`)
	domain      = regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b`)
)

// linkDomain is where words may link to.
const linkDomain = "gov.uk"

// asks reports words that ask people to reply what never reaches us.
func (l *linter) asks(language templates.Language, at place, key, raw string) {
	word := ""
	for _, m := range askedFor.FindAllStringSubmatch(raw, -1) {
		if slices.Contains(reserved, strings.ToLower(m[1])) {
			word = m[1]
		}
	}
	if m := capitals.FindStringSubmatch(raw); m != nil {
		word = m[1]
	}
	if word != "" {
		l.found(lintReserved, fileOf(language), at, "%q asks people to reply %s, which the network keeps for itself: use another word", key, strings.ToUpper(word))
	}
}

// links reports addresses outside the allowed domain, with https:// or without.
func (l *linter) links(language templates.Language, at place, key, raw string) {
	for _, host := range domain.FindAllString(placeholder.ReplaceAllString(raw, ""), -1) {
		if host = strings.ToLower(host); host != linkDomain && !strings.HasSuffix(host, "."+linkDomain) {
			l.found(lintLink, fileOf(language), at, "%q links to %s: only %s is allowed", key, host, linkDomain)
		}
	}
}

// length reports words that are too long for a text message.
func (l *linter) length(language templates.Language, at place, key, raw string) {
	if parts := templates.PrepareSMS(raw).Segments; parts > templates.MaxSegments {
		l.found(lintTooLong, fileOf(language), at, "%q takes %d text messages and may take %d: make it shorter", key, parts, templates.MaxSegments)
	}
}

// characters reports English that a text message cannot carry as it is
// written, or only at double the price. Welsh letters are kept: they are worth
// theirs.
func (l *linter) characters(language templates.Language, at place, key, raw string) {
	if language != templates.English {
		return
	}
	var wrong, instead []string
	for _, r := range raw {
		own := string(r)
		sms := templates.PrepareSMS(own)
		if slices.Contains(wrong, own) || sms.Encoding == templates.GSM7 && sms.Text == own {
			continue
		}
		wrong = append(wrong, own)
		if sms.Encoding == templates.GSM7 && sms.Text != "" && sms.Text != "?" {
			instead = append(instead, fmt.Sprintf("Write %s instead of %s.", sms.Text, own))
		} else {
			instead = append(instead, fmt.Sprintf("Take out %s (U+%04X).", own, r))
		}
	}
	if len(wrong) > 0 {
		l.found(lintCharacter, scriptFile, at, "%q holds %s, which a text message cannot carry as it is. %s", key, templates.English.List(wrong), strings.Join(instead, " "))
	}
}

// command reports a word that would be taken for something else before the
// question sees it. YES reaches us beside being an opt-in.
func (l *linter) command(language templates.Language, at place, key, word string) {
	word = plain(word)
	if c, _ := parseCommand(word); c != noCommand || word != "yes" && slices.Contains(reserved, word) {
		l.found(lintReserved, fileOf(language), at, "%q takes the word %q, which means something else everywhere: use another", key, word)
	}
}
