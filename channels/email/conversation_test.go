package email_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"net"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/channels/email"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/session"
	"parley/internal/simulator"
	"parley/internal/store"
	"parley/internal/telemetry"
)

// post is a gateway with its stores, that a parent writes to from a mailbox of
// their own; SMTP goes both ways.
type post struct {
	t       *testing.T
	gateway *gateway.Gateway
	store   *store.Store
	mailbox *simulator.Mailbox
	at      string // where the gateway takes mail
}

func newPost(t *testing.T) *post {
	t.Helper()
	p := &post{t: t}
	var err error
	timers := func(context.Context, *sql.Tx, []gateway.Timer) error { return nil }
	if p.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), store.Config{Secret: secret, Timers: timers}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.store.Close() })
	redis, closed, err := session.Embed()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closed)
	client, err := session.Connect(redis)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	sessions, err := session.New(client, session.Config{Limit: gateway.Limit{Messages: 30, Window: time.Hour}, Clock: time.Now, SecretKey: secret})
	if err != nil {
		t.Fatal(err)
	}
	relay, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var ids atomic.Int64
	newID := func() string { return fmt.Sprintf("id-%06d", ids.Add(1)) }
	channel := newChannel(t, relay.Addr().String())
	p.gateway, err = gateway.New(gateway.Config{
		Store: p.store, Sessions: sessions, Dialogs: gatewaytest.Dialogs(t), Channels: []gateway.Channel{channel}, Understanding: gatewaytest.Understanding(t),
		Clock: func() time.Time { return now }, NewID: newID, Log: slog.New(slog.DiscardHandler), Metrics: telemetry.NewMetrics(), AnyDay: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.gateway.Prepare(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := p.store.PutCase(t.Context(), family(), now.AddDate(0, -1, 0)); err != nil {
		t.Fatal(err)
	}
	names := &simulatedNames{}
	_, p.at = newServer(t, channel, email.ServerConfig{Receiver: p.gateway, Resolver: names})
	if p.mailbox, err = simulator.NewMailbox(simulator.MailboxConfig{
		Gateway: p.at, Service: mailbox, Dialogs: func() []simulator.DialogChoice { return nil },
		People: func(context.Context) ([]simulator.Person, error) {
			return []simulator.Person{{ID: "P1", Name: "Sam Example", Email: sam}}, nil
		},
		Start: func(context.Context, string, string) error { return nil }, Clock: time.Now, NewID: newID,
	}); err != nil {
		t.Fatal(err)
	}
	names.Mailbox = p.mailbox
	go func() { _ = p.mailbox.Serve(relay) }()
	t.Cleanup(func() { _ = p.mailbox.Close(context.Background()) })
	return p
}

func family() directory.Case {
	historic := calculation.Money(32_000_00)
	return directory.Case{
		Reference: "300012345678", Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example", Language: "en", Email: sam, EmailSince: calculation.NewDate(2025, 1, 10),
			PreferredChannel: directory.Email, SafeContact: &directory.SafeContact{Channels: []directory.Channel{directory.Email}}},
		ReceivingParents: []directory.ReceivingParent{{Reference: "300012345679",
			Person:   directory.Person{ID: "R1", Name: "Ali Example", Language: "cy", Phone: "+447700900102", PhoneSince: calculation.NewDate(2025, 1, 10)},
			Children: []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}}}},
		Income: directory.Income{HistoricAnnual: &historic},
	}
}

// deliver lets the gateway send what is due and returns what is newest in the
// mailbox.
func (p *post) deliver() simulator.Mail {
	p.t.Helper()
	if err := p.gateway.Flush(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
	mails := p.mailbox.Mails(sam)
	for i := len(mails) - 1; i >= 0; i-- {
		if !mails[i].Mine {
			return mails[i]
		}
	}
	p.t.Fatal("nothing has come")
	return simulator.Mail{}
}

// write has the parent, or somebody in their name, answer a message.
func (p *post) write(l simulator.Letter) simulator.Mail {
	p.t.Helper()
	l.From = sam
	if err := p.mailbox.Send(l); err != nil {
		p.t.Fatal(err)
	}
	return p.deliver()
}

// TestAConversationByEmail from its first message to its report, in one thread,
// with somebody trying to answer in the parent's name all the while.
func TestAConversationByEmail(t *testing.T) {
	p := newPost(t)
	started, err := p.gateway.Start(t.Context(), gateway.StartRequest{Person: "P1", Dialog: "income-change", By: "test"})
	if err != nil {
		t.Fatal(err)
	}
	last := p.deliver()
	thread := last.References
	for _, turn := range []struct{ asked, answer string }{
		{"gone up or down", "2"},
		{"How much are you paid", "It is £410 a week now\n\nKind regards\nSam Example\n07700 900101\n"},
		{"When did your pay change", "1 November 2026"},
	} {
		if !strings.Contains(last.Text, turn.asked) {
			t.Fatalf("asked %q, want %q", last.Text, turn.asked)
		}
		if same := p.write(simulator.Letter{Text: "up", Answers: &last, Forged: true}); same.ID != last.ID {
			t.Fatalf("a forged answer was answered: %q", same.Text)
		}
		last = p.write(simulator.Letter{Text: turn.answer, Answers: &last})
		if len(last.References) != 1 || last.References[0] != thread[0] {
			t.Errorf("%q is in another thread", last.Text)
		}
	}
	for range 3 { // the payslip, and "check your answers"
		if c, err := p.store.Conversation(t.Context(), started.Conversation); err != nil || c.Phase == gateway.Ended {
			break
		}
		answer := "yes"
		if strings.Contains(strings.ToLower(last.Text), "later") {
			answer = "later"
		}
		last = p.write(simulator.Letter{Text: answer, Answers: &last})
	}
	reports, err := p.store.Reports(t.Context(), "300012345678")
	if err != nil || len(reports) != 1 {
		t.Fatalf("%d reports (%v); the last message was %q", len(reports), err, last.Text)
	}
	for _, want := range []string{`"down"`, `"410.00"`, `"2026-11-01"`} {
		if !strings.Contains(string(reports[0].Answers), want) {
			t.Errorf("the report says %s, without %s", reports[0].Answers, want)
		}
	}
	forged, err := p.store.WorkItems(t.Context(), gateway.WorkItemFilter{Kind: gateway.AddressWork})
	if err != nil || len(forged) != 3 || !strings.Contains(forged[0].Detail, "spf=") {
		t.Errorf("of the forged answers a caseworker has %+v, %v", forged, err)
	}
}

// TestAMailboxThatIsGone is not written to again, and somebody is told.
func TestAMailboxThatIsGone(t *testing.T) {
	p := newPost(t)
	if _, err := p.gateway.Start(t.Context(), gateway.StartRequest{Person: "P1", Dialog: "income-change", By: "test"}); err != nil {
		t.Fatal(err)
	}
	bounce := "bounce+" + p.deliver().ID // the token of both is the same
	if err := mailFrom(t, p.at, "", deliveryStatus("failed", "5.1.1", "smtp; 550 5.1.1 unknown"), bounce); err != nil {
		t.Fatal(err)
	}
	sender, err := p.store.Sender(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	if person, reason := sender.Standing.Identify(now); person != "" || reason != directory.Signalled {
		t.Errorf("the address still identifies %q (%s)", person, reason)
	}
	items, err := p.store.WorkItems(t.Context(), gateway.WorkItemFilter{Kind: gateway.BounceWork})
	if err != nil || len(items) != 1 {
		t.Errorf("work items %+v, %v", items, err)
	}
}
