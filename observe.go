package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"parley/gateway"
	"parley/internal/telemetry"
)

// openTracing follows messages where the environment names a collector, as the
// OpenTelemetry specification has it.
func (p *parts) openTracing(ctx context.Context) error {
	if cmp.Or(os.Getenv("OTEL_EXPORTER_OTLP_ENDPOINT"), os.Getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")) == "" {
		return nil
	}
	tracing, err := telemetry.NewTracing(ctx, version(), p.log)
	if err != nil {
		return fmt.Errorf("preparing to send traces: %w", err)
	}
	p.tracing = tracing
	p.onStop(func(ctx context.Context) {
		if err := tracing.Close(ctx); err != nil {
			p.log.WarnContext(ctx, "the last traces are not sent", "error", err)
		}
	})
	return nil
}

// tracer hands the tracing to the gateway; nil where there is none.
func (p *parts) tracer() gateway.Tracer {
	if p.tracing == nil {
		return nil
	}
	return p.tracing
}

// watchEvery is how often a node reads how long messages wait.
const watchEvery = 10 * time.Second

// watchOutbox tells the metrics how long messages have been waiting, until ctx
// ends.
func (p *parts) watchOutbox(ctx context.Context) {
	again := time.NewTicker(watchEvery)
	defer again.Stop()
	for {
		due, err := p.store.NextDue(ctx)
		switch {
		case errors.Is(err, gateway.ErrNotFound):
			p.metrics.OutboxAge(0)
		case err == nil:
			p.metrics.OutboxAge(p.now().Sub(due))
		}
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
	}
}
