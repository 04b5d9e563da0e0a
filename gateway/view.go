package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
)

// TurnSeen is what is known of a turn beside its messages.
type TurnSeen struct {
	Turn    int
	At      time.Time
	Reading Reading           // of what the person wrote in it
	Staff   directory.StaffID // who acted in it; empty: nobody of ours
	Act     Act
}

// View returns a conversation as a caseworker may see it, with what was
// answered so far.
func (g *Gateway) View(ctx context.Context, id ConversationID) (ConversationView, error) {
	v, err := g.Store.ConversationView(ctx, id)
	if err != nil {
		return v, err
	}
	d, err := g.library.version(ctx, g.Store, v.Version)
	var state dialogs.State
	switch {
	case errors.Is(err, errUnloadable), v.Turn == 0, state.UnmarshalBinary(v.State) != nil:
		v.Answers = []byte("{}")
	case err != nil:
		return v, fmt.Errorf("viewing conversation %s: %w", id, err)
	default:
		v.Answers = d.AnswersJSON(state)
		_, v.Step = d.Progress(state)
	}
	return v, nil
}
