package voice

import (
	"context"
	"errors"
	"time"

	"github.com/twilio/twilio-go/twiml"

	"parley/gateway"
	"parley/templates"
)

// person has a caller wait for a person, or tells them that nobody is there.
func (w *webhook) person(ctx context.Context) ([]twiml.Element, error) {
	place, err := w.to.Wait(ctx, w.call.ID)
	switch {
	case err != nil:
		return nil, err
	case place.Closed:
		return w.closed(place), nil
	}
	var verbs []twiml.Element
	if !place.Silent {
		verbs = w.says(sayPutThrough)
	}
	// Each call has a queue of its own, named by nothing but the call: whoever
	// accepted its work item takes this one, and its name tells nothing.
	return append(verbs, &twiml.VoiceEnqueue{
		Name: string(w.call.ID), Action: w.at("/queued"), Method: "POST", WaitUrl: w.at("/wait"), WaitUrlMethod: "POST",
	}), nil
}

// closed tells when somebody is there, and what to do until then. Somebody to
// whom nothing automatic may be said can still leave a message, after a tone
// alone.
func (w *webhook) closed(p gateway.CallPlace) []twiml.Element {
	if p.Silent {
		return []twiml.Element{w.record(), &twiml.VoiceHangup{}}
	}
	why := sayClosed
	switch {
	case p.Opens.IsZero():
		why = sayNever
	case p.Holiday:
		why = sayHoliday
	}
	read := []twiml.Element{w.say(w.call.Language, why.in(w.call.Language, "opens", opens(w.spoken(), p.Opens)))}
	return []twiml.Element{keys(w.at("/choice"), 1, 8, append(read, w.offers(p)...)...)}
}

// offers are what a caller may do instead of waiting.
func (w *webhook) offers(p gateway.CallPlace) []twiml.Element {
	var list []phrase
	if p.Text {
		list = append(list, sayOfferText)
	}
	if p.CallBack {
		list = append(list, sayOfferCallback)
	}
	return w.says(append(list, sayOfferMessage)...)
}

// waitBetween is how many seconds are between two announcements.
const waitBetween = 20

// wait is what those who wait hear: where they stand, what else they can do, and
// music. Twilio asks for it again and again.
func (w *webhook) wait(ctx context.Context) ([]twiml.Element, error) {
	place, err := w.to.Wait(ctx, w.call.ID)
	if err != nil {
		return nil, err
	}
	music := &twiml.VoicePlay{Url: w.config.Music}
	if music.Url == "" {
		music.Url, music.Loop = w.at("/ringing.wav"), "4"
	}
	if place.Silent {
		return []twiml.Element{music, goTo(w.at("/wait"))}, nil
	}
	if place.Closed || place.Over {
		return append(w.says(sayNobody), &twiml.VoiceLeave{}), nil
	}
	read := []twiml.Element{w.say(w.call.Language, sayPosition.in(w.call.Language, "number", digits(int64(place.Position))))}
	if place.Wait > 0 {
		told := minutes(w.call.Language, int64((place.Wait+time.Minute-1)/time.Minute))
		read = append(read, w.say(w.call.Language, sayWaited.in(w.call.Language, "minutes", told)))
	}
	read = append(append(read, w.offers(place)...), music)
	return []twiml.Element{keys(w.at("/choice", "waiting", "1"), 1, waitBetween, read...)}, nil
}

// choice takes what a caller does instead of waiting. Who leaves the queue goes
// on at queued.
func (w *webhook) choice(ctx context.Context) ([]twiml.Element, error) {
	waiting := w.number("waiting") > 0
	var err error
	var refused phrase
	switch w.form["Digits"] {
	case "1":
		err, refused = w.to.Text(ctx, w.call.ID), sayNoText
	case "2":
		err, refused = w.to.CallBack(ctx, w.call.ID), sayNoCallback
	case "3":
		if waiting {
			return []twiml.Element{&twiml.VoiceLeave{}}, nil
		}
		return w.leaveMessage(), nil
	default:
		if waiting {
			return []twiml.Element{goTo(w.at("/wait"))}, nil
		}
		return append(w.says(sayGoodbye), &twiml.VoiceHangup{}), nil
	}
	switch {
	case errors.Is(err, gateway.ErrNotSafe) && waiting:
		return append(w.says(refused), goTo(w.at("/wait"))), nil
	case errors.Is(err, gateway.ErrNotSafe):
		return append(w.says(refused), goTo(w.at("/person"))), nil
	case err != nil:
		return nil, err
	case waiting:
		return []twiml.Element{&twiml.VoiceLeave{}}, nil
	}
	if w.call, err = w.to.Call(ctx, w.call.ID); err != nil {
		return nil, err
	}
	return w.farewell(), nil
}

// queued is where a call goes on that is not in the queue any more.
// https://www.twilio.com/docs/voice/twiml/enqueue#enqueue-action-parameters
func (w *webhook) queued(ctx context.Context) ([]twiml.Element, error) {
	switch w.form["QueueResult"] {
	case "hangup", "bridged", "bridging-in-process":
		return []twiml.Element{&twiml.VoiceHangup{}}, w.to.HangUp(ctx, w.call.ID)
	case "redirected", "redirected-from-bridged":
		return nil, nil
	}
	return w.farewell(), nil
}

// farewell is said to who has left something, and takes the message of who has
// not.
func (w *webhook) farewell() []twiml.Element {
	switch w.call.Left {
	case gateway.LeftText:
		return append(w.says(sayTextSent, sayGoodbye), &twiml.VoiceHangup{})
	case gateway.LeftCallback:
		return append(w.says(sayCallback, sayGoodbye), &twiml.VoiceHangup{})
	case gateway.LeftVoicemail:
		return append(w.says(sayRecorded, sayGoodbye), &twiml.VoiceHangup{})
	default:
		return w.leaveMessage()
	}
}

// opens is a moment in words: "Monday 30 November at 9:00".
func opens(language templates.Language, at time.Time) string {
	if language == templates.Welsh {
		return welshDays[at.Weekday()] + " " + language.Date(at.Year(), int(at.Month()), at.Day()) + " am " + at.Format("15:04")
	}
	return at.Weekday().String() + " " + language.Date(at.Year(), int(at.Month()), at.Day()) + " at " + at.Format("15:04")
}

var welshDays = [...]string{"ddydd Sul", "ddydd Llun", "ddydd Mawrth", "ddydd Mercher", "ddydd Iau", "ddydd Gwener", "ddydd Sadwrn"}
