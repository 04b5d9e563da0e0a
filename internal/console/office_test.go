package console

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/dialogs"
	"parley/dialogs/understanding"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/evidence"
	"parley/internal/session"
	"parley/internal/store"
	"parley/internal/telemetry"
	"parley/templates"
)

// quiet is a gateway in which nobody talks.
type quiet struct{ Conversations }

func (quiet) View(context.Context, gateway.ConversationID) (gateway.ConversationView, error) {
	return gateway.ConversationView{}, gateway.ErrNotFound
}

func (quiet) ForeseeStart(context.Context, gateway.StartRequest) (gateway.Foresight, error) {
	return gateway.Foresight{}, gateway.ErrWrongRole
}

// nobody is a directory without people.
type nobody struct{}

func (nobody) Person(context.Context, directory.PersonID) (directory.Person, []directory.Party, error) {
	return directory.Person{}, nil, gateway.ErrNotFound
}

// inSilence configures the pages of conversations for tests of other pages.
func inSilence(tb testing.TB, c *Config) {
	tb.Helper()
	all := gatewaytest.Dialogs(tb)
	c.Conversation = ConversationConfig{Conversations: quiet{}, People: nobody{}, Dialogs: func() []*dialogs.Dialog { return all }, Intents: understanding.Intents()}
}

// An office is a console on a real gateway, whose texts are written down.
type office struct {
	*house
	gateway  *gateway.Gateway
	store    *store.Store
	evidence *evidence.Keeper
	texts    *texts
	said     int
}

// parentPhone is the paying parent's.
const parentPhone = "+447700900101"

func newOffice(tb testing.TB) *office {
	tb.Helper()
	return openOffice(tb, filepath.Join(tb.TempDir(), "parley.db"))
}

// openOffice opens one on a database.
func openOffice(tb testing.TB, database string) *office {
	tb.Helper()
	o := &office{texts: &texts{}}
	secret := []byte(strings.Repeat("a secret of a test. ", 2))
	var err error
	if o.store, err = store.Open(tb.Context(), database, store.Config{Secret: secret, Timers: noTimers}); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = o.store.Close() })
	if err := o.store.Migrate(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	address, closed, err := session.Embed()
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(closed)
	client, err := session.Connect(address)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = client.Close() })
	sessions, err := session.New(client, session.Config{Limit: gateway.Limit{Messages: 100, Window: time.Hour}, Clock: time.Now, SecretKey: secret})
	if err != nil {
		tb.Fatal(err)
	}
	roster, err := directory.ReadRoster([]byte(testRoster))
	if err != nil {
		tb.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	var mu sync.Mutex
	ids := 0
	config := gateway.Config{
		Store: o.store, Sessions: sessions, Dialogs: gatewaytest.Dialogs(tb), Channels: []gateway.Channel{o.texts}, Understanding: plain{},
		Clock: func() time.Time { return now },
		NewID: func() string {
			mu.Lock()
			defer mu.Unlock()
			ids++
			return fmt.Sprintf("id-%06d", ids)
		},
		Log: slog.New(slog.NewTextHandler(io.Discard, nil)), Metrics: telemetry.NewMetrics(), Staff: roster,
	}
	dueNotices(tb, &config)
	if o.gateway, err = gateway.New(config); err != nil {
		tb.Fatal(err)
	}
	if err := o.gateway.Prepare(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	if err := o.store.PutCase(tb.Context(), officeCase(), now.AddDate(0, -1, 0)); err != nil {
		tb.Fatal(err)
	}
	o.evidence = keeper(tb, o.store)
	o.house = newHouse(tb, func(c *Config) {
		c.Case = CaseConfig{Records: o.store, Desk: o.gateway, Evidence: o.evidence}
		c.Work, c.Access, c.Cases = o.gateway, o.gateway, o.store
		c.Conversation = ConversationConfig{Conversations: o.gateway, People: o.store, Dialogs: o.gateway.Dialogs, Intents: understanding.Intents()}
	})
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { o.gateway.Desk(ctx) })
	tb.Cleanup(func() { cancel(); working.Wait() })
	return o
}

// noTimers sets none: nothing waits for its time here.
func noTimers(context.Context, *sql.Tx, []gateway.Timer) error { return nil }

func officeCase() directory.Case {
	since := calculation.NewDate(2025, 1, 10)
	open := &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}
	return directory.Case{
		Reference: "300012345678", Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay, EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example", Language: "en", Phone: parentPhone, PhoneSince: since, PreferredChannel: directory.SMS, SafeContact: open},
		ReceivingParents: []directory.ReceivingParent{{Reference: "300012345679",
			Person:   directory.Person{ID: "R1", Name: "Ali Example", Language: "cy", Phone: "+447700900102", PhoneSince: since, SafeContact: open},
			Children: []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}}}},
	}
}

// parent has the paying parent write, and returns what they are sent.
func (o *office) parent(tb testing.TB, words string) []string {
	tb.Helper()
	o.said++
	err := o.gateway.Receive(tb.Context(), gateway.Inbound{
		ProviderID: fmt.Sprint("SM", o.said), From: gateway.Address{Channel: directory.SMS, Value: parentPhone}, Text: words,
	})
	if err != nil {
		tb.Fatal(err)
	}
	return o.deliver(tb)
}

// deliver returns what goes out now.
func (o *office) deliver(tb testing.TB) []string {
	tb.Helper()
	before := o.texts.count()
	if err := o.gateway.Flush(tb.Context()); err != nil {
		tb.Fatal(err)
	}
	return o.texts.since(before)
}

func (*office) openPartner() gateway.Partner { return gateway.Partner{Person: "P1"} }

// open is the conversation that is open with the paying parent.
func (o *office) open(tb testing.TB) gateway.Conversation {
	tb.Helper()
	c, err := o.store.OpenConversation(tb.Context(), o.openPartner())
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// texts is a channel that writes down what it is given.
type texts struct {
	mu   sync.Mutex
	sent []string
}

func (*texts) Name() directory.Channel { return directory.SMS }

func (*texts) Prepare(text string) gateway.Prepared {
	sms := templates.PrepareSMS(text)
	return gateway.Prepared{Text: sms.Text, Segments: sms.Segments}
}

func (t *texts) Send(_ context.Context, m gateway.Message) (gateway.Receipt, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.sent = append(t.sent, m.Text)
	return gateway.Receipt{ProviderID: fmt.Sprint("P", len(t.sent)), Status: gateway.Delivered}, nil
}

func (t *texts) count() int { return len(t.since(0)) }

func (t *texts) since(n int) []string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]string(nil), t.sent[n:]...)
}

// plain reads one word as an intent, and another as danger.
type plain struct{}

func (plain) Read(text string) gateway.Reading {
	switch text {
	case "PAY":
		return gateway.Reading{Intent: "report-income-change", Confidence: 0.9, Alternatives: []string{"new-job"}}
	case "he hits me":
		return gateway.Reading{Intent: "danger", Danger: gateway.Abuse}
	default:
		return gateway.Reading{Intent: "none"}
	}
}
