package gateway_test

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
	"parley/internal/session"
	"parley/internal/store"
	"parley/internal/telemetry"
)

// house is a gateway with a real store and sessions around it, a clock that
// stands, and a channel that is a notebook.
type house struct {
	*gateway.Gateway
	config gateway.Config
	t      testing.TB
	store  *store.Store
	sms    *notebook
	redis  string
	log    *strings.Builder
	pages  map[directory.PersonID]*page // of those who use web chat

	mu     sync.Mutex
	now    time.Time
	ids    int
	texts  int
	timers []gateway.Timer
}

// weekday is a Monday morning, within quiet hours and any safe hours here.
var weekday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

func newHouse(t testing.TB, cases ...directory.Case) *house {
	t.Helper()
	return openHouse(t, schema.Copy(t), cases...)
}

// schema is a database with its tables, and secret the key of every house.
var (
	schema = servertest.Master{Make: func(path string) error {
		s, err := store.Open(context.Background(), path, store.Config{Secret: secret})
		if err != nil {
			return err
		}
		return s.Close()
	}}
	secret = []byte(strings.Repeat("a secret of a test. ", 2))
)

func openHouse(t testing.TB, database string, cases ...directory.Case) *house {
	t.Helper()
	h := &house{t: t, sms: &notebook{}, now: weekday, log: &strings.Builder{}, pages: map[directory.PersonID]*page{}}
	var err error
	h.store, err = store.Open(t.Context(), database, store.Config{Secret: secret, Timers: h.setTimers})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.store.Close() })
	address, closed, err := session.Embed()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closed)
	h.redis = address
	client, err := session.Connect(address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	sessions, err := session.New(client, session.Config{
		Limit: gateway.Limit{Messages: 30, Window: time.Hour}, Clock: time.Now, SecretKey: secret, Rest: time.Millisecond,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.config = gateway.Config{
		Store: h.store, Sessions: sessions,
		Channels:      []gateway.Channel{h.sms, screen{h.store}},
		Understanding: gatewaytest.Understanding(t), Clock: h.clock, NewID: h.newID,
		Log: slog.New(slog.NewTextHandler(h.log, nil)), Metrics: telemetry.NewMetrics(),
		OpenHours: directory.Hours{From: 8 * 60, To: 20 * 60},
		PINKey:    pinKey(t), LinkURL: "https://chat.example/chat/l/", NewSecret: h.newSecret,
	}
	h.useDialogs(gatewaytest.Dialogs(t))
	for _, c := range cases {
		if err := h.store.PutCase(t.Context(), c, h.now.AddDate(0, -1, 0)); err != nil {
			t.Fatal(err)
		}
	}
	return h
}

// useDialogs makes the gateway anew with other dialogs.
func (h *house) useDialogs(all []*dialogs.Dialog) {
	h.t.Helper()
	h.config.Dialogs = all
	var err error
	if h.Gateway, err = gateway.New(h.config); err != nil {
		h.t.Fatal(err)
	}
	if err := h.Prepare(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
}

// understands has the house read some texts as it is told, and any other as the
// model does.
func (h *house) understands(texts map[string]gateway.Reading) {
	h.t.Helper()
	h.config.Understanding = told{gatewaytest.Understanding(h.t), texts}
	h.useDialogs(h.config.Dialogs)
}

type told struct {
	gateway.Understanding
	texts map[string]gateway.Reading
}

func (u told) Read(text string) gateway.Reading {
	if r, ok := u.texts[text]; ok {
		return r
	}
	return u.Understanding.Read(text)
}

func (h *house) clock() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) pass(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func (h *house) newID() string {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ids++
	return fmt.Sprintf("id-%06d", h.ids)
}

func (h *house) setTimers(_ context.Context, _ *sql.Tx, timers []gateway.Timer) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.timers = append(h.timers, timers...)
	return nil
}

// ring fires the timers that are due, as the jobs would, until none is.
func (h *house) ring() {
	h.t.Helper()
	for {
		h.mu.Lock()
		i := slices.IndexFunc(h.timers, func(t gateway.Timer) bool { return !t.At.After(h.now) })
		if i < 0 {
			h.mu.Unlock()
			return
		}
		due := h.timers[i]
		h.timers = slices.Delete(h.timers, i, i+1)
		h.mu.Unlock()
		if due.Kind == gateway.FinishTimer {
			if err := h.Finish(h.t.Context(), due.Message); err != nil {
				h.t.Fatal(err)
			}
			continue
		}
		next, err := h.Wake(h.t.Context(), due.Conversation)
		if err != nil {
			h.t.Fatal(err)
		}
		if !next.IsZero() {
			due.At = next
			h.mu.Lock()
			h.timers = append(h.timers, due)
			h.mu.Unlock()
		}
	}
}

// text receives one text and returns what went out in answer.
func (h *house) text(from, words string) []string {
	h.t.Helper()
	return h.receive(gateway.Inbound{From: gateway.Address{Channel: directory.SMS, Value: from}, Text: words})
}

func (h *house) receive(in gateway.Inbound) []string {
	h.t.Helper()
	if in.ProviderID == "" {
		h.texts++
		in.ProviderID = fmt.Sprintf("SM%06d", h.texts)
	}
	if err := h.Receive(h.t.Context(), in); err != nil {
		h.t.Fatalf("receiving %q: %v", in.Text, err)
	}
	return h.deliver()
}

// deliver lets the pump send what is due and returns the texts.
func (h *house) deliver() []string {
	h.t.Helper()
	before := h.sms.count()
	if err := h.Flush(h.t.Context()); err != nil {
		h.t.Fatal(err)
	}
	return h.sms.since(before)
}

func (h *house) start(person, dialog string) gateway.Started {
	h.t.Helper()
	s, err := h.Start(h.t.Context(), gateway.StartRequest{Person: directory.PersonID(person), Dialog: dialog, Channel: directory.SMS, By: "test"})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *house) reports(reference directory.CaseReference) []gateway.Report {
	h.t.Helper()
	reports, err := h.store.Reports(h.t.Context(), reference)
	if err != nil {
		h.t.Fatal(err)
	}
	return reports
}

func (h *house) work(kind gateway.WorkItemKind) []gateway.WorkItem {
	h.t.Helper()
	items, err := h.store.WorkItems(h.t.Context(), gateway.WorkItemFilter{Kind: kind})
	if err != nil {
		h.t.Fatal(err)
	}
	return items
}

// notebook is a channel that writes down what it is given to send.
type notebook struct {
	mu    sync.Mutex
	sent  []gateway.Message
	fails error
}

func (n *notebook) Name() directory.Channel { return directory.SMS }

func (n *notebook) Prepare(text string) gateway.Prepared {
	return gateway.Prepared{Text: text, Segments: 1}
}

func (n *notebook) Send(_ context.Context, m gateway.Message) (gateway.Receipt, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.fails != nil {
		return gateway.Receipt{}, n.fails
	}
	n.sent = append(n.sent, m)
	return gateway.Receipt{ProviderID: "out-" + string(m.ID), Status: gateway.Accepted}, nil
}

func (n *notebook) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return len(n.sent)
}

func (n *notebook) since(from int) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var texts []string
	for _, m := range n.sent[from:] {
		texts = append(texts, m.Text)
	}
	return texts
}

func (n *notebook) to(address string) []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	var texts []string
	for _, m := range n.sent {
		if m.To.Value == address {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

const (
	payingPhone    = "+447700900101"
	receivingPhone = "+447700900102"
	reference      = directory.CaseReference("300012345678")
)

// family is a case of two parents and a child, to whom we may speak openly.
func family() directory.Case {
	historic := calculation.Money(32_000_00)
	open := &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}
	return directory.Case{
		Reference: reference, Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example", Language: "en", Phone: payingPhone,
			PhoneSince: calculation.NewDate(2025, 1, 10), PreferredChannel: directory.SMS, SafeContact: open},
		ReceivingParents: []directory.ReceivingParent{{Reference: "300012345679",
			Person: directory.Person{ID: "R1", Name: "Ali Example", Language: "cy", Phone: receivingPhone,
				PhoneSince: calculation.NewDate(2025, 1, 10), SafeContact: open},
			Children: []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}}}},
		Income: directory.Income{HistoricAnnual: &historic},
	}
}
