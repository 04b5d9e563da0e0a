package gateway

import (
	"context"
	"hash/fnv"
	"sync"
	"time"

	"parley/gateway/directory"
)

// A channel is left alone after manyFailures in a row, for a second and then
// twice as long each time, up to longestRest: it is then tried with one message.
// A provider that names a time is believed up to longestAsked: replies wait too.
const (
	manyFailures = 5
	longestRest  = time.Minute
	longestAsked = 15 * time.Minute
)

// lane is the way out by one channel: how much this node may send by it now.
// Channels do not wait for each other.
type lane struct {
	channel directory.Channel
	sends   int   // at once, at most
	pace    *pace // nil: as fast as the provider takes it

	mu       sync.Mutex
	stirred  bool // there may be messages to claim
	flying   int  // sends under way
	failures int  // in a row
	rests    int  // in a row, nothing having succeeded between them
	rest     time.Time
}

func (l *lane) stir() {
	l.mu.Lock()
	l.stirred = true
	l.mu.Unlock()
}

func (l *lane) fly(n int) {
	l.mu.Lock()
	l.flying += n
	l.mu.Unlock()
}

// land ends a send: whoever it was to may be sent the next.
func (l *lane) land() {
	l.mu.Lock()
	l.flying--
	l.stirred = true
	l.mu.Unlock()
}

// part is what to claim of the lane now; ok is false when it is nothing, and then
// wait says when to ask again, if not zero. While many are flying it gathers
// some places rather than claim for each.
func (l *lane) part(ctx context.Context, now time.Time) (_ Part, wait time.Duration, ok bool) {
	l.mu.Lock()
	room := l.sends - l.flying
	if l.rests > 0 {
		room = 1 - l.flying
	}
	wait = l.rest.Sub(now)
	claim := l.stirred && wait <= 0 && room > 0 && (l.flying == 0 || room >= l.sends/8)
	if claim {
		l.stirred = false
	}
	stirred := l.stirred
	l.mu.Unlock()
	if !claim {
		if !stirred || wait <= 0 { // nothing to do, or a send that lands will ask
			wait = 0
		}
		return Part{}, wait, false
	}
	part := Part{Channel: l.channel, Lowest: Bulk, Limit: room}
	if l.pace == nil {
		return part, 0, true
	}
	part.Limit, part.Lowest = l.pace.take(ctx, now, room)
	if part.Limit == 0 {
		l.stir()
		return Part{}, l.pace.next(), false
	}
	return part, 0, true
}

// claimed counts what came of a claim: when it was all that was asked for, there
// may be more.
func (l *lane) claimed(part Part, n int) {
	if l.pace != nil {
		l.pace.used(n)
	}
	if n == part.Limit {
		l.stir()
	}
}

// well is heard when the provider has answered for a message, whatever it said.
func (l *lane) well() {
	l.mu.Lock()
	l.failures, l.rests = 0, 0
	l.mu.Unlock()
}

// busy is heard when the provider took nothing, or did not answer. It returns
// until when the lane is left alone, which may be past.
func (l *lane) busy(failed *SendError, id MessageID, now time.Time) time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.failures++
	switch resting := l.rest.After(now); {
	case failed.RetryAfter > 0:
		l.rest = later(l.rest, now.Add(min(failed.RetryAfter, longestAsked)))
	case !resting && (l.rests > 0 || l.failures >= manyFailures):
		l.rest = now.Add(jitter(id, min(time.Second<<min(l.rests, 10), longestRest)))
		l.rests++
	}
	return l.rest
}

// jitter is a time between half of d and d, so that nodes do not come back all
// at once: each goes by the message that failed.
func jitter(id MessageID, d time.Duration) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id)) // a hash never fails
	return d/2 + time.Duration(h.Sum32())*(d/2)/(1<<32)
}
