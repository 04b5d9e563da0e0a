package voice

import (
	"context"
	"errors"

	"github.com/twilio/twilio-go/twiml"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// begin greets a caller in both languages, first in the one of the number that
// they call from.
func (w *webhook) begin(context.Context) ([]twiml.Element, error) {
	first, second := templates.English, templates.Welsh
	if w.call.Language == templates.Welsh {
		first, second = second, first
	}
	return []twiml.Element{keys(w.at("/language"), 1, 4,
		w.say(first, sayHello.in(first)), w.say(second, sayHello.in(second)),
		w.say(first, sayLanguage.in(first)), w.say(second, sayLanguage.in(second)),
	)}, nil
}

// language takes the language, and asks for the reference.
func (w *webhook) language(ctx context.Context) ([]twiml.Element, error) {
	chosen, ok := map[string]templates.Language{"1": templates.English, "2": templates.Welsh}[w.form["Digits"]]
	if ok && chosen != w.call.Language {
		if err := w.to.Speak(ctx, w.call.ID, chosen); err != nil {
			return nil, err
		}
		w.call.Language = chosen
	}
	return w.askReference(), nil
}

// referenceLength is how many figures a case reference has.
const referenceLength = 12

func (w *webhook) askReference(before ...twiml.Element) []twiml.Element {
	read := append(before, w.says(sayReference)...)
	return []twiml.Element{keys(w.at("/reference", "tries", digits(w.number("tries"))), referenceLength, 8, read...)}
}

// reference takes the figures that find a record, if there are any; nothing said
// here tells whether they do.
func (w *webhook) reference(ctx context.Context) ([]twiml.Element, error) {
	figures, tries := w.form["Digits"], w.number("tries")
	switch {
	case figures == "", len(figures) != referenceLength && tries > 1:
		return w.whatNow(), nil
	case len(figures) != referenceLength:
		w.query.Set("tries", digits(tries+1))
		return w.askReference(w.says(sayReferenceLength)...), nil
	}
	if err := w.to.Claim(ctx, w.call.ID, directory.CaseReference(figures)); err != nil {
		return nil, err
	}
	return []twiml.Element{keys(w.at("/pin", "tries", digits(tries)), 0, 8, w.says(sayPIN)...)}, nil
}

// pin takes the PIN. A wrong one, or one for a reference that there is not, is
// answered alike, later each time, and after some a person must help.
func (w *webhook) pin(ctx context.Context) ([]twiml.Element, error) {
	pin, tries := w.form["Digits"], w.number("tries")+1
	if pin == "" {
		return w.whatNow(), nil
	}
	switch err := w.to.Confirm(ctx, w.call.ID, pin); {
	case errors.Is(err, gateway.ErrWrongSecret):
		w.query.Set("tries", digits(tries))
		return append([]twiml.Element{pause(2 * tries)}, w.askReference(w.says(sayNoMatch)...)...), nil
	case errors.Is(err, gateway.ErrBlocked), errors.Is(err, gateway.ErrSessionsAway):
		return append(w.says(sayCannotCheck), goTo(w.at("/person"))), nil
	case err != nil:
		return nil, err
	}
	return []twiml.Element{goTo(w.at("/more"))}, nil // on whom a hold lies hears no word of ours from here on
}

// whatNow asks somebody whom nobody knows what they want.
func (w *webhook) whatNow() []twiml.Element {
	return []twiml.Element{keys(w.at("/menu"), 1, 8, w.says(sayWhatNow)...)}
}

// menu takes what they want: to help themselves, or else a person.
func (w *webhook) menu(context.Context) ([]twiml.Element, error) {
	if w.form["Digits"] == "2" {
		return []twiml.Element{goTo(w.at("/more"))}, nil
	}
	return []twiml.Element{goTo(w.at("/person"))}, nil
}
