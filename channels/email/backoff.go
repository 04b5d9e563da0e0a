package email

import (
	"sync"
	"time"
)

// backoff is which mail domains have lately put us off, so that one that is
// away or slow is not asked once for each message. Each node learns for itself.
type backoff struct {
	mu      sync.Mutex
	domains map[string]delay
}

type delay struct {
	times int // in a row that the domain put us off
	until time.Time
}

// steps are how long a domain is left alone after it has put us off once,
// twice, …
var steps = []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour}

// mostDomains bounds what is remembered: past it, delays that are over go.
const mostDomains = 10_000

func newBackoff() *backoff { return &backoff{domains: map[string]delay{}} }

// wait is how long a domain is still to be left alone; 0: not at all.
func (b *backoff) wait(domain string, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return max(0, b.domains[domain].until.Sub(now))
}

// more leaves a domain alone, for longer each time, and says for how long.
// Sends that were under way together count once.
func (b *backoff) more(domain string, now time.Time) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	d := b.domains[domain]
	if d.until.After(now) {
		return d.until.Sub(now)
	}
	if len(b.domains) >= mostDomains {
		for name, d := range b.domains {
			if d.until.Before(now) {
				delete(b.domains, name)
			}
		}
	}
	step := steps[min(d.times, len(steps)-1)]
	b.domains[domain] = delay{times: d.times + 1, until: now.Add(step)}
	return step
}

// forget ends a domain's delays: it has taken a message.
func (b *backoff) forget(domain string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.domains, domain)
}

// retryAfter is when a message is worth trying again that is so old: after half
// its age, a minute at least and an hour at most.
func retryAfter(age time.Duration) time.Duration {
	return max(time.Minute, min(age/2, time.Hour))
}
