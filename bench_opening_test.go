package main

import (
	"context"
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"

	"parley/internal/jobs"
	"parley/internal/telemetry"
)

// benchSettings are those of a gateway on a free port of loopback, with a
// folder, a key and a carrier of its own, and what else the benchmark sets.
func benchSettings(b *testing.B, more ...string) settings {
	b.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	set, err := readSettings(append([]string{
		"PARLEY_ADDRESS=" + address, "PARLEY_DATA_DIR=" + b.TempDir(), "PARLEY_SECRET_KEY=" + strings.Repeat("k", 32),
		"PARLEY_TWILIO_ACCOUNT_SID=" + demoAccount, "PARLEY_TWILIO_AUTH_TOKEN=" + demoToken, "PARLEY_TWILIO_FROM=" + demoNumber,
	}, more...))
	if err != nil {
		b.Fatal(err)
	}
	return set
}

// benchParts are a gateway's parts, which log errors alone, and to nowhere.
func benchParts(set settings) *parts {
	return &parts{settings: set, log: telemetry.NewLogger(io.Discard, slog.LevelError)}
}

// runUntilDone runs a gateway until the benchmark ends, and hears how it ended.
func runUntilDone(b *testing.B, serve func(context.Context) error) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	done := make(chan error, 1)
	go func() { done <- serve(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			b.Error(err)
		}
	})
}

// migrate makes the tables of the gateway and of its jobs.
func migrate(b *testing.B, set settings) {
	b.Helper()
	s, err := openStore(b.Context(), set)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	if err := s.Migrate(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := jobs.Migrate(b.Context(), s.Writer(), true); err != nil {
		b.Fatal(err)
	}
}
