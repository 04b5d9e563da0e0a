package dialogs

import (
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// source reads one YAML file of a dialog, keeping where everything stands, and
// collects what is wrong instead of stopping at it.
type source struct {
	file     string
	problems *Problems
}

// entry is one "key: value" of a mapping.
type entry struct {
	key   string
	at    ast.Node // the key, for its position
	value ast.Node
}

// parse reads a file whose top is a mapping.
func (s *source) parse(content []byte) []entry {
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		line, message := 1, err.Error()
		var syntax yaml.Error
		if asYAMLError(err, &syntax) {
			line, message = syntax.GetToken().Position.Line, syntax.GetMessage()
		}
		s.add(line, 1, "this is not YAML: "+message)
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		s.add(1, 1, "the file is empty or holds more than one document")
		return nil
	}
	return s.mapping(file.Docs[0].Body)
}

func asYAMLError(err error, target *yaml.Error) bool {
	e, ok := err.(yaml.Error)
	if ok {
		*target = e
	}
	return ok
}

func (s *source) add(line, column int, message string) {
	*s.problems = append(*s.problems, Problem{File: s.file, Line: line, Column: column, Message: message})
}

// problem adds a problem at a node.
func (s *source) problem(at ast.Node, message string) {
	p := position(at)
	s.add(p.line, p.column, message)
}

type place struct{ line, column int }

func position(n ast.Node) place {
	if n == nil || n.GetToken() == nil {
		return place{1, 1}
	}
	p := n.GetToken().Position
	return place{p.Line, p.Column}
}

// mapping lists the entries of a mapping, each key once.
func (s *source) mapping(n ast.Node) []entry {
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		s.problem(n, "expected names with values, like \"say: Hello\"")
		return nil
	}
	entries := make([]entry, 0, len(values))
	seen := map[string]bool{}
	for _, v := range values {
		key := v.Key.GetToken().Value
		if seen[key] {
			s.problem(v.Key, "\""+key+"\" is given twice")
			continue
		}
		seen[key] = true
		entries = append(entries, entry{key: key, at: v.Key, value: v.Value})
	}
	return entries
}

// list returns the items of a list; one value alone is a list of one.
func (s *source) list(n ast.Node) []ast.Node {
	if sequence, ok := n.(*ast.SequenceNode); ok {
		return sequence.Values
	}
	return []ast.Node{n}
}

// text returns a scalar as it was written.
func (s *source) text(n ast.Node) string {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value
	case *ast.LiteralNode:
		return strings.TrimRight(v.Value.Value, "\n")
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.GetToken().Value
	case nil, *ast.NullNode:
		s.problem(n, "a value is missing here")
	default:
		s.problem(n, "expected words here, not a list or a group of names")
	}
	return ""
}

// isMapping reports whether a node is a group of names with values.
func isMapping(n ast.Node) bool {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return true
	}
	return false
}
