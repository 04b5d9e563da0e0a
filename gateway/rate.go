package gateway

import (
	"context"
	"sync"
	"time"

	"parley/gateway/directory"
)

// Rates shares among all nodes how much a channel may send.
type Rates interface {
	// Take takes up to want of the sends that all nodes together may make by a
	// channel now, when that is perSecond of them, with a tenth of a second's
	// worth saved up at most. Unlike waiting it never blocks. An error says that
	// nobody can tell.
	Take(ctx context.Context, channel directory.Channel, perSecond, want int) (Grant, error)
}

// Grant is how many sends were taken, and how many nodes take of them.
type Grant struct{ Sends, Nodes int }

// pace keeps one node's sends by a channel to its rate. While the nodes cannot
// share, each goes by its part of the rate, as many nodes as there were last,
// and leaves bulk alone.
type pace struct {
	channel   directory.Channel
	perSecond int
	rates     Rates // nil: there is no other node

	mu     sync.Mutex
	kept   int      // taken, and not sent yet
	lowest Priority // that those kept are for
	nodes  int
	at     time.Time // when saved was reckoned; zero: at no time
	saved  float64
}

// take returns how many messages may be claimed now, want at most, and down to
// which priority.
func (p *pace) take(ctx context.Context, now time.Time, want int) (int, Priority) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.kept == 0 {
		p.lowest = Bulk
		switch grant, err := p.shared(ctx, want); {
		case err != nil:
			p.lowest, p.kept = Normal, p.own(now, want)
		case p.rates == nil:
			p.kept = p.own(now, want)
		default:
			p.kept, p.nodes = grant.Sends, grant.Nodes
		}
	}
	return min(p.kept, want), p.lowest
}

func (p *pace) shared(ctx context.Context, want int) (Grant, error) {
	if p.rates == nil {
		return Grant{}, nil
	}
	return p.rates.Take(ctx, p.channel, p.perSecond, min(want, burst(p.perSecond)))
}

// own takes from this node's part of the rate.
func (p *pace) own(now time.Time, want int) int {
	rate := float64(p.perSecond) / float64(max(1, p.nodes))
	if p.saved += now.Sub(p.at).Seconds() * rate; p.at.IsZero() || p.saved > float64(burst(p.perSecond)) {
		p.saved = float64(burst(p.perSecond))
	}
	p.at = now
	got := min(want, int(p.saved))
	p.saved -= float64(got)
	return got
}

func (p *pace) used(n int) {
	p.mu.Lock()
	p.kept = max(0, p.kept-n)
	p.mu.Unlock()
}

// next is how long until there may be a send to take.
func (p *pace) next() time.Duration {
	return max(5*time.Millisecond, time.Second/time.Duration(p.perSecond))
}

// burst is a tenth of a second's worth.
func burst(perSecond int) int { return max(1, perSecond/10) }
