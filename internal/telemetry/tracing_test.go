package telemetry

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/sdk/trace/tracetest"
	collectorpb "go.opentelemetry.io/proto/otlp/collector/trace/v1"
	"google.golang.org/protobuf/proto"

	"parley/gateway"
)

// inMemory traces into memory.
func inMemory(t *testing.T, options ...sdktrace.TracerProviderOption) (*Tracing, *tracetest.InMemoryExporter) {
	t.Helper()
	spans := tracetest.NewInMemoryExporter()
	tracing := newTracing(append(options, sdktrace.WithSyncer(spans))...)
	t.Cleanup(func() { _ = tracing.Close(t.Context()) })
	return tracing, spans
}

// TestTraceGoesOnAcrossTheOutbox takes a message on one node, delivers it on
// another and hears of it on a third: one trace.
func TestTraceGoesOnAcrossTheOutbox(t *testing.T) {
	tracing, spans := inMemory(t)
	kept := ""
	routes := http.NewServeMux()
	routes.HandleFunc("POST /twilio/sms", func(_ http.ResponseWriter, r *http.Request) {
		ctx, end := tracing.Begin(r.Context(), gateway.TurnStep, gateway.Facts{Message: "M1", Channel: "sms"})
		commit, committed := tracing.Begin(ctx, gateway.CommitStep, gateway.Facts{})
		kept = tracing.Context(commit)
		committed(nil, gateway.Facts{})
		end(nil, gateway.Facts{})
	})
	routes.HandleFunc("POST /twilio/status", func(_ http.ResponseWriter, r *http.Request) {
		_, end := tracing.Begin(tracing.Follow(r.Context(), kept), gateway.CallbackStep, gateway.Facts{Message: "M2"})
		end(nil, gateway.Facts{Outcome: "delivered"})
	})
	server := tracing.Requests(routes)
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/twilio/sms", nil))

	delivering := tracing.Follow(t.Context(), kept)
	tracing.Over(delivering, gateway.ClaimStep, time.Millisecond, gateway.Facts{Message: "M2"})
	tracing.Over(delivering, gateway.GateStep, time.Millisecond, gateway.Facts{Message: "M2", Outcome: "send"})
	_, end := tracing.Begin(delivering, gateway.SendStep, gateway.Facts{Message: "M2"})
	end(nil, gateway.Facts{Outcome: "accepted"})
	server.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/twilio/status", nil))

	var got []string
	names := map[string]string{"0000000000000000": ""}
	all := spans.GetSpans()
	for _, s := range all {
		names[s.SpanContext.SpanID().String()] = s.Name
	}
	first := all[0].SpanContext.TraceID()
	for _, s := range all {
		line := names[s.Parent.SpanID().String()] + " > " + s.Name
		if s.SpanContext.TraceID() != first {
			line += ", another trace"
		}
		for _, l := range s.Links {
			line += ", with " + names[l.SpanContext.SpanID().String()]
		}
		got = append(got, line)
	}
	want := []string{
		"turn > commit", "POST /twilio/sms > turn", " > POST /twilio/sms",
		"commit > claim", "commit > gate", "commit > send",
		"commit > callback, with POST /twilio/status", " > POST /twilio/status, another trace",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("spans (-want +got):\n%s", diff)
	}
}

func TestTracesHoldNothingPersonal(t *testing.T) {
	tracing, spans := inMemory(t)
	const secret, words = "a-link's-secret", "I lost my job"
	personal := []string{"+447700900123", "sam@example.com", "LS1 1AA", "AB123456C"}
	for _, text := range append(personal, words) {
		_, end := tracing.Begin(t.Context(), gateway.SendStep, gateway.Facts{Message: gateway.MessageID(text),
			Conversation: gateway.ConversationID(text), Dialog: text, Outcome: text, Code: text})
		end(nil, gateway.Facts{Outcome: text})
	}
	for _, text := range personal { // whatever errors hold, what people write is not in them
		_, end := tracing.Begin(t.Context(), gateway.SendStep, gateway.Facts{})
		end(errors.New("send to "+text+": refused"), gateway.Facts{})
	}
	tracing.Requests(http.NewServeMux()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("POST", "/chat/l/"+secret+"?from="+personal[1], nil))
	for _, s := range spans.GetSpans() {
		told := s.Name + "\n" + s.Status.Description
		for _, a := range s.Attributes {
			told += "\n" + a.Value.String()
		}
		for _, text := range append(personal, words, secret) {
			if strings.Contains(told, text) {
				t.Errorf("%q is told:\n%s", text, told)
			}
		}
	}
}

func TestWhatIsNotFollowed(t *testing.T) {
	t.Run("what a stranger says of a trace", func(t *testing.T) {
		tracing, spans := inMemory(t)
		request := httptest.NewRequest("POST", "/twilio/sms", nil)
		request.Header.Set("Traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
		tracing.Requests(http.NewServeMux()).ServeHTTP(httptest.NewRecorder(), request)
		if got := spans.GetSpans()[0]; got.Parent.IsValid() || got.SpanContext.TraceID().String() == "4bf92f3577b34da6a3ce929d0e0e4736" {
			t.Error("the stranger's trace goes on")
		}
	})
	t.Run("what is only looked at", func(t *testing.T) {
		tracing, spans := inMemory(t)
		tracing.Requests(http.NewServeMux()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/metrics", nil))
		if n := len(spans.GetSpans()); n > 0 {
			t.Errorf("%d spans", n)
		}
	})
	t.Run("what the sampler leaves out is not kept", func(t *testing.T) {
		tracing, _ := inMemory(t, sdktrace.WithSampler(sdktrace.NeverSample()))
		ctx, end := tracing.Begin(t.Context(), gateway.CommitStep, gateway.Facts{})
		defer end(nil, gateway.Facts{})
		if kept := tracing.Context(ctx); kept != "" {
			t.Errorf("%q is kept", kept)
		}
	})
	t.Run("what was kept and cannot be read", func(t *testing.T) {
		tracing, spans := inMemory(t)
		_, end := tracing.Begin(tracing.Follow(t.Context(), "odd"), gateway.SendStep, gateway.Facts{})
		end(nil, gateway.Facts{})
		if got := spans.GetSpans()[0]; got.Parent.IsValid() {
			t.Error("it goes on from something")
		}
	})
	t.Run("no tracing at all", func(t *testing.T) {
		var none *Tracing
		next := http.NewServeMux()
		if none.Requests(next) != http.Handler(next) || none.Close(t.Context()) != nil {
			t.Error("none does something")
		}
	})
}

// TestTracesGoToTheCollector sends to a receiver of OTLP over HTTP (OTLP
// specification 1.9, "OTLP/HTTP").
func TestTracesGoToTheCollector(t *testing.T) {
	taken := make(chan *collectorpb.ExportTraceServiceRequest, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var export collectorpb.ExportTraceServiceRequest
		body, err := io.ReadAll(r.Body)
		if err = errors.Join(err, proto.Unmarshal(body, &export)); err != nil || r.URL.Path != "/v1/traces" {
			t.Errorf("%s: %v", r.URL.Path, err)
		}
		taken <- &export
		w.Header().Set("Content-Type", "application/x-protobuf")
	}))
	defer collector.Close()
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)
	tracing, err := NewTracing(t.Context(), "1.2.3", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	_, end := tracing.Begin(t.Context(), gateway.TurnStep, gateway.Facts{Message: "M1"})
	end(nil, gateway.Facts{})
	if err := tracing.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
	export := <-taken
	span := export.ResourceSpans[0].ScopeSpans[0].Spans[0]
	if span.Name != "turn" || span.Attributes[0].Key != "parley.message" || !strings.Contains(export.ResourceSpans[0].Resource.String(), "1.2.3") {
		t.Errorf("the collector has\n%v", export)
	}
}
