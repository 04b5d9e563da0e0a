package sms

import (
	"regexp"
	"strings"

	"parley/gateway"
)

// keyword is what a text means to the channel, and whether Twilio has answered
// it. OptOutType names the words that the account's owner has added with
// Advanced Opt-Out. Twilio knows bare words only, English unless more were
// added: a plea in plain words is ours to answer under either setting.
// https://www.twilio.com/docs/messaging/tutorials/advanced-opt-out
func (c *Channel) keyword(text, optOutType string) (word gateway.Keyword, answered bool) {
	word = Keyword(text)
	added := reserved(optOutType)
	if word == gateway.NoKeyword && added != gateway.Begin { // added or not, YES is an answer
		word = added
	}
	known := added != gateway.NoKeyword || reserved(strings.TrimSpace(text)) != gateway.NoKeyword
	return word, known && word != gateway.NoKeyword && c.config.Keywords == KeywordsByTwilio
}

// Keyword reads a text as an opt-out, an opt-in or a call for help. It must be
// the whole text: "I had to stop work" opts nobody out. YES is never an opt-in
// here: it is far more often the answer to a question.
func Keyword(text string) gateway.Keyword {
	const longest = 120 // bytes; the longest plea is shorter
	if len(text) > longest {
		return gateway.NoKeyword
	}
	word := strings.Trim(text, " \t\r\n.!,\"'“”‘’")
	if keyword := reserved(word); keyword != gateway.NoKeyword {
		return keyword
	}
	switch strings.ToLower(word) {
	case "stopio", "stopiwch":
		return gateway.Stop
	case "dechrau", "ailddechrau":
		return gateway.Begin
	}
	if pleas.MatchString(plain(text)) {
		return gateway.Stop
	}
	return gateway.NoKeyword
}

// reserved is the keyword that Twilio knows a word as.
// https://help.twilio.com/articles/223134027
func reserved(word string) gateway.Keyword {
	switch strings.ToUpper(word) {
	case "STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT":
		return gateway.Stop
	case "START", "UNSTOP":
		return gateway.Begin
	case "HELP", "INFO":
		return gateway.Help
	default:
		return gateway.NoKeyword
	}
}

// plain writes a text as small letters without accents or punctuation and with
// single spaces, so that "Don’t text me!!" and "dont text me" are the same.
func plain(text string) string {
	return strings.Join(strings.Fields(unaccented.Replace(strings.ToLower(text))), " ")
}

var unaccented = strings.NewReplacer(
	"'", "", "’", "", "‘", "", "`", "",
	".", " ", ",", " ", "!", " ", "?", " ", ";", " ", ":", " ", "-", " ", "\"", " ", "“", " ", "”", " ",
	"â", "a", "ê", "e", "î", "i", "ô", "o", "û", "u", "ŵ", "w", "ŷ", "y",
)

// pleas are the ways to say STOP in plain words, as plain gives them. Nothing
// may come before or after that would change what is asked: "don't text me
// before 9" is about hours and "stop contacting my boss" about somebody else.
var pleas = regexp.MustCompile(`^(?:` + english + `|` + welsh + `)$`)

const (
	english = `(?:(?:please|pls|plz|ok|okay|sorry|just|can you|could you|will you|would you|i want you to|id like you to) )*` +
		`(?:` +
		`(?:stop|quit) (?:texting|messaging|contacting)` + me + `?` +
		`|(?:stop|quit) sending(?: me)?(?: these| any| your| all)?(?: more)? ` + texts + `(?: to me| to this number| to my phone)?` +
		`|stop (?:all )?(?:the |these |your )?` + texts +
		`|(?:do not|dont|never) (?:text|message|contact)` + me +
		`|(?:do not|dont|never) send me(?: any)?(?: more)? ` + texts +
		`|no more ` + texts +
		`|unsubscribe me|opt me out|opt out|(?:take|remove) (?:me|my number)(?: off| from)(?: your| this| the) list` +
		`)` +
		`(?: (?:please|pls|plz|again|any ?more|ever|now|from now on|thanks|thank you))*`
	me    = `(?: me| us| this number| my number| my phone)`
	texts = `(?:text messages|texts|messages|msgs|sms)`

	welsh = `(?:(?:plis|os gwelwch yn dda|iawn|sori) )*` +
		`(?:` +
		`(?:stop|stopio|stopia|stopiwch) (?:tecstio|decstio|negeseuo|anfon ` + negeseuon + `|danfon ` + negeseuon + `|gyrru ` + negeseuon + `)` + fi +
		`|(?:peidiwch|paid) (?:a |ag )?(?:thecstio|tecstio|decstio|negeseuo|(?:anfon|danfon|gyrru) (?:mwy o |rhagor o )?` + negeseuon + `)` + fi +
		`|(?:peidiwch|paid) (?:a |ag )?chysylltu a (?:fi|mi)` +
		`|dim (?:mwy|rhagor) o ` + negeseuon +
		`)` +
		`(?: (?:plis|os gwelwch yn dda|eto|mwyach|bellach|byth eto|diolch))*`
	negeseuon = `(?:negeseuon testun|negeseuon|neges|tecstiau|decstiau)`
	fi        = `(?: fi| i mi| i fi| imi| ata i| ataf i| ataf)?`
)
