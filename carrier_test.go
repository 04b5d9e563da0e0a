package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/internal/simulator"
)

// carrier is the emulated Twilio, on a port of its own, with a list of what it
// was asked to send. Its API answers below any path of one name, so that nodes
// can be told apart: api() + "/a".
type carrier struct {
	*simulator.Twilio
	server *httptest.Server

	mu    sync.Mutex
	sends []send
	delay time.Duration // before each answer
	held  chan struct{} // answers wait until it is closed; nil: for nothing
}

// send is a request to send that the carrier has taken.
type send struct {
	node     string // by the path that it came to
	message  string // the gateway's id of it
	callback string // where its statuses go
	sid      string // empty when the answer never came
	to, text string
}

func newCarrier(t testing.TB, gatewayURL string, config simulator.TwilioConfig) *carrier {
	t.Helper()
	config.AccountSID, config.AuthToken, config.Number, config.GatewayURL = demoAccount, demoToken, demoNumber, gatewayURL
	config.Clock, config.NewSID = time.Now, newSID
	config.Faults = func(string) simulator.Fault { return simulator.Fault{} }
	twilio, err := simulator.NewTwilio(config)
	if err != nil {
		t.Fatal(err)
	}
	c := &carrier{Twilio: twilio}
	c.server = httptest.NewServer(http.HandlerFunc(c.serve))
	t.Cleanup(func() {
		c.server.Close()
		ended, cancel := context.WithCancel(context.Background())
		cancel() // whoever would be called back is gone
		_ = twilio.Close(ended)
	})
	return c
}

func (c *carrier) api() string { return c.server.URL }

// serve hands a request to the emulator, and notes what was sent before its
// answer is.
func (c *carrier) serve(w http.ResponseWriter, r *http.Request) {
	node, path, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	form, _ := url.ParseQuery(string(body)) // what cannot be read is the emulator's to refuse
	r.URL.Path, r.Body = "/"+path, io.NopCloser(bytes.NewReader(body))
	asked := send{
		node: node, message: queryOf(form.Get("StatusCallback")).Get("message"), callback: form.Get("StatusCallback"),
		to: form.Get("To"), text: form.Get("Body"),
	}
	defer func() {
		if hung := recover(); hung != nil { // the message is taken, and never answered
			c.note(asked)
			panic(hung)
		}
	}()
	answer := httptest.NewRecorder()
	c.ServeHTTP(answer, r)
	if answer.Code == http.StatusCreated {
		asked.sid = sidIn(answer.Body.String())
		c.note(asked)
	}
	c.waitToAnswer()
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

func (c *carrier) note(s send) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sends = append(c.sends, s)
}

// answerAfter has the carrier answer late from now on.
func (c *carrier) answerAfter(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.delay = d
}

// holdAnswers has answers wait until they are released: callbacks overtake them.
func (c *carrier) holdAnswers() (release func()) {
	c.mu.Lock()
	defer c.mu.Unlock()
	held := make(chan struct{})
	c.held = held
	return func() { close(held) }
}

func (c *carrier) waitToAnswer() {
	c.mu.Lock()
	delay, held := c.delay, c.held
	c.mu.Unlock()
	time.Sleep(delay)
	if held != nil {
		<-held
	}
}

func queryOf(address string) url.Values {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	return u.Query()
}

func sidIn(resource string) string {
	_, rest, _ := strings.Cut(resource, `"sid":`)
	_, rest, _ = strings.Cut(rest, `"`)
	sid, _, _ := strings.Cut(rest, `"`)
	return sid
}

// sent lists what went to a phone, in order; to every phone when it is empty.
func (c *carrier) sent(phone string) []send {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(c.sends), func(s send) bool { return phone != "" && s.to != phone })
}

// texts lists the words that went to a phone, in order.
func (c *carrier) texts(phone string) []string {
	var texts []string
	for _, s := range c.sent(phone) {
		texts = append(texts, s.text)
	}
	return texts
}

// front is the public URL of the gateway: a load balancer before its nodes.
type front struct {
	*httptest.Server

	mu    sync.Mutex
	nodes []*node
	turn  int
}

func newFront(t testing.TB) *front {
	f := &front{}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			target, _ := url.Parse(r.In.Context().Value(chosenNode{}).(string)) // a node's URL is well formed
			r.SetURL(target)
		},
		// As a load balancer answers for a node that has died.
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
		Transport:    &http.Transport{MaxIdleConnsPerHost: 64},
	}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n := f.next()
		if n == nil {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		proxy.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), chosenNode{}, n.url)))
	}))
	t.Cleanup(f.Server.Close)
	return f
}

type chosenNode struct{}

// next chooses among the nodes that have not ended, in turn.
func (f *front) next() *node {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nodes = slices.DeleteFunc(f.nodes, func(n *node) bool {
		select {
		case <-n.gone:
			return true
		default:
			return false
		}
	})
	if len(f.nodes) == 0 {
		return nil
	}
	f.turn++
	return f.nodes[f.turn%len(f.nodes)]
}

func (f *front) add(n *node) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.nodes = append(f.nodes, n)
}

// post posts a signed webhook to the gateway at a base URL: the public one, or
// a node's own. It returns the status, 0 without an answer.
func (f *front) post(ctx context.Context, base, path string, form url.Values) int {
	return f.postSigned(ctx, base, path, form, simulator.Sign(demoToken, f.URL+path, form))
}

func (f *front) postSigned(ctx context.Context, base, path string, form url.Values, signature string) int {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return 0
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if signature != "" {
		request.Header.Set("X-Twilio-Signature", signature)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0
	}
	_, err = io.Copy(io.Discard, response.Body)
	if err := errors.Join(err, response.Body.Close()); err != nil {
		return 0
	}
	return response.StatusCode
}
