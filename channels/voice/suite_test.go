package voice_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"log/slog"

	"parley/channels/channeltest"
	"parley/channels/voice"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
)

// oneCall is a switchboard with one call, which passes on what is said in it.
type oneCall struct {
	voice.Receiver // panics on what the suite does not use
	suite          *channeltest.Receiver
	mu             sync.Mutex
	entries        []gateway.Entry
	ended          bool
	fails          error
}

var theCall = gateway.Call{ID: "C1", State: gateway.CallTalking, Language: "en"}

func (o *oneCall) Find(context.Context, string) (gateway.Call, error) { return theCall, nil }

func (o *oneCall) Entry(context.Context, gateway.VisitID, int64) (gateway.Entry, error) {
	return gateway.Entry{Text: "How much?", Language: "en"}, nil
}

func (o *oneCall) Hear(ctx context.Context, _ gateway.VisitID, h gateway.Heard) error {
	return o.suite.Receive(ctx, gateway.Inbound{ProviderID: "C1/" + string(rune('0'+h.After)), From: theCall.Address(), Text: h.Text})
}

func (o *oneCall) Say(context.Context, gateway.VisitID, int64, time.Duration) (gateway.Said, error) {
	return gateway.Said{Entries: []gateway.Entry{{Sequence: 9, Text: "Thank you.", Language: "en"}}}, nil
}

func (o *oneCall) VisitByID(_ context.Context, id gateway.VisitID) (gateway.Visit, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	switch {
	case o.fails != nil:
		return gateway.Visit{}, o.fails
	case id != theCall.ID:
		return gateway.Visit{}, gateway.ErrNoVisit
	}
	v := gateway.Visit{ID: id, Channel: directory.Voice}
	if o.ended {
		v.Ended = weekday
	}
	return v, nil
}

func (o *oneCall) Show(_ context.Context, _ gateway.VisitID, e gateway.Entry) (gateway.Entry, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.entries = append(o.entries, e)
	return e, nil
}

func TestChannelKeepsTheContract(t *testing.T) {
	const public = "https://gateway.example"
	channeltest.Run(t, func(t *testing.T, r *channeltest.Receiver) channeltest.Harness {
		o := &oneCall{suite: r}
		channel, err := voice.New(voice.Config{
			AccountSID: account, AuthToken: token, From: number, PublicURL: public, Visits: o,
			Clock: func() time.Time { return weekday }, Log: slog.New(slog.DiscardHandler),
		})
		if err != nil {
			t.Fatal(err)
		}
		handler := channel.Handler(o)
		say := func(words channeltest.Words, with string) bool {
			path := "/twilio/voice/said?after=" + strings.TrimPrefix(words.ProviderID, "IN")
			f := form("CA1", "SpeechResult", words.Text)
			request := httptest.NewRequest(http.MethodPost, public+path, strings.NewReader(f.Encode()))
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			request.Header.Set("X-Twilio-Signature", simulator.Sign(with, public+path, f))
			answer := httptest.NewRecorder()
			handler.ServeHTTP(answer, request)
			return answer.Code == http.StatusOK && strings.Contains(answer.Body.String(), "Thank you.")
		}
		return channeltest.Harness{
			Channel: channel, Person: theCall.Address(),
			Behave: func(as channeltest.Behaviour) bool {
				o.mu.Lock()
				defer o.mu.Unlock()
				switch as {
				case channeltest.Accepts:
				case channeltest.Refuses:
					o.ended = true
				case channeltest.Unreachable, channeltest.Postpones:
					o.fails = errors.New("the store is away")
				default:
					return false
				}
				return true
			},
			Taken: func() (texts []string) {
				o.mu.Lock()
				defer o.mu.Unlock()
				for _, e := range o.entries {
					texts = append(texts, e.Text)
				}
				return texts
			},
			Door: &channeltest.Door{
				Say:        func(words channeltest.Words) bool { return say(words, token) },
				ForgeWords: func(words channeltest.Words) bool { return say(words, "another") },
			},
		}
	})
}

func TestConfig(t *testing.T) {
	good := voice.Config{AccountSID: account, AuthToken: token, From: number, PublicURL: "https://gateway.example", Visits: &oneCall{},
		Clock: time.Now, Log: slog.New(slog.DiscardHandler)}
	for name, change := range map[string]func(*voice.Config){
		"no account":               func(c *voice.Config) { c.AccountSID = "" },
		"no token":                 func(c *voice.Config) { c.AuthToken = "" },
		"a number that is none":    func(c *voice.Config) { c.From = "0800" },
		"no public URL":            func(c *voice.Config) { c.PublicURL = "" },
		"a public URL with a user": func(c *voice.Config) { c.PublicURL = "https://me@gateway.example" },
		"an API URL with a query":  func(c *voice.Config) { c.APIURL = "https://api.example?x=1" },
		"more patience than there": func(c *voice.Config) { c.Patience = 15 * time.Second },
		"nowhere to put words":     func(c *voice.Config) { c.Visits = nil },
		"no clock":                 func(c *voice.Config) { c.Clock = nil },
	} {
		c := good
		change(&c)
		if _, err := voice.New(c); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	if _, err := voice.New(good); err != nil {
		t.Error(err)
	}
}

// FuzzWebhook: whatever comes signed is answered with TwiML that Twilio takes, or
// refused.
func FuzzWebhook(f *testing.F) {
	f.Add("after=1", "Digits=1")
	f.Add("after=-1&silent=9", "Digits=%23")
	f.Add("after=%ff", "SpeechResult=%00")
	f.Fuzz(func(t *testing.T, query, body string) {
		const public = "https://gateway.example"
		o := &oneCall{suite: &channeltest.Receiver{}}
		channel, err := voice.New(voice.Config{AccountSID: account, AuthToken: token, From: number, PublicURL: public, Visits: o,
			Clock: func() time.Time { return weekday }, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			t.Fatal(err)
		}
		at, err := url.Parse(public + "/twilio/voice/said?" + query)
		fields, err2 := url.ParseQuery(body)
		if err != nil || err2 != nil {
			t.Skip()
		}
		fields.Set("CallSid", "CA1")
		request := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(fields.Encode()))
		request.URL = at
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		request.Header.Set("X-Twilio-Signature", simulator.Sign(token, at.String(), fields))
		answer := httptest.NewRecorder()
		channel.Handler(o).ServeHTTP(answer, request)
		if answer.Code >= 500 {
			t.Errorf("answered %d", answer.Code)
		}
	})
}
