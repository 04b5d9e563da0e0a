package voice_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/channels/voice"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/session"
	"parley/internal/simulator"
	"parley/internal/simulator/exchange"
	"parley/internal/store"
	"parley/internal/telemetry"
)

const (
	account = "AC0123456789abcdef0123456789abcdef"
	token   = "0123456789abcdef"
	number  = "+441632960000"

	samPhone     = "+447700900101"
	aliPhone     = "+447700900102"
	samReference = "300012345678"
	aliReference = "300012345679"
	pin          = "1234567"
)

// weekday is a Monday morning on which somebody is there.
var weekday = time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)

// world is a gateway that takes calls, and the telephone network around it.
type world struct {
	*gateway.Switchboard
	t        *testing.T
	store    *store.Store
	channel  *voice.Channel
	exchange *exchange.Exchange
	texts    *texts

	mu    sync.Mutex
	now   time.Time
	ids   int
	log   strings.Builder
	lasts map[gateway.VisitID]string // see last
}

// familyCase is the case that a test changes.
type familyCase = directory.Case

func newWorld(t *testing.T, change ...func(*familyCase)) *world {
	t.Helper()
	w := &world{t: t, now: weekday, texts: &texts{}}
	secret := []byte(strings.Repeat("a secret of a test. ", 2))
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	var err error
	w.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), store.Config{Secret: secret,
		Timers: func(context.Context, *sql.Tx, []gateway.Timer) error { return nil }})
	must(err)
	t.Cleanup(func() { _ = w.store.Close() })
	redis, closed, err := session.Embed()
	must(err)
	t.Cleanup(closed)
	client, err := session.Connect(redis)
	must(err)
	t.Cleanup(func() { _ = client.Close() })
	sessions, err := session.New(client, session.Config{Limit: gateway.Limit{Messages: 200, Window: time.Hour}, Clock: time.Now, SecretKey: secret})
	must(err)
	key, err := directory.PINKey(secret)
	must(err)
	roster, err := directory.ReadRoster([]byte(office))
	must(err)

	handler := &late{}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	log := slog.New(slog.NewTextHandler(&testLog{w}, &slog.HandlerOptions{Level: slog.LevelWarn}))
	sids := 0
	w.exchange, err = exchange.New(exchange.Config{
		AccountSID: account, AuthToken: token, Number: number, GatewayURL: server.URL,
		NewSID: func() string { sids++; return fmt.Sprintf("%032d", sids) },
		Sign:   func(address string, form url.Values) string { return simulator.Sign(token, address, form) },
	})
	must(err)
	w.channel, err = voice.New(voice.Config{
		AccountSID: account, AuthToken: token, From: number, APIURL: server.URL, PublicURL: server.URL,
		Visits: w.store, Patience: 3 * time.Second, Clock: w.clock, Log: log,
	})
	must(err)
	g, err := gateway.New(gateway.Config{
		Store: w.store, Sessions: sessions, Dialogs: gatewaytest.Dialogs(t), Channels: []gateway.Channel{w.texts, w.channel}, Understanding: gatewaytest.Understanding(t),
		Clock: w.clock, NewID: w.newID, Log: log, Metrics: telemetry.NewMetrics(), OpenHours: directory.Hours{From: 8 * 60, To: 20 * 60},
		Staff: roster, PINKey: key, LinkURL: "https://chat.example/l/", NewSecret: w.newID,
	})
	must(err)
	must(g.Prepare(t.Context()))
	w.Switchboard = &gateway.Switchboard{Gateway: g, Calls: w.store, Recordings: &tapes{kept: map[gateway.FileID][]byte{}}}
	c := family()
	for _, f := range change {
		f(&c)
	}
	must(directory.Seal(&c, key, strings.NewReader(strings.Repeat("salt of sixteen or more bytes", 4))))
	must(w.store.PutCase(t.Context(), c, weekday.AddDate(0, -1, 0)))
	mux := http.NewServeMux()
	mux.Handle("/2010-04-01/", w.exchange)
	mux.Handle("/twilio/", w.channel.Handler(w.Switchboard))
	handler.set(mux)
	pump, stop := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { g.Pump(pump) })
	t.Cleanup(func() { stop(); running.Wait() })
	return w
}

// late is a handler that is made after the server that it is for.
type late struct {
	mu sync.Mutex
	h  http.Handler
}

func (l *late) set(h http.Handler) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.h = h
}

func (l *late) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	l.mu.Lock()
	h := l.h
	l.mu.Unlock()
	h.ServeHTTP(rw, r)
}

// testLog keeps warnings.
type testLog struct{ w *world }

func (l *testLog) Write(line []byte) (int, error) {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	return l.w.log.Write(line)
}

// breakStore has the store fail from now on.
func (w *world) breakStore() {
	w.t.Helper()
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) at(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = now
}

func (w *world) newID() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ids++
	return fmt.Sprintf("id-%06d", w.ids)
}

// texts is the channel of text messages, written down.
type texts struct {
	mu   sync.Mutex
	sent []gateway.Message
}

func (*texts) Name() directory.Channel { return directory.SMS }

func (*texts) Prepare(text string) gateway.Prepared { return gateway.Prepared{Text: text, Segments: 1} }

func (x *texts) Send(_ context.Context, m gateway.Message) (gateway.Receipt, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.sent = append(x.sent, m)
	return gateway.Receipt{ProviderID: string(m.ID), Status: gateway.Accepted}, nil
}

// to waits for a text to a number, and returns the last.
func (x *texts) to(number string) string {
	for range 100 {
		x.mu.Lock()
		for i := len(x.sent) - 1; i >= 0; i-- {
			if x.sent[i].To.Value == number {
				defer x.mu.Unlock()
				return x.sent[i].Text
			}
		}
		x.mu.Unlock()
		time.Sleep(20 * time.Millisecond)
	}
	return ""
}

// tapes keep voicemails in memory.
type tapes struct {
	mu   sync.Mutex
	kept map[gateway.FileID][]byte
}

func (k *tapes) TakeVoicemail(_ context.Context, from gateway.Address, person directory.PersonID, content io.Reader) (gateway.File, error) {
	raw, err := io.ReadAll(content)
	k.mu.Lock()
	defer k.mu.Unlock()
	f := gateway.File{ID: gateway.FileID(fmt.Sprintf("V%d", len(k.kept)+1)), From: from, Person: person}
	k.kept[f.ID] = raw
	return f, err
}

func (k *tapes) OpenVoicemail(_ context.Context, id gateway.FileID) (gateway.File, io.ReadCloser, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return gateway.File{ID: id}, io.NopCloser(bytes.NewReader(k.kept[id])), nil
}

// office is a team in Leeds, on weekdays from nine to five, with specialists.
const office = `
front: leeds-2
teams:
- {id: leeds-2, name: Leeds 2, nation: england, hours: "09:00-17:00"}
- {id: care-1, name: Care 1, nation: england, hours: "09:00-17:00", specialist: true}
staff:
- {id: kim, name: Kim Example, email: kim@example.org, role: caseworker, teams: [leeds-2], capacity: 3, skills: [welsh]}
- {id: noor, name: Noor Example, email: noor@example.org, role: specialist, teams: [care-1], capacity: 3, skills: [domestic abuse]}
`

// work is what the desk was given of a kind.
func (w *world) work(kind gateway.WorkItemKind) []gateway.WorkItem {
	w.t.Helper()
	items, err := w.store.WorkItems(w.t.Context(), gateway.WorkItemFilter{Kind: kind})
	if err != nil {
		w.t.Fatal(err)
	}
	return items
}

// family is a case of two parents and a child, to whom we may speak openly.
func family() directory.Case {
	historic := calculation.Money(32_000_00)
	open := &directory.SafeContact{Channels: []directory.Channel{directory.SMS, directory.Voice}}
	return directory.Case{
		Reference: samReference, Team: "leeds-2", Nation: directory.England, Service: directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent: directory.Person{ID: "P1", Name: "Sam Example", Language: "en", Phone: samPhone, PIN: pin,
			PhoneSince: calculation.NewDate(2025, 1, 10), PreferredChannel: directory.SMS, SafeContact: open},
		ReceivingParents: []directory.ReceivingParent{{Reference: aliReference,
			Person: directory.Person{ID: "R1", Name: "Ali Example", Language: "cy", Phone: aliPhone, PIN: "7654321",
				PhoneSince: calculation.NewDate(2025, 1, 10), SafeContact: open},
			Children: []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}}}},
		Income: directory.Income{HistoricAnnual: &historic},
	}
}

var risk = directory.Risk{Kind: "domestic_abuse"}

// today is the day of these tests.
func today() calculation.Date { return calculation.NewDate(2026, 11, 23) }
