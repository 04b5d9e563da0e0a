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
	for i := range records {
		if records[i].Beside {
			continue
		}
		out, err := repeat(d, state, &records[i], records[i].Results)
		if err != nil {
			return state, fmt.Errorf("repeating turn %d: %w", i+1, err)
		}
		state = out.State
	}
	return state, nil
}

// repeat repeats one turn on a state. Calls get the results that were
// recorded, by the step's key.
func repeat(d *dialogs.Dialog, state dialogs.State, r *Record, results map[string]dialogs.Result) (dialogs.Output, error) {
	in := dialogs.Input{Event: r.Event, Text: r.Text, Files: r.Files, Lost: r.Lost, Aside: r.Aside, Again: r.Again, Facts: r.Facts}
	for {
		out, err := d.Advance(state, in)
		if err != nil || out.Call == nil {
			return out, err
		}
		result, ok := results[out.Call.Key]
		if !ok {
			return out, errNotRecorded
		}
		result.Step = out.Call.Step // the same call may stand elsewhere in another version
		in.Event, in.Result, state = dialogs.Answered, result, out.State
	}
}
