package webchat

import (
	"context"
	"sync"
	"time"
)

// Live says what the live connections of a node share with other nodes. Its
// zero value is a node that is the only one, with the limits of Limits.
type Live struct {
	Fanout Fanout
	Rates  Rates
	Limits Limits
}

// Run keeps live connections going until ctx ends: their heartbeats, and word
// from other nodes. Then it closes them, telling each browser when to come
// back, and returns when all that they sent has been answered for. Call it
// once; connections that are made before it is called have neither.
func (c *Chat) Run(ctx context.Context, with Live) {
	h := c.hub
	h.mu.Lock()
	h.limits = newLimiter(with.Limits, with.Rates, c.config.Clock)
	if with.Fanout != nil {
		h.fanout = with.Fanout
	}
	fanout := h.fanout
	h.mu.Unlock()
	var background sync.WaitGroup
	background.Go(func() { fanout.Listen(ctx, h.heard, h.connected) })
	for seconds := time.NewTicker(time.Second); ; {
		select {
		case <-seconds.C:
			h.second()
			continue
		case <-ctx.Done():
			seconds.Stop()
		}
		break
	}
	h.drain()
	background.Wait()
}

// drain closes every tab, and takes no more.
func (h *hub) drain() {
	h.mu.Lock()
	h.closing = true
	h.mu.Unlock()
	tabs := h.all()
	for i, t := range tabs {
		t.close(closeRestart, restartReason(resumeWithin*time.Duration(i)/time.Duration(len(tabs))))
	}
	h.listening.Wait()
}
