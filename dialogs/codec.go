package dialogs

import (
	"encoding/binary"
	"errors"
	"fmt"

	"parley/dialogs/answers"
	"parley/templates"
)

// The bytes of a State: a format number, then its fields in order; numbers as
// varints, text with its length before it. The same state always gives the
// same bytes.
const stateFormat = 4

// Older formats that are read: one without what was given, and before it one
// without files, proof and what is owed.
const (
	formatBeforeGiven = 3
	formatBeforeFiles = 2
)

// errState says that bytes are not a State that this build can read.
var errState = errors.New("these bytes are not the state of a dialog")

// AppendBinary writes the state. It implements encoding.BinaryAppender.
func (s *State) AppendBinary(b []byte) ([]byte, error) {
	b = append(b, stateFormat)
	b = appendText(b, s.Version)
	b = appendText(b, string(s.Language))
	b = binary.AppendUvarint(b, uint64(s.Step))
	b = binary.AppendUvarint(b, uint64(s.Tries))
	b = append(b, flag(s.Spoken), flag(s.Proof), byte(s.Owed))
	b = appendTexts(b, s.Files)
	for _, set := range []steps{s.Said, s.Given} {
		for _, some := range set {
			b = binary.AppendUvarint(b, some)
		}
	}
	b = appendTexts(b, s.Children)
	b = appendText(b, s.Outcome)
	b = append(b, byte(s.Pending.Doubt))
	b = appendValue(b, s.Pending.Value)
	b = binary.AppendUvarint(b, uint64(len(s.Answers)))
	for _, a := range s.Answers {
		b = binary.AppendUvarint(b, uint64(a.Step))
		b = appendValue(b, a.Value)
	}
	b = binary.AppendUvarint(b, uint64(len(s.Results)))
	for _, r := range s.Results {
		b = binary.AppendUvarint(b, uint64(r.Step))
		b = append(b, flag(r.Failed))
		b = appendValue(b, r.Value)
	}
	return b, nil
}

// MarshalBinary is AppendBinary to a new slice.
func (s *State) MarshalBinary() ([]byte, error) { return s.AppendBinary(make([]byte, 0, 256)) }

// UnmarshalBinary reads what AppendBinary wrote, and nothing else: what it
// takes would be written as the same bytes again, or in the newer format. The
// error is for any other.
func (s *State) UnmarshalBinary(b []byte) error {
	r := stateReader{rest: b}
	format := r.byte()
	if format < formatBeforeFiles || format > stateFormat {
		return fmt.Errorf("%w: format %d", errState, format)
	}
	*s = State{
		Version:  r.text(),
		Language: templates.Language(r.text()),
		Step:     r.number(),
		Tries:    r.number(),
		Spoken:   r.flag(),
	}
	if format > formatBeforeFiles {
		s.Proof, s.Owed, s.Files = r.flag(), owed(r.below(byte(owesMore))), r.texts()
	}
	s.Said = r.steps()
	if format > formatBeforeGiven {
		s.Given = r.steps()
	}
	s.Children = r.texts()
	s.Outcome = r.text()
	s.Pending = Pending{Doubt: doubt(r.below(byte(howOften) + 1)), Value: r.value(0)}
	for n := r.count(); n > 0; n-- {
		s.Answers = append(s.Answers, Answer{Step: r.number(), Value: r.value(0)})
	}
	for n := r.count(); n > 0; n-- {
		s.Results = append(s.Results, Result{Step: r.number(), Failed: r.flag(), Value: r.value(0)})
	}
	if r.failed || len(r.rest) > 0 {
		return errState
	}
	return nil
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}

func appendText(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

func appendTexts(b []byte, texts []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(texts)))
	for _, text := range texts {
		b = appendText(b, text)
	}
	return b
}

func appendValue(b []byte, v Value) []byte {
	b = append(b, byte(v.Kind))
	switch v.Kind {
	case NoValue:
	case YesNoValue:
		b = append(b, flag(v.Yes))
	case MoneyValue:
		b = binary.AppendVarint(b, int64(v.Pence))
		b = appendText(b, string(v.Period))
	case DateValue:
		b = binary.AppendUvarint(b, uint64(v.Date.Year))
		b = append(b, byte(v.Date.Month), byte(v.Date.Day))
	case ManyValue, WordsValue, FileValue:
		b = appendTexts(b, v.Many)
	case GroupValue:
		b = binary.AppendUvarint(b, uint64(len(v.Fields)))
		for _, f := range v.Fields {
			b = appendText(b, f.Name)
			b = appendValue(b, f.Value)
		}
	default:
		b = appendText(b, v.Text)
	}
	return b
}

// stateReader reads fields in order. After the first that is not there every
// read gives zero and failed is set.
type stateReader struct {
	rest   []byte
	failed bool
}

func (r *stateReader) fail() {
	r.failed = true
	r.rest = nil
}

func (r *stateReader) byte() byte {
	if len(r.rest) == 0 {
		r.fail()
		return 0
	}
	b := r.rest[0]
	r.rest = r.rest[1:]
	return b
}

// below is a byte that has that many meanings.
func (r *stateReader) below(meanings byte) byte {
	b := r.byte()
	if b >= meanings {
		r.fail()
		return 0
	}
	return b
}

func (r *stateReader) flag() bool { return r.below(2) == 1 }

func (r *stateReader) uvarint() uint64 {
	n, size := binary.Uvarint(r.rest)
	if size <= 0 || size > 1 && r.rest[size-1] == 0 { // nothing, or padded
		r.fail()
		return 0
	}
	r.rest = r.rest[size:]
	return n
}

// varint is zig-zag encoded, as encoding/binary does it.
func (r *stateReader) varint() int64 {
	n := r.uvarint()
	return int64(n>>1) ^ -int64(n&1)
}

// number is a small number: a step, a count of tries, a year.
func (r *stateReader) number() int {
	n := r.uvarint()
	if n > 1<<20 {
		r.fail()
		return 0
	}
	return int(n)
}

// count is a number of things that follow, each of a byte at least.
func (r *stateReader) count() int {
	n := r.number()
	if n > len(r.rest) {
		r.fail()
		return 0
	}
	return n
}

func (r *stateReader) text() string {
	n := r.uvarint()
	if n > uint64(len(r.rest)) {
		r.fail()
		return ""
	}
	s := string(r.rest[:n])
	r.rest = r.rest[n:]
	return s
}

func (r *stateReader) steps() steps {
	return steps{r.uvarint(), r.uvarint(), r.uvarint(), r.uvarint()}
}

func (r *stateReader) texts() []string {
	var texts []string
	for n := r.count(); n > 0; n-- {
		texts = append(texts, r.text())
	}
	return texts
}

// maxDepth bounds groups within groups.
const maxDepth = 8

func (r *stateReader) value(depth int) Value {
	v := Value{Kind: Kind(r.byte())}
	switch v.Kind {
	case NoValue:
	case TextValue, ChoiceValue, NumberValue, NightsValue:
		v.Text = r.text()
	case YesNoValue:
		v.Yes = r.flag()
	case MoneyValue:
		v.Pence = answers.Pence(r.varint())
		v.Period = answers.Period(r.text())
	case DateValue:
		v.Date = answers.Date{Year: r.number(), Month: int(r.byte()), Day: int(r.byte())}
		if !v.Date.Valid() {
			r.fail()
		}
	case ManyValue, FileValue:
		v.Many = r.texts()
	case WordsValue:
		if v.Many = r.texts(); len(v.Many) != 2 {
			r.fail()
		}
	case GroupValue:
		if depth == maxDepth {
			r.fail()
			return Value{}
		}
		for n := r.count(); n > 0; n-- {
			v.Fields = append(v.Fields, Field{Name: r.text(), Value: r.value(depth + 1)})
		}
	default:
		r.fail()
	}
	return v
}
