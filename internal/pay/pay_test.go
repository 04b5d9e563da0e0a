package pay

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	simulator "parley/internal/simulator/pay"
	"parley/templates"
)

const secret = "signing secret"

// till is the gateway: it asks what became of each payment it is told of.
type till struct {
	client *Client

	mu      sync.Mutex
	settled []string
	err     error
}

func (t *till) SettlePayment(ctx context.Context, id string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err != nil {
		return t.err
	}
	state, err := t.client.State(ctx, id)
	t.settled = append(t.settled, fmt.Sprint(state, err))
	return err
}

// world is an emulator and the client and webhook that speak to it.
func world(t *testing.T) (*simulator.Emulator, *Client, *till) {
	t.Helper()
	var mux http.ServeMux
	server := httptest.NewServer(&mux)
	t.Cleanup(server.Close)
	var mu sync.Mutex
	made := 0
	emulator := simulator.New(simulator.Config{
		URL: server.URL, Key: "api_test", Secret: secret, WebhookURL: server.URL + "/pay/webhook",
		NewID: func() string {
			mu.Lock()
			defer mu.Unlock()
			made++
			return fmt.Sprintf("hu20sqlact5260q2nanm0q%d", made)
		},
	})
	client, err := New(Config{URL: server.URL, Key: "api_test", Timeout: 100 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	taker := &till{client: client}
	webhook, err := Webhook(secret, taker, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	mux.Handle("/", emulator)
	mux.Handle("/pay/webhook", webhook)
	t.Cleanup(emulator.Wait)
	return emulator, client, taker
}

func request() gateway.ChargeRequest {
	return gateway.ChargeRequest{
		Key: "k-1", Amount: 178_50, Reference: "300012345678", Description: "Taliad cynhaliaeth plant",
		Language: templates.Welsh, ReturnURL: "https://chat.example/chat/paid",
	}
}

func TestAPaymentFromBeginningToEnd(t *testing.T) {
	for outcome, want := range map[string]gateway.ChargeState{"success": gateway.Paid, "failed": gateway.Unpaid, "cancelled": gateway.Unpaid} {
		t.Run(outcome, func(t *testing.T) {
			emulator, client, taker := world(t)
			id, page, err := client.Create(t.Context(), request())
			if err != nil {
				t.Fatal(err)
			}
			made := emulator.Payments()
			wantMade := []simulator.Payment{{
				ID: id, Key: "k-1", Amount: 17850, Reference: "300012345678", Description: "Taliad cynhaliaeth plant",
				ReturnURL: "https://chat.example/chat/paid", Language: "cy", Status: "created",
			}}
			if diff := cmp.Diff(wantMade, made); diff != "" {
				t.Errorf("payments (-want +got):\n%s", diff)
			}
			if state, err := client.State(t.Context(), id); state != gateway.Going || err != nil {
				t.Errorf("before it is paid: %q, %v", state, err)
			}
			browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
			response, err := browser.PostForm(page, url.Values{"outcome": {outcome}})
			if err != nil {
				t.Fatal(err)
			}
			_ = response.Body.Close()
			if to := response.Header.Get("Location"); to != "https://chat.example/chat/paid" {
				t.Errorf("the person is led to %q", to)
			}
			emulator.Wait()
			if diff := cmp.Diff([]string{fmt.Sprint(want, nil)}, taker.settled); diff != "" {
				t.Errorf("the webhook (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCreatingOnce(t *testing.T) {
	emulator, client, _ := world(t)
	emulator.SetFault(simulator.Fault{Delay: 200 * time.Millisecond, Times: 1}) // no answer in time, and the payment is there
	if _, _, err := client.Create(t.Context(), request()); err != nil {
		t.Fatal(err)
	}
	if n := len(emulator.Payments()); n != 1 {
		t.Errorf("%d payments were made, want 1", n)
	}
}

func TestBadDays(t *testing.T) {
	for _, test := range []struct {
		name  string
		fault simulator.Fault
		want  error // that a caller decides by; nil: our own fault
	}{
		{"it breaks", simulator.Fault{Status: 500}, gateway.ErrPayerAway},
		{"it is too much", simulator.Fault{Status: 429}, gateway.ErrPayerAway},
		{"it does not answer", simulator.Fault{Delay: 300 * time.Millisecond}, gateway.ErrPayerAway},
		{"it answers what nobody can read", simulator.Fault{Status: 201, Body: "<html>"}, gateway.ErrPayerAway},
		{"it names no page", simulator.Fault{Status: 201, Body: `{"payment_id": "abc"}`}, gateway.ErrPayerAway},
		{"it names a page elsewhere", simulator.Fault{Status: 201, Body: `{"payment_id": "abc", "_links": {"next_url": {"href": "javascript:alert(1)"}}}`}, gateway.ErrPayerAway},
		{"it names a page without TLS", simulator.Fault{Status: 201, Body: `{"payment_id": "abc", "_links": {"next_url": {"href": "http://pay.example/"}}}`}, gateway.ErrPayerAway},
		{"it leads elsewhere", simulator.Fault{Status: 302}, nil},
		{"it refuses what we ask", simulator.Fault{Status: 422}, nil},
		{"it refuses our key", simulator.Fault{Status: 401}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			emulator, client, _ := world(t)
			emulator.SetFault(test.fault)
			_, page, err := client.Create(t.Context(), request())
			if err == nil || page != "" {
				t.Fatalf("Create gave %q, %v", page, err)
			}
			if errors.Is(err, gateway.ErrPayerAway) != (test.want != nil) {
				t.Errorf("Create: %v", err)
			}
			if strings.Contains(err.Error(), "300012345678") || strings.Contains(err.Error(), "api_test") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
	_, client, _ := world(t)
	for _, id := range []string{"hu20sqlact5260q2nanm0q8u93", "", "../refunds", "a/b"} {
		if _, err := client.State(t.Context(), id); !errors.Is(err, gateway.ErrNotFound) {
			t.Errorf("State(%q): %v", id, err)
		}
	}
}

func TestWebhookBelievesNobodyElse(t *testing.T) {
	const body = `{"resource_type": "payment", "resource_id": "abc", "event_type": "card_payment_succeeded"}`
	right := "ef537f25c895bfa782526529a9b63d97aa631564d5d789c2b765448c8635fb6c" // over another body
	for _, test := range []struct {
		name, method, body, signature string
		fails                         error
		want                          int
		settled                       bool
	}{
		{name: "unsigned", method: "POST", body: body, want: 403},
		{name: "signed with something else", method: "POST", body: body, signature: right, want: 403},
		{name: "signed, and changed", method: "POST", body: body + " ", signature: sign(body), want: 403},
		{name: "no hexadecimal", method: "POST", body: body, signature: "zz", want: 403},
		{name: "too large", method: "POST", body: strings.Repeat(" ", largestCall+1), want: 413},
		{name: "not a post", method: "GET", want: 405},
		{name: "signed", method: "POST", body: body, signature: sign(body), want: 204, settled: true},
		{name: "of a refund", method: "POST", body: `{"resource_type": "refund", "resource_id": "abc"}`, want: 204},
		{name: "not JSON", method: "POST", body: "hello", want: 204},
		{name: "an odd id", method: "POST", body: `{"resource_type": "payment", "resource_id": "../x"}`, want: 204},
		{name: "not ours", method: "POST", body: body, signature: sign(body), fails: gateway.ErrNotFound, want: 204, settled: true},
		{name: "we are away", method: "POST", body: body, signature: sign(body), fails: errors.New("away"), want: 503, settled: true},
	} {
		t.Run(test.name, func(t *testing.T) {
			told := &listener{err: test.fails}
			webhook, err := Webhook(secret, told, slog.New(slog.DiscardHandler))
			if err != nil {
				t.Fatal(err)
			}
			if test.signature == "" && test.want == 204 {
				test.signature = sign(test.body)
			}
			r := httptest.NewRequest(test.method, "/pay/webhook", strings.NewReader(test.body))
			r.Header.Set("Pay-Signature", test.signature)
			w := httptest.NewRecorder()
			webhook.ServeHTTP(w, r)
			if w.Code != test.want || (told.id == "abc") != test.settled {
				t.Errorf("answered %d and told of %q", w.Code, told.id)
			}
		})
	}
	if _, err := Webhook("", &listener{}, slog.Default()); err == nil {
		t.Error("a webhook without a secret was made")
	}
}

type listener struct {
	id  string
	err error
}

func (l *listener) SettlePayment(_ context.Context, id string) error {
	l.id = id
	return l.err
}

func TestConfigThatCannotBe(t *testing.T) {
	for _, c := range []Config{{}, {URL: "http://pay.example", Key: "k"}, {URL: "ftp://localhost", Key: "k"}, {URL: "https://", Key: "k"}, {URL: "%", Key: "k"}, {Key: "a\nb"}} {
		if _, err := New(c); err == nil {
			t.Errorf("%+v was taken", c)
		}
	}
	if _, err := New(Config{Key: "k"}); err != nil {
		t.Errorf("GOV.UK Pay's own address: %v", err)
	}
}

// FuzzWebhook: whatever is sent unsigned is refused, and what is signed names a
// payment or nothing.
func FuzzWebhook(f *testing.F) {
	f.Add([]byte(`{"resource_type": "payment", "resource_id": "abc"}`), "")
	f.Add([]byte(`{"resource_type": "payment", "resource_id": 1}`), "ab")
	f.Fuzz(func(t *testing.T, body []byte, signature string) {
		told := &listener{}
		webhook, err := Webhook(secret, told, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest("POST", "/pay/webhook", strings.NewReader(string(body)))
		r.Header.Set("Pay-Signature", signature)
		w := httptest.NewRecorder()
		webhook.ServeHTTP(w, r)
		if w.Code < 400 && !strings.EqualFold(signature, sign(string(body))) || w.Code >= 400 && told.id != "" {
			t.Errorf("answered %d", w.Code)
		}
		if id, ok := subject(body); ok && !paymentID.MatchString(id) {
			t.Errorf("a payment %q", id)
		}
	})
}

func sign(body string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(body))
	return hex.EncodeToString(mac.Sum(nil))
}
