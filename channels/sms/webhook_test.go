package sms_test

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels/channeltest"
	"parley/channels/sms"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

const theirSID = "SM0123456789abcdef0123456789abcdef"

const everyWelshLetter = "ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝáâêëíîïóôúûýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ"

func TestInbound(t *testing.T) {
	with := func(name, value string) func(url.Values) {
		return func(form url.Values) { form.Set(name, value) }
	}
	none := func(url.Values) {}
	want := func(text string, change ...func(*gateway.Inbound)) gateway.Inbound {
		in := gateway.Inbound{
			ProviderID: theirSID, From: gateway.Address{Channel: directory.SMS, Value: sam}, To: ours, Text: text,
		}
		for _, c := range change {
			c(&in)
		}
		return in
	}
	for _, c := range []struct {
		name, text string
		change     func(url.Values)
		want       gateway.Inbound
	}{
		{"an answer", "About £400 a week + a bit & more", none, want("About £400 a week + a bit & more")},
		{"no text", "", none, want("")},
		{"every Welsh letter", everyWelshLetter, none, want(everyWelshLetter)},
		{"2,000 characters", strings.Repeat("ŵ", 2000), none, want(strings.Repeat("ŵ", 2000))},
		{"emoji", "👍🏽 thanks 👩‍👩‍👧", none, want("👍🏽 thanks 👩‍👩‍👧")},
		{"several lines", "one\r\ntwo\n", none, want("one\r\ntwo\n")},
		{"bytes that are not UTF-8", "4\xff00\x00", none, want("4\xff00\x00")},
		{"a picture", "my payslip", with("NumMedia", "2"), want("my payslip", func(in *gateway.Inbound) { in.Media = 2 })},
		{"an unreadable number of pictures", "hi", with("NumMedia", "lots"), want("hi")},
		{"fewer than no pictures", "hi", with("NumMedia", "-3"), want("hi")},
		{"from a short code", "hi", with("From", "60006"), want("hi", func(in *gateway.Inbound) { in.From.Value = "60006" })},
		{"from a name", "hi", with("From", "HMRC"), want("hi", func(in *gateway.Inbound) { in.From.Value = "HMRC" })},
		{"a field of next year", "hi", with("Zebra", "1"), want("hi")},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := text(theirSID, c.text)
			c.change(w.form)
			r := &channeltest.Receiver{}
			answer := post(newChannel(t), r, w)
			if answer.Code != http.StatusOK {
				t.Fatalf("answered %d %s", answer.Code, answer.Body)
			}
			checkSaysNothing(t, answer)
			if diff := cmp.Diff([]gateway.Inbound{c.want}, r.Inbound()); diff != "" {
				t.Errorf("inbound (-want +got):\n%s", diff)
			}
		})
	}
}

// checkSaysNothing: Twilio would text to the person whatever an answer says.
func checkSaysNothing(t *testing.T, answer *httptest.ResponseRecorder) {
	t.Helper()
	if kind := answer.Header().Get("Content-Type"); !strings.HasPrefix(kind, "text/xml") {
		t.Errorf("content type %q, want text/xml", kind)
	}
	var twiml struct {
		XMLName xml.Name `xml:"Response"`
		Inside  string   `xml:",innerxml"`
	}
	if err := xml.Unmarshal(answer.Body.Bytes(), &twiml); err != nil || twiml.Inside != "" {
		t.Errorf("answered %q (%v), want an empty <Response/>", answer.Body, err)
	}
}

func TestStatus(t *testing.T) {
	for _, c := range []struct {
		status, code string
		want         gateway.StatusUpdate
	}{
		{"queued", "", gateway.StatusUpdate{Status: gateway.Accepted}},
		{"accepted", "", gateway.StatusUpdate{Status: gateway.Accepted}},
		{"scheduled", "", gateway.StatusUpdate{Status: gateway.Accepted}},
		{"sending", "", gateway.StatusUpdate{Status: gateway.Accepted}},
		{"sent", "", gateway.StatusUpdate{Status: gateway.Sent}},
		{"delivered", "", gateway.StatusUpdate{Status: gateway.Delivered}},
		{"delivered", "0", gateway.StatusUpdate{Status: gateway.Delivered}},
		{"read", "", gateway.StatusUpdate{Status: gateway.Delivered}},
		{"undelivered", "30003", gateway.StatusUpdate{Status: gateway.Undelivered, Code: "30003", Reason: "The phone cannot be reached: it may be off or have no signal"}},
		{"undelivered", "30005", gateway.StatusUpdate{Status: gateway.Undelivered, Code: "30005", Gone: true, Reason: "The number is unknown or no longer in service"}},
		{"undelivered", "30006", gateway.StatusUpdate{Status: gateway.Undelivered, Code: "30006", Gone: true, Reason: "The number is a landline or its network cannot be reached"}},
		{"failed", "21610", gateway.StatusUpdate{Status: gateway.Failed, Code: "21610", OptedOut: true, Reason: "The person has opted out of text messages from us"}},
		{"failed", "30002", gateway.StatusUpdate{Status: gateway.Failed, Code: "30002", Suspended: true, Reason: "Our Twilio account is suspended"}},
		{"failed", "39999", gateway.StatusUpdate{Status: gateway.Failed, Code: "39999", Reason: "Twilio refused the message"}},
		{"failed", "", gateway.StatusUpdate{Status: gateway.Failed}},
		{"failed", "broken", gateway.StatusUpdate{Status: gateway.Failed}},
		{"canceled", "", gateway.StatusUpdate{Status: gateway.Failed}},
	} {
		t.Run(strings.TrimSpace(c.status+" "+c.code), func(t *testing.T) {
			r := &channeltest.Receiver{}
			if answer := post(newChannel(t), r, status("0199-a", theirSID, c.status, c.code)); answer.Code != http.StatusOK {
				t.Fatalf("answered %d %s", answer.Code, answer.Body)
			}
			c.want.Message, c.want.Channel, c.want.ProviderID = "0199-a", directory.SMS, theirSID
			if diff := cmp.Diff([]gateway.StatusUpdate{c.want}, r.Updates()); diff != "" {
				t.Errorf("update (-want +got):\n%s", diff)
			}
		})
	}
}

// TestStatusOddities: ids that need escaping, none at all, and statuses that
// say nothing, which are taken so that Twilio does not come again.
func TestStatusOddities(t *testing.T) {
	for _, c := range []struct {
		name    string
		webhook webhook
		want    []gateway.StatusUpdate
	}{
		{"an id that was escaped", status("a+b%26c", theirSID, "sent", ""),
			[]gateway.StatusUpdate{{Message: "a b&c", Channel: directory.SMS, ProviderID: theirSID, Status: gateway.Sent}}},
		{"no id of ours", status("", theirSID, "sent", ""),
			[]gateway.StatusUpdate{{Channel: directory.SMS, ProviderID: theirSID, Status: gateway.Sent}}},
		{"a status that says nothing", status("0199-a", theirSID, "pondering", ""), nil},
		{"no status", status("0199-a", theirSID, "", ""), nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := &channeltest.Receiver{}
			if answer := post(newChannel(t), r, c.webhook); answer.Code != http.StatusOK {
				t.Fatalf("answered %d %s", answer.Code, answer.Body)
			}
			if diff := cmp.Diff(c.want, r.Updates()); diff != "" {
				t.Errorf("updates (-want +got):\n%s", diff)
			}
		})
	}
}

// fails is a gateway that takes nothing.
type fails struct{ err error }

func (f fails) Receive(context.Context, gateway.Inbound) error     { return f.err }
func (f fails) Settle(context.Context, gateway.StatusUpdate) error { return f.err }

func TestNotTaken(t *testing.T) {
	for name, w := range map[string]webhook{"text": text(theirSID, "Yes"), "status": status("0199-a", theirSID, "sent", "")} {
		answer := post(newChannel(t), fails{errors.New("no room for +447700900101")}, w)
		if answer.Code != http.StatusServiceUnavailable || answer.Header().Get("Retry-After") == "" {
			t.Errorf("%s: answered %d, Retry-After %q", name, answer.Code, answer.Header().Get("Retry-After"))
		}
		if strings.Contains(answer.Body.String(), "no room") {
			t.Errorf("%s: the answer tells what is inside: %s", name, answer.Body)
		}
	}
}

// watches notes the context that a gateway is given.
type watches struct {
	deadline time.Time
	err      error
}

func (w *watches) Receive(ctx context.Context, _ gateway.Inbound) error {
	w.deadline, _ = ctx.Deadline()
	w.err = ctx.Err()
	return nil
}

func (w *watches) Settle(ctx context.Context, _ gateway.StatusUpdate) error {
	return w.Receive(ctx, gateway.Inbound{})
}

// TestPatience: the gateway has less time than Twilio has patience (15 s), and
// a caller who hangs up does not make us forget what they said.
func TestPatience(t *testing.T) {
	gone, hangUp := context.WithCancel(t.Context())
	hangUp()
	seen := &watches{}
	answer := httptest.NewRecorder()
	newChannel(t).Handler(seen).ServeHTTP(answer, text(theirSID, "Yes").request().WithContext(gone))
	if left := time.Until(seen.deadline); left > 10*time.Second || left < 5*time.Second {
		t.Errorf("the gateway has %v", left)
	}
	if seen.err != nil || answer.Code != http.StatusOK {
		t.Errorf("answered %d, context %v", answer.Code, seen.err)
	}
}

func TestOtherPaths(t *testing.T) {
	for _, path := range []string{"/", "/twilio", "/twilio/sms/", "/twilio/sms/status/x", "/twilio/voice"} {
		w := text(theirSID, "Yes")
		w.path = path
		if answer := post(newChannel(t), &channeltest.Receiver{}, w); answer.Code != http.StatusNotFound {
			t.Errorf("%s answered %d", path, answer.Code)
		}
	}
}

// TestConversation runs both ways with the emulator: a text in, a text out,
// and its statuses back.
func TestConversation(t *testing.T) {
	var door http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { door.ServeHTTP(w, r) }))
	defer server.Close()
	emulator := newEmulator(t, server.URL, func(c *simulator.TwilioConfig) {
		c.Faults = func(string) simulator.Fault { return simulator.Fault{Shuffled: true, Duplicated: true} }
		c.OnError = func(err error) { t.Error(err) }
	})
	api := serve(t, emulator)
	channel := newChannel(t, func(c *sms.Config) { c.APIURL, c.PublicURL = api, server.URL })
	r := &channeltest.Receiver{}
	door = channel.Handler(r)

	if _, err := emulator.Text(t.Context(), sam, ours, "Mae fy nghyflog wedi newid ŵ"); err != nil {
		t.Fatal(err)
	}
	receipt, err := channel.Send(t.Context(), outgoing("Diolch."))
	if err != nil {
		t.Fatal(err)
	}
	if err := emulator.Close(t.Context()); err != nil { // when all is called back
		t.Fatal(err)
	}
	if got := r.Inbound(); len(got) != 1 || got[0].Text != "Mae fy nghyflog wedi newid ŵ" {
		t.Errorf("came in: %+v", got)
	}
	var got []gateway.Status
	for _, u := range r.Updates() {
		got = append(got, u.Status)
		if u.Message != "0199-a" || u.ProviderID != receipt.ProviderID {
			t.Errorf("update %+v of message 0199-a, %s", u, receipt.ProviderID)
		}
	}
	if want := []gateway.Status{gateway.Delivered, gateway.Sent, gateway.Delivered, gateway.Sent}; !cmp.Equal(got, want) {
		t.Errorf("statuses %v, want %v", got, want)
	}
}

// discards takes everything and keeps nothing.
type discards struct{}

func (discards) Receive(context.Context, gateway.Inbound) error     { return nil }
func (discards) Settle(context.Context, gateway.StatusUpdate) error { return nil }

// FuzzWebhook throws bodies at the door. Signed with our token, they are what
// a provider gone mad could send; whatever they hold, the answer is one of
// ours and only a message with an id and a sender comes through.
func FuzzWebhook(f *testing.F) {
	f.Add(text(theirSID, "Yes").form.Encode(), "", true)
	f.Add(text(theirSID, "\xff\x00").form.Encode(), "", false)
	f.Add(status("0199-a", theirSID, "failed", "30005").form.Encode(), "message=0199-a", true)
	f.Add("MessageSid=%FF&From=%", "%", true)
	f.Add("", "a=b;c", true)
	channel := newChannel(f)
	f.Fuzz(func(t *testing.T, body, query string, signed bool) {
		for _, path := range []string{"/twilio/sms", "/twilio/sms/status"} {
			request := httptest.NewRequest("POST", path, strings.NewReader(body))
			request.URL.RawQuery = query
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if signed {
				form, _ := url.ParseQuery(body)
				signedFor := publicly + path
				if query != "" {
					signedFor += "?" + query
				}
				request.Header.Set("X-Twilio-Signature", simulator.Sign(token, signedFor, form))
			}
			r := &channeltest.Receiver{}
			answer := httptest.NewRecorder()
			channel.Handler(r).ServeHTTP(answer, request)
			switch answer.Code {
			case 200, 400, 403, 413:
			default:
				t.Errorf("answered %d", answer.Code)
			}
			if !signed && answer.Code == 200 {
				t.Error("an unsigned webhook was taken")
			}
			for _, in := range r.Inbound() {
				if in.ProviderID == "" || in.From.Value == "" || in.Media < 0 {
					t.Errorf("passed on %+v", in)
				}
			}
		}
	})
}

// BenchmarkWebhook is the whole door but for the network.
func BenchmarkWebhook(b *testing.B) {
	handler := newChannel(b).Handler(discards{})
	genuine := text(theirSID, "About 400 a week")
	body := []byte(genuine.form.Encode())
	signature := genuine.request().Header.Get("X-Twilio-Signature")
	recorders := sync.Pool{New: func() any { return httptest.NewRecorder() }}
	b.ReportAllocs()
	for b.Loop() {
		request, _ := http.NewRequest("POST", "/twilio/sms", bytes.NewReader(body))
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-Twilio-Signature", signature)
		answer := recorders.Get().(*httptest.ResponseRecorder)
		handler.ServeHTTP(answer, request)
		if answer.Code != http.StatusOK {
			b.Fatal(answer.Code)
		}
		answer.Body.Reset()
		recorders.Put(answer)
	}
}
