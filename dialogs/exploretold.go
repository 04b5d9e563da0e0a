package dialogs

import (
	"slices"

	"github.com/expr-lang/expr/ast"
)

// told is what the conditions of a dialog can tell apart: the names and fields
// ("pay.pence", "identity") that they read, and what they compare each with.
type told struct {
	last    map[string]int // the last step that reads it
	numbers map[string][]int
	texts   map[string][][]string // comparison by comparison
}

func (t *told) reads(path string) bool { return t.readsFrom(path, 0) }

// readsFrom reports whether a step from one on reads a name or field.
func (t *told) readsFrom(path string, step int) bool {
	last, read := t.last[path]
	return read && last >= step
}

// told reads every condition and every value that is worked out.
func (d *Dialog) told() told {
	t := told{last: map[string]int{}, numbers: map[string][]int{}, texts: map[string][][]string{}}
	for i := range d.steps {
		s := &d.steps[i]
		if s.each != nil {
			t.last[s.each.over] = i
		}
		for _, c := range []*condition{s.when, s.set} {
			if c == nil {
				continue
			}
			for _, name := range c.names {
				t.last[name] = i
			}
			node := c.program.Node()
			ast.Walk(&node, visitor(func(n ast.Node) { t.visit(n, i) }))
		}
	}
	return t
}

// visit takes down what an expression reads, and the constants that stand in
// one comparison with it.
func (t *told) visit(n ast.Node, step int) {
	if path := pathOf(n); path != "" {
		t.last[path] = step
	}
	comparison, ok := n.(*ast.BinaryNode)
	if !ok || slices.Contains([]string{"and", "&&", "or", "||"}, comparison.Operator) {
		return
	}
	var paths, texts []string
	var numbers []int
	ast.Walk(&n, visitor(func(n ast.Node) {
		switch c := n.(type) {
		case *ast.StringNode:
			texts = append(texts, c.Value)
		case *ast.IntegerNode:
			numbers = append(numbers, c.Value)
		case *ast.FloatNode:
			numbers = append(numbers, int(c.Value))
		}
		if path := pathOf(n); path != "" {
			paths = append(paths, path)
		}
	}))
	for _, path := range paths {
		t.texts[path] = append(t.texts[path], texts)
		t.numbers[path] = append(t.numbers[path], numbers...)
	}
}

// pathOf is the name or the field that a node reads, or none.
func pathOf(n ast.Node) string {
	switch n := n.(type) {
	case *ast.IdentifierNode:
		return n.Value
	case *ast.MemberNode:
		if field, ok := n.Property.(*ast.StringNode); ok {
			return pathOf(n.Node) + "." + field.Value
		}
	}
	return ""
}

// textsOf are the texts that a name or field is compared with.
func (t *told) textsOf(path string) []string { return slices.Concat(t.texts[path]...) }

// alike reports whether no comparison tells one text from another.
func (t *told) alike(path, a, b string) bool {
	return !slices.ContainsFunc(t.texts[path], func(texts []string) bool { return slices.Contains(texts, a) != slices.Contains(texts, b) })
}

// key is what of a state can make a difference to what follows: two states
// with one key are led on from in the same ways. After an answer was changed
// nothing leads back again, so that only what lies ahead counts.
func (t *told) key(d *Dialog, s State, by way) string {
	from := 0
	if by.reopened {
		from = s.Step
		for i := range from {
			s.Said.remove(i)
		}
	}
	s.Answers, s.Results = slices.Clone(s.Answers), slices.Clone(s.Results)
	for i := range s.Answers {
		if a := &s.Answers[i]; !t.readsFrom(d.steps[a.Step].name, from) {
			a.Value = Value{}
		}
	}
	for i := range s.Results {
		r := &s.Results[i]
		name := d.steps[r.Step].name
		var read []Field
		for _, f := range r.Value.Fields {
			if t.readsFrom(name+"."+f.Name, from) {
				read = append(read, f)
			}
		}
		r.Value = Group(read...)
	}
	if !t.reads(d.steps[s.Step].name) {
		s.Pending.Value = Value{}
	}
	key, _ := s.MarshalBinary() // a state always marshals
	return string(append(key, flag(by.reopened), flag(by.proven)))
}
