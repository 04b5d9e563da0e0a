package main

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	collectorpb "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
	"parley/internal/store"
	"parley/internal/telemetry"
)

// collector takes traces by OTLP over HTTP.
type collector struct {
	*httptest.Server
	mu    sync.Mutex
	spans []*tracepb.Span
}

func newCollector(t *testing.T) *collector {
	c := &collector{}
	c.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var export collectorpb.ExportTraceServiceRequest
		body, err := io.ReadAll(r.Body)
		if err = errors.Join(err, proto.Unmarshal(body, &export)); err != nil {
			t.Error(err)
		}
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, resource := range export.ResourceSpans {
			for _, scope := range resource.ScopeSpans {
				c.spans = append(c.spans, scope.Spans...)
			}
		}
	}))
	t.Cleanup(c.Close)
	return c
}

// trace is the trace that begins with a route, as its spans' names in order.
func (c *collector) trace(route string) (names []string, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, root := range c.spans {
		if root.Name != route || len(root.ParentSpanId) > 0 {
			continue
		}
		for _, s := range c.spans {
			if string(s.TraceId) == string(root.TraceId) {
				names, text = append(names, s.Name), text+s.String()+"\n"
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), text
}

// TestAReplyIsFollowedFromItsWebhookToItsDelivery runs the whole gateway.
func TestAReplyIsFollowedFromItsWebhookToItsDelivery(t *testing.T) {
	collector := newCollector(t)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	w := newWorld(t, onSQLite(t), 1, simulator.TwilioConfig{})
	n := w.begin(plan{})
	w.interviewed(0, 0, 1)
	message := w.carrier.sent(parentPhone(0))[0].message
	w.await("the text is delivered", func() bool { return w.status(message) == gateway.Delivered })
	n.stop() // what has not been sent to the collector is sent now
	names, text := collector.trace("POST /twilio/sms")
	want := []string{"POST /twilio/sms", "callback", "claim", "commit", "gate", "send", "turn"}
	if !slices.Equal(names, want) {
		t.Errorf("the trace has %q, want %q, of\n%s", names, want, collector.spans)
	}
	if !strings.Contains(text, message) {
		t.Error("the trace does not name the message")
	}
	for _, personal := range []string{parentPhone(0), parentPhone(0)[1:], interview[0].hears, "Sam Example"} {
		if strings.Contains(text, personal) {
			t.Errorf("the trace holds %q", personal)
		}
	}
}

// How long the oldest message has been waiting is measured, and that none does.
func TestTheAgeOfTheOutboxIsMeasured(t *testing.T) {
	t.Parallel()
	now := time.Now()
	p := &parts{metrics: telemetry.NewMetrics(), clock: func() time.Time { return now }}
	for _, test := range []struct {
		outgoing []gateway.Message
		want     string
	}{
		{[]gateway.Message{{ID: "M1", To: gateway.Address{Channel: directory.SMS, Value: parentPhone(0)}, Text: "hello", NotBefore: now.Add(-90 * time.Second), Created: now}}, "90"},
		{nil, "0"},
	} {
		var err error
		p.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "parley.db"), store.Config{Secret: []byte(strings.Repeat("a secret. ", 5))})
		if err != nil {
			t.Fatal(err)
		}
		defer p.store.Close()
		if err := p.store.Commit(t.Context(), gateway.Turn{ID: "T1", At: now, Outgoing: test.outgoing}); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		p.watchOutbox(ctx)
		answer := httptest.NewRecorder()
		p.metrics.Handler().ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		_, rest, _ := strings.Cut(answer.Body.String(), "\nparley_outbox_oldest_seconds ")
		if seconds, _, _ := strings.Cut(rest, "\n"); !strings.HasPrefix(seconds, test.want) {
			t.Errorf("with %d messages that wait: %s seconds, want %s", len(test.outgoing), seconds, test.want)
		}
	}
}
