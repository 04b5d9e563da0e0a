package dialogs

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/types"
	"github.com/expr-lang/expr/vm"
)

// condition is an expression of a script, compiled against the names that have
// a value where it stands: "direction != \"same\"", "known(estimate) and
// estimate.changes". Nothing that it may hold can fail when it is evaluated.
type condition struct {
	names   []string // that it reads
	parts   []part   // all of which must hold for it to hold
	program *vm.Program
}

// part is what stands between the "and"s of a condition, in one spelling.
type part struct {
	text string
	own  bool // reads names of the script only, not what is known around a turn
}

// knownNames is the name under which conditions find which names have a value.
const knownNames = "known names"

// knows is the part that known(name) becomes.
func knows(name string) ast.Node {
	return &ast.BinaryNode{Operator: "in", Left: &ast.StringNode{Value: name}, Right: &ast.IdentifierNode{Value: knownNames}}
}

// scope is what an expression may read.
type scope struct {
	types  types.Map
	around types.Map           // those of the types that are known around every turn
	values map[string][]string // what a name can be, where that is a list
	later  map[string]bool     // names that get their value further down
}

// compile compiles the condition of a "when".
func (s *scope) compile(text string) (*condition, error) {
	return s.compileAs(text, expr.AsBool())
}

// compileValue compiles the value of a "set" and tells its type.
func (s *scope) compileValue(text string) (*condition, types.Type, error) {
	c, err := s.compileAs(text)
	if err != nil {
		return nil, types.Any, err
	}
	switch t := c.program.Node().Type(); {
	case t == nil:
	case t.Kind() == reflect.Bool:
		return c, types.Bool, nil
	case t.Kind() == reflect.String:
		return c, types.String, nil
	case t.Kind() == reflect.Int || t.Kind() == reflect.Float64:
		return c, types.Float64, nil
	}
	return nil, types.Any, &conditionError{lintType, fmt.Sprintf("%q gives no text, number, or true or false", text)}
}

// conditionError says why a condition does not compile.
type conditionError struct{ lint, message string }

// Error is for the person who writes the script.
func (e *conditionError) Error() string { return e.message }

func (s *scope) compileAs(text string, options ...expr.Option) (*condition, error) {
	r := &expressionReader{scope: s}
	options = append(options, expr.Env(s.types), expr.Patch(r), expr.DisableAllBuiltins(), expr.Optimize(false))
	program, err := expr.Compile(text, options...)
	if r.problem == "" && err != nil {
		r.problem, r.lint = err.Error(), lintCondition
		var at *file.Error
		if errors.As(err, &at) {
			r.problem = at.Message
		}
		r.problem = typeNames.ReplaceAllStringFunc(r.problem, typeName)
		if r.parsed {
			r.lint = lintType
		}
	}
	if r.problem != "" {
		return nil, &conditionError{r.lint, fmt.Sprintf("in %q: %s", text, r.problem)}
	}
	slices.Sort(r.names)
	return &condition{names: slices.Compact(r.names), parts: s.parts(program.Node()), program: program}, nil
}

// typeNames are the names of Go's types in what is said of an expression.
var typeNames = regexp.MustCompile(`\bfloat64\b|\bint\b|\bstring\b|\bbool\b|map\[string\]interface \{\}|\[\]interface \{\}`)

// typeName is what the writer of a script calls a type.
func typeName(inGo string) string {
	switch inGo {
	case "string":
		return "text"
	case "bool":
		return "true or false"
	case "float64", "int":
		return "number"
	case "[]interface {}":
		return "list"
	default:
		return "group of values"
	}
}

// parts lists what must hold for an expression to hold.
func (s *scope) parts(n ast.Node) []part {
	if b, ok := n.(*ast.BinaryNode); ok && (b.Operator == "and" || b.Operator == "&&") {
		return append(s.parts(b.Left), s.parts(b.Right)...)
	}
	own := true
	ast.Walk(&n, visitor(func(n ast.Node) {
		if name, ok := n.(*ast.IdentifierNode); ok && s.around[name.Value] != nil && name.Value != knownNames {
			own = false
		}
	}))
	return []part{{n.String(), own}}
}

type visitor func(ast.Node)

// Visit implements ast.Visitor.
func (v visitor) Visit(n *ast.Node) { v(*n) }

// requires reports whether a condition holds only where a part does. Of one
// that could not be compiled, and has no parts, nothing more is reported.
func (c *condition) requires(text string) bool {
	return c != nil && (c.parts == nil || slices.ContainsFunc(c.parts, func(p part) bool { return p.text == text }))
}

// reads reports whether a condition reads a name.
func (c *condition) reads(name string) bool { return c != nil && slices.Contains(c.names, name) }

// holds evaluates a condition; none always holds.
func (c *condition) holds(machine *vm.VM, facts map[string]any) (bool, error) {
	if c == nil {
		return true, nil
	}
	v, err := machine.Run(c.program, facts)
	if err != nil {
		return false, fmt.Errorf("evaluating a condition: %w", err)
	}
	holds, ok := v.(bool)
	if !ok {
		return false, errors.New("a condition is neither true nor false")
	}
	return holds, nil
}

// expressionReader collects the names that an expression reads, lets nothing
// pass that could fail when it is evaluated, and turns known(x), which asks
// about a name, into a look-up that does not read its value.
type expressionReader struct {
	scope   *scope
	names   []string
	parsed  bool   // there was something to visit
	problem string // the first
	lint    string // which kind it is
}

// operators are the ones that cannot fail: there is no division by nothing
// without division.
var operators = []string{"and", "&&", "or", "||", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "in", "contains", "startsWith", "endsWith"}

// Visit implements ast.Visitor. What a node is made of is visited before it.
func (r *expressionReader) Visit(n *ast.Node) {
	r.parsed = true
	switch e := (*n).(type) {
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.StringNode, *ast.ArrayNode, *ast.ConditionalNode, *ast.UnaryNode:
	case *ast.IdentifierNode:
		r.name(e.Value)
	case *ast.MemberNode:
		if _, named := e.Property.(*ast.StringNode); !named || e.Optional || e.Method {
			r.refuse("only fields can be read, like estimate.changes")
		}
	case *ast.BinaryNode:
		if !slices.Contains(operators, e.Operator) {
			r.refuse("there is no %q", e.Operator)
		}
		r.compares(e)
	case *ast.CallNode:
		r.known(n, e)
	default:
		r.refuse("use names, texts, numbers, comparisons, and, or, not and known(name) only")
	}
}

func (r *expressionReader) refuse(format string, values ...any) {
	r.refuseAs(lintCondition, format, values...)
}

func (r *expressionReader) refuseAs(lint, format string, values ...any) {
	if r.problem == "" {
		r.lint, r.problem = lint, fmt.Sprintf(format, values...)
	}
}

func (r *expressionReader) name(name string) {
	switch {
	case name == "known": // of known(x): said better there
	case r.scope.later[name]:
		r.refuseAs(lintUnset, "%q has no value yet here: it gets one further down", name)
	case r.scope.types[name] == nil:
		r.refuseAs(lintUnset, "nothing is called %q", name)
	case r.scope.around[name] == nil:
		r.names = append(r.names, name)
	}
}

// compares reports comparing a name with a text that it never is.
func (r *expressionReader) compares(e *ast.BinaryNode) {
	name, ok := e.Left.(*ast.IdentifierNode)
	text, is := e.Right.(*ast.StringNode)
	if !ok || !is || e.Operator != "==" && e.Operator != "!=" {
		return
	}
	if can := r.scope.values[name.Value]; can != nil && !slices.Contains(can, text.Value) {
		r.refuse("%s is never %q: it can be %s", name.Value, text.Value, strings.Join(can, ", "))
	}
}

func (r *expressionReader) known(n *ast.Node, e *ast.CallNode) {
	if callee, ok := e.Callee.(*ast.IdentifierNode); ok && callee.Value == "known" && len(e.Arguments) == 1 {
		if name, ok := e.Arguments[0].(*ast.IdentifierNode); ok && r.scope.around[name.Value] == nil {
			ast.Patch(n, knows(name.Value))
			return
		}
	}
	r.refuse("only known(name) can be called, with a name of this script")
}
