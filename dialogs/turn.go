package dialogs

import (
	"fmt"
	"slices"
	"strings"

	"github.com/expr-lang/expr/vm"

	"parley/dialogs/answers"
	"parley/templates"
)

// turn is one advance in the making.
type turn struct {
	dialog   *Dialog
	in       Input
	state    State
	messages []Message
	call     *Call
	end      *End
	aside    Aside
	doubted  reading        // an answer that was volunteered to the question
	doubtful int            // of this step, and must be asked about
	facts    map[string]any // for conditions; made when first needed
	factsOf  item           // for whose steps the facts are
	trace    func(step int, held bool)
}

// take does what the event asks for. A conversation that waits for a call
// asks for its result again, unless it ends.
func (t *turn) take() error {
	switch {
	case !t.in.Facts.HandoffBy.Valid():
		return errNoPromise
	case t.in.Event == Begin:
		return t.begin()
	case t.state.Outcome != "":
		return errEnded
	case !t.dialog.fits(&t.state):
		return errMisfit
	}
	t.meet()
	switch t.in.Event {
	case Said:
		return t.said()
	case Answered:
		return t.answered()
	case Nudge:
		return t.resume(standing(t.state.Language, sayWaiting))
	case Resume:
		return t.resume(standing(t.state.Language, sayBack))
	case Came:
		return t.resume("")
	case Identified:
		return t.identified()
	case Handed:
		return t.handed()
	case Lapse:
		t.lapse()
		return nil
	}
	return errNoEvent
}

// calls reports whether the conversation waits for a call.
func (t *turn) calls() bool {
	return t.dialog.steps[t.state.Step].kind == callStep && !t.state.Proof
}

// resume asks again for what waits, after some words.
func (t *turn) resume(before string) error {
	if t.calls() {
		return t.run(t.state.Step)
	}
	return t.again(before)
}

// identified goes on where proof was asked for. Elsewhere nothing waits for it.
func (t *turn) identified() error {
	switch {
	case t.calls():
		return t.run(t.state.Step)
	case t.state.Proof:
		return t.again("")
	}
	return nil
}

// handed takes what was agreed with a member of staff, as CHANGE would, and goes
// on at the first question that is open.
func (t *turn) handed() error {
	facts := t.in.Facts
	facts.Language = t.state.Language
	given, err := t.dialog.given(facts)
	if err != nil {
		return err
	}
	from := t.state.Step
	for _, a := range given {
		t.drop(a.Step)
		from = min(from, a.Step)
	}
	for _, a := range given {
		t.state.setAnswer(a.Step, a.Value)
		t.state.Given.add(a.Step)
	}
	if t.in.Again != "" {
		i, ok := t.dialog.question(t.in.Again)
		if !ok {
			return &GivenError{Name: t.in.Again}
		}
		t.drop(i)
		from = min(from, i)
	}
	if len(given) == 0 && t.in.Again == "" {
		return t.resume(standing(t.state.Language, sayBack))
	}
	return t.run(from)
}

func (t *turn) begin() error {
	t.state = State{Version: t.dialog.Version, Language: t.dialog.Spoken(t.in.Facts.Language)}
	t.meet()
	given, err := t.dialog.given(t.in.Facts)
	if err != nil {
		return err
	}
	for _, a := range given {
		t.state.setAnswer(a.Step, a.Value)
		t.state.Given.add(a.Step)
	}
	t.receive()
	t.volunteered(t.in.Text)
	return t.run(0)
}

// meet counts the children on the case, once they are known: they keep their
// numbers from then on.
func (t *turn) meet() {
	if len(t.state.Children) > 0 {
		return
	}
	for _, c := range t.in.Facts.Children {
		t.state.Children = append(t.state.Children, c.ID)
	}
}

// Spoken is the person's own language where the dialog has it, else the dialog's own.
func (d *Dialog) Spoken(own templates.Language) templates.Language {
	if slices.Contains(d.Languages, own) {
		return own
	}
	return d.Languages[0]
}

func (t *turn) context() answers.Context {
	return answers.Context{Today: t.in.Facts.Today, Language: t.state.Language}
}

// run goes through the steps from one on, until one waits or the dialog ends.
func (t *turn) run(from int) error {
	machine := t.dialog.machine()
	defer t.dialog.putMachine(machine)
	t.state.Tries, t.state.Pending, t.state.Proof = 0, Pending{}, false
	for i := from; i < len(t.dialog.steps); i++ {
		s := &t.dialog.steps[i]
		t.state.Step = i
		hidden, err := t.hidden(machine, s)
		if err != nil {
			return err
		}
		if hidden {
			t.state.Proof = true
			return t.again("")
		}
		holds, err := t.applies(machine, s)
		if err != nil {
			return err
		}
		if t.trace != nil {
			t.trace(i, holds)
		}
		if !holds {
			t.drop(i) // what no longer applies
			continue
		}
		waits, err := t.visit(i, s)
		if waits || err != nil {
			return err
		}
		if s.end != "" && s.part != "" && s.kind != handoffStep { // the dialog that is run has ended, not this one
			t.dropBetween(i+1, s.after)
			i = s.after - 1
			continue
		}
		if s.end != "" {
			t.finish(End{Outcome: s.end, Handoff: s.kind == handoffStep, Next: s.next, Reason: s.key})
			return nil
		}
	}
	t.finish(End{Outcome: "done"})
	return nil
}

// applies reports whether a step is to be done: there is such an item, and its
// condition holds.
func (t *turn) applies(machine *vm.VM, s *step) (bool, error) {
	if s.each != nil && !t.has(s.each, s.item) {
		return false, nil
	}
	if s.when == nil {
		return true, nil
	}
	holds, err := s.when.holds(machine, t.env(s))
	if err != nil {
		return false, fmt.Errorf("step %s: %w", s.key, err)
	}
	return holds, nil
}

// dropBetween drops what steps gave that are passed by.
func (t *turn) dropBetween(from, to int) {
	for i := from; i < to; i++ {
		t.drop(i)
	}
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
			t.raise(i, s)
			return true, t.again("")
		}
	case checkStep:
		return true, t.again("")
	case setStep:
		return false, t.set(i, s)
	case callStep:
		if _, called := t.state.result(i); !called {
			t.call = t.makeCall(i, s)
			return true, nil
		}
	case handoffStep:
		return false, t.sayHandoff(s)
	}
	return false, nil
}

// answered takes the result of a call and goes on.
func (t *turn) answered() error {
	r, s := t.in.Result, &t.dialog.steps[t.state.Step]
	if r.Step != t.state.Step || !t.calls() {
		return errNoCall
	}
	call, _ := signatureOf(s.call)
	switch {
	case r.Failed:
		r.Value = Value{}
	case !r.Value.like(call.example):
		return errNoResult
	}
	t.drop(r.Step)
	t.state.Results = append(t.state.Results, r)
	t.facts = nil
	if r.Failed && s.fails == "handoff" {
		t.handoff(s.call + " failed")
		return nil
	}
	return t.run(r.Step + 1)
}

func (t *turn) makeCall(i int, s *step) *Call {
	c := &Call{Name: s.call, Step: i, Key: s.path(), Write: s.writes}
	for _, b := range s.with {
		c.With = append(c.With, Field{Name: b.param, Value: t.passedOn(b)})
	}
	return c
}

// passedOn is what a binding passes to a call: nothing where there is no answer.
func (t *turn) passedOn(b binding) Value {
	list := Value{Kind: ListValue}
	for _, i := range b.steps {
		v, known := t.state.answer(i)
		switch {
		case !b.list:
			return v
		case known:
			list.Fields = append(list.Fields, Field{Value: v})
		}
	}
	if b.list {
		return list
	}
	return Text(b.words)
}

// drop forgets what a step gave, with all that was worked out from it, and
// lets the words that read it be said again.
func (t *turn) drop(i int) {
	if !t.state.drop(i) {
		return
	}
	t.facts = nil
	for j := i + 1; j < len(t.dialog.steps); j++ { // a step reads only what stands above it
		s := &t.dialog.steps[j]
		if !slices.Contains(s.reads, i) {
			continue
		}
		t.state.Said.remove(j)
		if s.kind == setStep || s.kind == callStep {
			t.drop(j)
		}
	}
}

func (t *turn) finish(e End) {
	t.end = &e
	t.state.Outcome = e.Outcome
}

// handoff ends the dialog with a person taking over by a date.
func (t *turn) handoff(reason string) {
	t.sayStanding("handoff", t.promise())
	t.finish(End{Outcome: "handoff", Handoff: true, Reason: reason})
}

// promise says that a person takes over, and by when, and that what we were told
// is kept, where we were told anything. Whom nobody could contact is not promised
// it, but asked to call.
func (t *turn) promise() string {
	withKept, bare := sayHandoff, sayHandoffBare
	if !t.reachable() {
		withKept, bare = sayHandoffCall, sayHandoffBareCall
	}
	words := bare
	if t.told() {
		words = withKept
	}
	by := t.in.Facts.HandoffBy
	return standing(t.state.Language, words, "date", t.state.Language.Date(by.Year, by.Month, by.Day))
}

// told reports whether the person has told us anything yet: in the message that
// begins the dialog, in answers of their own, or in what could not be read. What
// is sent where a secret is wanted is not kept.
func (t *turn) told() bool {
	switch {
	case t.in.Event == Begin && strings.TrimSpace(t.in.Text) != "", len(t.state.Files) > 0, t.state.Pending.Doubt != noDoubt:
		return true
	case t.state.Tries > 0 && !t.state.Proof:
		return true
	}
	return slices.ContainsFunc(t.state.Answers, func(a Answer) bool {
		return t.dialog.steps[a.Step].kind == askStep && !t.state.Given.has(a.Step)
	})
}

// reachable reports whether a person could contact whoever it is: a visitor of
// web chat whom nobody knows only where they have said how.
func (t *turn) reachable() bool {
	return t.in.Facts.Identity != "unknown" || t.in.Facts.Channel != onWebChat ||
		slices.ContainsFunc(t.state.Answers, func(a Answer) bool { return t.dialog.steps[a.Step].answer.contacts() })
}

// lapse ends a conversation that has been silent for too long.
func (t *turn) lapse() {
	if t.dialog.Expire.Then == "handoff" {
		t.handoff("lapsed")
		return
	}
	t.sayStanding("expired", standing(t.state.Language, sayLapsed))
	t.finish(End{Outcome: "expired", Reason: "lapsed"})
}
