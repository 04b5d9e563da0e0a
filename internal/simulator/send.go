package simulator

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/templates"
)

const (
	maxRequest    = 64 << 10 // bytes of a form: far more than a message needs
	maxCharacters = 1600     // of one message, error 21617
)

// create answers POST Messages.json: it takes a message, or refuses it, and
// lets a fault do its harm.
func (t *Twilio) create(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxRequest)
	if err := r.ParseForm(); err != nil {
		(&rejection{status: http.StatusBadRequest, code: 20001, message: "The form cannot be read."}).write(w)
		return
	}
	to := r.PostForm.Get("To")
	fault := t.faultFor(to)
	if !waitFor(r.Context(), t.running, fault.Delay) {
		panic(http.ErrAbortHandler)
	}
	if fault.Drop {
		waitFor(r.Context(), t.running, time.Hour)
		panic(http.ErrAbortHandler)
	}
	if fault.Page != 0 {
		writeErrorPage(w, fault.Page)
		return
	}
	if refused := t.refusal(r.PostForm, fault); refused != nil {
		refused.write(w)
		return
	}
	m, refused := t.accept(r.PostForm, fault)
	if refused != nil {
		refused.write(w)
		return
	}
	if fault.Hang {
		waitFor(r.Context(), t.running, time.Hour)
		panic(http.ErrAbortHandler) // no answer at all, rather than an empty one
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_, _ = w.Write(t.appendResource(make([]byte, 0, 1024), m))
}

// refusal checks a message in the order that Twilio does, nil when it is fine.
func (t *Twilio) refusal(form url.Values, fault Fault) *rejection {
	from, to, service := form.Get("From"), form.Get("To"), form.Get("MessagingServiceSid")
	switch {
	case fault.Reject != 0:
		refused := rejectionFor(fault.Reject)
		refused.retryAfter = fault.RetryAfter
		return refused
	case to == "":
		return rejectionFor(21604)
	case from == "" && service == "":
		return rejectionFor(21603)
	case !isE164(to):
		return rejectionFor(21211)
	case from != "" && from != t.config.Number || from == "" && !strings.HasPrefix(service, "MG"):
		return rejectionFor(21606)
	case form.Get("Body") == "":
		return rejectionFor(21602)
	case !isCallbackURL(form.Get("StatusCallback")):
		return rejectionFor(21609)
	case t.OptedOut(to):
		return rejectionFor(21610)
	}
	return nil
}

// accept queues the message's delivery, unless too many are under way.
func (t *Twilio) accept(form url.Values, fault Fault) (*Message, *rejection) {
	sms := templates.CountSMS(form.Get("Body"))
	if sms.Characters > maxCharacters {
		return nil, rejectionFor(21617)
	}
	if refused := t.admit(); refused != nil {
		return nil, refused
	}
	now := t.config.Clock()
	m := Message{
		SID: "SM" + t.config.NewSID(), Direction: OutboundAPI, From: t.config.Number, To: form.Get("To"),
		SMS: sms, Status: Queued, Created: now, Updated: now,
	}
	t.messages.add(m)
	t.schedule(newDelivery(&m, form.Get("StatusCallback"), fault))
	return &m, nil
}

// isE164 reports whether a number is + and up to 15 digits (ITU-T E.164).
func isE164(number string) bool {
	digits, plus := strings.CutPrefix(number, "+")
	if !plus || len(digits) < 8 || len(digits) > 15 || digits[0] == '0' {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}

// isCallbackURL accepts no URL too: then nothing is called back.
func isCallbackURL(callback string) bool {
	return callback == "" || strings.HasPrefix(callback, "http://") || strings.HasPrefix(callback, "https://")
}

// writeErrorPage is the answer of a proxy in front of Twilio: a page, no JSON.
func writeErrorPage(w http.ResponseWriter, status int) {
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(status)
	title := strconv.Itoa(status) + " " + http.StatusText(status)
	_, _ = w.Write([]byte("<html><head><title>" + title + "</title></head><body><h1>" + title + "</h1></body></html>\n"))
}

// waitFor waits, and reports false when either the request or the emulator
// ended first.
func waitFor(request, emulator context.Context, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-request.Done():
	case <-emulator.Done():
	}
	return false
}
