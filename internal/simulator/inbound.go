package simulator

import (
	"context"
	"encoding/xml"
	"fmt"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"parley/templates"
)

// Media is a picture or file that comes with a text.
type Media struct{ URL, ContentType string }

// WebhookError is a webhook that the gateway did not answer as Twilio wants.
type WebhookError struct {
	Code   int // Twilio's: 11200 no good answer, 12100 TwiML that cannot be read
	Status int // the gateway's HTTP status, 0 when there was no answer
	Err    error
}

func (e *WebhookError) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("webhook: error %d: %v", e.Code, e.Err)
	}
	return fmt.Sprintf("webhook: error %d: the gateway answered %d", e.Code, e.Status)
}

// Unwrap returns the error underneath, nil when the gateway answered.
func (e *WebhookError) Unwrap() error { return e.Err }

// Text is a person's phone sending a text to one of the account's numbers. It
// posts the gateway's webhook, waits for the answer and delivers what the
// answer says. The SID is good even when there is an error, a *WebhookError.
//
// Like Twilio, it does not try a webhook again: without a fallback URL that
// message is lost to the gateway, and only the person can send it again.
func (t *Twilio) Text(ctx context.Context, from, to, body string, media ...Media) (sid string, err error) {
	kind := "SM"
	if len(media) > 0 {
		kind = "MM"
	}
	now := t.config.Clock()
	m := Message{
		SID: kind + t.config.NewSID(), Direction: Inbound, From: from, To: to,
		SMS: templates.CountSMS(body), NumMedia: len(media), Status: Receiving, Created: now, Updated: now,
	}
	t.messages.add(m)
	if answer := t.answerKeyword(from, to, body); answer != "" {
		t.reply(to, from, answer)
	}
	replies, err := t.Deliver(ctx, t.inboundForm(&m, media))
	if err != nil {
		t.messages.move(m.SID, Failed, 11200, t.config.Clock())
		return m.SID, err
	}
	t.messages.move(m.SID, Received, 0, t.config.Clock())
	for _, words := range replies {
		t.reply(to, from, words)
	}
	return m.SID, nil
}

// inboundForm is the webhook of a text that has come in.
// https://www.twilio.com/docs/messaging/guides/webhook-request
func (t *Twilio) inboundForm(m *Message, media []Media) url.Values {
	form := url.Values{
		"AccountSid":    {t.config.AccountSID},
		"ApiVersion":    {"2010-04-01"},
		"MessageSid":    {m.SID},
		"SmsSid":        {m.SID},
		"SmsMessageSid": {m.SID},
		"SmsStatus":     {string(Received)},
		"From":          {m.From},
		"To":            {m.To},
		"FromCountry":   {"GB"},
		"ToCountry":     {"GB"},
		"Body":          {m.SMS.Text},
		"NumSegments":   {strconv.Itoa(m.SMS.Segments)},
		"NumMedia":      {strconv.Itoa(len(media))},
	}
	for i, file := range media {
		form.Set("MediaUrl"+strconv.Itoa(i), file.URL)
		form.Set("MediaContentType"+strconv.Itoa(i), file.ContentType)
	}
	return form
}

// Deliver posts one inbound webhook to the gateway's /twilio/sms, signed, and
// returns the texts that the answer asks to be sent back. A test that delivers
// the same form twice is the network that did. Errors are *WebhookError.
func (t *Twilio) Deliver(ctx context.Context, form url.Values) (replies []string, err error) {
	answer, err := t.post(ctx, t.config.GatewayURL+"/twilio/sms", form)
	if err != nil {
		return nil, &WebhookError{Code: 11200, Err: err}
	}
	if answer.status < 200 || answer.status >= http.StatusMultipleChoices {
		return nil, &WebhookError{Code: 11200, Status: answer.status}
	}
	replies, err = repliesIn(answer)
	if err != nil {
		return nil, &WebhookError{Code: 12100, Status: answer.status, Err: err}
	}
	return replies, nil
}

// twiml is as much of a messaging response as the emulator obeys.
// https://www.twilio.com/docs/messaging/twiml
type twiml struct {
	XMLName  xml.Name `xml:"Response"`
	Messages []struct {
		Text string `xml:",chardata"`
		Body string `xml:"Body"`
	} `xml:"Message"`
}

// repliesIn reads an answer. Twilio sends plain text on to the person, so a
// gateway that says "OK" in text/plain has texted OK to somebody.
func repliesIn(answer *webhookAnswer) ([]string, error) {
	if len(answer.body) == 0 {
		return nil, nil
	}
	if kind, _, _ := mime.ParseMediaType(answer.contentType); kind == "text/plain" {
		return []string{string(answer.body)}, nil
	}
	var response twiml
	if err := xml.Unmarshal(answer.body, &response); err != nil {
		return nil, fmt.Errorf("read TwiML: %w", err)
	}
	var replies []string
	for _, message := range response.Messages {
		if words := strings.TrimSpace(message.Body + message.Text); words != "" {
			replies = append(replies, words)
		}
	}
	return replies, nil
}

// reply delivers a text that Twilio sends of itself, about which nobody is
// called back.
func (t *Twilio) reply(from, to, words string) {
	now := t.config.Clock()
	t.messages.add(Message{
		SID: "SM" + t.config.NewSID(), Direction: OutboundReply, From: from, To: to,
		SMS: templates.CountSMS(words), Status: Delivered, Created: now, Updated: now,
	})
}
