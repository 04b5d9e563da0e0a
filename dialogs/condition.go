package dialogs

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"
)

// knownNames is the name under which conditions find which names have a value.
const knownNames = "known names"

// condition is an expression of a script, compiled against the names of its
// dialog: "direction != \"same\"", "known(estimate) and estimate.changes".
type condition struct {
	source  string
	names   []string // the dialog's own names that it reads
	program *vm.Program
}

// compileCondition compiles an expression of a type: a yes or no for when, any
// value for set.
func compileCondition(text string, names types.Map, yesNo bool) (*condition, error) {
	reads := &nameReader{names: names}
	options := []expr.Option{expr.Env(names), expr.Patch(reads), expr.DisableAllBuiltins()}
	if yesNo {
		options = append(options, expr.AsBool())
	}
	program, err := expr.Compile(text, options...)
	if err != nil {
		if e, ok := err.(*file.Error); ok {
			return nil, fmt.Errorf("in the condition %q: %s", text, e.Message)
		}
		return nil, fmt.Errorf("in the condition %q: %w", text, err)
	}
	slices.Sort(reads.read)
	return &condition{source: text, names: slices.Compact(reads.read), program: program}, nil
}

// holds evaluates a condition; none always holds.
func (c *condition) holds(machine *vm.VM, facts map[string]any) (bool, error) {
	if c == nil {
		return true, nil
	}
	v, err := machine.Run(c.program, facts)
	if err != nil {
		return false, fmt.Errorf("condition %q: %w", c.source, err)
	}
	return v.(bool), nil
}

// nameReader collects the names an expression reads and turns known(x), which
// asks about a name, into a look-up that does not read its value.
type nameReader struct {
	names types.Map
	read  []string
}

// Visit implements ast.Visitor.
func (r *nameReader) Visit(n *ast.Node) {
	switch e := (*n).(type) {
	case *ast.IdentifierNode:
		if _, ok := r.names[e.Value]; ok {
			r.read = append(r.read, e.Value)
		}
	case *ast.CallNode:
		callee, ok := e.Callee.(*ast.IdentifierNode)
		if !ok || callee.Value != "known" || len(e.Arguments) != 1 {
			return
		}
		if name, ok := e.Arguments[0].(*ast.IdentifierNode); ok {
			ast.Patch(n, &ast.BinaryNode{
				Operator: "in",
				Left:     &ast.StringNode{Value: name.Value},
				Right:    &ast.IdentifierNode{Value: knownNames},
			})
		}
	}
}
