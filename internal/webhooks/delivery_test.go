package webhooks_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"parley/gateway"
	"parley/internal/api"
	"parley/internal/webhooks"
)

// What arrives names ids alone, is signed for the moment of the try, and keeps
// its id when it is tried again.
func TestWhatIsSent(t *testing.T) {
	w := embedded(t)
	type request struct {
		header http.Header
		body   string
	}
	requests := make(chan request, 2)
	answers := []int{500, 204}
	w.sends(w.store, w.receive("one", func(rw http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		requests <- request{r.Header, string(body)}
		rw.WriteHeader(answers[0])
		answers = answers[1:]
	}))
	w.happens("W1")
	d := w.becomes("one", "tried", tried(1))
	if d.Status != 500 || d.Failure != gateway.EndpointRefuses || !d.Next.Equal(noon.Add(5*time.Second)) {
		t.Errorf("after the first try: %+v", d)
	}
	w.passTo(noon.Add(5 * time.Second))
	if d = w.becomes("one", "done", done); d.Status != 204 || d.Failure != "" || d.Tries != 2 {
		t.Errorf("after the second: %+v", d)
	}
	const want = `{"type":"work_item.created","timestamp":"2026-11-23T12:00:00Z","data":{"id":"W1","case":"300012345678","person":"P1","conversation":"C1"}}`
	holdToDocument(t, want)
	key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(published, "whsec_"))
	for i, at := range []time.Time{noon, noon.Add(5 * time.Second)} {
		got := <-requests
		if got.body != want || got.header.Get("Content-Type") != "application/json" || got.header.Get("webhook-id") != d.ID {
			t.Errorf("try %d: %v %s", i+1, got.header, got.body)
		}
		mac := hmac.New(sha256.New, key)
		fmt.Fprintf(mac, "%s.%d.%s", d.ID, at.Unix(), want)
		if got.header.Get("webhook-timestamp") != fmt.Sprint(at.Unix()) ||
			got.header.Get("webhook-signature") != "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)) {
			t.Errorf("try %d is signed %v", i+1, got.header)
		}
	}
}

// holdToDocument fails when a body is not as the API's document says.
func holdToDocument(t *testing.T, body string) {
	t.Helper()
	document, err := openapi3.NewLoader().LoadFromData(api.Document())
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal([]byte(body), &value); err != nil {
		t.Fatal(err)
	}
	if err := document.Components.Schemas["Event"].Value.VisitJSON(value); err != nil {
		t.Errorf("the document says otherwise: %v", err)
	}
}

// A receiver that stays away is tried ten times over three days, then no more.
func TestTenTries(t *testing.T) {
	w := embedded(t)
	var came atomic.Int32
	w.sends(w.store, w.receive("one", func(rw http.ResponseWriter, _ *http.Request) { came.Add(1); rw.WriteHeader(503) }))
	w.happens("W1")
	for n := 1; n < 10; n++ {
		w.passTo(w.becomes("one", fmt.Sprint("tried ", n), tried(n)).Next)
	}
	d := w.becomes("one", "given up", givenUp)
	if took := d.Tried.Sub(noon); d.Tries != 10 || took < 70*time.Hour || took > 80*time.Hour {
		t.Errorf("given up after %d tries in %v", d.Tries, took)
	}
	w.passTo(d.Tried.Add(48 * time.Hour))
	time.Sleep(50 * time.Millisecond)
	if came.Load() != 10 {
		t.Errorf("it was asked %d times", came.Load())
	}
}

func TestFailures(t *testing.T) {
	w := embedded(t)
	var reached atomic.Int32
	target := w.receive("target", func(http.ResponseWriter, *http.Request) { reached.Add(1) })
	answer := func(status int) http.HandlerFunc {
		return func(rw http.ResponseWriter, _ *http.Request) {
			rw.Header().Set("Location", target.URL)
			rw.WriteHeader(status)
		}
	}
	public := func(url string) webhooks.Endpoint {
		e := w.endpoint("one", strings.Replace(url, "127.0.0.1", "localhost", 1))
		e.Private = false
		return e
	}
	for _, c := range []struct {
		name   string
		at     webhooks.Endpoint
		want   gateway.DeliveryFailure
		status int
	}{
		{"a redirect", w.receive("one", answer(302)), gateway.EndpointRedirects, 302},
		{"a redirect that keeps the method", w.receive("one", answer(307)), gateway.EndpointRedirects, 307},
		{"not found", w.receive("one", answer(404)), gateway.EndpointRefuses, 404},
		{"slow", w.receive("one", func(_ http.ResponseWriter, r *http.Request) {
			_, _ = io.Copy(io.Discard, r.Body) // only then the server sees that nobody waits
			<-r.Context().Done()
		}), gateway.EndpointTimedOut, 0},
		{"nobody there", w.endpoint("one", "http://127.0.0.1:1/"), gateway.EndpointUnreachable, 0},
		{"no such name", w.endpoint("one", "http://nowhere.invalid/"), gateway.EndpointUnreachable, 0},
		{"a name for this machine", public(target.URL), gateway.EndpointPrivate, 0},
		{"this machine", public("https://127.0.0.1/"), gateway.EndpointPrivate, 0},
		{"this machine, by IPv6", public("https://[::1]/"), gateway.EndpointPrivate, 0},
		{"this machine, in the old way", public("https://[::ffff:7f00:1]/"), gateway.EndpointPrivate, 0},
		{"the cloud's metadata", public("http://169.254.169.254/latest/meta-data/"), gateway.EndpointPrivate, 0},
	} {
		w.happens(c.name)
		stop := w.sends(w.store, c.at)
		d := w.becomes("one", "tried", tried(1))
		stop()
		if d.Failure != c.want || d.Status != c.status {
			t.Errorf("%s: %+v", c.name, d)
		}
		if err := w.store.ForgetDeliveries(t.Context(), noon.AddDate(0, 0, 1)); err != nil {
			t.Fatal(err)
		}
	}
	if reached.Load() != 0 {
		t.Error("what must not be reached was")
	}
}

// An endpoint that answers 410 gets nothing more; one that never ends its answer
// is heard of as far as it matters.
func TestGoneAndEndless(t *testing.T) {
	w := embedded(t)
	var came atomic.Int32
	w.sends(w.store,
		w.receive("one", func(rw http.ResponseWriter, _ *http.Request) { came.Add(1); rw.WriteHeader(http.StatusGone) }),
		w.receive("two", func(rw http.ResponseWriter, _ *http.Request) {
			for {
				if _, err := rw.Write(make([]byte, 1<<10)); err != nil {
					return
				}
			}
		}))
	w.happens("W1")
	if d := w.becomes("one", "given up", givenUp); d.Status != 410 || d.Failure != gateway.EndpointGone || d.Tries != 1 {
		t.Errorf("%+v", d)
	}
	w.becomes("two", "done", done)
	w.happens("W2")
	w.becomes("two", "done", done)
	if disabled, err := w.store.DisabledEndpoints(t.Context()); err != nil || disabled["one"].IsZero() || came.Load() != 1 {
		t.Errorf("disabled: %v, %v; asked %d times", disabled, err, came.Load())
	}
}

// What a node was sending when it died is sent by another, with the same id.
func TestANodeDies(t *testing.T) {
	w := embedded(t)
	ids := make(chan string, 8)
	receiver := w.receive("one", func(_ http.ResponseWriter, r *http.Request) { ids <- r.Header.Get("webhook-id") })
	dies := w.sends(deadNode{w.store}, receiver)
	w.happens("W1")
	first := <-ids
	dies()
	w.sends(w.store, receiver)
	time.Sleep(30 * time.Millisecond)
	if len(ids) > 0 {
		t.Error("it was sent again before the lease ended")
	}
	w.passTo(noon.Add(time.Minute))
	if d := w.becomes("one", "done", done); d.Tries != 2 || <-ids != first {
		t.Errorf("sent again: %+v", d)
	}
}

// A receiver that takes its time keeps no other waiting, and a node that stops
// lets what is under way end.
func TestSlowReceivers(t *testing.T) {
	w := embedded(t)
	begun, proceed := make(chan bool, 100), make(chan bool)
	slow := w.receive("one", func(http.ResponseWriter, *http.Request) { begun <- true; <-proceed })
	stop := w.sends(w.store, slow, w.receive("two", func(http.ResponseWriter, *http.Request) {}))
	var many []string
	for i := range 20 {
		many = append(many, fmt.Sprint("W", i))
	}
	w.happens(many...)
	<-begun
	w.becomes("two", "done", done)
	close(proceed)
	stop()
	all, err := w.store.Deliveries(t.Context(), gateway.DeliveryQuery{Endpoint: "one"})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.State == gateway.DeliveryWaiting && d.Tries > 0 {
			t.Errorf("broken off: %+v", d)
		}
	}
}

// Two nodes send each event once to each endpoint, as long as neither dies.
func TestTwoNodes(t *testing.T) {
	w := onPostgres(t)
	var mu sync.Mutex
	came := map[string]int{}
	receiver := func(name string) webhooks.Endpoint {
		return w.receive(name, func(_ http.ResponseWriter, r *http.Request) {
			mu.Lock()
			defer mu.Unlock()
			came[name+" "+r.Header.Get("webhook-id")]++
		})
	}
	one, two := receiver("one"), receiver("two")
	w.sends(w.store, one, two)
	w.sends(w.open(), one, two)
	const many = 100
	for i := range many {
		w.happens(fmt.Sprint("W", i))
	}
	for _, name := range []string{"one", "two"} {
		for left := 1; left > 0; time.Sleep(5 * time.Millisecond) {
			waiting, err := w.store.Deliveries(t.Context(), gateway.DeliveryQuery{Endpoint: name, State: gateway.DeliveryWaiting})
			if err != nil {
				t.Fatal(err)
			}
			left = len(waiting)
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if len(came) != 2*many {
		t.Errorf("%d deliveries came, want %d", len(came), 2*many)
	}
	for which, times := range came {
		if times != 1 {
			t.Errorf("%s came %d times", which, times)
		}
	}
}
