package directory

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// LongestRow is how many bytes one case record may have in an import.
const LongestRow = 1 << 20

// What can be wrong with a file beside the records in it.
var (
	errRowTooLong = errors.New("is longer than 1 MiB")
	errListOpen   = errors.New("the list does not end: the file may be cut short")
	errAfterList  = errors.New("something follows the list")
)

// RowError is a record that cannot be taken; those after it can.
type RowError struct {
	Row  int // its number in the file, from 1
	Line int // where it begins
	Err  error
}

// Error names the row and the field.
func (e *RowError) Error() string {
	return fmt.Sprintf("row %d (line %d): %v", e.Row, e.Line, e.Err)
}

// Unwrap returns the error underneath, a *FieldError when the record could be
// read to its end.
func (e *RowError) Unwrap() error { return e.Err }

// Reader reads the case records of an import: a JSON list of them, or one
// after another, each beginning on a line of its own. It holds one record at a
// time.
type Reader struct {
	in     *bufio.Reader
	begun  bool
	list   bool // it is a list
	ended  bool // and its end was read
	row    int  // the records read so far
	line   int  // the line of the byte that comes next
	record []byte
}

// NewReader makes a Reader of a file in UTF-8, with or without a byte order
// mark.
func NewReader(in io.Reader) *Reader {
	return &Reader{in: bufio.NewReaderSize(in, 1<<16), line: 1}
}

// Read returns the next case. At the end it returns io.EOF. A *RowError is
// about that row only, and the next Read goes on after it; after any other
// error there is nothing more to read.
func (r *Reader) Read() (Case, error) {
	if err := r.begin(); err != nil {
		return Case{}, err
	}
	line, err := r.next()
	if err != nil && !errors.Is(err, errRowTooLong) {
		return Case{}, err
	}
	r.row++
	var c Case
	if err == nil {
		c, err = Decode(r.record)
	}
	if err != nil {
		return Case{}, &RowError{r.row, line, err}
	}
	return c, nil
}

// begin tells a list from records on lines.
func (r *Reader) begin() error {
	if r.begun {
		return nil
	}
	r.begun = true
	if mark, _ := r.in.Peek(3); bytes.Equal(mark, []byte("\uFEFF")) {
		r.in.Discard(3)
	}
	switch first, err := r.skipSpace(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	case first == '[':
		r.list = true
		_, err = r.in.ReadByte()
		return err
	}
	return nil
}

// next reads the next record and returns the line that it begins on. Every
// record ends where its brackets close, so that one that is not well-formed
// rarely takes the next with it.
func (r *Reader) next() (line int, err error) {
	first, err := r.skipSpace()
	switch {
	case r.ended && err == nil:
		return 0, errAfterList
	case r.list && !r.ended && errors.Is(err, io.EOF):
		return 0, errListOpen
	case err != nil:
		return 0, err
	case r.list && first == ']':
		r.in.Discard(1)
		r.ended = true
		return r.next()
	}
	line, r.record = r.line, r.record[:0]
	var at nesting
	for {
		b, err := r.in.ReadByte()
		if err != nil && !errors.Is(err, io.EOF) {
			return line, err
		}
		if err != nil || r.ends(b, at) {
			break
		}
		at.pass(b)
		if len(r.record) <= LongestRow {
			r.record = append(r.record, b)
		}
	}
	if len(r.record) > LongestRow {
		return line, errRowTooLong
	}
	return line, nil
}

// ends reports whether a record ends before a byte that has just been read,
// and counts its line.
func (r *Reader) ends(b byte, at nesting) bool {
	if b == '\n' {
		r.line++
	}
	if r.list {
		r.ended = b == ']' && at.outside()
		return r.ended || b == ',' && at.outside()
	}
	if b != '\n' || at.depth <= 0 {
		return b == '\n'
	}
	// A line that begins with { is a new record, even if the one before it
	// lacks a bracket.
	next, _ := r.in.Peek(1)
	return len(next) > 0 && next[0] == '{'
}

// skipSpace passes over white space and returns the byte after it, which is
// yet to be read.
func (r *Reader) skipSpace() (byte, error) {
	for {
		next, err := r.in.Peek(1)
		if err != nil {
			return 0, err
		}
		switch next[0] {
		case '\n':
			r.line++
		case ' ', '\t', '\r':
		default:
			return next[0], nil
		}
		r.in.Discard(1)
	}
}

// nesting is where a byte stands in JSON text.
type nesting struct {
	depth           int // of brackets
	quoted, escaped bool
}

// outside reports whether a byte here is in no bracket and no string.
func (n nesting) outside() bool { return n.depth <= 0 && !n.quoted }

func (n *nesting) pass(b byte) {
	switch {
	case b == '\n': // no string runs over a line
		n.quoted, n.escaped = false, false
	case n.escaped:
		n.escaped = false
	case n.quoted && b == '\\':
		n.escaped = true
	case b == '"':
		n.quoted = !n.quoted
	case n.quoted:
	case b == '{' || b == '[':
		n.depth++
	case b == '}' || b == ']':
		n.depth--
	}
}
