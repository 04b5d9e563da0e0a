package notices

import (
	"bytes"
	"errors"
	"fmt"

	"parley/templates"
)

// Notice is one notice, compiled. It does not change and is safe for
// concurrent use.
type Notice struct {
	Name      string
	Title     string // for people who run the service
	For       string // "paying parent", "receiving parent", or empty for either
	Fields    []Field
	Statutory bool     // it must reach the person: neither opt-out, lateness nor a hold of ours drops it
	Priority  string   // "alert", "reminder" or "bulk": what goes first
	Dialog    string   // that takes up whatever the person replies; empty: none of its own
	ByPerson  bool     // only a caseworker sends it
	Discloses []string // of the other parent, what it may state (reg 25(1)); empty: nothing

	forms map[templates.Language]*forms
}

// Field is one value that a notice needs.
type Field struct {
	Name  string
	Kind  Kind
	Other bool // it is about the other parent
}

// forms are a notice's words in one language.
type forms struct {
	subject  text
	sms      text
	discreet text
	email    []block
	letter   []block
}

// Form is how a notice is written.
type Form string

// The forms of a notice. Discreet says nothing that tells who writes or what
// about.
const (
	SMS      Form = "sms"
	Email    Form = "email"
	Letter   Form = "letter"
	Discreet Form = "discreet"
)

// Why a notice cannot be rendered: faults of the caller.
var (
	ErrMissing     = errors.New("a value is missing")
	ErrWrongKind   = errors.New("a value is of another kind")
	ErrNoLanguage  = errors.New("the notice is not in this language")
	ErrNotThisForm = errors.New("the notice has no such form")
)

// field finds a field by its name, however it is written.
func (n *Notice) field(name string) (int, bool) {
	for i := range n.Fields {
		if n.Fields[i].Name == name {
			return i, true
		}
	}
	folded := fold(name)
	for i := range n.Fields {
		if fold(n.Fields[i].Name) == folded {
			return i, true
		}
	}
	return 0, false
}

func (n *Notice) fieldNames() []string {
	names := make([]string, len(n.Fields))
	for i, f := range n.Fields {
		names[i] = f.Name
	}
	return names
}

// values puts data in the order of the fields. A missing value is an error;
// what the notice does not need is passed over.
func (n *Notice) values(data Data) ([]Value, error) {
	values := make([]Value, len(n.Fields))
	for i := range n.Fields {
		f := &n.Fields[i]
		v, ok := data[f.Name]
		if !ok {
			v, ok = data.folded(f.Name)
		}
		switch {
		case !ok:
			return nil, fmt.Errorf("notice %s: %s: %w", n.Name, f.Name, ErrMissing)
		case v.kind != f.Kind:
			return nil, fmt.Errorf("notice %s: %s is %s and must be %s: %w", n.Name, f.Name, v.kind, f.Kind, ErrWrongKind)
		}
		values[i] = v
	}
	return values, nil
}

// folded finds a value whose name is written another way.
func (d Data) folded(name string) (Value, bool) {
	want := fold(name)
	for other, v := range d {
		if fold(other) == want {
			return v, true
		}
	}
	return Value{}, false
}

// Rendered is a notice in words.
type Rendered struct {
	Subject  string   // of an email, and the heading of a letter
	Text     string   // all of it as plain text
	Document Document // the same in blocks, for email and letter
}

// Render writes a notice in one form and language. The error is one of those
// above.
func (n *Notice) Render(form Form, language templates.Language, data Data) (Rendered, error) {
	f := n.forms[language]
	if f == nil {
		return Rendered{}, fmt.Errorf("notice %s in %s: %w", n.Name, language, ErrNoLanguage)
	}
	values, err := n.values(data)
	if err != nil {
		return Rendered{}, err
	}
	switch form {
	case SMS:
		return Rendered{Text: string(f.sms.append(nil, values, language))}, nil
	case Discreet:
		return Rendered{Text: string(f.discreet.append(nil, values, language))}, nil
	case Email:
		return render(&f.subject, f.email, values, language), nil
	case Letter:
		return render(&f.subject, f.letter, values, language), nil
	}
	return Rendered{}, fmt.Errorf("notice %s as %s: %w", n.Name, form, ErrNotThisForm)
}

// render writes the blocks of a form.
func render(subject *text, blocks []block, values []Value, language templates.Language) Rendered {
	r := Rendered{Subject: string(subject.append(nil, values, language)), Document: make(Document, 0, len(blocks))}
	words, ends := items(blocks, values, language)
	all, from := make([]string, 0, len(ends)), 0
	for i := range blocks {
		b, first := Block{Kind: blocks[i].kind}, len(all)
		for range blocks[i].texts {
			if to := ends[0]; to > from {
				all, from = append(all, words[from:to]), to
			}
			ends = ends[1:]
		}
		if b.Kind == Figures {
			b.Rows = rows(values[blocks[i].table], language)
		} else {
			b.Items = all[first:len(all):len(all)]
		}
		if len(b.Items) > 0 || len(b.Rows) > 0 {
			r.Document = append(r.Document, b)
		}
	}
	r.Text = r.Document.Text()
	return r
}

// items writes the items of all blocks into one string, and returns where each
// ends. Of one whose flags are not set there may be nothing.
func items(blocks []block, values []Value, language templates.Language) (words string, ends []int) {
	ends = make([]int, 0, 2*len(blocks))
	written := make([]byte, 0, 1024) // a letter has so much
	for i := range blocks {
		for j := range blocks[i].texts {
			begin := len(written)
			written = blocks[i].texts[j].append(written, values, language)
			written = written[:begin+copy(written[begin:], bytes.TrimSpace(written[begin:]))]
			ends = append(ends, len(written))
		}
	}
	return string(written), ends
}

// rows are those of a table in a language.
func rows(table Value, language templates.Language) [][2]string {
	list := make([][2]string, len(table.rows))
	for i, row := range table.rows {
		list[i] = [2]string{row.English, row.Figure}
		if language == templates.Welsh {
			list[i][0] = row.Welsh
		}
	}
	return list
}
