package dialogs

import (
	"strconv"
	"strings"

	"github.com/expr-lang/expr/types"
)

// fields are what the variable of an each has: see Child, and number, which
// counts from 1.
func (e *each) fields() types.Map {
	fields := types.Map{"number": types.Float64}
	if e.ofRecord() {
		fields["id"], fields["name"], fields["age"], fields["nights"] = types.String, types.String, types.Float64, types.Float64
	}
	return fields
}

// ofRecord reports whether it repeats for what the case record holds.
func (e *each) ofRecord() bool { return e.over == "" }

// has reports whether there is an item of that number now.
func (t *turn) has(e *each, item int) bool {
	if e.ofRecord() {
		_, ok := t.child(item)
		return ok
	}
	i, ok := t.dialog.givers[e.over]
	if !ok {
		return false
	}
	v, _ := t.state.answer(i)
	n, _ := strconv.Atoi(v.Text) // a whole number: the linker saw to it
	return item <= n
}

// child is the child of a number, counted as they were when the conversation
// began: one that has left the case is passed by.
func (t *turn) child(item int) (Child, bool) {
	if item > len(t.state.Children) {
		return Child{}, false
	}
	for _, c := range t.in.Facts.Children {
		if c.ID == t.state.Children[item-1] {
			return c, true
		}
	}
	return Child{}, false
}

// itemFacts are the fields of a step's variable, as conditions see them.
func (t *turn) itemFacts(s *step) map[string]any {
	facts := map[string]any{"number": float64(s.item)}
	if s.each.ofRecord() {
		c, _ := t.child(s.item)
		facts["id"], facts["name"], facts["age"], facts["nights"] = c.ID, c.Name, float64(c.Age), float64(c.Nights)
	}
	return facts
}

// itemWords is a field of a step's variable in words.
func (t *turn) itemWords(s *step, field string) (string, bool) {
	if field == "number" {
		return strconv.Itoa(s.item), true
	}
	c, ok := t.child(s.item)
	switch field {
	case "name":
		return c.Name, ok
	case "age":
		return strconv.Itoa(c.Age), ok
	case "nights":
		return strconv.Itoa(c.Nights), ok
	default:
		return c.ID, ok
	}
}

// itemsJSON is the answers of one each, an object for every item.
func (d *Dialog) itemsJSON(s State, e *each) Value {
	var items []Field
	for _, a := range s.Answers {
		step := &d.steps[a.Step]
		if step.each != e {
			continue
		}
		name := strconv.Itoa(step.item)
		if len(items) == 0 || items[len(items)-1].Name != name {
			item := Group()
			if e.ofRecord() && step.item <= len(s.Children) {
				item.Fields = []Field{{"id", Text(s.Children[step.item-1])}}
			}
			items = append(items, Field{Name: name, Value: item})
		}
		last := &items[len(items)-1].Value
		last.Fields = append(last.Fields, Field{Name: step.name, Value: a.Value})
	}
	return Value{Kind: ListValue, Fields: items}
}

// variableOf splits a placeholder such as "child.name" where a step has that
// variable.
func (s *step) variableOf(name string) (field string, ok bool) {
	root, field, dotted := strings.Cut(name, ".")
	return field, dotted && s.each != nil && root == s.each.variable
}
