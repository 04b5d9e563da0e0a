package webchat

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/web"
	"parley/templates"
)

// an interview is a gateway that asks its questions one after the other,
// whatever it is answered.
type interview struct {
	*visitLog
	chat   *Chat
	asks   []gateway.Message
	greets atomic.Int64

	// Guarded by visitLog.
	heard   []gateway.Inbound
	secrets []string // given at Confirm
	refuse  error    // of Receive
	files   map[gateway.FileID]string
	takes   error // of Take
}

// bench serves an interview on a loopback address.
type bench struct {
	*interview
	url string
}

func newBench(t *testing.T, asks []gateway.Message, options ...func(*Config)) *bench {
	t.Helper()
	assets, err := web.NewAssets()
	if err != nil {
		t.Fatal(err)
	}
	i := &interview{visitLog: newVisitLog(), asks: asks, files: map[gateway.FileID]string{}}
	server := httptest.NewUnstartedServer(nil)
	t.Cleanup(server.Close)
	var secrets atomic.Int64
	config := Config{
		Visits: i, Evidence: i, PublicURL: "http://" + server.Listener.Addr().String(), Assets: assets, Clock: time.Now, Patience: 300 * time.Millisecond,
		ServiceName: map[templates.Language]string{templates.English: "Child Maintenance Service", templates.Welsh: "Gwasanaeth Cynhaliaeth Plant"},
		NewSecret:   func() string { return fmt.Sprintf("secret-%d", secrets.Add(1)) },
		Log:         slog.New(slog.NewTextHandler(io.Discard, nil)),
	}
	for _, option := range options {
		option(&config)
	}
	if i.chat, err = New(config); err != nil {
		t.Fatal(err)
	}
	server.Config.Handler = doors(i.chat.Handler(i), assets)
	server.Start()
	return &bench{i, server.URL}
}

// doors are what main serves of web chat.
func doors(chat http.Handler, assets *web.Assets) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/chat", chat)
	mux.Handle("/chat/", chat)
	mux.Handle(web.Path, assets)
	return mux
}

// serve serves the same chat for another gateway.
func (b *bench) serve(t *testing.T, to Receiver) string {
	t.Helper()
	server := httptest.NewServer(doors(b.chat.Handler(to), b.chat.config.Assets))
	t.Cleanup(server.Close)
	return server.URL
}

func (i *interview) open(v gateway.Visit, secret string) (gateway.Visit, error) {
	v.ID = gateway.VisitID(secret)
	i.change(func() { i.visits[v.ID] = &v })
	return v, nil
}

func (i *interview) OpenVisit(_ context.Context, secret string, l templates.Language) (gateway.Visit, error) {
	return i.open(gateway.Visit{Language: l}, secret)
}

func (i *interview) FollowLink(_ context.Context, link, secret string) (gateway.Visit, error) {
	if link != "good" {
		return gateway.Visit{}, gateway.ErrLinkUsed
	}
	return i.open(gateway.Visit{Person: "P1", Level: directory.Known, Language: templates.English, Discreet: true}, secret)
}

func (i *interview) Greet(ctx context.Context, visit gateway.VisitID) error {
	i.greets.Add(1)
	i.ask(ctx, visit, 0)
	return nil
}

// ask sends a question, and whatever goes before it without asking anything.
func (i *interview) ask(ctx context.Context, visit gateway.VisitID, from int) {
	for n := from; n < len(i.asks); n++ {
		m := i.asks[n]
		m.ID, m.To = gateway.MessageID(fmt.Sprintf("%s-%d", visit, n)), gateway.Address{Channel: directory.WebChat, Value: string(visit)}
		if m.Language == "" {
			m.Language = templates.English
		}
		_, _ = i.chat.Send(ctx, m)
		if m.Ask != nil {
			return
		}
	}
}

func (i *interview) Receive(ctx context.Context, in gateway.Inbound) error {
	visit := gateway.VisitID(in.From.Value)
	var refusal error
	again, next := false, 0
	i.change(func() {
		if refusal = i.refuse; refusal != nil {
			return
		}
		again = i.taken[in.ProviderID]
		i.taken[in.ProviderID] = true
		if !again {
			i.heard = append(i.heard, in)
		}
		for _, e := range i.entries[visit] {
			if e.ByUs {
				next++
			}
		}
	})
	if refusal == nil && !again {
		go i.ask(context.WithoutCancel(ctx), visit, next)
	}
	return refusal
}

func (i *interview) Confirm(_ context.Context, visit gateway.VisitID, secret, _ string) error {
	err := gateway.ErrWrongSecret
	i.change(func() {
		i.secrets = append(i.secrets, secret)
		if secret == "1234567" {
			i.visits[visit].Level, err = directory.Confirmed, nil
		}
		if len(i.secrets) > 3 {
			err = gateway.ErrBlocked
		}
	})
	if err == nil {
		go i.ask(context.Background(), visit, 1)
	}
	return err
}

func (i *interview) Leave(_ context.Context, id gateway.VisitID) error {
	i.change(func() { i.visits[id].Ended = time.Now() })
	return nil
}

func (i *interview) Take(_ context.Context, _ gateway.Address, _ directory.PersonID, name string, content io.Reader) (gateway.File, error) {
	all, err := io.ReadAll(content)
	if err != nil {
		return gateway.File{}, fmt.Errorf("reading: %w", err)
	}
	id := gateway.FileID("F1")
	i.change(func() {
		if err = i.takes; err == nil {
			i.files[id] = string(all)
		}
	})
	return gateway.File{ID: id, Name: name}, err
}

func (i *interview) Open(context.Context, gateway.FileID, directory.PersonID) (gateway.File, io.ReadCloser, error) {
	return gateway.File{}, nil, os.ErrNotExist
}

// texts lists what was heard so far.
func (i *interview) texts() []string {
	var all []string
	i.change(func() {
		for _, in := range i.heard {
			all = append(all, in.Text)
		}
	})
	return all
}

// asking makes a message of the interview.
func asking(text string, ask dialogs.Ask) gateway.Message {
	return gateway.Message{Text: text, Ask: &ask, Language: templates.English}
}

// everyKind asks every kind of question once.
func everyKind() []gateway.Message {
	return []gateway.Message{
		asking("Has your pay before tax gone up or down?", dialogs.Ask{Kind: dialogs.ForChoice, Left: 3, Help: "Compare your usual pay now with your usual pay before it changed.",
			Options: []dialogs.Option{{Value: "up", Label: "up"}, {Value: "down", Label: "down"}, {Value: "same", Label: "about the same"}}}),
		asking("How much are you paid now, before tax? Say how often too, like 450 a week.", dialogs.Ask{Kind: dialogs.ForMoneyPerPeriod, Left: 2, Back: true, Private: true}),
		asking("How much are you paid now, before tax? Say how often too, like 450 a week.", dialogs.Ask{Kind: dialogs.ForMoneyPerPeriod, Left: 2, Back: true, Private: true, Problem: "I read more than one amount. Give one, like 410 a week."}),
		asking("When did your pay change? For example, 3 November.", dialogs.Ask{Kind: dialogs.ForDate, Left: 1, Back: true}),
		asking("Add a photo of your latest payslip, or go on without.", dialogs.Ask{Kind: dialogs.ForFile, Back: true, Words: []dialogs.Option{{Value: "later", Label: "later"}}}),
		{Text: "This is only an estimate: you may have to pay about £41 a week.", Language: templates.English},
		asking("Check your answers.", dialogs.Ask{Kind: dialogs.ForCheck, Back: true, Rows: []dialogs.Row{{Number: 1, Label: "Your pay", Value: "down"}, {Number: 2, Label: "Pay now", Value: "£410.50 a week"}, {Number: 3, Label: "Since", Value: "1 November 2026"}}}),
		asking("Which of these help us to reach you?", dialogs.Ask{Kind: dialogs.ForMany, Options: []dialogs.Option{{Value: "print", Label: "large print"}, {Value: "bsl", Label: "sign language"}, {Value: "relay", Label: "relay"}}}),
		asking("Is that right?", dialogs.Ask{Kind: dialogs.ForYesNo, Options: []dialogs.Option{{Value: "yes", Label: "yes"}, {Value: "no", Label: "no"}}}),
		asking("How often is £410 paid?", dialogs.Ask{Kind: dialogs.ForPeriod, Options: []dialogs.Option{{Value: "week", Label: "a week"}, {Value: "fortnight", Label: "a fortnight"}, {Value: "month", Label: "a month"}}}),
		asking("How much is the rent?", dialogs.Ask{Kind: dialogs.ForMoney}),
		asking("How many nights does Jo stay with you?", dialogs.Ask{Kind: dialogs.ForNights}),
		asking("How many children live with you?", dialogs.Ask{Kind: dialogs.ForNumber, Most: 10}),
		asking("What is your name?", dialogs.Ask{Kind: dialogs.ForName}),
		asking("What is your new address?", dialogs.Ask{Kind: dialogs.ForAddress}),
		asking("What is your postcode?", dialogs.Ask{Kind: dialogs.ForPostcode}),
		asking("What is your telephone number?", dialogs.Ask{Kind: dialogs.ForPhone}),
		asking("What is your email address?", dialogs.Ask{Kind: dialogs.ForEmail}),
		asking("What is your National Insurance number?", dialogs.Ask{Kind: dialogs.ForNI}),
		asking("What is your case reference?", dialogs.Ask{Kind: dialogs.ForCase}),
		asking("What else should we know?", dialogs.Ask{Kind: dialogs.ForText, Longest: 300}),
		{Text: "Thank you. We will write to you by 21 December 2026.", Language: templates.English},
	}
}

// eventually waits until something holds of the interview.
func (i *interview) eventually(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for range 250 {
		held := false
		i.change(func() { held = holds() })
		if held {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("it never came to be that %s", what)
}
