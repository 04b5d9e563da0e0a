package email

import (
	"regexp"
	"strings"

	"parley/gateway"
)

// keyword reads what somebody wrote as an opt-out or opt-in: all of it, or the
// subject of a message without words, which is what programs send that
// unsubscribe by mail. "I had to stop work" opts nobody out.
func keyword(text, subject string) gateway.Keyword {
	words := plain(text)
	if words == "" {
		words = plain(subject)
	}
	switch {
	case pleas.MatchString(words):
		return gateway.Stop
	case words == "start" || words == "dechrau":
		return gateway.Begin
	}
	return gateway.NoKeyword
}

// plain writes a text as small letters with single spaces and without
// punctuation; nothing for one that is longer than any plea.
func plain(text string) string {
	const longest = 120
	if len(text) > longest {
		return "…"
	}
	return strings.Join(strings.Fields(unaccented.Replace(strings.ToLower(text))), " ")
}

var unaccented = strings.NewReplacer(
	"'", "", "’", "", ".", " ", ",", " ", "!", " ", "?", " ", "-", "", "\"", " ",
	"â", "a", "ê", "e", "î", "i", "ô", "o", "û", "u", "ŵ", "w", "ŷ", "y",
)

// pleas are the ways to say STOP. Nothing may stand around them that would
// change what is asked: "do not email me before 9" is about hours.
var pleas = regexp.MustCompile(`^(?:(?:please|pls|can you|could you|plis) )*(?:` +
	`stop|stopall|unsubscribe|optout|opt out|opt me out|unsubscribe me` +
	`|stop (?:emailing|contacting|messaging) me|stop (?:sending )?(?:me )?(?:these |your |any )?(?:more )?(?:emails|messages)` +
	`|(?:do not|dont) (?:email|contact|message) me|no more (?:emails|messages)|(?:take|remove) me (?:off|from) (?:your|this|the) list` +
	`|stopio|stopiwch|dadtanysgrifio|peidiwch ag? (?:ebostio|anfon ebyst)(?: ataf)?|dim mwy o ebyst` +
	`)(?: (?:please|again|any ?more|now|thanks|thank you|os gwelwch yn dda|diolch))*$`)
