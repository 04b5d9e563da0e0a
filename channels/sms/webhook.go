package sms

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
	"unicode/utf8"

	"parley/channels/twilio"
	"parley/gateway"
	"parley/gateway/directory"
)

const (
	patience   = 10 * time.Second // with the gateway; Twilio's own is 15 s
	maxAddress = 64               // characters of a sender

	// emptyTwiML says nothing to the person: answers go by the REST API, where
	// they have an id and a status.
	// https://www.twilio.com/docs/messaging/twiml
	emptyTwiML = `<?xml version="1.0" encoding="UTF-8"?><Response/>`
)

// Receiver is who is told what Twilio says. Either may be told the same thing
// many times and at once. An error means that nothing was stored.
type Receiver interface {
	Receive(ctx context.Context, in gateway.Inbound) error
	Settle(ctx context.Context, u gateway.StatusUpdate) error
}

// errMalformed is a webhook that is Twilio's and cannot be read.
var errMalformed = errors.New("malformed webhook")

// Handler serves POST /twilio/sms and POST /twilio/sms/status, and tells to
// what they say. It answers 200 once that has been taken, 503 when it has not,
// and to what is not believed or not understood: 400, 403, 405, 413 or 415.
func (c *Channel) Handler(to Receiver) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST "+inboundPath, c.webhook(inboundPath, func(ctx context.Context, _ url.Values, fields map[string]string) error {
		in, err := c.inbound(fields)
		if err != nil {
			return err
		}
		return to.Receive(ctx, in)
	}))
	mux.HandleFunc("POST "+statusPath, c.webhook(statusPath, func(ctx context.Context, query url.Values, fields map[string]string) error {
		if !twilio.IsSID(fields["MessageSid"]) {
			return errMalformed
		}
		update, known := statusUpdate(gateway.MessageID(query.Get("message")), fields)
		if !known {
			return nil
		}
		return to.Settle(ctx, update)
	}))
	return mux
}

// webhook reads a request, and answers it when take has returned. A caller who
// hangs up meanwhile does not undo what they said.
func (c *Channel) webhook(path string, take func(ctx context.Context, query url.Values, fields map[string]string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		fields, refused := c.forms.Read(w, r, path)
		if refused != 0 {
			http.Error(w, http.StatusText(refused), refused)
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), patience)
		defer cancel()
		switch err := take(ctx, r.URL.Query(), fields); {
		case err == nil:
			w.Header().Set("Content-Type", "text/xml; charset=utf-8")
			_, _ = io.WriteString(w, emptyTwiML)
		case errors.Is(err, errMalformed):
			http.Error(w, "malformed webhook", http.StatusBadRequest)
		default:
			w.Header().Set("Retry-After", "5")
			http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
		}
	}
}

// inbound reads a message from a person.
func (c *Channel) inbound(fields map[string]string) (gateway.Inbound, error) {
	from := fields["From"]
	if !twilio.IsSID(fields["MessageSid"]) || from == "" || len(from) > maxAddress || !utf8.ValidString(from) {
		return gateway.Inbound{}, errMalformed
	}
	media, err := strconv.Atoi(fields["NumMedia"])
	if err != nil || media < 0 {
		media = 0
	}
	keyword, answered := c.keyword(fields["Body"], fields["OptOutType"])
	return gateway.Inbound{
		ProviderID: fields["MessageSid"],
		From:       gateway.Address{Channel: directory.SMS, Value: from}, // E.164 from Twilio, or a name or short code as it is
		To:         fields["To"],
		Text:       fields["Body"],
		Media:      media,
		Keyword:    keyword,
		Answered:   answered,
	}, nil
}
