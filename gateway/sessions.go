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
	// trip, counts one message from sender against its limit. The sender is an
	// address and is kept as a keyed hash only; the empty sender counts
	// nothing. A conversation without live state, and the empty id, give a Live
	// of turn 0. ErrSessionsAway when the
	// store of sessions cannot be reached: the limit is then open.
	Load(ctx context.Context, id ConversationID, sender string) (Live, Allowance, error)

	// Save keeps the live state for a while, unless a later turn is there.
	Save(ctx context.Context, id ConversationID, live Live) error

	// Drop forgets a conversation that has ended.
	Drop(ctx context.Context, id ConversationID) error
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

// Limit is how many messages one sender may send in a window.
type Limit struct {
	Messages int
	Window   time.Duration
}

// ErrSessionsAway says that the live store cannot be reached.
var ErrSessionsAway = errors.New("the session store is away")
