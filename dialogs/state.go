package dialogs

import "parley/templates"

// State is a conversation as of a turn: what has been answered, and where the
// dialog waits. It is a value: Advance returns a new one.
type State struct {
	Version  string // of the dialog that made it
	Language templates.Language
	Step     int      // the step that waits for an answer
	Tries    int      // answers to it that could not be read
	Answers  []Answer // in the order of the steps
	Results  []Result
	Said     steps // say steps that need not be said again
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

// Pending is an answer that waits for one more word: whether it was meant, or
// how often an amount is paid.
type Pending struct {
	Question pendingQuestion
	Value    Value
}

type pendingQuestion uint8

const (
	nothingPending pendingQuestion = iota
	meant
	howOften
)

// steps is a set of step indices.
type steps uint64

// maxSteps is how many steps one dialog may have.
const maxSteps = 64

func (s steps) has(i int) bool { return s&(1<<i) != 0 }
func (s *steps) add(i int)     { *s |= 1 << i }
func (s *steps) remove(i int)  { *s &^= 1 << i }

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
	for i := range s.Answers {
		switch {
		case s.Answers[i].Step == step:
			s.Answers[i].Value = v
			return
		case s.Answers[i].Step > step:
			s.Answers = append(s.Answers, Answer{})
			copy(s.Answers[i+1:], s.Answers[i:])
			s.Answers[i] = Answer{Step: step, Value: v}
			return
		}
	}
	s.Answers = append(s.Answers, Answer{Step: step, Value: v})
}

func (s *State) dropAnswer(step int) bool {
	for i := range s.Answers {
		if s.Answers[i].Step == step {
			s.Answers = append(s.Answers[:i:i], s.Answers[i+1:]...)
			return true
		}
	}
	return false
}

func (s *State) result(step int) (Result, bool) {
	for _, r := range s.Results {
		if r.Step == step {
			return r, true
		}
	}
	return Result{}, false
}

func (s *State) dropResult(step int) {
	for i := range s.Results {
		if s.Results[i].Step == step {
			s.Results = append(s.Results[:i:i], s.Results[i+1:]...)
			return
		}
	}
}
