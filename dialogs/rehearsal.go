package dialogs

import (
	"errors"
	"reflect"
	"slices"
	"strings"
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

// Say takes what the person writes, or what a note in brackets says: "[file
// NAME]", "[aside need]" or another aside before a text, "[identified]" and
// "[resume]" alone. Somebody identified is confirmed from then on.
func (r *Rehearsal) Say(text string) (Output, error) {
	r.silent, r.nudges = 0, 0
	in := noted(text)
	if in.Event == Identified && !r.Facts.confirmed() {
		r.Facts.Identity = "confirmed"
	}
	return r.turn(in)
}

// noted is a line with its notes read. Other words in brackets are text.
func noted(line string) Input {
	in := Input{Event: Said, Text: line}
	for strings.HasPrefix(in.Text, "[") {
		note, rest, _ := strings.Cut(in.Text[1:], "]")
		switch name, of, _ := strings.Cut(note, " "); {
		case name == "file" && of != "":
			in.Files = append(in.Files, of)
		case note == "aside need":
			in.Aside = Need
		case note == "aside question":
			in.Aside = Question
		case note == "aside signpost":
			in.Aside = Signpost
		case note == "aside person":
			in.Aside = Person
		case note == "identified":
			in.Event = Identified
		case note == "resume":
			in.Event = Resume
		default:
			return in
		}
		in.Text = strings.TrimSpace(rest)
	}
	return in
}

// Wait lets time pass without a word: every nudge and the expiry that fall
// due in it come, each in its turn. Their messages are those of the Output.
func (r *Rehearsal) Wait(d time.Duration) (Output, error) {
	r.silent += d
	out := Output{State: r.state}
	for event, due := r.due(); due; event, due = r.due() {
		if event == Nudge {
			r.nudges++
		}
		next, err := r.turn(Input{Event: event})
		if err != nil {
			return out, err
		}
		next.Messages = append(out.Messages, next.Messages...)
		out = next
	}
	return out, nil
}

// due is what the silence asks for now. Nudges come before the expiry.
func (r *Rehearsal) due() (Event, bool) {
	if n := r.Dialog.Nudges; r.nudges < len(n) && r.silent >= n[r.nudges] {
		return Nudge, r.state.Outcome == ""
	}
	return Lapse, r.silent >= r.Dialog.Expire.After && r.state.Outcome == ""
}

// State is the state as it is now.
func (r *Rehearsal) State() State { return r.state }

// turn advances until the dialog waits for the person or has ended.
func (r *Rehearsal) turn(in Input) (Output, error) {
	in.Facts = r.Facts
	var messages []Message
	var aside Aside
	for {
		out, err := r.Dialog.advance(r.state, in, r.trace)
		if err != nil {
			return out, err
		}
		if r.state, err = reload(out.State); err != nil {
			return out, err
		}
		messages, aside = append(messages, out.Messages...), max(aside, out.Aside)
		if out.Call == nil {
			out.Messages, out.Aside = messages, aside
			return out, nil
		}
		in.Event, in.Result = Answered, r.Carry(*out.Call)
		in.Result.Step = out.Call.Step
	}
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
	if !reflect.DeepEqual(normal(s), normal(back)) {
		return s, errNotIdentical
	}
	return back, nil
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
	var repeated []*each
	for _, a := range s.Answers {
		switch step := &d.steps[a.Step]; {
		case step.each == nil:
			fields = append(fields, Field{Name: step.name, Value: a.Value})
		case !slices.Contains(repeated, step.each):
			repeated = append(repeated, step.each)
			fields = append(fields, Field{Name: step.each.variable, Value: d.itemsJSON(s, step.each)})
		}
	}
	if len(s.Files) > 0 {
		fields = append(fields, Field{Name: filesName, Value: Value{Kind: FileValue, Many: s.Files}})
	}
	return appendFields(nil, fields)
}

// filesName is under which answers list the files that no question asked for.
const filesName = "files"

// ResultsJSON is what the calls gave back, in the same form.
func (d *Dialog) ResultsJSON(s State) []byte {
	var fields []Field
	for _, r := range s.Results {
		if name := d.steps[r.Step].name; name != "" && !r.Failed {
			fields = append(fields, Field{Name: name, Value: r.Value})
		}
	}
	return appendFields(nil, fields)
}
