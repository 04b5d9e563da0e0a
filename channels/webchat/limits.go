package webchat

import (
	"cmp"
	"context"
	"net/netip"
	"sync"
	"time"

	"parley/gateway"
)

// Limits protect a node from one client or visit that takes too much. A client
// is whom Config.Client names; many people may share one (a mobile network, a
// library), so what a client may do is generous.
type Limits struct {
	Sockets  int // open on one node at once, 20,000 when zero
	Client   int // open on one node at once by one client, 200 when zero
	Connects int // in a minute by one client, on all nodes; 600 when zero
	Messages int // in a minute in one visit, on all nodes; 60 when zero
}

// Rates counts events on all nodes.
type Rates interface {
	// Count adds one to what a key has counted in the present window, and
	// returns the sum; an error when that is not known. It is bounded in time.
	Count(ctx context.Context, key string, window time.Duration) (int, error)
}

// rateWindow is the minute of Limits.
const rateWindow = time.Minute

// mostKeys bounds what this node counts of its own; who then comes is counted
// anew.
const mostKeys = 100_000

// A limiter counts on this node, and on all of them where it can: a node that
// cannot reach the others still has limits.
type limiter struct {
	Limits
	rates Rates
	clock func() time.Time

	mu     sync.Mutex
	open   map[string]int // sockets of each client
	total  int
	began  time.Time
	counts map[string]int // in the window that began
}

func newLimiter(l Limits, rates Rates, clock func() time.Time) *limiter {
	l.Sockets, l.Client = cmp.Or(l.Sockets, 20_000), cmp.Or(l.Client, 200)
	l.Connects, l.Messages = cmp.Or(l.Connects, 600), cmp.Or(l.Messages, 60)
	return &limiter{Limits: l, rates: rates, clock: clock, open: map[string]int{}, counts: map[string]int{}}
}

// enter takes a place for a client's socket, which leave gives back.
func (l *limiter) enter(client string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.total >= l.Sockets || l.open[client] >= l.Client {
		return false
	}
	l.total++
	l.open[client]++
	return true
}

func (l *limiter) leave(client string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.total--
	if l.open[client]--; l.open[client] == 0 {
		delete(l.open, client)
	}
}

// mayConnect counts a client's attempt to connect.
func (l *limiter) mayConnect(ctx context.Context, client string) bool {
	return l.may(ctx, "connect "+client, l.Connects)
}

// maySay counts a message in a visit.
func (l *limiter) maySay(ctx context.Context, visit gateway.VisitID) bool {
	return l.may(ctx, "say "+string(visit), l.Messages)
}

// may asks the other nodes only while this one alone has not counted too many:
// who floods one node floods nothing else.
func (l *limiter) may(ctx context.Context, key string, most int) bool {
	if l.here(key) > most {
		return false
	}
	if l.rates == nil {
		return true
	}
	everywhere, err := l.rates.Count(ctx, key, rateWindow)
	return err != nil || everywhere <= most
}

func (l *limiter) here(key string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	if now := l.clock(); now.Sub(l.began) >= rateWindow || len(l.counts) >= mostKeys {
		l.began = now
		clear(l.counts)
	}
	l.counts[key]++
	return l.counts[key]
}

// clientKey is what a client's limits are counted under. An IPv6 subscriber has
// a whole /64 (RFC 4291 section 2.5.4, RFC 6177).
func clientKey(client string) string {
	address, err := netip.ParseAddr(client)
	if err != nil {
		return client
	}
	if address = address.Unmap(); address.Is4() {
		return address.String()
	}
	return netip.PrefixFrom(address.WithZone(""), 64).Masked().String()
}
