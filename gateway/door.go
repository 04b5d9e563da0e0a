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
// later, or to another node, find with one reading that it was taken.
type door struct {
	coming singleflight.Group  // messages, by channel and provider's id
	turns  *semaphore.Weighted // being made
	keeps  *semaphore.Weighted // messages being kept, which must go on while turns do not
}

// errBusy is why a message is kept that waited for its turn in vain.
var errBusy = errors.New("as many turns are being made as this node makes at once")

func newDoor(turns int) *door {
	return &door{turns: semaphore.NewWeighted(int64(turns)), keeps: semaphore.NewWeighted(int64(max(turns/4, 1)))}
}

// takeInTurn makes the turn of a message that has just come when there is room,
// or returns errBusy when there is none for too long.
func (g *Gateway) takeInTurn(ctx context.Context, m Kept) error {
	waiting, cancel := context.WithTimeout(ctx, g.TurnWait)
	defer cancel()
	if g.door.turns.Acquire(waiting, 1) != nil {
		return errBusy
	}
	defer g.door.turns.Release(1)
	return g.take(ctx, m, false)
}

// keepInTurn stores a message whose turn was not made.
func (g *Gateway) keepInTurn(ctx context.Context, m Kept) error {
	if g.door.keeps.Acquire(ctx, 1) != nil {
		return errBusy
	}
	defer g.door.keeps.Release(1)
	return g.Store.Keep(ctx, m, Timer{Kind: FinishTimer, Message: m.ID})
}
