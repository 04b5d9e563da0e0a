package console

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

const eventsPath = "/console/events"

// How a stream beats, how long changes gather before they are told together,
// and how long a browser waits before it asks again.
const (
	beat   = 15 * time.Second // a third of gateway.PresenceLife, and often enough for every proxy
	settle = 300 * time.Millisecond
	retry  = 3 * time.Second
)

// watch has what is data-live="about:id" in a page shown anew when it changes.
// Lists of work are data-live="work", on every page.
func (r *request) watch(about, id string) { r.topics = append(r.topics, about+":"+id) }

// eventsAddress is where the page's script hears of what it watches. Only pages
// that could be shown know the seal, so that nobody hears of anything else.
func (r *request) eventsAddress() string {
	about := strings.Join(r.topics, " ")
	return eventsPath + "?" + url.Values{"about": {about}, "seal": {r.sealed(about)}}.Encode()
}

func (r *request) sealed(about string) string {
	mac := hmac.New(sha256.New, []byte(r.token))
	mac.Write([]byte("events " + about))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// events tells an open page what changes, as Server-Sent Events (HTML Living
// Standard section 9.2), by counts and ids alone: "counts" with Counts, "news"
// with a list of topics, "typing" with the name of who writes in a conversation
// that the page shows, "rest" when the page shall ask again only once
// somebody looks at it, and "signed-out". As long as it is open whoever has the
// page is present.
func (c *Console) events(w http.ResponseWriter, plain *http.Request) {
	r, err := c.hearer(plain)
	switch {
	case err != nil:
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	case r.Staff == nil || !hmac.Equal([]byte(r.FormValue("seal")), []byte(r.sealed(r.FormValue("about")))):
		w.WriteHeader(http.StatusNoContent) // the browser does not ask again
		return
	}
	rest, left := c.streams.enter(r.Staff.ID)
	defer left()
	control := http.NewResponseController(w)
	if err := control.SetReadDeadline(time.Time{}); err != nil { // the server's is for requests that end
		c.config.Log.WarnContext(r.Context(), "a stream may be cut", "error", err)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no") // nginx would keep events to itself
	s := &stream{console: c, to: w, flush: control.Flush, topics: strings.Fields(r.FormValue("about"))}
	s.write(fmt.Sprintf("retry: %d\n\n", retry.Milliseconds()))
	s.run(plain, r, rest)
}

// hearer finds who asks for a stream, anew each time.
func (c *Console) hearer(plain *http.Request) (*request, error) {
	ctx, err := c.sessions.Load(plain.Context(), c.sessionToken(plain))
	if err != nil {
		return nil, err
	}
	return c.newRequest(plain.WithContext(ctx), nil), nil
}

// A stream is one open page's.
type stream struct {
	console *Console
	to      io.Writer
	flush   func() error
	topics  []string // that the page watches
	failed  bool     // the browser has gone

	counts   *Counts  // last told; nil: none yet
	gathered []string // topics to be told
	recount  bool
}

// run tells until the page is closed, its session ends or the node stops.
func (s *stream) run(plain *http.Request, r *request, rest <-chan bool) {
	ctx := plain.Context()
	s.sign(ctx, r) // before it listens: its own sign is no news
	changes := s.console.config.Work.Watch(ctx)
	beats, settled := time.NewTicker(s.console.streams.beat), time.NewTimer(0) // at once: counts
	defer beats.Stop()
	s.recount = true
	for !s.failed {
		select {
		case <-ctx.Done():
			return
		case only := <-rest:
			if only {
				s.tell("rest", nil)
			}
			return
		case change, ok := <-changes:
			if !ok {
				return // the gateway stops; the page asks again
			}
			if s.gather(r.Staff, change) {
				settled.Reset(settle)
			}
		case <-settled.C:
			s.tellGathered(ctx, r.Staff)
		case <-beats.C:
			now, err := s.console.hearer(plain)
			switch {
			case err != nil: // no sessions for now
			case now.Staff == nil:
				s.tell("signed-out", nil)
				return
			default:
				r = now
				s.sign(ctx, r)
			}
			s.write(": still here\n\n")
		}
	}
}

// sign gives a sign of presence; a lost one only delays an offer.
func (s *stream) sign(ctx context.Context, r *request) {
	if err := s.console.sign(ctx, r); err != nil && ctx.Err() == nil {
		s.console.config.Log.WarnContext(ctx, "a sign of presence was lost", "error", err)
	}
}

// gather keeps what of a change the page has to know, and reports whether that
// is anything.
func (s *stream) gather(staff *directory.Staff, change gateway.Change) bool {
	if change.Typing != "" {
		if change.Typing != staff.ID && slices.Contains(s.topics, "conversation:"+string(change.Conversation)) {
			s.tell("typing", s.console.staffName(change.Typing))
		}
		return false
	}
	before := len(s.gathered)
	add := func(topic string) {
		if !slices.Contains(s.gathered, topic) {
			s.gathered = append(s.gathered, topic)
		}
	}
	if change.Lost || change.Staff == staff.ID || change.Team != "" && staff.In(change.Team) {
		s.recount = true
		add("work")
	}
	for _, topic := range s.topics {
		if change.Lost || topic == "task:"+change.Task || topic == "case:"+string(change.Case) ||
			topic == "conversation:"+string(change.Conversation) || slices.ContainsFunc(change.Turned, func(id gateway.ConversationID) bool {
			return topic == "conversation:"+string(id)
		}) {
			add(topic)
		}
	}
	return len(s.gathered) > before
}

// tellGathered tells what has changed, counts first.
func (s *stream) tellGathered(ctx context.Context, staff *directory.Staff) {
	if s.recount && staff.TakesWork() {
		counts, err := s.console.counts(ctx, staff.ID)
		if err == nil && (s.counts == nil || counts != *s.counts) {
			s.counts = &counts
			s.tell("counts", counts)
		}
	}
	s.recount = false
	if len(s.gathered) > 0 {
		s.tell("news", s.gathered)
		s.gathered = nil
	}
}

func (s *stream) tell(event string, what any) {
	data, err := json.Marshal(what)
	if err != nil {
		return // counts and texts: it never fails
	}
	s.write(fmt.Sprintf("event: %s\ndata: %s\n\n", event, data))
}

func (s *stream) write(text string) {
	if _, err := io.WriteString(s.to, text); err != nil {
		s.failed = true
		return
	}
	s.failed = s.flush() != nil
}
