package dialogs

import (
	"slices"

	"parley/templates"
)

// OutlineKind is what a step of an outline does.
type OutlineKind string

// What steps do. A set step, which nobody sees, is none of these.
const (
	OutlineSay     OutlineKind = "say"
	OutlineAsk     OutlineKind = "ask"
	OutlineCheck   OutlineKind = "check"
	OutlineCall    OutlineKind = "call"
	OutlineHandoff OutlineKind = "handoff"
	OutlineEnd     OutlineKind = "end"
	OutlineSet     OutlineKind = "set"
)

var outlineKinds = map[stepKind]OutlineKind{
	sayStep: OutlineSay, askStep: OutlineAsk, checkStep: OutlineCheck, setStep: OutlineSet, callStep: OutlineCall, handoffStep: OutlineHandoff, endStep: OutlineEnd,
}

// Outlined is one step of a dialog, for people who look at it. Of steps that
// are repeated there is the first.
type Outlined struct {
	Step    string // as its key, by which figures name it
	Kind    OutlineKind
	Frame   string                          // "for each child on the case", "runs safe-contact"; empty: it stands alone
	When    string                          // what must hold for it, as the script has it; empty: nothing
	Call    string                          // the name of what is called
	Words   map[templates.Language]string   // as the default channel says them, with their placeholders
	Choices map[templates.Language][]string // that a question offers
	Values  []string                        // of the choices, as answers have them
	Private bool
	End     string // how the dialog ends here; empty: it goes on
	Next    string // the dialog that the end leads to, or none
}

// Outline lists the dialog's steps from the top.
func (d *Dialog) Outline() []Outlined {
	var list []Outlined
	for i := range d.steps {
		s := &d.steps[i]
		if !s.first() {
			continue
		}
		o := Outlined{
			Step: s.key, Kind: outlineKinds[s.kind], Frame: s.frame(), When: s.conditionText(), Call: s.call, Private: s.private,
			Words: map[templates.Language]string{}, Choices: map[templates.Language][]string{},
		}
		if s.part == "" || s.kind == handoffStep {
			o.End, o.Next = s.end, s.next
		}
		for _, l := range d.Languages {
			o.Words[l] = s.say.raw(l)
			for _, choice := range s.choices.in(l) {
				o.Choices[l] = append(o.Choices[l], choice.Label)
			}
		}
		o.Values = s.choices.values
		list = append(list, o)
	}
	return list
}

// raw are words as the default channel says them, with their placeholders; empty
// where there are none.
func (w words) raw(l templates.Language) string {
	v := w[l]
	if v == nil {
		return ""
	}
	return v[forDefault].raw
}

// Progress is how far a conversation came: the questions that the person
// answered, and the step that it waits at, or waited at when it ended. Steps are
// named as Outline names them.
func (d *Dialog) Progress(s State) (answered []string, at string) {
	if s.Step < 0 || s.Step >= len(d.steps) {
		return nil, ""
	}
	for _, a := range s.Answers {
		if a.Step >= len(d.steps) {
			continue
		}
		if step := &d.steps[a.Step]; step.kind == askStep && !s.Given.has(a.Step) && !slices.Contains(answered, step.key) {
			answered = append(answered, step.key)
		}
	}
	return answered, d.steps[s.Step].key
}
