package dialogs

import (
	"errors"
	"fmt"

	"parley/dialogs/answers"
	"parley/templates"
)

// Event is what happened to a conversation.
type Event int

// The events. Answered brings the result of the Call that the last Output
// asked for.
const (
	Begin Event = iota
	Said
	Answered
	Nudge
	Lapse
)

// Input is everything that an advance depends on beside the state.
type Input struct {
	Event  Event
	Text   string // Said: what the person wrote
	Files  int    // Said: how many pictures or files came with it
	Result Result // Answered: Step, and Value or Failed
	Facts  Facts
}

// Facts are what is known around a turn. They are recorded with it, so that
// it can be repeated.
type Facts struct {
	Today     answers.Date       `json:"today"` // in Europe/London
	Channel   string             `json:"channel"`
	Identity  string             `json:"identity"` // unknown, known, confirmed, checked
	Discreet  bool               `json:"discreet,omitempty"`
	ByUs      bool               `json:"by_us,omitempty"` // we begin this conversation
	HandoffBy answers.Date       `json:"handoff_by"`      // the date to promise when a person takes over
	Language  templates.Language `json:"language"`        // Begin: the person's own
	Given     map[string]string  `json:"given,omitempty"` // Begin: answers already known, as a person would write them
}

// Output is what an advance leads to.
type Output struct {
	State    State
	Messages []Message
	Call     *Call // advance again with its result
	End      *End
}

// End says how a dialog ended.
type End struct {
	Outcome string // as the script names it, or "handoff" or "expired"
	Handoff bool   // a person takes over
	Reason  string // why: "asked", "retries", "lapsed", or the call or step that handed over
}

// errEnded says that a dialog that has ended cannot be advanced.
var errEnded = errors.New("the dialog has ended")

// Advance is one step of the fold. The same state and input always give the
// same output. It changes neither; the error means a fault in the script or
// the caller, never something a person wrote.
func (d *Dialog) Advance(state State, in Input) (Output, error) {
	return d.advance(state, in, nil)
}

// advance tells trace, when there is one, of every step it comes to and
// whether its condition held.
func (d *Dialog) advance(state State, in Input, trace func(step int, held bool)) (Output, error) {
	t := turn{dialog: d, in: in, state: state, trace: trace}
	t.state.Answers = append([]Answer(nil), state.Answers...)
	t.state.Results = append([]Result(nil), state.Results...)
	if state.Outcome != "" {
		return Output{}, errEnded
	}
	if err := t.take(); err != nil {
		return Output{}, fmt.Errorf("dialog %s: %w", d.Name, err)
	}
	return Output{State: t.state, Messages: t.messages, Call: t.call, End: t.end}, nil
}

// turn is one advance in the making.
type turn struct {
	dialog   *Dialog
	in       Input
	state    State
	messages []Message
	call     *Call
	end      *End
	facts    map[string]any // for conditions; made when first needed
	trace    func(step int, held bool)
}

func (t *turn) take() error {
	switch t.in.Event {
	case Begin:
		return t.begin()
	case Said:
		return t.said()
	case Answered:
		return t.answered()
	case Nudge:
		return t.nudge()
	case Lapse:
		t.lapse()
		return nil
	default:
		return fmt.Errorf("no event %d", t.in.Event)
	}
}

func (t *turn) begin() error {
	t.state = State{Version: t.dialog.Version, Language: t.language()}
	for name, text := range t.in.Facts.Given {
		if err := t.given(name, text); err != nil {
			return err
		}
	}
	return t.run(0)
}

// language is the person's own where the dialog has it.
func (t *turn) language() templates.Language {
	for _, l := range t.dialog.Languages {
		if l == t.in.Facts.Language {
			return l
		}
	}
	return t.dialog.Languages[0]
}

// GivenError says that a given fact is not the value of any question.
type GivenError struct {
	Name string
	Err  error // nil: there is no such question
}

// Error names the fact.
func (e *GivenError) Error() string {
	if e.Err == nil {
		return fmt.Sprintf("no question is called %q", e.Name)
	}
	return fmt.Sprintf("what is given for %q cannot be read: %v", e.Name, e.Err)
}

func (t *turn) given(name, text string) error {
	i, ok := t.dialog.asks[name]
	if !ok || t.dialog.steps[i].kind != askStep {
		return &GivenError{Name: name}
	}
	s := &t.dialog.steps[i]
	r, err := s.answer.read(text, &s.choices, t.context())
	if err != nil {
		return &GivenError{Name: name, Err: err}
	}
	t.state.setAnswer(i, r.value)
	return nil
}

func (t *turn) context() answers.Context {
	return answers.Context{Today: t.in.Facts.Today, Language: t.state.Language}
}

// run goes through the steps from one on, until one waits or the dialog ends.
func (t *turn) run(from int) error {
	machine := t.dialog.machine()
	defer t.dialog.putMachine(machine)
	t.state.Tries, t.state.Pending = 0, Pending{}
	for i := from; i < len(t.dialog.steps); i++ {
		s := &t.dialog.steps[i]
		t.state.Step = i
		holds := true
		if s.when != nil {
			var err error
			if holds, err = s.when.holds(machine, t.env()); err != nil {
				return err
			}
		}
		if t.trace != nil {
			t.trace(i, holds)
		}
		if !holds {
			t.drop(i) // an answer that no longer applies
			t.state.dropResult(i)
			continue
		}
		waits, err := t.visit(i, s)
		if waits || err != nil {
			return err
		}
		if s.end != "" {
			t.finish(&End{Outcome: s.end, Handoff: s.kind == handoffStep, Reason: s.key})
			return nil
		}
	}
	t.finish(&End{Outcome: "done"})
	return nil
}

// visit does one step and reports whether the dialog waits there.
func (t *turn) visit(i int, s *step) (waits bool, err error) {
	switch s.kind {
	case sayStep:
		if !t.state.Said.has(i) {
			t.state.Said.add(i)
			return false, t.say(s)
		}
	case askStep:
		if _, known := t.state.answer(i); !known {
			return true, t.ask(i)
		}
	case checkStep:
		return true, t.ask(i)
	case setStep:
		return false, t.set(i, s)
	case callStep:
		if _, called := t.state.result(i); !called {
			t.call = t.makeCall(i, s)
			return true, nil
		}
	case handoffStep:
		t.say1(s.key, standing(t.state.Language, sayHandoff, "date", t.promised()))
	}
	return false, nil
}

// answered takes the result of a call and goes on.
func (t *turn) answered() error {
	r := t.in.Result
	if r.Step >= len(t.dialog.steps) || t.dialog.steps[r.Step].kind != callStep {
		return fmt.Errorf("step %d is not a call", r.Step)
	}
	s := &t.dialog.steps[r.Step]
	t.state.dropResult(r.Step)
	t.state.Results = append(t.state.Results, r)
	if r.Failed && s.fails == "handoff" {
		t.handoff(s.call + " failed")
		return nil
	}
	if s.end != "" {
		t.finish(&End{Outcome: s.end, Reason: s.key})
		return nil
	}
	return t.run(r.Step + 1)
}

func (t *turn) makeCall(i int, s *step) *Call {
	c := &Call{Name: s.call, Step: i, Key: s.key}
	for _, b := range s.with {
		v := Text(b.words)
		if b.step >= 0 {
			v, _ = t.state.answer(b.step)
		}
		c.With = append(c.With, Field{Name: b.param, Value: v})
	}
	signature, _ := signature(s.call)
	c.Write = signature.Writes
	return c
}

// drop forgets an answer, and whatever was computed or said from it.
func (t *turn) drop(i int) {
	if t.state.dropAnswer(i) {
		t.forget(i)
	}
}

// forget drops the results that read a step, and lets the words that read it
// be said again.
func (t *turn) forget(i int) {
	t.facts = nil
	for j := range t.dialog.steps {
		s := &t.dialog.steps[j]
		if !contains(s.reads, i) {
			continue
		}
		t.state.Said.remove(j)
		if _, had := t.state.result(j); had {
			t.state.dropResult(j)
			t.forget(j)
		}
		if s.kind == setStep {
			t.drop(j)
		}
	}
}

func contains(list []int, i int) bool {
	for _, x := range list {
		if x == i {
			return true
		}
	}
	return false
}

func (t *turn) finish(e *End) {
	t.end = e
	t.state.Outcome = e.Outcome
}

// handoff ends the dialog with a person taking over by a date.
func (t *turn) handoff(reason string) {
	t.say1("handoff", standing(t.state.Language, sayHandoff, "date", t.promised()))
	t.finish(&End{Outcome: "handoff", Handoff: true, Reason: reason})
}

func (t *turn) promised() string { return Day(t.in.Facts.HandoffBy).words(t.state.Language) }
