package simulator_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/twilio/twilio-go/client"
	openapi "github.com/twilio/twilio-go/rest/api/v2010"

	"parley/internal/simulator"
)

func ExampleTwilio() {
	gateway := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.URL.Path, r.PostFormValue("From"), r.PostFormValue("Body"))
		w.Header().Set("Content-Type", "text/xml")
		_, _ = io.WriteString(w, "<Response><Message>Thank you.</Message></Response>")
	}))
	defer gateway.Close()

	emulator, err := simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: "AC1", AuthToken: "secret", Number: "+447700900000",
		GatewayURL: gateway.URL,
		Clock:      func() time.Time { return time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC) },
		NewSID:     func() string { return rand.Text() },
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer emulator.Close(context.Background())
	mux := http.NewServeMux() // served on loopback, and PARLEY_TWILIO_API_URL points there
	mux.Handle("/2010-04-01/", emulator)

	if _, err := emulator.Text(context.Background(), "+447700900101", emulator.Number(), "my pay went down"); err != nil {
		fmt.Println(err)
	}
	history, _, stop := emulator.Watch("+447700900101")
	defer stop()
	for _, m := range history {
		fmt.Println(m.Direction, m.SMS.Text, m.Status)
	}
	// Output:
	// /twilio/sms +447700900101 my pay went down
	// inbound my pay went down received
	// outbound-reply Thank you. delivered
}

func TestSendThroughTwiliosClient(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	api, _ := f.api(token, 0)
	const words = "Sut mae’r tâl? \"£410\" \\ \x01 👍\nDiolch"
	sent, err := api.CreateMessage(g.message(sam, words))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{
		"sid": *sent.Sid, "account": *sent.AccountSid, "body": *sent.Body, "from": *sent.From, "to": *sent.To,
		"status": *sent.Status, "segments": *sent.NumSegments, "direction": *sent.Direction,
		"created": *sent.DateCreated, "uri": *sent.Uri,
	}
	want := map[string]string{
		"sid": "SM00000000000000000000000000000001", "account": account, "body": words, "from": ours, "to": sam,
		"status": "queued", "segments": "1", "direction": "outbound-api",
		"created": "Sun, 22 Nov 2026 10:00:00 +0000",
		"uri":     "/2010-04-01/Accounts/" + account + "/Messages/SM00000000000000000000000000000001.json",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("resource (-want +got):\n%s", diff)
	}
	for _, status := range []string{"sent", "delivered"} {
		callback := g.next(t)
		if callback.path != "/twilio/sms/status?message=m%201&x=a%2Bb" {
			t.Errorf("called back at %s: the query must stay as it is", callback.path)
		}
		want := map[string][]string{
			"AccountSid": {account}, "ApiVersion": {"2010-04-01"}, "From": {ours}, "To": {sam},
			"MessageSid": {*sent.Sid}, "SmsSid": {*sent.Sid}, "MessageStatus": {status}, "SmsStatus": {status},
		}
		if diff := cmp.Diff(want, map[string][]string(callback.form)); diff != "" {
			t.Errorf("callback (-want +got):\n%s", diff)
		}
	}
	fetched, err := api.FetchMessage(*sent.Sid, nil)
	if err != nil || *fetched.Status != "delivered" || fetched.ErrorCode != nil {
		t.Errorf("fetched %v, %v; want it delivered", fetched, err)
	}
}

func TestRefusals(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	right, _ := f.api(token, 0)
	wrong, _ := f.api("22222222222222222222222222222222", 0)
	form := func() *openapi.CreateMessageParams { return &openapi.CreateMessageParams{} }
	for _, c := range []struct {
		name         string
		api          *openapi.ApiService
		params       *openapi.CreateMessageParams
		code, status int
	}{
		{"wrong token", wrong, g.message(sam, "hello"), 20003, 401},
		{"no To", right, form().SetFrom(ours).SetBody("hello"), 21604, 400},
		{"no From", right, form().SetTo(sam).SetBody("hello"), 21603, 400},
		{"To is no number", right, g.message("07700 900101", "hello"), 21211, 400},
		{"To is letters", right, g.message("+44770090010x", "hello"), 21211, 400},
		{"another From", right, form().SetTo(sam).SetFrom("+447700900999").SetBody("hello"), 21606, 400},
		{"no body", right, form().SetTo(sam).SetFrom(ours), 21602, 400},
		{"too long", right, g.message(sam, strings.Repeat("ŵ", 1601)), 21617, 400},
		{"callback is no URL", right, form().SetTo(sam).SetFrom(ours).SetBody("hello").SetStatusCallback("here"), 21609, 400},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := c.api.CreateMessage(c.params)
			var refused *client.TwilioRestError
			if !errors.As(err, &refused) {
				t.Fatalf("error is %v, want Twilio's", err)
			}
			if refused.Code != c.code || refused.Status != c.status || refused.Message == "" ||
				refused.MoreInfo != fmt.Sprintf("https://www.twilio.com/docs/errors/%d", c.code) {
				t.Errorf("refused with %+v, want code %d and status %d", refused, c.code, c.status)
			}
		})
	}
	if _, err := right.FetchMessage("SM0", nil); !isTwilioError(err, 20404) {
		t.Errorf("a message that is not there: %v, want 20404", err)
	}
	if _, err := right.CreateMessage(g.message(sam, strings.Repeat("ŵ", 1600))); err != nil {
		t.Errorf("the longest message: %v", err)
	}
}

func isTwilioError(err error, code int) bool {
	var refused *client.TwilioRestError
	return errors.As(err, &refused) && refused.Code == code
}

func TestMessagingServiceSendsFromTheNumber(t *testing.T) {
	g := newGateway(t)
	api, _ := newFar(t, g).api(token, 0)
	params := (&openapi.CreateMessageParams{}).SetTo(sam).SetBody("hello").SetMessagingServiceSid("MG1")
	sent, err := api.CreateMessage(params)
	if err != nil || *sent.From != ours {
		t.Errorf("sent %v, %v; want it from %s", sent, err, ours)
	}
}

func TestListIsNewestFirstInPages(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	api, _ := f.api(token, 0)
	for i := range 5 {
		if _, err := api.CreateMessage(g.message(sam, fmt.Sprint("to Sam ", i))); err != nil {
			t.Fatal(err)
		}
		if _, err := api.CreateMessage(g.message("+447700900102", "to Ali")); err != nil {
			t.Fatal(err)
		}
	}
	found, err := api.ListMessage((&openapi.ListMessageParams{}).SetTo(sam).SetPageSize(2))
	if err != nil {
		t.Fatal(err)
	}
	var bodies []string
	for _, m := range found {
		bodies = append(bodies, *m.Body)
	}
	want := []string{"to Sam 4", "to Sam 3", "to Sam 2", "to Sam 1", "to Sam 0"}
	if diff := cmp.Diff(want, bodies); diff != "" {
		t.Errorf("list (-want +got):\n%s", diff)
	}
	none, err := api.ListMessage((&openapi.ListMessageParams{}).SetTo("+447700900999"))
	if err != nil || len(none) != 0 {
		t.Errorf("list of a number without messages: %v, %v", none, err)
	}
}

func TestOnlyTheLastMessagesAreKept(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g, func(c *simulator.TwilioConfig) { c.Keep = 3 })
	api, _ := f.api(token, 0)
	for range 10 {
		if _, err := api.CreateMessage(g.message(sam, "hello")); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := api.ListMessage(&openapi.ListMessageParams{}); err != nil || len(found) != 3 {
		t.Errorf("%d messages are kept (%v), want 3", len(found), err)
	}
	if _, err := api.FetchMessage("SM00000000000000000000000000000001", nil); !isTwilioError(err, 20404) {
		t.Errorf("the oldest is still there: %v", err)
	}
}

func TestWatchHearsOfEachChange(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	api, _ := f.api(token, 0)
	if _, err := api.CreateMessage(g.message(sam, "before")); err != nil {
		t.Fatal(err)
	}
	g.statuses(t, 2)

	history, updates, stop := f.Watch(sam)
	if len(history) != 1 || history[0].SMS.Text != "before" || history[0].Status != simulator.Delivered {
		t.Errorf("history is %+v", history)
	}
	for _, m := range []struct{ to, body string }{{"+447700900102", "not for Sam"}, {sam, "after"}} {
		if _, err := api.CreateMessage(g.message(m.to, m.body)); err != nil {
			t.Fatal(err)
		}
	}
	var seen []string
	for m := range updates {
		seen = append(seen, m.SMS.Text+" "+string(m.Status))
		if m.Status == simulator.Delivered && m.SMS.Text == "after" {
			stop()
		}
	}
	seen = slices.Compact(seen) // a change at the moment of watching may be heard twice
	want := []string{"after queued", "after sent", "after delivered"}
	if diff := cmp.Diff(want, seen[max(0, len(seen)-3):]); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	stop() // once more does no harm
}

// A page that stops reading is cut off; the carrier goes on.
func TestWatchCutsOffWhoFallsBehind(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	_, updates, _ := f.Watch(sam)
	for range 200 { // two changes each, more than are held for a reader
		if _, err := f.Text(t.Context(), sam, ours, "hello"); err != nil {
			t.Fatal(err)
		}
	}
	heard := 0
	for range updates {
		heard++
	}
	if heard == 0 || heard >= 400 {
		t.Errorf("heard %d changes before the cut", heard)
	}
}

func TestCloseWaitsForCallbacks(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g, func(c *simulator.TwilioConfig) { c.Latency = 20 * time.Millisecond })
	api, _ := f.api(token, 0)
	if _, err := api.CreateMessage(g.message(sam, "hello")); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got := len(g.webhooks); got != 2 {
		t.Errorf("%d callbacks before Close returned, want 2", got)
	}
	if _, err := api.CreateMessage(g.message(sam, "hello")); !isTwilioError(err, 20503) {
		t.Errorf("a message after Close: %v, want 20503", err)
	}
}

func TestCloseGivesUpWithItsContext(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g, func(c *simulator.TwilioConfig) { c.Latency = time.Hour })
	api, _ := f.api(token, 0)
	if _, err := api.CreateMessage(g.message(sam, "hello")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := f.Close(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Close: %v, want the context's error", err)
	}
	if err := f.Close(t.Context()); err != nil {
		t.Errorf("Close once more: %v, want it to have nothing left to wait for", err)
	}
}

func TestTooManyDeliveriesUnderWay(t *testing.T) {
	g := newGateway(t)
	released := make(chan struct{})
	g.answer = func(http.ResponseWriter, *http.Request) { <-released }
	f := newFar(t, g, func(c *simulator.TwilioConfig) { c.Waiting = 1 })
	api, transport := f.api(token, 0)
	if _, err := api.CreateMessage(g.message(sam, "taken")); err != nil {
		t.Fatal(err)
	}
	_, err := api.CreateMessage(g.message(sam, "one too many"))
	if !isTwilioError(err, 20429) || transport.header.Get("Retry-After") != "1" {
		t.Errorf("got %v, Retry-After %q; want 20429 and 1", err, transport.header.Get("Retry-After"))
	}
	close(released)
}

func TestNewTwilioNeedsWhatItNeeds(t *testing.T) {
	good := simulator.TwilioConfig{
		AccountSID: account, AuthToken: token, Number: ours, GatewayURL: "http://127.0.0.1:1",
		Clock: time.Now, NewSID: func() string { return "" },
	}
	for name, spoil := range map[string]func(*simulator.TwilioConfig){
		"account":   func(c *simulator.TwilioConfig) { c.AccountSID = "" },
		"token":     func(c *simulator.TwilioConfig) { c.AuthToken = "" },
		"number":    func(c *simulator.TwilioConfig) { c.Number = "" },
		"clock":     func(c *simulator.TwilioConfig) { c.Clock = nil },
		"SIDs":      func(c *simulator.TwilioConfig) { c.NewSID = nil },
		"a gateway": func(c *simulator.TwilioConfig) { c.GatewayURL = "127.0.0.1:1" },
	} {
		config := good
		spoil(&config)
		if _, err := simulator.NewTwilio(config); err == nil {
			t.Errorf("started without %s", name)
		}
	}
}

// Whatever is posted, the answer is a message or a refusal in Twilio's JSON.
func FuzzCreate(f *testing.F) {
	emulator, err := simulator.NewTwilio(simulator.TwilioConfig{
		AccountSID: account, AuthToken: token, Number: ours, GatewayURL: "http://127.0.0.1:1",
		Clock: func() time.Time { return now }, NewSID: func() string { return "1" },
		Faults: func(string) simulator.Fault { return simulator.Fault{Silent: true} },
	})
	if err != nil {
		f.Fatal(err)
	}
	f.Add("To=%2B447700900101&From=%2B447700900000&Body=hello")
	f.Add("To=%2B447700900101&MessagingServiceSid=MG1&Body=%22%00%FF%5C&StatusCallback=http%3A%2F%2F%25")
	f.Add("To=+&From=%zz")
	f.Fuzz(func(t *testing.T, form string) {
		r := httptest.NewRequest(http.MethodPost, "/2010-04-01/Accounts/"+account+"/Messages.json", strings.NewReader(form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(account, token)
		w := httptest.NewRecorder()
		emulator.ServeHTTP(w, r)
		var answer struct {
			SID  string
			Code int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil {
			t.Fatalf("%q: %v", w.Body, err)
		}
		if taken := w.Code == http.StatusCreated; taken != (answer.SID == "SM1") || taken == (answer.Code != 0) {
			t.Fatalf("status %d with %+v", w.Code, answer)
		}
	})
}
