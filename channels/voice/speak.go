package voice

import (
	"fmt"
	"net/url"
	"strconv"

	"github.com/twilio/twilio-go/twiml"

	"parley/templates"
)

// at is the address of a step of a call; pairs are names and values of its
// query, of which those that are "0" are left out.
func (c *Channel) at(path string, pairs ...string) string {
	query := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] != "0" {
			query.Set(pairs[i], pairs[i+1])
		}
	}
	address := c.config.PublicURL + root + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	return address
}

func digits(n int64) string { return strconv.FormatInt(n, 10) }

// say reads a text.
func (c *Channel) say(language templates.Language, text string) twiml.Element {
	if language != templates.Welsh {
		language = templates.English
	}
	return &twiml.VoiceSay{Message: text, Language: tags[language], Voice: c.config.Voices[language]}
}

// says reads phrases in the language of the call.
func (w *webhook) says(list ...phrase) []twiml.Element {
	verbs := make([]twiml.Element, len(list))
	for i, p := range list {
		verbs[i] = w.say(w.call.Language, p.in(w.call.Language))
	}
	return verbs
}

func goTo(address string) twiml.Element {
	return &twiml.VoiceRedirect{Url: address, Method: "POST"}
}

func pause(seconds int64) twiml.Element { return &twiml.VoicePause{Length: digits(seconds)} }

// keys waits for keys while something is read: most of them, or any number up to
// the hash key when most is 0. Silence is an answer too, an empty one.
func keys(action string, most int, seconds int, read ...twiml.Element) *twiml.VoiceGather {
	g := &twiml.VoiceGather{
		Input: "dtmf", Action: action, Method: "POST", Timeout: strconv.Itoa(seconds), FinishOnKey: "#",
		ActionOnEmptyResult: "true", InnerElements: read,
	}
	if most > 0 {
		g.NumDigits = strconv.Itoa(most)
	}
	return g
}

// orSpeech takes speech beside keys.
func (w *webhook) orSpeech(g *twiml.VoiceGather) *twiml.VoiceGather {
	g.Input, g.SpeechTimeout, g.Language = "dtmf speech", "auto", tags[templates.English]
	if w.call.Language == templates.Welsh {
		g.Language = tags[templates.Welsh]
	}
	return g
}

// trouble asks a caller to hold on while something does not work, and after a
// while to call again. An answer that was not taken is asked for again.
func (w *webhook) trouble() []twiml.Element {
	failed := w.number("failed") + 1
	if failed > patienceTo {
		return append(w.says(sayCallAgain), &twiml.VoiceHangup{})
	}
	path := w.path
	switch path {
	case "/said", "/ways":
		path = "/said" // without an answer it asks again
	case "/choice":
		path = "/person"
	}
	again := w.at(path, "after", digits(w.number("after")), "failed", digits(failed))
	return append(w.says(sayTrouble), pause(2), goTo(again))
}

// minutes is a wait in words.
func minutes(language templates.Language, n int64) string {
	switch {
	case language == templates.Welsh:
		return fmt.Sprintf("%d munud", n)
	case n == 1:
		return "1 minute"
	default:
		return fmt.Sprintf("%d minutes", n)
	}
}
