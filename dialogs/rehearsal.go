package dialogs

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"time"
)

// Rehearsal holds a dialog with somebody without a gateway around it: for
// transcripts, and to try a dialog in a terminal. Between every two turns the
// state is written out, read back and checked to be the same.
type Rehearsal struct {
	Dialog *Dialog
	Facts  Facts
	// Carry answers the dialog's calls.
	Carry func(Call) Result

	state  State
	silent time.Duration // since the person last wrote
	nudges int
	trace  func(step int, held bool)
}

// errNotIdentical says that a state came back from its bytes another.
var errNotIdentical = errors.New("the state read back is not the state written")

// Begin starts the dialog.
func (r *Rehearsal) Begin() (Output, error) { return r.turn(Input{Event: Begin}) }

// Say takes what the person writes.
func (r *Rehearsal) Say(text string) (Output, error) {
	r.silent, r.nudges = 0, 0
	return r.turn(Input{Event: Said, Text: text})
}

// Wait lets time pass without a word, with the nudges and the expiry in it.
func (r *Rehearsal) Wait(d time.Duration) (Output, error) {
	r.silent += d
	if r.silent >= r.Dialog.Expire.After {
		return r.turn(Input{Event: Lapse})
	}
	if r.nudges < len(r.Dialog.Nudges) && r.silent >= r.Dialog.Nudges[r.nudges] {
		r.nudges++
		return r.turn(Input{Event: Nudge})
	}
	return Output{State: r.state}, nil
}

// State is the state as it is now.
func (r *Rehearsal) State() State { return r.state }

func (r *Rehearsal) turn(in Input) (Output, error) {
	in.Facts = r.Facts
	out, err := r.Dialog.advance(r.state, in, r.trace)
	if err != nil {
		return out, err
	}
	messages := out.Messages
	for out.Call != nil {
		in.Event, in.Result = Answered, r.Carry(*out.Call)
		in.Result.Step = out.Call.Step
		if out, err = r.Dialog.advance(out.State, in, r.trace); err != nil {
			return out, err
		}
		messages = append(messages, out.Messages...)
	}
	out.Messages = messages
	r.state, err = reload(out.State)
	return out, err
}

// reload writes a state out and reads it back.
func reload(s State) (State, error) {
	written, err := s.MarshalBinary()
	if err != nil {
		return s, err
	}
	var back State
	if err := back.UnmarshalBinary(written); err != nil {
		return s, err
	}
	again, err := back.MarshalBinary()
	if err == nil && (!bytes.Equal(written, again) || !reflect.DeepEqual(normal(s), normal(back))) {
		err = fmt.Errorf("%w: %+v, %+v", errNotIdentical, s, back)
	}
	return back, err
}

// normal makes empty lists nil, so that states compare by what they hold.
func normal(s State) State {
	if len(s.Answers) == 0 {
		s.Answers = nil
	}
	if len(s.Results) == 0 {
		s.Results = nil
	}
	return s
}

// AnswersJSON is what the person answered, as a JSON object in the order of
// the steps; a space follows each colon and comma.
func (d *Dialog) AnswersJSON(s State) []byte {
	fields := make([]Field, 0, len(s.Answers))
	for _, a := range s.Answers {
		fields = append(fields, Field{Name: d.names[a.Step], Value: a.Value})
	}
	return appendFields(nil, fields)
}

// ResultsJSON is what the calls gave back, in the same form.
func (d *Dialog) ResultsJSON(s State) []byte {
	var fields []Field
	for _, r := range s.Results {
		if name := d.names[r.Step]; name != "" && !r.Failed {
			fields = append(fields, Field{Name: name, Value: r.Value})
		}
	}
	return appendFields(nil, fields)
}
