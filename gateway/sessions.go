package gateway

import (
	"context"
	"errors"
	"time"
)

// Sessions is the live copy of conversations, with the limits that protect the
// service. It may lose everything at any moment: the Store has it all.
// Implementations bound every call in time, and after a failure answer
// ErrSessionsAway at once for a while rather than make each turn wait.
//
// gatewaytest.Sessions is the suite that proves an implementation.
type Sessions interface {
	// Load returns the live state of a conversation and, in the same round
	// trip, counts a message from sender against its limit: copies of it, by its
	// provider's id, count once. Both are kept as keyed hashes only; the empty
	// sender counts nothing. A conversation without live state, and the empty id, give a Live
	// of turn 0. ErrSessionsAway when the
	// store of sessions cannot be reached: the limit is then open.
	Load(ctx context.Context, id ConversationID, sender, message string) (Live, Allowance, error)

	// Save keeps the live state for a while, unless a later turn is there.
	Save(ctx context.Context, id ConversationID, live Live) error

	// Drop forgets a conversation that has ended.
	Drop(ctx context.Context, id ConversationID) error

	// Try counts one try of each sender and reports whether all of them were
	// within the limit; tries beyond it count too. Untry takes one try of each
	// back. ErrSessionsAway when nothing can be counted.
	Try(ctx context.Context, limit Limit, senders ...string) (bool, error)
	Untry(ctx context.Context, senders ...string) error

	// Once reports whether by is the first in the window to take something, and
	// tells whoever took it so again: what is done over is not refused.
	// ErrSessionsAway when nothing can be taken.
	Once(ctx context.Context, something, by string, window time.Duration) (bool, error)
}

// Live is a conversation's state as of a turn.
type Live struct {
	Turn  int
	State []byte
}

// Allowance is where a sender stands against the inbound limit.
type Allowance int

// Within the limit; the message that first goes over it, which is answered
// once; and those after it, which are recorded in silence.
const (
	Allowed Allowance = iota
	FirstOver
	Over
)

// Limit is how many messages one sender may send, or how often they may try, in
// a window.
type Limit struct {
	Messages int
	Window   time.Duration
}

// ErrSessionsAway says that the live store cannot be reached.
var ErrSessionsAway = errors.New("the session store is away")
