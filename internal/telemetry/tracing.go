package telemetry

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/sdk/resource"
	sdktrace "go.opentelemetry.io/otel/sdk/trace"
	"go.opentelemetry.io/otel/trace"

	"parley/gateway"
)

// Tracing follows messages with OpenTelemetry: it is a gateway.Tracer. A nil
// *Tracing is none, and costs nothing.
type Tracing struct {
	provider *sdktrace.TracerProvider
	tracer   trace.Tracer
}

// NewTracing sends traces by OTLP over HTTP to where OTEL_EXPORTER_OTLP_ENDPOINT
// says, with all that the OpenTelemetry specification has in the environment
// beside that: OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER and its ARG,
// OTEL_SERVICE_NAME, OTEL_BSP_*. A collector that is away costs traces and
// nothing else: log says so, for it is where OpenTelemetry complains from now on.
// The version is the program's own.
func NewTracing(ctx context.Context, version string, log *slog.Logger) (*Tracing, error) {
	exporter, err := otlptracehttp.New(ctx)
	if err != nil {
		return nil, err
	}
	own, err := resource.New(ctx, resource.WithAttributes(
		attribute.String("service.name", "parley"), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil && !errors.Is(err, resource.ErrPartialResource) {
		return nil, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("traces are not taken", "error", err) }))
	return newTracing(sdktrace.WithBatcher(exporter), sdktrace.WithResource(own)), nil
}

func newTracing(options ...sdktrace.TracerProviderOption) *Tracing {
	provider := sdktrace.NewTracerProvider(options...)
	return &Tracing{provider: provider, tracer: provider.Tracer("parley")}
}

// Close sends what has not been sent yet.
func (t *Tracing) Close(ctx context.Context) error {
	if t == nil {
		return nil
	}
	return t.provider.Shutdown(ctx)
}

// Requests begins a trace with each request that may change something, by the
// name of its route. A trace context that comes with it is not believed: a
// stranger must not say what is followed.
func (t *Tracing) Requests(next http.Handler) http.Handler {
	if t == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet || r.Method == http.MethodHead {
			next.ServeHTTP(w, r)
			return
		}
		ctx, span := t.tracer.Start(r.Context(), "webhook", trace.WithNewRoot(), trace.WithSpanKind(trace.SpanKindServer))
		defer span.End()
		r, answer := r.WithContext(ctx), &answer{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(answer, r)
		if r.Pattern != "" {
			span.SetName(r.Pattern)
			span.SetAttributes(attribute.String("http.route", r.Pattern))
		}
		span.SetAttributes(attribute.String("http.request.method", knownMethod(r.Method)), attribute.Int("http.response.status_code", answer.status))
		if answer.status >= http.StatusInternalServerError {
			span.SetStatus(codes.Error, "")
		}
	})
}

// linked carries what a context went on from before it followed something else.
type linked struct{}

// Begin implements gateway.Tracer.
func (t *Tracing) Begin(ctx context.Context, step gateway.Step, f gateway.Facts) (context.Context, func(error, gateway.Facts)) {
	ctx, span := t.start(ctx, step, f)
	return ctx, func(err error, after gateway.Facts) {
		span.SetAttributes(attributes(after)...)
		if err != nil {
			span.SetStatus(codes.Error, Redact(err.Error()))
		}
		span.End()
	}
}

// Over implements gateway.Tracer.
func (t *Tracing) Over(ctx context.Context, step gateway.Step, took time.Duration, f gateway.Facts) {
	now := time.Now()
	_, span := t.start(ctx, step, f, trace.WithTimestamp(now.Add(-took)))
	span.End(trace.WithTimestamp(now))
}

func (t *Tracing) start(ctx context.Context, step gateway.Step, f gateway.Facts, options ...trace.SpanStartOption) (context.Context, trace.Span) {
	options = append(options, trace.WithAttributes(attributes(f)...))
	if from, ok := ctx.Value(linked{}).(trace.SpanContext); ok {
		options = append(options, trace.WithLinks(trace.Link{SpanContext: from}))
		ctx = context.WithValue(ctx, linked{}, nil)
	}
	return t.tracer.Start(ctx, string(step), options...)
}

// traceparent is the key of W3C Trace Context.
const traceparent = "traceparent"

// Context implements gateway.Tracer. What is not sampled is not kept.
func (t *Tracing) Context(ctx context.Context) string {
	if !trace.SpanContextFromContext(ctx).IsSampled() {
		return ""
	}
	carrier := propagation.MapCarrier{}
	propagation.TraceContext{}.Inject(ctx, carrier)
	return carrier[traceparent]
}

// Follow implements gateway.Tracer.
func (t *Tracing) Follow(ctx context.Context, kept string) context.Context {
	from := trace.SpanContextFromContext(ctx)
	followed := propagation.TraceContext{}.Extract(trace.ContextWithSpanContext(ctx, trace.SpanContext{}), propagation.MapCarrier{traceparent: kept})
	if !trace.SpanContextFromContext(followed).IsValid() {
		return ctx
	}
	if from.IsValid() {
		followed = context.WithValue(followed, linked{}, from)
	}
	return followed
}

// attributes are what a trace tells of a step, each read as a log reads its key.
func attributes(f gateway.Facts) []attribute.KeyValue {
	list := make([]attribute.KeyValue, 0, 6)
	for _, fact := range [...]struct{ key, value string }{
		{"message", string(f.Message)}, {"conversation", string(f.Conversation)}, {"channel", string(f.Channel)},
		{"dialog", f.Dialog}, {"outcome", f.Outcome}, {"code", f.Code},
	} {
		if fact.value != "" {
			list = append(list, attribute.String("parley."+fact.key, allowed[fact.key](fact.value)))
		}
	}
	return list
}
