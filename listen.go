package main

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"
)

// The server's limits: a phone company's webhook or a browser needs no more.
const (
	headerTimeout = 5 * time.Second
	readTimeout   = 15 * time.Second
	idleTimeout   = 2 * time.Minute
	maxHeader     = 32 << 10
)

// listen serves requests until ctx ends.
func (p *parts) listen(ctx context.Context) error {
	listener, err := net.Listen("tcp", p.settings.Address)
	if err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	server := &http.Server{
		Handler:           p.tracing.Requests(p.metrics.Requests(p.routes)),
		ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelWarn),
	}
	p.log.InfoContext(ctx, "listening", "listen", listener.Addr().String())
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	p.log.InfoContext(ctx, "stopping")
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.settings.ShutdownTimeout)
	defer cancel()
	for _, closing := range p.closing {
		if err := closing(drain); err != nil {
			p.log.WarnContext(ctx, "not everything was finished", "error", err)
		}
	}
	if err := server.Shutdown(drain); err != nil && !strings.Contains(err.Error(), "closed") {
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}
