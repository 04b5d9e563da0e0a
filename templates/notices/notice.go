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
	var scratch []byte
	for i := range blocks {
		if b := blocks[i].render(&scratch, values, language); len(b.Items) > 0 || len(b.Rows) > 0 {
			r.Document = append(r.Document, b)
		}
	}
	r.Text = r.Document.Text()
	return r
}

// render writes one block; what is left of it when no flag is set may be
// nothing. It writes into scratch first, which it may make larger.
func (b *block) render(scratch *[]byte, values []Value, language templates.Language) Block {
	out := Block{Kind: b.kind}
	if b.kind == Figures {
		for _, row := range values[b.table].rows {
			says := row.English
			if language == templates.Welsh {
				says = row.Welsh
			}
			out.Rows = append(out.Rows, [2]string{says, row.Figure})
		}
		return out
	}
	out.Items = make([]string, 0, len(b.texts))
	for i := range b.texts {
		*scratch = b.texts[i].append((*scratch)[:0], values, language)
		if s := bytes.TrimSpace(*scratch); len(s) > 0 {
			out.Items = append(out.Items, string(s))
		}
	}
	return out
}
