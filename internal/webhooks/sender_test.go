package webhooks_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/servertest"
	"parley/internal/store"
	"parley/internal/webhooks"
)

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// A town is a store with what happens in it, its receivers, and a clock.
type town struct {
	*testing.T
	database string
	wanted   map[gateway.EventType][]string
	store    *store.Store

	mu  sync.Mutex
	now time.Time
}

func newTown(t *testing.T, database string) *town {
	w := &town{T: t, database: database, now: noon, wanted: map[gateway.EventType][]string{gateway.WorkItemCreated: {"one", "two"}}}
	w.store = w.open()
	return w
}

// embedded is a town on SQLite.
func embedded(t *testing.T) *town { return newTown(t, filepath.Join(t.TempDir(), "parley.db")) }

func (w *town) open() *store.Store {
	w.Helper()
	s, err := store.Open(w.Context(), w.database, store.Config{Secret: []byte("a secret key of thirty-two bytes"), Connections: 4, Events: w.wanted})
	if err == nil {
		err = s.Migrate(w.Context())
	}
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { s.Close() })
	return s
}

func (w *town) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *town) passTo(at time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = at
}

// happens writes work items, of which endpoints "one" and "two" hear.
func (w *town) happens(ids ...string) {
	w.Helper()
	var items []gateway.WorkItem
	for _, id := range ids {
		items = append(items, gateway.WorkItem{ID: id, Key: id, Case: "300012345678", Person: "P1", Conversation: "C1", Detail: "secret words", Created: noon})
	}
	if err := w.store.AddWork(w.Context(), items...); err != nil {
		w.Fatal(err)
	}
}

// endpoint is one of this name at a URL.
func (w *town) endpoint(name, url string) webhooks.Endpoint {
	return webhooks.Endpoint{Name: name, URL: url, Private: true, Secrets: []webhooks.Secret{secret(w, published)}, Events: []gateway.EventType{gateway.WorkItemCreated}}
}

// receive serves an endpoint.
func (w *town) receive(name string, answer http.HandlerFunc) webhooks.Endpoint {
	server := httptest.NewServer(answer)
	w.Cleanup(server.Close)
	return w.endpoint(name, server.URL)
}

// sends runs a sender on a store until the end of the test, or until stop is
// called, which waits for what is under way.
func (w *town) sends(on webhooks.Store, endpoints ...webhooks.Endpoint) (stop func()) {
	sender := webhooks.New(webhooks.Config{
		Store: on, Endpoints: endpoints, Clock: w.clock, Chance: func() float64 { return 0.5 }, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Poll: 5 * time.Millisecond, Patience: 300 * time.Millisecond,
	})
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { sender.Run(ctx) })
	stop = func() { cancel(); running.Wait() }
	w.Cleanup(stop)
	return stop
}

// becomes waits until the delivery of the latest event to an endpoint is as it
// should be.
func (w *town) becomes(endpoint, what string, is func(gateway.Delivery) bool) gateway.Delivery {
	w.Helper()
	var last gateway.Delivery
	for deadline := time.Now().Add(10 * time.Second); time.Now().Before(deadline); time.Sleep(3 * time.Millisecond) {
		all, err := w.store.Deliveries(w.Context(), gateway.DeliveryQuery{Endpoint: endpoint, Limit: 1})
		if err != nil {
			w.Fatal(err)
		}
		if len(all) == 1 {
			if last = all[0]; is(last) {
				return last
			}
		}
	}
	w.Fatalf("it is not %s: %+v", what, last)
	return last
}

func done(d gateway.Delivery) bool    { return d.State == gateway.DeliveryDone }
func givenUp(d gateway.Delivery) bool { return d.State == gateway.DeliveryGivenUp }
func tried(n int) func(gateway.Delivery) bool {
	return func(d gateway.Delivery) bool {
		return d.Tries == n && d.Failure != "" && d.Next.Sub(d.Tried) != time.Minute
	}
}

// deadNode is a store whose node dies before it can record anything.
type deadNode struct{ *store.Store }

func (deadNode) SettleDelivery(context.Context, gateway.Delivery) error {
	return errors.New("the node is dead")
}

func onPostgres(t *testing.T) *town { return newTown(t, servertest.Postgres(t)) }
