package simulator_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/internal/simulator"
)

const (
	account = "AC00000000000000000000000000000001"
	token   = "11111111111111111111111111111111"
	ours    = "+447700900000"
	sam     = "+447700900101"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// webhook is one request that the gateway got from Twilio.
type webhook struct {
	path string // with its query
	form url.Values
}

// gateway stands for Parley: it checks signatures with Twilio's own validator
// and keeps what it is told.
type gateway struct {
	*httptest.Server
	webhooks chan webhook
	answer   func(w http.ResponseWriter, r *http.Request)
}

func newGateway(t testing.TB) *gateway {
	g := &gateway{webhooks: make(chan webhook, 1000), answer: func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, "<Response></Response>")
	}}
	validator := client.NewRequestValidator(token)
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Errorf("read the webhook: %v", err)
		}
		if !validator.ValidateBody(g.URL+r.RequestURI, body, r.Header.Get("X-Twilio-Signature")) {
			t.Errorf("the signature of %s is wrong", r.RequestURI)
		}
		form, err := url.ParseQuery(string(body))
		if err != nil {
			t.Errorf("parse the webhook: %v", err)
		}
		g.webhooks <- webhook{r.RequestURI, form}
		g.answer(w, r)
	}))
	t.Cleanup(g.Close)
	return g
}

// next is the next webhook.
func (g *gateway) next(t testing.TB) webhook {
	t.Helper()
	select {
	case w := <-g.webhooks:
		return w
	case <-time.After(5 * time.Second):
		t.Fatal("no webhook came")
		return webhook{}
	}
}

// statuses are the next callbacks' statuses, with their error codes.
func (g *gateway) statuses(t testing.TB, n int) string {
	t.Helper()
	var statuses []string
	for range n {
		form := g.next(t).form
		statuses = append(statuses, strings.TrimSpace(form.Get("MessageStatus")+" "+form.Get("ErrorCode")))
	}
	return strings.Join(statuses, ", ")
}

// far is the emulator, served on loopback.
type far struct {
	*simulator.Twilio
	url string
}

func newFar(t testing.TB, g *gateway, change ...func(*simulator.TwilioConfig)) *far {
	var sids atomic.Int64
	config := simulator.TwilioConfig{
		AccountSID: account, AuthToken: token, Number: ours, GatewayURL: g.URL,
		Clock:   func() time.Time { return now },
		NewSID:  func() string { return fmt.Sprintf("%032x", sids.Add(1)) },
		OnError: func(err error) { t.Errorf("callback: %v", err) },
	}
	for _, c := range change {
		c(&config)
	}
	emulator, err := simulator.NewTwilio(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(emulator)
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := emulator.Close(ctx); err != nil {
			t.Errorf("close: %v", err)
		}
		server.Close()
	})
	return &far{emulator, server.URL}
}

// toLoopback sends requests for api.twilio.com to the emulator, and keeps the
// headers of the last answer, which the client drops.
type toLoopback struct {
	host   string
	mu     sync.Mutex
	header http.Header
}

func (l *toLoopback) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", l.host
	response, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		l.mu.Lock()
		l.header = response.Header
		l.mu.Unlock()
	}
	return response, err
}

// api is Twilio's own client.
func (f *far) api(authToken string, timeout time.Duration) (*openapi.ApiService, *toLoopback) {
	transport := &toLoopback{host: strings.TrimPrefix(f.url, "http://")}
	c := &client.Client{
		Credentials: client.NewCredentials(account, authToken),
		HTTPClient:  &http.Client{Transport: transport, Timeout: timeout},
	}
	c.SetAccountSid(account)
	return openapi.NewApiService(client.NewRequestHandler(c)), transport
}

// message is what the gateway would send.
func (g *gateway) message(to, body string) *openapi.CreateMessageParams {
	params := &openapi.CreateMessageParams{}
	return params.SetTo(to).SetFrom(ours).SetBody(body).SetStatusCallback(g.URL + "/twilio/sms/status?message=m%201&x=a%2Bb")
}
