package gateway

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"parley/dialogs"
)

// Difference is one way in which a draft of a dialog would have held a
// conversation otherwise than it was held. It quotes nothing of what was said.
type Difference struct {
	Conversation ConversationID `json:"conversation"`
	Turn         int            `json:"turn"` // after which it shows, from 1
	Step         string         `json:"step"`
	Kind         DifferenceKind `json:"kind"`
	Detail       string         `json:"detail"`
}

// DifferenceKind says what would be otherwise.
type DifferenceKind string

// The kinds of differences.
const (
	AsksDifferently        DifferenceKind = "asks differently"
	UnderstandsDifferently DifferenceKind = "understands differently"
	EndsElsewhere          DifferenceKind = "ends elsewhere"
	AsksAgain              DifferenceKind = "asks again what was answered"
	CannotTell             DifferenceKind = "cannot be told" // the draft needs what nobody recorded
)

// DifferenceKinds lists them, as a report counts them.
func DifferenceKinds() []DifferenceKind {
	return []DifferenceKind{AsksDifferently, UnderstandsDifferently, EndsElsewhere, AsksAgain, CannotTell}
}

// Try holds a recorded conversation once more, on a draft of its dialog, and
// tells what would be otherwise. The draft leads: whenever it waits, it gets
// what the person wrote when that same question waited, in the same order.
// held is the version that the conversation was held on; it must repeat what
// was recorded, else the error says so.
func Try(held, draft *dialogs.Dialog, records []Record) ([]Difference, error) {
	past, err := recall(held, records)
	if err != nil || len(past.turns) == 0 {
		return nil, err
	}
	t := trial{held: held, draft: draft, past: past, found: map[Difference]bool{}}
	t.run()
	return t.differences, nil
}

// past is a conversation as it was held.
type past struct {
	turns   []pastTurn
	said    map[string][]int          // the turns in which the person wrote, or gave proof, while a step waited
	results map[string]dialogs.Result // of calls, by the step's key: the latest stands
}

// pastTurn is one turn: what it rested on, and where the dialog waited after.
type pastTurn struct {
	record *Record
	before string // the step that waited
	after  string // the step that then waits; empty when the dialog has ended
	state  dialogs.State
}

func recall(held *dialogs.Dialog, records []Record) (past, error) {
	p := past{said: map[string][]int{}, results: map[string]dialogs.Result{}}
	var state dialogs.State
	for i := range records {
		r := &records[i]
		if r.Beside {
			continue
		}
		before := held.Waits(state)
		if r.Event == dialogs.Begin {
			before = ""
		}
		out, err := repeat(held, state, r, r.Results)
		if err != nil {
			return p, fmt.Errorf("repeating turn %d: %w", i+1, err)
		}
		state = out.State
		maps.Copy(p.results, r.Results)
		p.turns = append(p.turns, pastTurn{record: r, before: before, after: held.Waits(state), state: state})
		if r.Event == dialogs.Said || r.Event == dialogs.Identified {
			p.said[before] = append(p.said[before], i)
		}
	}
	return p, nil
}

// last is how the conversation stands after all that was recorded.
func (p *past) last() *pastTurn { return &p.turns[len(p.turns)-1] }

// answered reports whether a question was ever answered.
func (p *past) answered(held *dialogs.Dialog, step string) bool {
	return slices.ContainsFunc(p.turns, func(t pastTurn) bool {
		_, ok := held.Answered(t.state, step)
		return ok
	})
}

// trial is a conversation on the draft.
type trial struct {
	held, draft *dialogs.Dialog
	past        past
	state       dialogs.State
	turn        int // the past turn whose input the draft took last
	differences []Difference
	found       map[Difference]bool
}

// differ notes a difference, the same one once.
func (t *trial) differ(kind DifferenceKind, step, format string, values ...any) {
	d := Difference{Turn: t.turn + 1, Step: step, Kind: kind, Detail: fmt.Sprintf(format, values...)}
	same := d
	same.Turn = 0
	if !t.found[same] {
		t.found[same] = true
		t.differences = append(t.differences, d)
	}
}

func (t *trial) run() {
	if !t.take(0) {
		return
	}
	for t.draft.Waits(t.state) != "" {
		i, ok := t.next()
		if !ok {
			return
		}
		step := t.past.turns[i].before
		if !t.take(i) {
			return
		}
		t.compareAnswer(i, step)
	}
	if was := t.past.turns[t.turn].after; was != "" {
		t.differ(AsksDifferently, was, "is not asked any more")
	}
	if was := t.past.last().state.Outcome; was != t.state.Outcome {
		if was == "" {
			was = "was open"
		}
		t.differ(EndsElsewhere, t.past.last().before, "the draft ends: %s; the conversation: %s", t.state.Outcome, was)
	}
}

// take gives the draft the input of a past turn, and reports whether it could
// go on with it.
func (t *trial) take(i int) bool {
	t.turn = i
	out, err := repeat(t.draft, t.state, t.past.turns[i].record, t.past.results)
	switch given := (*dialogs.GivenError)(nil); {
	case errors.As(err, &given):
		t.differ(CannotTell, given.Name, "the draft has no such question to be given an answer to")
		return false
	case errors.Is(err, errNotRecorded):
		t.differ(CannotTell, t.draft.Waits(out.State), "the draft makes a call that was not made: %s", out.Call.Name)
		return false
	case err != nil:
		t.differ(CannotTell, t.draft.Waits(t.state), "the draft cannot take this turn")
		return false
	}
	t.state = out.State
	return true
}

// next is the past turn in which the person wrote to the question that the
// draft asks now.
func (t *trial) next() (int, bool) {
	step, was := t.draft.Waits(t.state), t.past.turns[t.turn].after
	switch {
	case step == was, step == t.past.turns[t.turn].before: // or it was not understood
	case was == "":
		t.differ(AsksDifferently, step, "where the conversation had ended")
	default:
		t.differ(AsksDifferently, step, "where %q was asked", was)
	}
	if list := t.past.said[step]; len(list) > 0 {
		t.past.said[step] = list[1:]
		return list[0], true
	}
	switch last := t.past.last(); {
	case last.after == step: // nobody has answered it yet
	case last.after == "" && last.before == step && last.record.Event == dialogs.Lapse:
	case t.past.answered(t.held, step):
		t.differ(AsksAgain, step, "what the person had told us already")
	default:
		t.differ(AsksDifferently, step, "which nobody was asked: how the conversation would go on is not known")
	}
	return 0, false
}

// compareAnswer notes where the draft makes something else of the same words.
func (t *trial) compareAnswer(i int, step string) {
	before, after := t.held, t.past.turns[i]
	was, had := before.Answered(after.state, step)
	is, has := t.draft.Answered(t.state, step)
	switch {
	case had && !has:
		t.differ(UnderstandsDifferently, step, "the draft does not take the answer that was taken")
	case has && !had:
		t.differ(UnderstandsDifferently, step, "the draft takes an answer that was not taken")
	case was != is:
		t.differ(UnderstandsDifferently, step, "the draft reads another value")
	}
}
