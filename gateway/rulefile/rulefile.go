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
	File    string // empty: its reader says which
	Line    int    // from 1
	Message string
}

// Error is "file:line: message", or "line 3: message".
func (p *Problem) Error() string {
	if p.File == "" {
		return fmt.Sprintf("line %d: %s", p.Line, p.Message)
	}
	return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message)
}

// Read reads a file in which nothing is unknown into what it holds. The error
// is a *Problem.
func Read(file string, content []byte, into any) error {
	if problem := Unfit(content); problem != nil {
		problem.File = file
		return problem
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

// Unfit finds what the decoder passes over without a word or cannot bear: a
// second document, and a value with a tag (!name), of which our files have no
// need, and at a list with which it panics. It is nil for what is no YAML, which
// the decoder refuses by itself.
func Unfit(content []byte) *Problem {
	tree, err := parser.ParseBytes(content, 0)
	if err != nil {
		return nil
	}
	for i, document := range tree.Docs {
		switch { // what is empty, or begins without "---", has neither body nor start
		case i > 0 && document.Start != nil:
			return &Problem{Line: document.Start.Position.Line, Message: "a second document begins here: one file holds one"}
		case i > 0:
			return &Problem{Line: 1, Message: "one file holds one document"}
		case document.Body == nil:
			continue
		}
		for _, tag := range ast.Filter(ast.TagType, document.Body) {
			return &Problem{Line: tag.GetToken().Position.Line, Message: "a value has no tag here (!)"}
		}
	}
	return nil
}
