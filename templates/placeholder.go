package templates

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Text is words with ((placeholders)) in them, parsed once and rendered as
// often as wanted, from any number of goroutines at once.
//
// A placeholder is a name between double brackets, as in GOV.UK Notify:
// ((name)), or with dots for a value inside another: ((report.due)). A name is
// letters, digits and underscores, and begins with a letter.
type Text struct {
	spans   []span
	names   []string
	literal int // bytes of all literals together
}

// span is literal words and the placeholder after them; the last span of a
// text may have no placeholder.
type span struct{ literal, name string }

// SyntaxError is a placeholder that cannot be read.
type SyntaxError struct {
	Offset       int // in bytes, of its opening brackets
	Line, Column int // from 1; the column counts characters
	Problem      string
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Problem)
}

// MissingError is a placeholder for which there was no value.
type MissingError struct{ Name string }

func (e *MissingError) Error() string { return "no value for ((" + e.Name + "))" }

// Parse reads a text. The error is a *SyntaxError.
func Parse(text string) (*Text, error) {
	parsed := &Text{}
	rest := text
	for {
		open := strings.Index(rest, "((")
		if open < 0 {
			break
		}
		// In "(((amount)))" the outer pair is ordinary brackets.
		for strings.HasPrefix(rest[open+1:], "((") {
			open++
		}
		literal, after := rest[:open], rest[open+2:]
		name, tail, closed := strings.Cut(after, "))")
		if problem := nameProblem(name, closed); problem != "" {
			return nil, syntaxError(text, len(text)-len(after)-2, problem)
		}
		parsed.add(literal, name)
		rest = tail
	}
	if rest != "" {
		parsed.add(rest, "")
	}
	return parsed, nil
}

func (t *Text) add(literal, name string) {
	t.spans = append(t.spans, span{literal, name})
	t.literal += len(literal)
	if name != "" && !slices.Contains(t.names, name) {
		t.names = append(t.names, name)
	}
}

// nameProblem says in words for the author what is wrong, "" if nothing.
func nameProblem(name string, closed bool) string {
	switch {
	case !closed:
		return "a placeholder is opened with (( and never closed with ))"
	case strings.TrimSpace(name) == "":
		return "a placeholder has no name between (( and ))"
	}
	for part := range strings.SplitSeq(name, ".") {
		if !isIdentifier(part) {
			return fmt.Sprintf("((%s)) is not a name: use letters, digits, underscores and single dots, and begin with a letter", name)
		}
	}
	return ""
}

func isIdentifier(s string) bool {
	for i, c := range []byte(s) {
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (i == 0 || c != '_' && (c < '0' || c > '9')) {
			return false
		}
	}
	return s != ""
}

func syntaxError(text string, offset int, problem string) *SyntaxError {
	before := text[:offset]
	return &SyntaxError{
		Offset:  offset,
		Line:    1 + strings.Count(before, "\n"),
		Column:  1 + utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]),
		Problem: problem,
	}
}

// Names lists the placeholders, each once, in the order of their first use.
func (t *Text) Names() []string { return slices.Clone(t.names) }

// Render puts a value in the place of every placeholder. A value is words and
// nothing more: brackets in what a person wrote are never placeholders. The
// error is a *MissingError for the first name that lookup does not have.
func (t *Text) Render(lookup func(name string) (string, bool)) (string, error) {
	if len(t.names) == 0 {
		if len(t.spans) == 0 {
			return "", nil
		}
		return t.spans[0].literal, nil
	}
	const usualValue = 16
	rendered, err := t.AppendRender(make([]byte, 0, t.literal+usualValue*len(t.spans)), lookup)
	return string(rendered), err
}

// AppendRender is Render onto the end of dst. After an error it returns dst as
// it was.
func (t *Text) AppendRender(dst []byte, lookup func(name string) (string, bool)) ([]byte, error) {
	start := len(dst)
	for _, s := range t.spans {
		dst = append(dst, s.literal...)
		if s.name == "" {
			continue
		}
		value, ok := lookup(s.name)
		if !ok {
			return dst[:start], &MissingError{s.name}
		}
		dst = append(dst, value...)
	}
	return dst, nil
}
