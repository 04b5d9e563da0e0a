package gateway

import (
	"context"
	"errors"

	"golang.org/x/sync/semaphore"
	"golang.org/x/sync/singleflight"
)

// A door lets so many messages in at once, in the order in which they came.
// Without one a node that falls behind never catches up: whoever is not answered
// sends again, the copies share what the store can do with what they are copies
// of, and with enough of them nothing is done before its time is up. Copies that
// come while the first is on its way share what comes of that; those that come
// later, or to another node, find with one reading that it was taken. What is kept
// has its turn as soon as a job comes to it, and then perhaps after something that
// its person said later.
type door struct {
	coming   singleflight.Group  // messages, by channel and provider's id
	turns    *semaphore.Weighted // being made
	pressing *semaphore.Weighted // turns of what waits behind nothing else
	keeps    *semaphore.Weighted // messages being kept, which must go on while turns do not
}

// errBusy is why a message is kept that waited for its turn in vain.
var errBusy = errors.New("as many turns are being made as this node makes at once")

func newDoor(turns int) *door {
	some := int64(max(turns/4, 1))
	return &door{
		turns: semaphore.NewWeighted(int64(turns)), pressing: semaphore.NewWeighted(some), keeps: semaphore.NewWeighted(some),
	}
}

// places is where a turn that is being made has its own.
type places struct{}

// takeInTurn makes the turn of a message that has just come when there is room,
// or returns errBusy when there is none for too long.
func (g *Gateway) takeInTurn(ctx context.Context, m Kept) error {
	room := g.door.turns
	if !room.TryAcquire(1) {
		if g.presses(m) {
			room = g.door.pressing
		}
		waiting, cancel := context.WithTimeout(ctx, g.TurnWait)
		defer cancel()
		if room.Acquire(waiting, 1) != nil {
			return errors.Join(errBusy, ctx.Err())
		}
	}
	defer room.Release(1)
	return g.take(context.WithValue(ctx, places{}, room), m, false)
}

// presses reports whether a message waits behind nothing else: until a STOP or
// words of danger have had their turn, the safety gate knows nothing of them.
func (g *Gateway) presses(m Kept) (so bool) {
	defer func() {
		if recover() != nil { // its turn tells of the bug
			so = false
		}
	}()
	return m.Unverified == "" && (m.Keyword == Stop || g.Understanding.Read(m.Text).Danger != NoDanger)
}

// outside gives a turn's place to others while it waits for a service that is
// not ours. Back takes one again.
func outside(ctx context.Context) (back func()) {
	room, ok := ctx.Value(places{}).(*semaphore.Weighted)
	if !ok { // time, staff or a job made the turn
		return func() {}
	}
	room.Release(1)
	return func() { _ = room.Acquire(context.WithoutCancel(ctx), 1) } // all others end
}

// keepInTurn stores a message whose turn was not made.
func (g *Gateway) keepInTurn(ctx context.Context, m Kept) error {
	if g.door.keeps.Acquire(ctx, 1) != nil {
		return errBusy
	}
	defer g.door.keeps.Release(1)
	return g.Store.Keep(ctx, m, Timer{Kind: FinishTimer, Message: m.ID})
}
