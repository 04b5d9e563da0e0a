package notify_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels/channeltest"
	"parley/channels/notify"
	"parley/gateway"
	"parley/gateway/directory"
	simulator "parley/internal/simulator/notify"
)

const (
	service  = "11111111-1111-4111-8111-111111111111"
	secret   = "22222222-2222-4222-8222-222222222222"
	template = "33333333-3333-4333-8333-333333333333"
	bearer   = "a token of receipts"
	sam      = "+447700900101"
)

var now = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

func clock() time.Time { return now }

func newChannel(t testing.TB, address string, change ...func(*notify.Config)) *notify.Channel {
	t.Helper()
	config := notify.Config{APIKey: "my_test_key-" + service + "-" + secret, Template: template, Callback: bearer, APIURL: address, Clock: clock}
	for _, c := range change {
		c(&config)
	}
	channel, err := notify.New(config)
	if err != nil {
		t.Fatal(err)
	}
	return channel
}

// newEmulator is Notify as far as the wire shows.
func newEmulator(t testing.TB) (*simulator.Notify, *httptest.Server) {
	far := &simulator.Notify{Service: service, Secret: secret, Template: template, Clock: clock}
	server := httptest.NewServer(far)
	t.Cleanup(func() {
		server.CloseClientConnections()
		server.Close()
	})
	return far, server
}

func message(text string) gateway.Message {
	return gateway.Message{ID: "0199-a", To: gateway.Address{Channel: directory.SMS, Value: sam}, Text: text}
}

var _ gateway.Finder = (*notify.Channel)(nil)

func TestChannel(t *testing.T) {
	channeltest.Run(t, func(t *testing.T, r *channeltest.Receiver) channeltest.Harness {
		far, server := newEmulator(t)
		channel := newChannel(t, server.URL)
		report := func(token string) func(channeltest.Delivery) bool {
			return func(d channeltest.Delivery) bool {
				return post(channel, r, token, fmt.Sprintf(`{"id": %q, "reference": %q, "status": "delivered"}`, d.ProviderID, d.Message)) == http.StatusNoContent
			}
		}
		return channeltest.Harness{
			Channel: channel,
			Person:  gateway.Address{Channel: directory.SMS, Value: sam},
			Behave: func(b channeltest.Behaviour) bool {
				if b == channeltest.Unreachable {
					server.Close()
				}
				far.SetFault(map[channeltest.Behaviour]simulator.Fault{
					channeltest.Refuses: {Status: 400}, channeltest.Postpones: {Status: 429}, channeltest.Hangs: {Hang: true},
					channeltest.CutsOff: {Cut: true}, channeltest.Garbles: {Garble: true}, channeltest.Breaks: {Status: 500},
				}[b])
				return true
			},
			Taken: func() (texts []string) {
				for _, m := range far.Taken() {
					texts = append(texts, m.Text)
				}
				return texts
			},
			Door: &channeltest.Door{Report: report(bearer), ForgeReport: report("a guess at the token")},
		}
	})
}

func post(channel *notify.Channel, r notify.Receiver, token, body string) int {
	request := httptest.NewRequest(http.MethodPost, "/notify/sms/status", strings.NewReader(body))
	request.Header.Set("Authorization", "Bearer "+token)
	answer := httptest.NewRecorder()
	channel.Handler(r).ServeHTTP(answer, request)
	return answer.Code
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		status int
		body   string
		want   gateway.SendError
	}{
		{400, `{"errors": [{"error": "ValidationError", "message": "phone_number +447700900101 is wrong"}]}`, gateway.SendError{Outcome: gateway.Refused, Code: "ValidationError"}},
		{400, `{"errors": [{"error": "+447700900101"}]}`, gateway.SendError{Outcome: gateway.Refused, Code: "HTTP 400"}},
		{403, `{"errors": [{"error": "AuthError"}]}`, gateway.SendError{Outcome: gateway.Retry, Code: "AuthError", Busy: true}},
		{429, `{"errors": [{"error": "RateLimitError"}]}`, gateway.SendError{Outcome: gateway.Retry, Code: "RateLimitError", Busy: true, RetryAfter: 7 * time.Second}},
		{429, `slow down`, gateway.SendError{Outcome: gateway.Retry, Code: "HTTP 429", Busy: true, RetryAfter: 7 * time.Second}},
		{500, `{"errors": [{"error": "Exception"}]}`, gateway.SendError{Outcome: gateway.Lost, Code: "Exception", Busy: true, RetryAfter: 7 * time.Second}},
		{302, ``, gateway.SendError{Outcome: gateway.Lost, Code: "HTTP 302", Busy: true, RetryAfter: 7 * time.Second}},
		{201, `{}`, gateway.SendError{Outcome: gateway.Lost, Code: "no id", Busy: true}},
	} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(test.status)
			_, _ = w.Write([]byte(test.body))
		}))
		_, err := newChannel(t, server.URL).Send(t.Context(), message("xylophone"))
		server.Close()
		var got *gateway.SendError
		if !errors.As(err, &got) || got.Reason == "" {
			t.Errorf("%d %s: %v", test.status, test.body, err)
			continue
		}
		plain := *got
		plain.Reason = ""
		if diff := cmp.Diff(test.want, plain); diff != "" {
			t.Errorf("%d %s (-want +got):\n%s", test.status, test.body, diff)
		}
	}
}

func TestFindKnowsAMessageByItsReference(t *testing.T) {
	far, server := newEmulator(t)
	channel := newChannel(t, server.URL)
	far.SetFault(simulator.Fault{Cut: true})
	if _, err := channel.Send(t.Context(), message("Hello")); err == nil {
		t.Fatal("no answer, and no error")
	}
	found, err := channel.Find(t.Context(), message("Hello"), now)
	want := []gateway.StatusUpdate{{Message: "0199-a", Channel: directory.SMS, ProviderID: far.Taken()[0].ID, Status: gateway.Accepted}}
	if diff := cmp.Diff(want, found); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	other := message("Hello")
	other.ID = "0199-b"
	if found, err := channel.Find(t.Context(), other, now); err != nil || len(found) != 0 {
		t.Errorf("another message is found as %v, %v", found, err)
	}
}

func TestReceiptsTellWhatBecameOfAMessage(t *testing.T) {
	r := &channeltest.Receiver{}
	channel := newChannel(t, "https://notify.example")
	for status, want := range map[string]gateway.Status{
		"created": gateway.Accepted, "sending": gateway.Accepted, "pending": gateway.Sent, "sent": gateway.Sent, "delivered": gateway.Delivered,
		"permanent-failure": gateway.Undelivered, "temporary-failure": gateway.Undelivered, "technical-failure": gateway.Failed,
	} {
		if code := post(channel, r, bearer, `{"id": "N1", "reference": "0199-a", "status": "`+status+`", "to": "`+sam+`"}`); code != http.StatusNoContent {
			t.Errorf("%s is answered %d", status, code)
		}
		updates := r.Updates()
		last := updates[len(updates)-1]
		if last.Status != want || last.Message != "0199-a" || last.ProviderID != "N1" || last.Gone != (status == "permanent-failure") {
			t.Errorf("%s comes as %+v", status, last)
		}
	}
	for _, body := range []string{"", "{", "[]", `{"id": "N1"}`, `{"status": "delivered"}`} {
		if code := post(channel, r, bearer, body); code != http.StatusBadRequest {
			t.Errorf("%q is answered %d", body, code)
		}
	}
}

func FuzzReceipt(f *testing.F) {
	f.Add(`{"id": "N1", "reference": "0199-a", "status": "delivered"}`)
	f.Fuzz(func(t *testing.T, body string) {
		r := &channeltest.Receiver{}
		code := post(newChannel(t, "https://notify.example"), r, bearer, body)
		if (code == http.StatusNoContent) != (len(r.Updates()) == 1) {
			t.Errorf("answered %d, with %d receipts", code, len(r.Updates()))
		}
	})
}

func TestWhatCannotWorkIsAnError(t *testing.T) {
	for name, change := range map[string]func(*notify.Config){
		"no key":         func(c *notify.Config) { c.APIKey = "" },
		"half a key":     func(c *notify.Config) { c.APIKey = "key-" + service },
		"no template":    func(c *notify.Config) { c.Template = "" },
		"a wrong sender": func(c *notify.Config) { c.Sender = "CMS" },
		"a short token":  func(c *notify.Config) { c.Callback = "short" },
		"a wrong URL":    func(c *notify.Config) { c.APIURL = "notify" },
		"no clock":       func(c *notify.Config) { c.Clock = nil },
	} {
		config := notify.Config{APIKey: "k-" + service + "-" + secret, Template: template, Callback: bearer, Clock: clock}
		change(&config)
		if _, err := notify.New(config); err == nil || strings.Contains(err.Error(), secret) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func Example() {
	far := &simulator.Notify{Service: service, Secret: secret, Template: template, Clock: clock}
	server := httptest.NewServer(far)
	defer server.Close()
	channel, err := notify.New(notify.Config{
		APIKey: "parley-" + service + "-" + secret, Template: template, Callback: bearer, APIURL: server.URL, Clock: clock,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	receipt, err := channel.Send(context.Background(), message("Your payment is due on Tuesday."))
	fmt.Println(receipt.Status, err, far.Taken()[0].Text)
	// Output: accepted <nil> Your payment is due on Tuesday.
}
