package dialogs

import (
	"errors"
	"fmt"
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
	if err := tooLarge(content); err != nil {
		s.problem(place{1, 1}, "%v", err)
		return nil
	}
	file, err := parser.ParseBytes(content, 0)
	if err != nil {
		at, message := place{1, 1}, err.Error()
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			at, message = placeOf(syntax.GetToken()), syntax.GetMessage()
		}
		s.problem(at, "this is not YAML: %s", message)
		return nil
	}
	if len(file.Docs) != 1 || file.Docs[0].Body == nil {
		s.problem(place{1, 1}, "the file is empty or holds more than one document")
		return nil
	}
	return s.mapping(file.Docs[0].Body)
}

// problem adds a problem at a place: something that cannot be read.
func (s *source) problem(at place, format string, values ...any) {
	s.found(lintScript, at, format, values...)
}

// found adds what a lint has found at a place.
func (s *source) found(lint string, at place, format string, values ...any) {
	*s.problems = append(*s.problems, Problem{Lint: lint, File: s.file, Line: at.line, Column: at.column, Message: fmt.Sprintf(format, values...)})
}

// mapping lists the entries of a mapping.
func (s *source) mapping(n ast.Node) []entry {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		s.problem(position(n), "expected names with values, like \"say: Hello\"")
		return nil
	}
	entries := make([]entry, len(m.Values))
	for i, v := range m.Values {
		entries[i] = entry{key: v.Key.GetToken().Value, at: v.Key, value: v.Value}
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
		s.problem(position(n), "a value is missing here")
	default:
		s.problem(position(n), "expected words here, not a list or a group of names")
	}
	return ""
}

// isMapping reports whether a node is a group of names with values.
func isMapping(n ast.Node) bool {
	_, ok := n.(*ast.MappingNode)
	return ok
}
