package gateway

import (
	"errors"
	"fmt"

	"parley/dialogs"
)

// errNotRecorded says that a dialog asks for what the turn did not ask for: it
// is another version than the one that was recorded.
var errNotRecorded = errors.New("the dialog makes a call that the turn did not make")

// Replay repeats the recorded turns of a conversation, the first one first, and
// returns the state after the last. With the dialog version that the
// conversation was held on, that is the state that was stored.
func Replay(d *dialogs.Dialog, records []Record) (dialogs.State, error) {
	var state dialogs.State
	for i, r := range records {
		in := dialogs.Input{Event: r.Event, Text: r.Text, Files: r.Files, Lost: r.Lost, Aside: r.Aside, Facts: r.Facts}
		for {
			out, err := d.Advance(state, in)
			if err != nil {
				return state, fmt.Errorf("repeating turn %d: %w", i+1, err)
			}
			if state = out.State; out.Call == nil {
				break
			}
			result, ok := r.Results[out.Call.Key]
			if !ok {
				return state, fmt.Errorf("repeating turn %d: %w", i+1, errNotRecorded)
			}
			in.Event, in.Result = dialogs.Answered, result
		}
	}
	return state, nil
}
