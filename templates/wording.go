package templates

import (
	"regexp"
	"slices"
	"strings"
)

// reserved are the words that Twilio treats as its own when a message is
// exactly one of them, whatever was asked: those that opt out, opt in and ask
// for help (Twilio, "Twilio support for opt-out keywords (SMS STOP
// filtering)"). Nobody may be asked to reply one.
var reserved = []string{"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout", "start", "unstop", "yes", "help", "info"}

// IsReserved reports whether a network keeps a word, in small letters, for
// itself.
func IsReserved(word string) bool { return slices.Contains(reserved, word) }

var (
	// A word that is asked for stands right after the verb, or in capitals
	// later in the sentence: "Reply stop", "Reply OK, or STOP to end".
	askedFor = regexp.MustCompile(`(?i)\b(?:reply|text|send|type|write|answer|atebwch|anfonwch|tecstiwch|teipiwch|ysgrifennwch)\b(?:\s+with)?\s+["']?(\w+)`)
	capitals = regexp.MustCompile(`\b(?i:reply|text|send|type|write|answer|atebwch|anfonwch|tecstiwch|teipiwch|ysgrifennwch)\b[^.!?]*?\b(` +
		strings.ToUpper(strings.Join(reserved, "|")) + `)\b`)

	placeholder = regexp.MustCompile(`\(\([^()]*\)\)`)
	domain      = regexp.MustCompile(`(?i)\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b`)
)

// AsksReserved returns the reserved word that a text asks people to reply, or
// nothing.
func AsksReserved(text string) string {
	word := ""
	for _, m := range askedFor.FindAllStringSubmatch(text, -1) {
		if IsReserved(strings.ToLower(m[1])) {
			word = m[1]
		}
	}
	if m := capitals.FindStringSubmatch(text); m != nil {
		word = m[1]
	}
	return strings.ToUpper(word)
}

// LinkDomain is where words may link to.
const LinkDomain = "gov.uk"

// ForeignLinks lists the hosts outside LinkDomain that a text names, with
// https:// or without. What placeholders will hold is not looked at.
func ForeignLinks(text string) []string {
	var hosts []string
	for _, host := range domain.FindAllString(placeholder.ReplaceAllString(text, ""), -1) {
		if host = strings.ToLower(host); host != LinkDomain && !strings.HasSuffix(host, "."+LinkDomain) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// Uncarried lists the characters of an English text that a text message cannot
// carry as they are written, or only at double the price, and with each what is
// sent instead (empty: nothing fits).
func Uncarried(text string) (wrong, instead []string) {
	for _, r := range text {
		own := string(r)
		sms := PrepareSMS(own)
		if slices.Contains(wrong, own) || sms.Encoding == GSM7 && sms.Text == own {
			continue
		}
		with := ""
		if sms.Encoding == GSM7 && sms.Text != "?" {
			with = sms.Text
		}
		wrong, instead = append(wrong, own), append(instead, with)
	}
	return wrong, instead
}
