package sms_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

const (
	account  = "AC00000000000000000000000000000001"
	token    = "11111111111111111111111111111111"
	ours     = "+447700900000"
	sam      = "+447700900101"
	publicly = "https://gateway.example"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func settings(change ...func(*sms.Config)) sms.Config {
	config := sms.Config{
		AccountSID: account, AuthToken: token, From: ours, PublicURL: publicly,
		Clock: func() time.Time { return now },
	}
	for _, c := range change {
		c(&config)
	}
	return config
}

func newChannel(t testing.TB, change ...func(*sms.Config)) *sms.Channel {
	t.Helper()
	channel, err := sms.New(settings(change...))
	if err != nil {
		t.Fatal(err)
	}
	return channel
}

// newEmulator is Twilio as far as the wire shows, which calls nobody back
// unless a fault is set.
func newEmulator(t testing.TB, gatewayURL string, change ...func(*simulator.TwilioConfig)) *simulator.Twilio {
	t.Helper()
	var sids atomic.Int64
	config := simulator.TwilioConfig{
		AccountSID: account, AuthToken: token, Number: ours, GatewayURL: gatewayURL,
		Clock:  func() time.Time { return now },
		NewSID: func() string { return fmt.Sprintf("%032x", sids.Add(1)) },
		Faults: func(string) simulator.Fault { return simulator.Fault{Silent: true} },
	}
	for _, c := range change {
		c(&config)
	}
	emulator, err := simulator.NewTwilio(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := emulator.Close(ctx); err != nil {
			t.Error(err)
		}
	})
	return emulator
}

// serve answers as Twilio's API, and returns where.
func serve(t testing.TB, handler http.Handler) string {
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

// answering is an API that says the same to everything.
func answering(t *testing.T, status int, header http.Header, body string) string {
	return serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		for name, values := range header {
			w.Header()[name] = values
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
}

func outgoing(text string) gateway.Message {
	return gateway.Message{ID: "0199-a", To: gateway.Address{Channel: directory.SMS, Value: sam}, Text: text}
}

// webhook is a request from Twilio, or from somebody who would like to be it.
type webhook struct {
	path        string // with its query
	form        url.Values
	body        string // instead of form, when it is not what a form would be
	contentType string
	method      string
	host        string
	signedFor   string // the URL; empty: the right one
	signature   string // instead of the right one
	token       string
	unsigned    bool
}

// text is the webhook of a person's text.
func text(sid, body string) webhook {
	return webhook{path: "/twilio/sms", form: url.Values{
		"AccountSid": {account}, "ApiVersion": {"2010-04-01"}, "Body": {body}, "From": {sam}, "FromCountry": {"GB"},
		"MessageSid": {sid}, "NumMedia": {"0"}, "NumSegments": {"1"}, "SmsMessageSid": {sid}, "SmsSid": {sid},
		"SmsStatus": {"received"}, "To": {ours}, "ToCountry": {"GB"},
	}}
}

// status is the webhook of a message's status.
func status(id, sid, status, code string) webhook {
	w := webhook{path: "/twilio/sms/status?message=" + id, form: url.Values{
		"AccountSid": {account}, "ApiVersion": {"2010-04-01"}, "From": {ours}, "To": {sam},
		"MessageSid": {sid}, "SmsSid": {sid}, "MessageStatus": {status}, "SmsStatus": {status},
	}}
	if code != "" {
		w.form.Set("ErrorCode", code)
	}
	return w
}

// request is the webhook as it arrives.
func (w webhook) request() *http.Request {
	method, body, kind, key := "POST", w.body, "application/x-www-form-urlencoded", token
	if w.method != "" {
		method = w.method
	}
	if body == "" {
		body = w.form.Encode()
	}
	if w.contentType != "" {
		kind = w.contentType
	}
	if w.token != "" {
		key = w.token
	}
	request := httptest.NewRequest(method, w.path, strings.NewReader(body))
	request.Header.Set("Content-Type", kind)
	request.Host = "10.0.0.7:8080" // what a proxy makes of it
	if w.host != "" {
		request.Host = w.host
	}
	signedFor := publicly + w.path
	if w.signedFor != "" {
		signedFor = w.signedFor
	}
	switch {
	case w.signature != "":
		request.Header.Set("X-Twilio-Signature", w.signature)
	case !w.unsigned:
		request.Header.Set("X-Twilio-Signature", simulator.Sign(key, signedFor, w.form))
	}
	return request
}

// post has a channel answer a webhook.
func post(channel *sms.Channel, to sms.Receiver, w webhook) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	channel.Handler(to).ServeHTTP(answer, w.request())
	return answer
}

func TestContract(t *testing.T) {
	channeltest.Run(t, func(t *testing.T, r *channeltest.Receiver) channeltest.Harness {
		emulator := newEmulator(t, publicly)
		far := &misbehaving{next: emulator}
		server := httptest.NewServer(far)
		t.Cleanup(func() {
			server.CloseClientConnections()
			server.Close()
		})
		channel := newChannel(t, func(c *sms.Config) { c.APIURL = server.URL })

		taken := func(w webhook) bool { return post(channel, r, w).Code == http.StatusOK }
		say := func(w channeltest.Words) webhook { return text("SM"+strings.Repeat("0", 29)+w.ProviderID, w.Text) }
		report := func(d channeltest.Delivery) webhook {
			return status(string(d.Message), d.ProviderID, "delivered", "")
		}
		forged := func(w webhook) webhook { w.token = "guess"; return w }
		return channeltest.Harness{
			Channel: channel,
			Person:  gateway.Address{Channel: directory.SMS, Value: sam},
			Behave: func(b channeltest.Behaviour) bool {
				switch b {
				case channeltest.Unreachable:
					server.Close()
				case channeltest.Refuses:
					emulator.SetFault(sam, simulator.Fault{Reject: 21614})
				case channeltest.Postpones:
					emulator.SetFault(sam, simulator.Fault{Reject: 20429})
				case channeltest.Hangs:
					emulator.SetFault(sam, simulator.Fault{Hang: true, Silent: true})
				case channeltest.Breaks:
					emulator.SetFault(sam, simulator.Fault{Page: 502})
				default:
					far.behaviour.Store(int32(b))
				}
				return true
			},
			Taken: func() (texts []string) {
				history, _, stop := emulator.Watch(sam)
				stop()
				for _, m := range history {
					texts = append(texts, m.SMS.Text)
				}
				return texts
			},
			Door: &channeltest.Door{
				Say:         func(w channeltest.Words) bool { return taken(say(w)) },
				ForgeWords:  func(w channeltest.Words) bool { return taken(forged(say(w))) },
				Report:      func(d channeltest.Delivery) bool { return taken(report(d)) },
				ForgeReport: func(d channeltest.Delivery) bool { return taken(forged(report(d))) },
			},
		}
	})
}

// misbehaving is Twilio behind a bad line: it has the message all the same.
type misbehaving struct {
	next      http.Handler
	behaviour atomic.Int32
}

func (m *misbehaving) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch channeltest.Behaviour(m.behaviour.Load()) {
	case channeltest.CutsOff:
		m.next.ServeHTTP(httptest.NewRecorder(), r)
		panic(http.ErrAbortHandler)
	case channeltest.Garbles:
		m.next.ServeHTTP(httptest.NewRecorder(), r)
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte("<html>Welcome to the hotel's network</html>"))
	default:
		m.next.ServeHTTP(w, r)
	}
}
