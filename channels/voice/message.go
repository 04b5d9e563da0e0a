package voice

import (
	"context"

	"github.com/twilio/twilio-go/twiml"

	"parley/channels/twilio"
)

// longestMessage is how many seconds a voicemail has at most.
const longestMessage = "180"

// leaveMessage asks for a voicemail.
func (w *webhook) leaveMessage() []twiml.Element {
	return append(append(w.says(sayRecord), w.record()), append(w.says(sayNothingRecorded, sayGoodbye), &twiml.VoiceHangup{})...)
}

// record takes a voicemail after a tone. Both of Twilio's words on it are heeded:
// the caller may hang up before the first.
func (w *webhook) record() twiml.Element {
	return &twiml.VoiceRecord{
		Action: w.at("/recorded"), Method: "POST", MaxLength: longestMessage, Timeout: "10", FinishOnKey: "#", PlayBeep: "true",
		RecordingStatusCallback: w.at("/recording"), RecordingStatusCallbackMethod: "POST", RecordingStatusCallbackEvent: "completed",
	}
}

// recorded keeps that there is a voicemail.
func (w *webhook) recorded(ctx context.Context) ([]twiml.Element, error) {
	if !twilio.IsSID(w.form["RecordingSid"]) {
		return nil, errMalformed
	}
	if err := w.to.Recorded(ctx, w.call.ID, w.form["RecordingSid"]); err != nil {
		return nil, err
	}
	if silent, err := w.to.Silent(ctx, w.call.ID); silent || err != nil {
		return []twiml.Element{&twiml.VoiceHangup{}}, err
	}
	return append(w.says(sayRecorded, sayGoodbye), &twiml.VoiceHangup{}), nil
}

// recording is Twilio's own word on a voicemail, which may come first, last or
// alone.
func (w *webhook) recording(ctx context.Context) ([]twiml.Element, error) {
	if w.form["RecordingStatus"] != "completed" {
		return nil, nil
	}
	if !twilio.IsSID(w.form["RecordingSid"]) {
		return nil, errMalformed
	}
	return nil, w.to.Recorded(ctx, w.call.ID, w.form["RecordingSid"])
}

// status is Twilio's word on the call itself. Only its end is news.
// https://www.twilio.com/docs/voice/api/call-resource#statuscallbackevent
func (w *webhook) status(ctx context.Context) ([]twiml.Element, error) {
	switch w.form["CallStatus"] {
	case "completed", "busy", "failed", "no-answer", "canceled":
		return nil, w.to.HangUp(ctx, w.call.ID)
	}
	return nil, nil
}
