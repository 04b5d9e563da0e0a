package gateway

import (
	"context"
	"errors"
	"reflect"

	"parley/dialogs"
)

// attempts is how often a turn that lost its compare-and-set is made again.
const attempts = 10

// tryAgain makes a turn until it is committed, loading afresh after each lost
// compare-and-set.
func tryAgain(turn func() error) error {
	var err error
	for range attempts {
		if err = turn(); !errors.Is(err, ErrConflict) {
			return err
		}
	}
	return err
}

// earlier is what the attempts at a turn found out and need not ask again.
type earlier struct {
	calls   map[string]carried // by the step's key
	counted *Allowance         // the message, against its sender's limit
}

// carried is a call that was carried out.
type carried struct {
	call   dialogs.Call
	result dialogs.Result
}

func newEarlier() *earlier { return &earlier{calls: map[string]carried{}} }

// carry answers a call, from an earlier attempt if that asked for just the
// same. What writes is done each time: its rows are the attempt's own.
func (t *taking) carry(ctx context.Context, d *dialogs.Dialog, c Conversation, out dialogs.Output) dialogs.Result {
	call := *out.Call
	before, ok := t.earlier.calls[call.Key]
	if !ok || call.Write || !reflect.DeepEqual(before.call, call) {
		before = carried{call, t.call(ctx, d, c, out)}
		t.earlier.calls[call.Key] = before
	}
	t.results[call.Key] = before.result
	return before.result
}

// admit counts a message against its sender's limit, once, and returns the live
// state of a conversation in the same round trip. While the sessions are away
// there is no limit and no live state.
func (t *taking) admit(ctx context.Context, id ConversationID) (Live, Allowance) {
	sender := t.in.From.Value
	if t.earlier.counted != nil || t.turn.Finishes != "" {
		sender = ""
	}
	live, allowance, err := t.g.Sessions.Load(ctx, id, sender, t.in.ProviderID)
	if err != nil {
		live, allowance = Live{}, Allowed
	}
	if t.earlier.counted == nil {
		t.earlier.counted = &allowance
	}
	return live, *t.earlier.counted
}
