package simulator_test

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/twilio/twilio-go/client"
	"pgregory.net/rapid"

	"parley/internal/simulator"
)

func TestTextPostsASignedWebhook(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	sid, err := f.Text(t.Context(), sam, ours, "my pay went down 😀 £410 & more", simulator.Media{URL: "https://example.org/1", ContentType: "image/jpeg"})
	if err != nil {
		t.Fatal(err)
	}
	got := g.next(t)
	want := url.Values{
		"AccountSid": {account}, "ApiVersion": {"2010-04-01"},
		"MessageSid": {sid}, "SmsSid": {sid}, "SmsMessageSid": {sid}, "SmsStatus": {"received"},
		"From": {sam}, "To": {ours}, "FromCountry": {"GB"}, "ToCountry": {"GB"},
		"Body": {"my pay went down 😀 £410 & more"}, "NumSegments": {"1"},
		"NumMedia": {"1"}, "MediaUrl0": {"https://example.org/1"}, "MediaContentType0": {"image/jpeg"},
	}
	if diff := cmp.Diff(want, got.form); diff != "" || got.path != "/twilio/sms" {
		t.Errorf("webhook at %s (-want +got):\n%s", got.path, diff)
	}
	if !strings.HasPrefix(sid, "MM") {
		t.Errorf("SID of a message with media is %s", sid)
	}
}

// thread is what the phone shows: who, words, how far.
func (f *far) thread(phone string) []string {
	history, _, stop := f.Watch(phone)
	stop()
	var lines []string
	for _, m := range history {
		who := "<"
		if m.Direction == simulator.Inbound {
			who = ">"
		}
		lines = append(lines, who+" "+m.SMS.Text+" ("+string(m.Status)+")")
	}
	return lines
}

func TestAnswersToAText(t *testing.T) {
	for _, c := range []struct {
		name, contentType, body string
		status                  int
		thread                  []string
		code                    int // of the WebhookError, 0 for none
	}{
		{"no words", "text/xml", "<Response></Response>", 200, []string{"> hello (received)"}, 0},
		{"self-closed", "application/xml; charset=utf-8", `<?xml version="1.0" encoding="UTF-8"?><Response/>`, 200, []string{"> hello (received)"}, 0},
		{"nothing at all", "", "", 204, []string{"> hello (received)"}, 0},
		{"a message", "text/xml", "<Response><Message>Hi &amp; bye</Message></Response>", 200, []string{"> hello (received)", "< Hi & bye (delivered)"}, 0},
		{"two, with bodies", "text/xml", "<Response><Message><Body>a</Body></Message><Message> <Body>b</Body> </Message></Response>", 200,
			[]string{"> hello (received)", "< a (delivered)", "< b (delivered)"}, 0},
		{"plain text is sent on", "text/plain; charset=utf-8", "OK", 200, []string{"> hello (received)", "< OK (delivered)"}, 0},
		{"an error", "text/html", "<h1>Oops</h1>", 503, []string{"> hello (failed)"}, 11200},
		{"a redirect", "", "", 302, []string{"> hello (failed)"}, 11200},
		{"no TwiML", "text/xml", "OK", 200, []string{"> hello (failed)"}, 12100},
		{"other XML", "text/xml", "<html></html>", 200, []string{"> hello (failed)"}, 12100},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := newGateway(t)
			g.answer = func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.contentType)
				w.WriteHeader(c.status)
				_, _ = io.WriteString(w, c.body)
			}
			f := newFar(t, g)
			sid, err := f.Text(t.Context(), sam, ours, "hello")
			var failed *simulator.WebhookError
			code := 0
			if errors.As(err, &failed) {
				code = failed.Code
			}
			if sid == "" || code != c.code || (err != nil) != (c.code != 0) {
				t.Errorf("Text = %q, %v; want code %d", sid, err, c.code)
			}
			if diff := cmp.Diff(c.thread, f.thread(sam)); diff != "" {
				t.Errorf("thread (-want +got):\n%s", diff)
			}
			if len(g.webhooks) != 1 {
				t.Errorf("%d webhooks, want one: Twilio does not try again", len(g.webhooks))
			}
		})
	}
}

func TestTextToAGatewayThatIsDown(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	g.Close()
	_, err := f.Text(t.Context(), sam, ours, "hello")
	var failed *simulator.WebhookError
	if !errors.As(err, &failed) || failed.Code != 11200 || failed.Err == nil {
		t.Errorf("error is %v, want a WebhookError 11200 with its cause", err)
	}
	if strings.Contains(err.Error(), g.URL) {
		t.Errorf("%q repeats the URL", err)
	}
}

func TestDeliverTwice(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	form := url.Values{"MessageSid": {"SM1"}, "From": {sam}, "To": {ours}, "Body": {"hello"}}
	for range 2 {
		if _, err := f.Deliver(t.Context(), form); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(form, g.next(t).form); diff != "" {
			t.Errorf("webhook (-want +got):\n%s", diff)
		}
	}
}

func TestTwilioAnswersKeywords(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g, func(c *simulator.TwilioConfig) { c.Keywords = true })
	api, _ := f.api(token, 0)
	send := func() error {
		_, err := api.CreateMessage(g.message(sam, "hello"))
		return err
	}
	const stopped, started, help = "You have successfully been unsubscribed.", "You have successfully been re-subscribed", "Reply STOP to unsubscribe."
	for _, c := range []struct {
		text, answer string // how the answer begins, "" for none
		optedOut     bool
	}{
		{"hello", "", false},
		{"please stop", "", false},
		{"Help", help, false},
		{"YES", "", false}, // an answer to a question, and no news to Twilio
		{" stop\n", stopped, true},
		{"HELP", "", true},
		{"hello", "", true},
		{"yes", started, false},
		{"Unsubscribe", stopped, true},
		{"START", started, false},
	} {
		before := len(f.thread(sam))
		if _, err := f.Text(t.Context(), sam, ours, c.text); err != nil {
			t.Fatal(err)
		}
		if got := g.next(t).form.Get("Body"); got != c.text {
			t.Errorf("the gateway was told %q, want %q all the same", got, c.text)
		}
		answers := f.thread(sam)[before+1:]
		switch {
		case c.answer == "" && len(answers) > 0, c.answer != "" && (len(answers) != 1 || !strings.HasPrefix(answers[0], "< "+c.answer)):
			t.Errorf("after %q Twilio says %q, want %q", c.text, answers, c.answer)
		}
		if f.OptedOut(sam) != c.optedOut || f.OptedOut("+447700900102") {
			t.Errorf("after %q opted out is %t", c.text, f.OptedOut(sam))
		}
		if err := send(); isTwilioError(err, 21610) != c.optedOut {
			t.Errorf("after %q a send says %v", c.text, err)
		} else if err == nil {
			g.statuses(t, 2)
		}
	}
}

func TestGatewayAnswersKeywords(t *testing.T) {
	g := newGateway(t)
	f := newFar(t, g)
	if _, err := f.Text(t.Context(), sam, ours, "STOP"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"> STOP (received)"}, f.thread(sam)); diff != "" || f.OptedOut(sam) {
		t.Errorf("Twilio took part (opted out %t):\n%s", f.OptedOut(sam), diff)
	}
}

// Sign agrees with Twilio's own validator, whatever the fields and the query.
func TestSignProperties(t *testing.T) {
	validator := client.NewRequestValidator(token)
	rapid.Check(t, func(t *rapid.T) {
		form := url.Values{}
		fields := map[string]string{}
		for _, name := range rapid.SliceOfDistinct(rapid.StringMatching(`[A-Za-z0-9]{1,12}`), rapid.ID).Draw(t, "names") {
			value := rapid.String().Draw(t, "value")
			form.Set(name, value)
			fields[name] = value
		}
		query := url.Values{"message": {rapid.String().Draw(t, "query")}}
		address := "https://parley.example.org/twilio/sms/status?" + query.Encode()
		if !validator.Validate(address, fields, simulator.Sign(token, address, form)) {
			t.Fatalf("the signature of %v at %s is wrong", form, address)
		}
		if validator.Validate(address, fields, simulator.Sign("another", address, form)) {
			t.Fatal("any token will do")
		}
	})
}
