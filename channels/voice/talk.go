package voice

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"github.com/twilio/twilio-go/twiml"

	"parley/gateway"
	"parley/templates"
)

// mostSilent is how often a question is asked again that nobody answers, and
// mostHolds how often a caller is asked to hold on for what is to be said.
const (
	mostSilent = 2
	mostHolds  = 3
	listenFor  = 6 // seconds without a word or a key
)

// more begins to talk, or goes on to say what was not there yet.
func (w *webhook) more(ctx context.Context) ([]twiml.Element, error) {
	if w.number("after") == 0 {
		if err := w.to.Greet(ctx, w.call.ID); err != nil {
			return nil, err
		}
	}
	return w.speak(ctx, w.number("after"))
}

// speak reads what there is to be said after an entry, and then listens, or goes
// on to whatever comes next.
func (w *webhook) speak(ctx context.Context, after int64) ([]twiml.Element, error) {
	said, err := w.to.Say(ctx, w.call.ID, after, w.config.Patience)
	if err != nil {
		return nil, err
	}
	if said.Language != "" {
		w.call.Language = said.Language
	}
	var read []twiml.Element
	for _, e := range said.Entries {
		read = append(read, w.say(e.Language, wordsOf(e)))
	}
	last := after
	if n := len(said.Entries); n > 0 {
		last = said.Entries[n-1].Sequence
	}
	switch {
	case said.Then == gateway.ThenMore && w.number("holds") < mostHolds:
		holds := w.number("holds") + 1
		read = append(read, w.says(sayHold)...)
		return append(read, pause(1), goTo(w.at("/more", "after", digits(max(last, 1)), "holds", digits(holds)))), nil
	case said.Then == gateway.ThenDone:
		read = append(read, w.says(sayMore)...)
		return []twiml.Element{keys(w.at("/next", "after", digits(last)), 1, 8, read...)}, nil
	case said.Then == gateway.ThenListen && len(read) > 0:
		if after == 0 {
			read = append(read, w.says(sayStar)...)
		}
		return []twiml.Element{w.listen(said.Entries[len(said.Entries)-1], 0, read...)}, nil
	case said.Then == gateway.ThenPerson && len(read) > 0 && w.safety(ctx):
		// Support numbers may be asked for; after that a person comes, in silence.
		return []twiml.Element{w.orSpeech(keys(w.at("/said", "after", digits(last)), 1, listenFor, read...))}, nil
	}
	return append(read, goTo(w.at("/person"))), nil
}

// safety reports whether what is said in the call answers words of danger.
func (w *webhook) safety(ctx context.Context) bool {
	call, err := w.to.Call(ctx, w.call.ID)
	return err == nil && call.Danger
}

// listen takes the answer to an entry while it is read.
func (w *webhook) listen(e gateway.Entry, silent int64, read ...twiml.Element) twiml.Element {
	most := 0
	if oneKey(e.Ask) {
		most = 1
	}
	return w.orSpeech(keys(w.at("/said", "after", digits(e.Sequence), "silent", digits(silent)), most, listenFor, read...))
}

// said takes what the caller said or keyed in.
func (w *webhook) said(ctx context.Context) ([]twiml.Element, error) {
	after := w.number("after")
	e, err := w.to.Entry(ctx, w.call.ID, after)
	if err != nil {
		return nil, err
	}
	pressed, spoken := w.form["Digits"], strings.TrimSpace(w.form["SpeechResult"])
	switch {
	case pressed == "*":
		return w.otherWays(after), nil
	case pressed == "" && spoken == "" && w.call.Danger:
		return []twiml.Element{goTo(w.at("/person"))}, nil
	case pressed == "" && spoken == "":
		return w.askAgain(e, sayNotHeard), nil
	}
	h := gateway.Heard{After: after, Text: typed(pressed, e.Ask, e.Language)}
	if pressed == "" {
		h.Text, h.Spoken = spoken, true
		h.Confidence, _ = strconv.ParseFloat(w.form["Confidence"], 64)
	}
	switch err := w.to.Hear(ctx, w.call.ID, h); {
	case errors.Is(err, gateway.ErrUnclear):
		return w.askAgain(e, sayNotUnderstood), nil
	case err != nil:
		return nil, err
	}
	return w.speak(ctx, after)
}

// askAgain reads a question again, and after a while gives up for a person.
func (w *webhook) askAgain(e gateway.Entry, why phrase) []twiml.Element {
	silent := w.number("silent") + 1
	read := w.says(why)
	if w.number("failed") > 0 {
		silent, read = w.number("silent"), nil
	}
	if silent > mostSilent {
		return append(read, goTo(w.at("/person")))
	}
	return []twiml.Element{w.listen(e, silent, append(read, w.say(e.Language, wordsOf(e)))...)}
}

// otherWays offers what the star key is for.
func (w *webhook) otherWays(after int64) []twiml.Element {
	read := w.says(sayOtherWays)
	if w.call.Person != "" {
		read = append(read, w.says(sayOtherText)...)
	}
	return []twiml.Element{keys(w.at("/ways", "after", digits(after)), 1, 8, read...)}
}

// ways takes one of them.
func (w *webhook) ways(ctx context.Context) ([]twiml.Element, error) {
	after := w.number("after")
	word := ""
	switch w.form["Digits"] {
	case "1":
		word = commands[w.spoken()].person
	case "2":
		word = commands[w.spoken()].back
	case "3":
		return w.byText(ctx, goTo(w.at("/said", "after", digits(after), "failed", "1")))
	default:
		return []twiml.Element{goTo(w.at("/said", "after", digits(after), "failed", "1"))}, nil
	}
	if err := w.to.Hear(ctx, w.call.ID, gateway.Heard{After: after, Text: word}); err != nil {
		return nil, err
	}
	return w.speak(ctx, after)
}

// commands are the words that work in every dialog.
var commands = map[templates.Language]struct{ person, back string }{
	templates.English: {"PERSON", "BACK"},
	templates.Welsh:   {"RHYWUN", "YN ÔL"},
}

func (w *webhook) spoken() templates.Language {
	if w.call.Language == templates.Welsh {
		return templates.Welsh
	}
	return templates.English
}

// byText has the caller go on by text, and ends the call; otherwise is where it
// goes on when they cannot.
func (w *webhook) byText(ctx context.Context, otherwise twiml.Element) ([]twiml.Element, error) {
	switch err := w.to.Text(ctx, w.call.ID); {
	case errors.Is(err, gateway.ErrNotSafe):
		return append(w.says(sayNoText), otherwise), nil
	case err != nil:
		return nil, err
	}
	return append(w.says(sayTextSent, sayGoodbye), &twiml.VoiceHangup{}), nil
}

// next takes what a caller wants after something has come to its end.
func (w *webhook) next(ctx context.Context) ([]twiml.Element, error) {
	switch w.form["Digits"] {
	case "1":
		if err := w.to.Greet(ctx, w.call.ID); err != nil {
			return nil, err
		}
		return w.speak(ctx, w.number("after"))
	case "2":
		return []twiml.Element{goTo(w.at("/person"))}, nil
	}
	return append(w.says(sayGoodbye), &twiml.VoiceHangup{}), nil
}
