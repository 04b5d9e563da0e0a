// Package rulefile reads the files in which the heart's rules are data: when
// notices are due, where first messages lead, who else can help. They are YAML,
// nothing in them may be unknown, and what is wrong is told with the line where
// it stands. Of rosters and endpoints it tells only what the decoder cannot
// bear. What the rules mean is for the rooms whose rules they are.
package rulefile

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// Problem is something wrong with a file, where it stands.
type Problem struct {
	File    string
	Line    int // from 1
	Message string
}

// Error is "file:line: message".
func (p *Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message) }

// Read reads a file in which nothing is unknown into what it holds. The error
// is a *Problem.
func Read(file string, content []byte, into any) error {
	if line := Tagged(content); line > 0 {
		return &Problem{File: file, Line: line, Message: "a value has no tag here (!)"}
	}
	err := yaml.UnmarshalWithOptions(content, into, yaml.Strict())
	if err == nil {
		return nil
	}
	problem := &Problem{File: file, Line: 1, Message: err.Error()}
	if at, ok := errors.AsType[yaml.Error](err); ok {
		problem.Line, problem.Message = at.GetToken().Position.Line, at.GetMessage()
	}
	return problem
}

// Tagged is the line of the first value with a tag (!name), of which our files
// have no need, and at a list with which the decoder panics. It is 0 when there
// is none, and in what is no YAML, which the decoder refuses by itself.
func Tagged(content []byte) int {
	tree, err := parser.ParseBytes(content, 0)
	if err != nil {
		return 0
	}
	for _, tag := range ast.FilterFile(ast.TagType, tree) {
		return tag.GetToken().Position.Line
	}
	return 0
}
