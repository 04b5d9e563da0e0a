package voice

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/twilio/twilio-go/twiml"

	"parley/channels/twilio"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

const (
	root       = "/twilio/voice"
	limit      = 13 * time.Second // for one answer; Twilio's own is 15 s
	patienceTo = 3                // how often a caller is asked to hold on while something does not work
)

// Receiver is who is told what callers do: gateway.Switchboard, whose methods
// say what each means. Any may be called for the same thing many times.
type Receiver interface {
	Begin(ctx context.Context, sid, from string) (gateway.Call, error)
	Find(ctx context.Context, sid string) (gateway.Call, error)
	Call(ctx context.Context, id gateway.VisitID) (gateway.Call, error)
	Speak(ctx context.Context, id gateway.VisitID, language templates.Language) error
	Claim(ctx context.Context, id gateway.VisitID, reference directory.CaseReference) error
	Confirm(ctx context.Context, id gateway.VisitID, pin string) error
	Greet(ctx context.Context, id gateway.VisitID) error
	Hear(ctx context.Context, id gateway.VisitID, h gateway.Heard) error
	Say(ctx context.Context, id gateway.VisitID, after int64, patience time.Duration) (gateway.Said, error)
	Entry(ctx context.Context, id gateway.VisitID, sequence int64) (gateway.Entry, error)
	Silent(ctx context.Context, id gateway.VisitID) (bool, error)
	Wait(ctx context.Context, id gateway.VisitID) (gateway.CallPlace, error)
	Text(ctx context.Context, id gateway.VisitID) error
	CallBack(ctx context.Context, id gateway.VisitID) error
	Recorded(ctx context.Context, id gateway.VisitID, recording string) error
	Answered(ctx context.Context, id gateway.VisitID) (bool, error)
	Missed(ctx context.Context, id gateway.VisitID) error
	HangUp(ctx context.Context, id gateway.VisitID) error
}

// errMalformed is a webhook that is Twilio's and cannot be read.
var errMalformed = errors.New("malformed webhook")

// webhook is one request of Twilio's in one call.
type webhook struct {
	*Channel
	to    Receiver
	path  string // below root
	query url.Values
	form  map[string]string
	call  gateway.Call
}

// number reads a small number of the query; 0 when it is none.
func (w *webhook) number(name string) int64 {
	n, err := strconv.ParseInt(w.query.Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// step answers a request with what the caller hears next.
type step func(w *webhook, ctx context.Context) ([]twiml.Element, error)

// steps are what a caller goes through, by path. desk are those of whoever
// answers, whose call is named in the query.
var (
	steps = map[string]step{
		"": (*webhook).begin, "/language": (*webhook).language, "/reference": (*webhook).reference, "/pin": (*webhook).pin,
		"/menu": (*webhook).menu, "/said": (*webhook).said, "/more": (*webhook).more, "/ways": (*webhook).ways, "/next": (*webhook).next,
		"/person": (*webhook).person, "/wait": (*webhook).wait, "/choice": (*webhook).choice, "/queued": (*webhook).queued,
		"/recorded": (*webhook).recorded, "/recording": (*webhook).recording, "/status": (*webhook).status,
	}
	desk = map[string]step{"/desk": (*webhook).ring, "/desk/taken": (*webhook).taken, "/desk/done": (*webhook).done}
)

// Handler serves POST /twilio/voice and what lies below it, and tells to what
// callers do. It answers 200 with TwiML, also when a call is over or something
// does not work: then the caller is told so. What is not believed or not
// understood is answered 400, 403, 413 or 415, and what Twilio only reports and
// was not taken 503.
func (c *Channel) Handler(to Receiver) http.Handler {
	mux := http.NewServeMux()
	for path, answer := range steps {
		mux.HandleFunc("POST "+root+path, c.serve(to, path, answer, c.ofCaller))
	}
	for path, answer := range desk {
		mux.HandleFunc("POST "+root+path, c.serve(to, path, answer, ofDesk))
	}
	mux.HandleFunc("GET "+root+"/ringing.wav", ringing)
	return mux
}

// serve reads a request, finds its call and answers it. A caller who hangs up
// meanwhile does not undo what they did.
func (c *Channel) serve(to Receiver, path string, answer step, find func(*webhook, context.Context) error) http.HandlerFunc {
	return func(rw http.ResponseWriter, r *http.Request) {
		form, refused := c.forms.Read(rw, r, root+path)
		if refused != 0 {
			http.Error(rw, http.StatusText(refused), refused)
			return
		}
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), limit)
		defer cancel()
		w := &webhook{Channel: c, to: to, path: path, query: r.URL.Query(), form: form}
		verbs, err := []twiml.Element(nil), find(w, ctx)
		if err == nil {
			verbs, err = answer(w, ctx)
		}
		switch {
		case errors.Is(err, errMalformed):
			http.Error(rw, "malformed webhook", http.StatusBadRequest)
			return
		case errors.Is(err, gateway.ErrNotFound), errors.Is(err, gateway.ErrNoVisit):
			verbs = []twiml.Element{&twiml.VoiceHangup{}}
		case err != nil && (path == "/status" || path == "/recording"):
			rw.Header().Set("Retry-After", "5")
			http.Error(rw, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
			return
		case err != nil:
			c.config.Log.ErrorContext(ctx, "a call could not go on", "call", w.call.ID, "step", path, "error", err)
			verbs = w.trouble()
		}
		writeTwiML(rw, verbs)
	}
}

func writeTwiML(rw http.ResponseWriter, verbs []twiml.Element) {
	document, err := twiml.Voice(verbs)
	if err != nil {
		http.Error(rw, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	rw.Header().Set("Content-Type", "text/xml; charset=utf-8")
	rw.Header().Set("Cache-Control", "no-store")
	_, _ = io.WriteString(rw, document)
}

// ofCaller finds the call of whoever calls, and begins it where it is new.
func (c *Channel) ofCaller(w *webhook, ctx context.Context) error {
	id := w.form["CallSid"]
	if !twilio.IsSID(id) {
		return errMalformed
	}
	var err error
	if w.path == "" {
		from := w.form["From"]
		if !twilio.IsNumber(from) { // "anonymous", +266696687 and other ways to withhold a number
			from = ""
		}
		w.call, err = w.to.Begin(ctx, id, from)
	} else {
		w.call, err = w.to.Find(ctx, id)
	}
	if err == nil && w.call.State == gateway.CallEnded && w.path != "/recording" && w.path != "/recorded" {
		err = gateway.ErrNoVisit
	}
	return err
}

// ofDesk finds the call that somebody is to answer.
func ofDesk(w *webhook, ctx context.Context) error {
	var err error
	w.call, err = w.to.Call(ctx, gateway.VisitID(w.query.Get("call")))
	return err
}
