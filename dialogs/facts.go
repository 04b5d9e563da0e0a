package dialogs

import (
	"fmt"
	"maps"
	"strconv"

	"github.com/expr-lang/expr/vm"
)

// env is what the conditions of a step see: every name of the dialog at its
// value, or at the zero of its type while it has none. Of the names that are
// repeated they see those of the step's own item.
func (t *turn) env(s *step) map[string]any {
	if t.facts != nil && t.factsOf == s.of() {
		return t.facts
	}
	facts := maps.Clone(t.dialog.facts)
	known := make(map[string]bool, len(t.state.Answers)+len(t.state.Results))
	for _, a := range t.state.Answers {
		if of := &t.dialog.steps[a.Step]; of.each == nil || of.of() == s.of() {
			facts[of.name], known[of.name] = a.Value.fact(), true
		}
	}
	for _, r := range t.state.Results {
		of := &t.dialog.steps[r.Step]
		if of.name != "" && !r.Failed && (of.each == nil || of.of() == s.of()) {
			facts[of.name], known[of.name] = r.Value.fact(), true
		}
	}
	in := &t.in.Facts
	facts["identity"], facts["channel"], facts["language"] = in.Identity, in.Channel, string(t.state.Language)
	facts["role"], facts["nation"] = in.Role, in.Nation
	facts["discreet"], facts["today"] = in.Discreet, in.Today.String()
	facts[knownNames] = known
	if s.each != nil {
		facts[s.each.variable] = t.itemFacts(s)
	}
	t.facts, t.factsOf = facts, s.of()
	return facts
}

// set computes the value of a set step.
func (t *turn) set(i int, s *step) error {
	machine := t.dialog.machine()
	defer t.dialog.putMachine(machine)
	v, err := machine.Run(s.set.program, t.env(s))
	if err != nil {
		return fmt.Errorf("set %s: %w", s.key, err)
	}
	t.state.setAnswer(i, valueOf(v))
	t.facts = nil
	return nil
}

// valueOf is what an expression gave: text, a number, or true or false.
func valueOf(v any) Value {
	switch v := v.(type) {
	case bool:
		return YesNo(v)
	case int:
		return Value{Kind: NumberValue, Text: strconv.Itoa(v)}
	case float64:
		return Value{Kind: NumberValue, Text: strconv.FormatFloat(v, 'f', -1, 64)}
	default:
		return Text(fmt.Sprint(v))
	}
}

// machine lends a virtual machine for conditions; they keep their stacks.
func (d *Dialog) machine() *vm.VM {
	if m, ok := d.machines.Get().(*vm.VM); ok {
		return m
	}
	return &vm.VM{}
}

func (d *Dialog) putMachine(m *vm.VM) { d.machines.Put(m) }
