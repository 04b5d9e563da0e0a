package dialogs

import (
	"errors"
	"fmt"
	"slices"

	"parley/dialogs/answers"
	"parley/templates"
)

// Event is what happened to a conversation.
type Event int

// The events. Answered brings the result of the Call that the last Output
// asked for; Identified says that the person has now shown who they are; Came
// that they have come to another page, where the question is to be shown; Resume
// that what they asked in between has been answered.
const (
	Begin Event = iota
	Said
	Answered
	Nudge
	Lapse
	Identified
	Resume
	Came
	Handed
)

// Aside is what a person's message is about beside the dialog that it reaches,
// as far as the caller can tell and can do something about it.
type Aside int

// A whole other need waits until this dialog has ended; a question is answered
// at once, while this dialog waits. Where others deal with it, the caller says
// who, before the question is asked again. A wish for a Person ends the dialog as the
// word does.
const (
	NoAside Aside = iota
	Need
	Question
	Signpost
	Person
)

// Input is everything that an advance depends on beside the state.
type Input struct {
	Event  Event
	Text   string   // Said, and Begin by the person: what they wrote
	Files  []string // with it: ids of the files that came and are kept
	Lost   int      // with it: how many files came that could not be taken
	Aside  Aside    // Said: what else it is about
	Result Result   // Answered: Step, and Value or Failed
	Again  string   // Handed: the name of a question; empty: none
	Facts  Facts
}

// Facts are what is known around a turn. They are recorded with it, so that
// it can be repeated.
type Facts struct {
	Today     answers.Date       `json:"today"` // in Europe/London
	Channel   string             `json:"channel"`
	Identity  string             `json:"identity"` // unknown, known, confirmed, checked
	Discreet  bool               `json:"discreet,omitempty"`
	ByUs      bool               `json:"by_us,omitempty"`    // we began this conversation
	Role      string             `json:"role,omitempty"`     // paying parent, receiving parent; empty: nobody is known
	Nation    string             `json:"nation,omitempty"`   // england, wales, scotland, northern ireland; empty: not known
	HandoffBy answers.Date       `json:"handoff_by"`         // the date to promise when a person takes over
	Language  templates.Language `json:"language"`           // Begin: the person's own. Later turns speak State.Language
	Matter    string             `json:"matter,omitempty"`   // Begin: what it is about in a few words, where it waited behind another; said first
	Given     map[string]string  `json:"given,omitempty"`    // Begin and Handed: answers already known, as a person would write them. Said: what the text comes to, if it is no answer
	Children  []Child            `json:"children,omitempty"` // on the case, for somebody confirmed only
}

// roles and nations are what Facts can say of a person, empty included.
func roles() []string   { return []string{"", "paying parent", "receiving parent"} }
func nations() []string { return []string{"", "england", "wales", "scotland", "northern ireland"} }

// confirmed reports whether the person has shown who they are.
func (f *Facts) confirmed() bool { return f.Identity == "confirmed" || f.Identity == "checked" }

// Child is what a dialog may know of a child on the case.
type Child struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Age    int    `json:"age"`    // in whole years
	Nights int    `json:"nights"` // a year with the paying parent
}

// Output is what an advance leads to.
type Output struct {
	State    State
	Messages []Message
	Call     *Call // advance again with its result
	End      *End
	// Aside is what the caller has to do about the message beside: keep a Need
	// for later, answer a Question now and then Resume, or say who deals with it (a
	// Signpost) before the messages. With a Call it is said once, before the call.
	Aside Aside
}

// End says how a dialog ended.
type End struct {
	Outcome string // as the script names it, or "handoff", "expired" or "done"
	Handoff bool   // a person takes over
	Next    string // the dialog that this one leads to, or none
	Reason  string // why: "asked", "retries", "lapsed", or the call or step that ended it
}

// String is how transcripts write it: "chosen next income-change".
func (e *End) String() string {
	if e.Next == "" {
		return e.Outcome
	}
	return e.Outcome + " next " + e.Next
}

// Why a state cannot be advanced: faults of the caller.
var (
	errNoPromise = errors.New("there is no date by which a person would take over")
	errEnded     = errors.New("the dialog has ended")
	errMisfit    = errors.New("the state is not one of this dialog")
	errNoCall    = errors.New("the dialog waits for no such call")
	errNoResult  = errors.New("the result is not what the call gives")
	errNoEvent   = errors.New("there is no such event")
)

// Advance is one step of the fold. The same state and input always give the
// same output, and neither is changed. The error means a fault of the caller,
// such as a state of another dialog; it is never about what a person wrote. At
// Begin and Handed it is a *GivenError when a given fact is at fault.
func (d *Dialog) Advance(state State, in Input) (Output, error) {
	return d.advance(state, in, nil)
}

// advance tells trace, when there is one, of every step it comes to and
// whether its condition held.
func (d *Dialog) advance(state State, in Input, trace func(step int, held bool)) (Output, error) {
	t := turn{dialog: d, in: in, state: state, trace: trace}
	t.state.Answers = append(make([]Answer, 0, len(state.Answers)+2), state.Answers...) // with room for this turn's
	t.state.Results = slices.Clone(state.Results)
	if err := t.take(); err != nil {
		return Output{}, fmt.Errorf("dialog %s: %w", d.Name, err)
	}
	return Output{State: t.state, Messages: t.messages, Call: t.call, End: t.end, Aside: t.aside}, nil
}

// fits reports whether a state could be one of this dialog.
func (d *Dialog) fits(s *State) bool {
	if s.Step < 0 || s.Step >= len(d.steps) {
		return false
	}
	waits := d.steps[s.Step].kind
	switch {
	case s.Proof && (!d.steps[s.Step].record || s.Pending.Doubt != noDoubt):
		return false
	case !s.Proof && waits != askStep && waits != checkStep && waits != callStep:
		return false
	case s.Pending.Doubt != noDoubt && waits != askStep:
		return false
	}
	of := func(step int, kinds ...stepKind) bool {
		return step >= 0 && step < len(d.steps) && slices.Contains(kinds, d.steps[step].kind)
	}
	for _, a := range s.Answers {
		if !of(a.Step, askStep, setStep) {
			return false
		}
	}
	for _, r := range s.Results {
		if !of(r.Step, callStep) {
			return false
		}
	}
	return true
}
