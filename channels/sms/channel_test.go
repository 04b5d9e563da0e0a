package sms_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/channels/sms"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

func Example() {
	// Twilio's API, played here by a server of our own.
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Printf("%s gets %q\n", r.FormValue("To"), r.FormValue("Body"))
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, `{"sid": "SM00000000000000000000000000000001", "status": "queued"}`)
	}))
	defer api.Close()
	channel, err := sms.New(sms.Config{
		AccountSID: "AC00000000000000000000000000000001", AuthToken: "11111111111111111111111111111111",
		From: "+447700900000", APIURL: api.URL, PublicURL: "https://gateway.example", Clock: time.Now,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	prepared := channel.Prepare("We’ve got your message.")
	receipt, err := channel.Send(context.Background(), gateway.Message{
		ID: "0199-a", To: gateway.Address{Channel: directory.SMS, Value: "+447700900101"}, Text: prepared.Text,
	})
	fmt.Println(receipt.Status, receipt.ProviderID, err)
	// Output:
	// +447700900101 gets "We've got your message."
	// accepted SM00000000000000000000000000000001 <nil>
}

func TestNewRefuses(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*sms.Config)
		want   string
	}{
		{"no token", func(c *sms.Config) { c.AuthToken = "" }, "auth token"},
		{"a token that cannot be one", func(c *sms.Config) { c.AuthToken = "secret\n" }, "auth token"},
		{"no account", func(c *sms.Config) { c.AccountSID = "" }, "account SID"},
		{"no sender", func(c *sms.Config) { c.From = "" }, "sender"},
		{"a national number", func(c *sms.Config) { c.From = "07700900000" }, "sender"},
		{"a name, which cannot be answered", func(c *sms.Config) { c.From = "CMS" }, "sender"},
		{"a discreet sender that is the other one", func(c *sms.Config) { c.DiscreetFrom = c.From }, "discreet sender"},
		{"a discreet sender that is a name", func(c *sms.Config) { c.DiscreetFrom = "CMS" }, "discreet sender"},
		{"no public URL", func(c *sms.Config) { c.PublicURL = "" }, "public URL"},
		{"a public URL without a scheme", func(c *sms.Config) { c.PublicURL = "gateway.example" }, "public URL"},
		{"a public URL with a query", func(c *sms.Config) { c.PublicURL = "https://gateway.example?a=b" }, "public URL"},
		{"a public URL of files", func(c *sms.Config) { c.PublicURL = "file:///etc" }, "public URL"},
		{"an API that is no URL", func(c *sms.Config) { c.APIURL = "localhost:9" }, "API"},
		{"unknown keywords", func(c *sms.Config) { c.Keywords = "nobody" }, "keywords"},
		{"no clock", func(c *sms.Config) { c.Clock = nil }, "clock"},
		{"a negative limit", func(c *sms.Config) { c.Timeout = -1 }, "negative"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sms.New(settings(c.change))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("New = %v, want an error about %q", err, c.want)
			}
			if err != nil && strings.Contains(err.Error(), token) {
				t.Errorf("the error tells the token: %v", err)
			}
		})
	}
}

// TestRequest is what Twilio gets, byte for byte in its fields.
func TestRequest(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*sms.Config)
		base   string
		want   url.Values
	}{
		{"from a number", func(*sms.Config) {}, "", url.Values{
			"To": {sam}, "From": {ours}, "Body": {"Faint? 1 £5 + 2 ŵ"},
			"StatusCallback": {publicly + "/twilio/sms/status?message=a+b%26c"},
		}},
		{"from a messaging service, by way of a prefix", func(c *sms.Config) { c.From = "MG0123456789abcdef0123456789abcdef" }, "/twilio", url.Values{
			"To": {sam}, "MessagingServiceSid": {"MG0123456789abcdef0123456789abcdef"}, "Body": {"Faint? 1 £5 + 2 ŵ"},
			"StatusCallback": {publicly + "/twilio/sms/status?message=a+b%26c"},
		}},
		{"to somebody who must be contacted discreetly, from a number of its own", func(c *sms.Config) { c.DiscreetFrom = "+447700900009" }, "", url.Values{
			"To": {sam}, "From": {"+447700900009"}, "Body": {"Faint? 1 £5 + 2 ŵ"},
			"StatusCallback": {publicly + "/twilio/sms/status?message=a+b%26c"},
		}},
		{"public URL with a slash at its end", func(c *sms.Config) { c.PublicURL += "/" }, "/", url.Values{
			"To": {sam}, "From": {ours}, "Body": {"Faint? 1 £5 + 2 ŵ"},
			"StatusCallback": {publicly + "/twilio/sms/status?message=a+b%26c"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got url.Values
			api := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if want := strings.TrimSuffix(c.base, "/") + "/2010-04-01/Accounts/" + account + "/Messages.json"; r.URL.Path != want {
					t.Errorf("path %s, want %s", r.URL.Path, want)
				}
				if user, password, _ := r.BasicAuth(); user != account || password != token {
					t.Errorf("credentials %s:%s", user, password)
				}
				if err := r.ParseForm(); err != nil {
					t.Error(err)
				}
				got = r.PostForm
				w.WriteHeader(http.StatusCreated)
				_, _ = w.Write([]byte(`{"sid": "SM1", "status": "accepted"}`))
			}))
			channel := newChannel(t, c.change, func(config *sms.Config) { config.APIURL = api + c.base })
			m := outgoing("Faint? 1 £5 + 2 ŵ")
			m.ID, m.Discreet = "a b&c", strings.Contains(c.name, "discreetly")
			if _, err := channel.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("form (-want +got):\n%s", diff)
			}
		})
	}
}

func TestAnswers(t *testing.T) {
	twilio := func(code int) string {
		return fmt.Sprintf(`{"code": %d, "message": "%s is bad", "status": 400}`, code, sam)
	}
	accepted := &gateway.Receipt{ProviderID: "SM1", Status: gateway.Accepted}
	sent := &gateway.Receipt{ProviderID: "SM1", Status: gateway.Sent}
	refused := func(code string) gateway.SendError { return gateway.SendError{Outcome: gateway.Refused, Code: code} }
	retry := func(code string, after time.Duration) gateway.SendError {
		return gateway.SendError{Outcome: gateway.Retry, Code: code, RetryAfter: after, Busy: true}
	}
	later := func(code string) gateway.SendError { return gateway.SendError{Outcome: gateway.Retry, Code: code} }
	lost := func(code string) gateway.SendError {
		return gateway.SendError{Outcome: gateway.Lost, Code: code, Busy: true}
	}
	suspended := func(code string) gateway.SendError {
		return gateway.SendError{Outcome: gateway.Retry, Code: code, Suspended: true, Busy: true}
	}
	for _, c := range []struct {
		name    string
		status  int
		after   string
		body    string
		receipt *gateway.Receipt // else:
		want    gateway.SendError
	}{
		{"queued", 201, "", `{"sid": "SM1", "status": "queued"}`, accepted, gateway.SendError{}},
		{"sending", 201, "", `{"sid": "SM1", "status": "sending"}`, accepted, gateway.SendError{}},
		{"sent already", 201, "", `{"sid": "SM1", "status": "sent"}`, sent, gateway.SendError{}},
		{"no status", 201, "", `{"sid": "SM1"}`, accepted, gateway.SendError{}},
		{"a status we never heard of", 201, "", `{"sid": "SM1", "status": "pondering"}`, accepted, gateway.SendError{}},
		{"failed at once", 201, "", `{"sid": "SM1", "status": "failed", "error_code": 30005}`, nil, gateway.SendError{Outcome: gateway.Refused, Code: "30005", Gone: true}},
		{"failed without a code", 201, "", `{"sid": "SM1", "status": "failed", "error_code": null}`, nil, refused("0")},

		{"no SID", 201, "", `{"status": "queued"}`, nil, lost("no SID")},
		{"null", 201, "", `null`, nil, lost("no SID")},
		{"nothing", 201, "", ``, nil, lost("HTTP 201")},
		{"half an answer", 201, "", `{"sid": "SM1", "sta`, nil, lost("HTTP 201")},
		{"a list", 200, "", `[]`, nil, lost("HTTP 200")},
		{"a redirection", 307, "", ``, nil, lost("HTTP 307")},
		{"a page", 500, "", `<html>`, nil, lost("HTTP 500")},
		{"a page that asks for patience", 503, "7", `<html>`, nil,
			gateway.SendError{Outcome: gateway.Lost, Code: "HTTP 503", RetryAfter: 7 * time.Second, Busy: true}},
		{"a gateway's own JSON", 502, "", `{"error": "bad gateway"}`, nil, lost("HTTP 502")},
		{"a code of nobody's with a server error", 500, "", twilio(99999), nil, lost("99999")},

		{"not a number", 400, "", twilio(21211), nil, refused("21211")},
		{"cannot be reached", 400, "", twilio(21214), nil, refused("21214")},
		{"does not appear valid", 400, "", twilio(21217), nil, refused("21217")},
		{"invalid", 400, "", twilio(21401), nil, refused("21401")},
		{"type without SMS", 400, "", twilio(21407), nil, refused("21407")},
		{"not valid", 400, "", twilio(21421), nil, refused("21421")},
		{"opted out", 400, "", twilio(21610), nil, gateway.SendError{Outcome: gateway.Refused, Code: "21610", OptedOut: true}},
		{"pair of numbers", 400, "", twilio(21612), nil, refused("21612")},
		{"not a mobile", 400, "", twilio(21614), nil, refused("21614")},
		{"too long", 400, "", twilio(21617), nil, refused("21617")},
		{"blocked", 400, "", twilio(30004), nil, refused("30004")},
		{"unknown handset", 400, "", twilio(30005), nil, gateway.SendError{Outcome: gateway.Refused, Code: "30005", Gone: true}},
		{"landline", 400, "", twilio(30006), nil, gateway.SendError{Outcome: gateway.Refused, Code: "30006", Gone: true}},
		{"a code we do not know", 400, "", twilio(99999), nil, refused("99999")},
		{"a page that refuses", 403, "", `<html>`, nil, refused("HTTP 403")},

		{"suspended", 400, "", twilio(30002), nil, suspended("30002")},
		{"wrong credentials", 401, "", twilio(20003), nil, retry("20003", 0)},
		{"forbidden", 403, "", twilio(20403), nil, suspended("20403")},
		{"not active", 400, "", twilio(10001), nil, suspended("10001")},

		{"too many", 429, "3", twilio(20429), nil, retry("20429", 3*time.Second)},
		{"too many, says a proxy", 429, "", `slow down`, nil, retry("HTTP 429", 0)},
		{"too many, until a time", 429, now.Add(time.Minute).Format(http.TimeFormat), twilio(20429), nil, retry("20429", time.Minute)},
		{"too many, until a time that is over", 429, now.Add(-time.Minute).Format(http.TimeFormat), twilio(20429), nil, retry("20429", 0)},
		{"too many, for ever", 429, "9999999999999", twilio(20429), nil, retry("20429", 24*time.Hour)},
		{"too many, minus one", 429, "-1", twilio(20429), nil, retry("20429", 0)},
		{"too many, soon", 429, "soon", twilio(20429), nil, retry("20429", 0)},
		{"Twilio's error", 500, "", twilio(20500), nil, retry("20500", 0)},
		{"Twilio away", 503, "5", twilio(20503), nil, retry("20503", 5*time.Second)},
		{"queue full", 400, "", twilio(30001), nil, retry("30001", 0)},
		{"handset off", 400, "", twilio(30003), nil, later("30003")},
		{"no reason", 400, "", twilio(30008), nil, later("30008")},
		{"congestion", 400, "", twilio(30017), nil, later("30017")},
		{"rate of the network", 400, "", twilio(30022), nil, later("30022")},
	} {
		t.Run(c.name, func(t *testing.T) {
			header := http.Header{}
			if c.after != "" {
				header.Set("Retry-After", c.after)
			}
			channel := newChannel(t, func(config *sms.Config) { config.APIURL = answering(t, c.status, header, c.body) })
			receipt, err := channel.Send(t.Context(), outgoing("xylophone"))
			if c.receipt != nil {
				if err != nil || receipt != *c.receipt {
					t.Errorf("Send = %+v, %v, want %+v", receipt, err, *c.receipt)
				}
				return
			}
			var got *gateway.SendError
			if !errors.As(err, &got) {
				t.Fatalf("Send = %v, want a *gateway.SendError", err)
			}
			if got.Reason == "" || strings.Contains(got.Reason, sam) || got.Err != nil {
				t.Errorf("reason %q, error %v", got.Reason, got.Err)
			}
			plain := *got
			plain.Reason = ""
			if plain != c.want {
				t.Errorf("Send = %+v, want %+v", plain, c.want)
			}
		})
	}
}

// TestRedirectionIsNotFollowed: that would be to send the message twice.
func TestRedirectionIsNotFollowed(t *testing.T) {
	var requests atomic.Int32
	api := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
	}))
	channel := newChannel(t, func(c *sms.Config) { c.APIURL = api })
	_, err := channel.Send(t.Context(), outgoing("Hello"))
	if failure := new(gateway.SendError); !errors.As(err, &failure) || failure.Outcome != gateway.Lost || requests.Load() != 1 {
		t.Errorf("Send = %v after %d requests, want lost after 1", err, requests.Load())
	}
}

// TestAnswerTooLong has an answer that never ends: Send reads only so much.
func TestAnswerTooLong(t *testing.T) {
	api := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusCreated)
		_, _ = w.Write([]byte(`{"sid": "`))
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte(strings.Repeat("0", 1<<16))); err != nil {
				return
			}
		}
	}))
	channel := newChannel(t, func(c *sms.Config) { c.APIURL = api })
	_, err := channel.Send(t.Context(), outgoing("Hello"))
	if failure := new(gateway.SendError); !errors.As(err, &failure) || failure.Outcome != gateway.Lost || failure.Code != "HTTP 201" {
		t.Errorf("Send = %v, want lost with an answer", err)
	}
}

// TestTimeout: the channel's own limit ends a send when the caller sets none.
func TestTimeout(t *testing.T) {
	emulator := newEmulator(t, publicly)
	emulator.SetFault(sam, simulator.Fault{Hang: true, Silent: true})
	api := serve(t, emulator)
	channel := newChannel(t, func(c *sms.Config) { c.APIURL, c.Timeout = api, 50*time.Millisecond })
	_, err := channel.Send(context.Background(), outgoing("Hello"))
	if failure := new(gateway.SendError); !errors.As(err, &failure) || failure.Outcome != gateway.Lost {
		t.Errorf("Send = %v, want lost", err)
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Send = %v, which does not say that time ran out", err)
	}
}

// TestStaleConnection: Twilio closes a connection that was kept open. The next
// send must not be lost for it.
func TestStaleConnection(t *testing.T) {
	closed := make(chan struct{}, 10)
	server := httptest.NewUnstartedServer(newEmulator(t, publicly))
	server.Config.IdleTimeout = 10 * time.Millisecond
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateClosed {
			closed <- struct{}{}
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	channel := newChannel(t, func(c *sms.Config) { c.APIURL = server.URL })
	for range 3 {
		if _, err := channel.Send(t.Context(), outgoing("Hello")); err != nil {
			t.Errorf("Send: %v", err)
		}
		<-closed
		time.Sleep(20 * time.Millisecond) // for our side to hear of it
	}
}

// TestConnectionsAreKept: a send costs no new connection, not even after a
// refusal, whose body Twilio's library leaves open.
func TestConnectionsAreKept(t *testing.T) {
	emulator := newEmulator(t, publicly)
	emulator.SetFault(sam, simulator.Fault{Reject: 21614})
	var dialled atomic.Int32
	server := httptest.NewUnstartedServer(emulator)
	server.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			dialled.Add(1)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	channel := newChannel(t, func(c *sms.Config) { c.APIURL = server.URL })
	const together = 16
	for range 10 {
		var all sync.WaitGroup
		for range together {
			all.Go(func() { _, _ = channel.Send(t.Context(), outgoing("Hello")) })
		}
		all.Wait()
	}
	if n := dialled.Load(); n > 3*together { // a connection may come back a moment late
		t.Errorf("160 sends, %d at a time, dialled %d times", together, n)
	}
}

func TestPrepareCountsEmpty(t *testing.T) {
	if got := newChannel(t).Prepare(""); got != (gateway.Prepared{Segments: 1}) {
		t.Errorf(`Prepare("") = %+v`, got)
	}
}

// BenchmarkSend sends to the emulator, whose work is part of the time.
func BenchmarkSend(b *testing.B) {
	api := serve(b, newEmulator(b, publicly))
	channel := newChannel(b, func(c *sms.Config) { c.APIURL = api })
	m := outgoing("Has your pay before tax gone up or down? Reply 1 up, 2 down, 3 about the same.")
	b.ReportAllocs()
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := channel.Send(context.Background(), m); err != nil {
				b.Error(err)
			}
		}
	})
}
