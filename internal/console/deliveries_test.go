package console

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/internal/servertest"
	"parley/internal/store"
)

// noWebhooks is what the page of deliveries needs where a test looks at others.
func noWebhooks() WebhooksConfig { return WebhooksConfig{Deliveries: nothingSent{}} }

type nothingSent struct{}

func (nothingSent) Deliveries(context.Context, gateway.DeliveryQuery) ([]gateway.Delivery, error) {
	return nil, nil
}
func (nothingSent) SendAgain(context.Context, string, string, time.Time) error { return nil }
func (nothingSent) DisabledEndpoints(context.Context) (map[string]time.Time, error) {
	return nil, nil
}
func (nothingSent) EnableEndpoint(context.Context, string) error { return nil }

// sending is a house on a real store, of whose work two systems hear: "cases",
// which was tried in vain once, and "figures", which wants no more.
func sending(t *testing.T) (*house, *store.Store) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), store.Config{
		Secret: []byte("a secret key of thirty-two bytes"),
		Events: map[gateway.EventType][]string{gateway.WorkItemCreated: {"cases", "figures"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	h := newHouse(t, func(c *Config) {
		c.Webhooks = WebhooksConfig{Deliveries: s, Endpoints: []Endpoint{
			{"cases", "cases.example", []gateway.EventType{gateway.WorkItemCreated, gateway.WorkItemClosed, gateway.ReportCreated}},
			{"figures", "figures.example:8443", []gateway.EventType{gateway.WorkItemCreated}},
		}}
	})
	for i := range 52 {
		id := fmt.Sprintf("W%02d", i)
		at := h.now.Add(time.Duration(i-90) * time.Minute)
		if err := s.AddWork(t.Context(), gateway.WorkItem{ID: id, Key: id, Case: "300012345678", Created: at}); err != nil {
			t.Fatal(err)
		}
	}
	for endpoint, what := range map[string]gateway.DeliveryFailure{"cases": gateway.EndpointRefuses, "figures": gateway.EndpointGone} {
		claimed, err := s.ClaimDeliveries(t.Context(), endpoint, h.now, 2, time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		d := claimed[0]
		d.Status, d.Failure, d.Next = 503, what, h.now.Add(5*time.Minute)
		if what == gateway.EndpointGone {
			d.Status, d.State = 410, gateway.DeliveryGivenUp
		}
		if err := s.SettleDelivery(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	return h, s
}

func TestSeeingDeliveries(t *testing.T) {
	h, _ := sending(t)
	ola := h.signIn(t, "ola")
	rows := func(query string) (int, string) {
		got := ola.get("/console/deliveries?" + query)
		return strings.Count(got.body, "<time datetime="), got.body
	}
	for query, want := range map[string]int{
		"": 50, "endpoint=cases": 50, "endpoint=none": 0, "endpoint=cases&state=waiting": 50, "state=done": 0, "state=given-up&endpoint=cases": 0,
		"before=nonsense": 50, "before=evt_0.x": 0,
	} {
		if got, _ := rows(query); got != want {
			t.Errorf("%q: %d rows, want %d", query, got, want)
		}
	}
	_, first := rows("endpoint=cases")
	_, next, _ := strings.Cut(first, `paging__next" href="/console/deliveries?`)
	next, _, _ = strings.Cut(next, `"`)
	got, last := rows(strings.ReplaceAll(next, "&amp;", "&"))
	if got != 2 || !strings.Contains(last, "503 Refused") {
		t.Errorf("the second page has %d rows", got)
	}
	if strings.Contains(first+last, "300012345678") || strings.Contains(first, "<form method=\"post\" class=\"row-act\"") {
		t.Error("the auditor sees whose it is, or may send again")
	}
	if !strings.Contains(first, "figures.example:8443") || !strings.Contains(first, "It has wanted no more since") {
		t.Error("the systems are not shown")
	}
}

func TestSendingAgain(t *testing.T) {
	h, s := sending(t)
	bethan := h.signIn(t, "bethan")
	waiting, err := s.Deliveries(t.Context(), gateway.DeliveryQuery{Endpoint: "cases", Limit: 60})
	if err != nil {
		t.Fatal(err)
	}
	tried := waiting[len(waiting)-1]
	before := len(h.audit.since(0))
	if got := bethan.post("/console/deliveries/again", "id", tried.ID, "endpoint", "cases", "to", "/console/deliveries?state=waiting"); got.to != "/console/deliveries?state=waiting" {
		t.Errorf("it leads to %d %q", got.status, got.to)
	}
	if again, err := s.ClaimDeliveries(t.Context(), "cases", h.now, 100, time.Minute); err != nil || !containsDelivery(again, tried.ID) {
		t.Errorf("it is not due now: %v", err)
	}
	if got := bethan.post("/console/deliveries/enable", "endpoint", "figures", "to", "/console/deliveries"); got.status != http.StatusSeeOther {
		t.Errorf("enabling: %d", got.status)
	}
	if disabled, err := s.DisabledEndpoints(t.Context()); err != nil || len(disabled) != 0 {
		t.Errorf("still disabled: %v, %v", disabled, err)
	}
	entries := h.audit.since(before)
	if len(entries) != 2 || entries[0].Object != tried.ID+" cases" || entries[1].Action != "enabled endpoint" || entries[1].Object != "figures" {
		t.Errorf("recorded: %+v", entries)
	}
	for _, path := range []string{"/console/deliveries/again", "/console/deliveries/enable"} {
		if got := bethan.post(path, "id", "evt_none", "endpoint", "nobody"); got.status != http.StatusNotFound {
			t.Errorf("%s of nothing: %d", path, got.status)
		}
	}
}

func containsDelivery(all []gateway.Delivery, id string) bool {
	for _, d := range all {
		if d.ID == id {
			return true
		}
	}
	return false
}

func TestDeliveriesInTheBrowser(t *testing.T) {
	h, _ := sending(t)
	b := h.browse(t, "bethan", 1280)
	b.Open(h.url + "/console/deliveries")
	b.Accessible("deliveries")
	b.Leave(`form[action="/console/deliveries/enable"] button`)
	b.Accessible("deliveries, all on")
	narrow := h.browse(t, "ola", servertest.NarrowPhone)
	narrow.Open(h.url + "/console/deliveries?endpoint=cases")
	narrow.Accessible("deliveries, narrow")
}
