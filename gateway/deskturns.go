package gateway

import (
	"context"
	"maps"
	"slices"
	"time"
)

// turnsEvery is how often watchers hear which conversations went on: often
// enough to follow one, and no more often however many there are.
const turnsEvery = 250 * time.Millisecond

// wentOn notes that a conversation has a new turn, or a message of it came
// further.
func (g *Gateway) wentOn(id ConversationID) {
	if id == "" || g.Staff == nil {
		return
	}
	g.desk.mu.Lock()
	g.desk.turned[id] = true
	g.desk.mu.Unlock()
}

// tellOfTurns tells of the conversations that went on, a few times a second,
// until ctx ends.
func (g *Gateway) tellOfTurns(ctx context.Context) {
	again := time.NewTicker(turnsEvery)
	defer again.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-again.C:
		}
		g.desk.mu.Lock()
		turned := slices.Sorted(maps.Keys(g.desk.turned))
		clear(g.desk.turned)
		g.desk.mu.Unlock()
		if len(turned) > 0 {
			g.Tell(ctx, Change{Turned: turned})
		}
	}
}
