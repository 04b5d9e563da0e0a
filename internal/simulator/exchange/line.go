package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// State is what a line does.
type State string

// The states of a line.
const (
	Ringing   State = "ringing"   // nobody has picked up yet
	Listening State = "listening" // it waits for keys or words
	Queued    State = "queued"    // it waits in a queue, where keys may be pressed
	Recording State = "recording" // it waits for a message
	Talking   State = "talking"   // two people talk
	Over      State = "over"
)

// Line is one end of a call: somebody's who calls the account's number, or one
// that the gateway rang. What is said on it, and what its owner does, is its
// transcript.
type Line struct {
	x        *Exchange
	sid      string
	from, to string
	begins   string // the address of the first document
	outbound bool

	state   State
	log     []Moment
	gather  *verb  // that waits for keys or words
	record  *verb  // that waits for a message
	queue   *verb  // the <Enqueue> that it is in
	after   []verb // what comes when nobody answers
	peer    *Line  // whom it is put through to
	bridged *step  // where it goes on after that
}

// ErrNot says that a line is not in a state to do what was asked.
var ErrNot = errors.New("the line cannot do that now")

// mostRedirects bounds how long a gateway may send a caller about.
const mostRedirects = 20

// Dial calls the account's number from another, or from a withheld one when it
// is empty, and listens until it is asked for something.
func (x *Exchange) Dial(ctx context.Context, from string) (*Line, error) {
	if from == "" {
		from = "anonymous"
	}
	l := &Line{x: x, sid: "CA" + x.config.NewSID(), from: from, to: x.config.Number, begins: x.config.GatewayURL + "/twilio/voice", state: Ringing}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.lines = append(x.lines, l)
	return l, l.follow(ctx, l.begins, nil)
}

// PickUp answers a line that rings.
func (l *Line) PickUp(ctx context.Context) error {
	return l.do(func() bool { return l.state == Ringing }, func() error { return l.follow(ctx, l.begins, nil) })
}

// do does something on a line that is in a state for it.
func (l *Line) do(can func() bool, what func() error) error {
	l.x.mu.Lock()
	defer l.x.mu.Unlock()
	if !can() {
		return fmt.Errorf("%s: %w", l.state, ErrNot)
	}
	return what()
}

// SID is the call's, State what the line does, and Script what was said on it,
// each line with < before what its owner heard and > before what they did.
func (l *Line) SID() string { return l.sid }

// State is what the line does now.
func (l *Line) State() State {
	l.x.mu.Lock()
	defer l.x.mu.Unlock()
	return l.state
}

// Script is what happened on the line so far.
func (l *Line) Script() []string {
	l.x.mu.Lock()
	defer l.x.mu.Unlock()
	script := make([]string, len(l.log))
	for i, m := range l.log {
		before := "< "
		if m.Mine {
			before = "> "
		}
		script[i] = before + m.Words
	}
	if l.state == Over {
		script = append(script, "= over")
	}
	return script
}

// Moment is one thing that happened on a line.
type Moment struct {
	Mine     bool   // its owner did it; else they heard it
	Words    string // what was said or pressed; in brackets what is neither
	Language string // of what was read to them, like "cy"; empty: not of any
}

// Log is what happened on the line so far.
func (l *Line) Log() []Moment {
	l.x.mu.Lock()
	defer l.x.mu.Unlock()
	return slices.Clone(l.log)
}

func (l *Line) did(what string) { l.log = append(l.log, Moment{Mine: true, Words: what}) }

func (l *Line) heard(what string) { l.log = append(l.log, Moment{Words: what}) }

// Press presses keys, one after another, until what asked for them has enough.
func (l *Line) Press(ctx context.Context, keys string) error {
	return l.do(func() bool { return l.gather != nil }, func() error {
		l.did(keys)
		return l.answer(ctx, l.collected(keys), nil)
	})
}

// collected is as much of what is pressed as a gather takes.
func (l *Line) collected(keys string) string {
	finish := l.gather.attrs["finishOnKey"]
	if before, _, found := strings.Cut(keys, finish); finish != "" && found {
		keys = before
	}
	if n, err := strconv.Atoi(l.gather.attrs["numDigits"]); err == nil && len(keys) > n {
		keys = keys[:n]
	}
	return keys
}

// Speak says something, as a recogniser writes it down with a confidence.
func (l *Line) Speak(ctx context.Context, words string, confidence float64) error {
	return l.do(func() bool { return l.gather != nil }, func() error {
		l.did(words)
		if !strings.Contains(l.gather.attrs["input"], "speech") {
			return l.answer(ctx, "", nil)
		}
		return l.answer(ctx, "", url.Values{"SpeechResult": {words}, "Confidence": {strconv.FormatFloat(confidence, 'f', -1, 64)}})
	})
}

// Silence says nothing until the gateway goes on: in a queue, until it is told
// again where it stands.
func (l *Line) Silence(ctx context.Context) error {
	return l.do(func() bool { return l.state == Listening || l.state == Queued || l.state == Recording }, func() error {
		l.did("(silence)")
		switch {
		case l.record != nil:
			l.state, l.record = Listening, nil
			return l.goOn(ctx)
		case l.gather != nil:
			return l.answer(ctx, "", nil)
		default:
			next := l.round()
			return l.follow(ctx, next.address, next.form)
		}
	})
}

// answer gives a gather what it waited for. What nobody answers goes on with the
// next verb unless it asks to be told.
func (l *Line) answer(ctx context.Context, digits string, more url.Values) error {
	g := l.gather
	l.gather = nil
	if digits == "" && more == nil && g.attrs["actionOnEmptyResult"] != "true" {
		return l.goOn(ctx)
	}
	form := url.Values{}
	maps.Copy(form, more)
	if more == nil {
		form.Set("Digits", digits)
	}
	return l.follow(ctx, g.attrs["action"], form)
}

// Leave leaves a message after the tone.
func (l *Line) Leave(ctx context.Context, content []byte) error {
	return l.do(func() bool { return l.record != nil }, func() error {
		l.did("(a message)")
		r, sid := l.record, "RE"+l.x.config.NewSID()
		l.record = nil
		l.x.recordings.Store(sid, content)
		form := url.Values{"RecordingSid": {sid}, "RecordingDuration": {"7"}, "Digits": {"#"},
			"RecordingUrl": {"https://elsewhere.example/" + sid}}
		if callback := r.attrs["recordingStatusCallback"]; callback != "" {
			status := l.form()
			maps.Copy(status, form)
			status.Set("RecordingStatus", "completed")
			if err := l.x.tell(ctx, callback, status); err != nil {
				return err
			}
		}
		return l.follow(ctx, r.attrs["action"], form)
	})
}

// HangUp puts the receiver down.
func (l *Line) HangUp(ctx context.Context) error {
	return l.do(func() bool { return l.state != Over }, func() error {
		l.did("(hangs up)")
		return l.end(ctx)
	})
}

// form is what every webhook of the call tells.
// https://www.twilio.com/docs/voice/twiml#request-parameters
func (l *Line) form() url.Values {
	status, direction := "in-progress", "inbound"
	if l.outbound {
		direction = "outbound-api"
	}
	if l.state == Over {
		status = "completed"
	}
	return url.Values{
		"CallSid": {l.sid}, "AccountSid": {l.x.config.AccountSID}, "From": {l.from}, "To": {l.to}, "CallStatus": {status},
		"ApiVersion": {"2010-04-01"}, "Direction": {direction},
	}
}
