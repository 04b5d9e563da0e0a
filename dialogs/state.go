package dialogs

import (
	"slices"

	"parley/templates"
)

// State is a conversation as of a turn: what has been answered, and where the
// dialog waits. It is a value: Advance returns a new one.
type State struct {
	Version  string // of the dialog that made it
	Language templates.Language
	Step     int      // the step that waits for an answer
	Tries    int      // answers to it that could not be read
	Answers  []Answer // in the order of the steps
	Results  []Result
	Children []string // the ids of the children on the case, as they were at the beginning
	Files    []string // ids of the files that the person sent and no question asked for
	Spoken   bool     // something has been said to the person
	Proof    bool     // the step waits until the person has shown who they are
	Owed     owed     // what must be said with the next message
	Said     steps    // say steps that need not be said again
	Given    steps    // ask steps whose answers were given at the beginning, not by the person
	Pending  Pending
	Outcome  string // how the dialog ended; empty while it runs
}

// Answer is the value of an ask or set step.
type Answer struct {
	Step  int
	Value Value
}

// Result is what a call gave back.
type Result struct {
	Step   int
	Failed bool
	Value  Value
}

// Pending is an answer that is taken once a doubt about it is settled.
type Pending struct {
	Doubt doubt
	Value Value
}

// doubt is what must be asked about an answer before it is taken.
type doubt uint8

const (
	noDoubt  doubt = iota
	meant          // whether it was meant
	howOften       // how often the amount is paid
)

// owed are standing phrases that go before the next message: the turn that
// owes them may have to wait for a call before it says anything.
type owed uint8

const (
	owesKept owed = 1 << iota // that files are kept
	owesLost                  // that files could not be taken
	owesSome                  // that some of the files could not be taken
	owesNeed                  // that another need will have its turn
	owesMore                  // the first that there is not
)

// maxSteps is how many steps one dialog may have, those of the dialogs that it
// runs and the repeated ones of each counted.
const maxSteps = 256

// steps is a set of step indices.
type steps [maxSteps / 64]uint64

func (s *steps) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }
func (s *steps) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s *steps) remove(i int)   { s[i/64] &^= 1 << (i % 64) }

// answer returns the value of an ask or set step.
func (s *State) answer(step int) (Value, bool) {
	for i := range s.Answers {
		if s.Answers[i].Step == step {
			return s.Answers[i].Value, true
		}
	}
	return Value{}, false
}

// setAnswer keeps answers in step order.
func (s *State) setAnswer(step int, v Value) {
	s.Given.remove(step)
	for i := range s.Answers {
		switch {
		case s.Answers[i].Step == step:
			s.Answers[i].Value = v
			return
		case s.Answers[i].Step > step:
			s.Answers = slices.Insert(s.Answers, i, Answer{Step: step, Value: v})
			return
		}
	}
	s.Answers = append(s.Answers, Answer{Step: step, Value: v})
}

func (s *State) result(step int) (Result, bool) {
	for _, r := range s.Results {
		if r.Step == step {
			return r, true
		}
	}
	return Result{}, false
}

// drop forgets what a step gave, and reports whether it had given anything.
func (s *State) drop(step int) bool {
	given := len(s.Answers) + len(s.Results)
	s.Given.remove(step)
	s.Answers = slices.DeleteFunc(s.Answers, func(a Answer) bool { return a.Step == step })
	s.Results = slices.DeleteFunc(s.Results, func(r Result) bool { return r.Step == step })
	return len(s.Answers)+len(s.Results) < given
}
