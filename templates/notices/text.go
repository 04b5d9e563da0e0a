package notices

import (
	"fmt"
	"strings"

	"parley/templates"
)

// text is words with placeholders, parsed once. Each span is literal words,
// then the value of a field, or words that are said when a flag is set.
type text struct {
	spans []span
}

// span is one piece of a text.
type span struct {
	literal string
	field   int // of the notice's data; -1: none
	flag    bool
	when    text // said when the field, a flag, is set; the field is not written then
}

// fold is how names are compared: without case, spaces, dashes and underscores.
func fold(name string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case ' ', '-', '_', '\u00a0':
			return -1
		}
		return r
	}, strings.ToLower(name))
}

// parseText reads words. Faults are said by the reader: a placeholder that is
// not closed, that is not among the notice's data, or that is of a kind that
// cannot stand there.
func (r *formReader) parseText(s string, line int) text {
	var t text
	for {
		open := strings.Index(s, "((")
		if open < 0 {
			break
		}
		for strings.HasPrefix(s[open+1:], "((") { // in "(((amount)))" the outer pair is ordinary brackets
			open++
		}
		t.literal(s[:open])
		inside, rest, closed := cutClosed(s[open+2:])
		if !closed {
			r.problem(line, "placeholder", "a placeholder is opened with (( and never closed with ))")
			return t
		}
		t.add(r.placeholder(inside, line))
		s = rest
	}
	t.literal(s)
	return t
}

// cutClosed cuts words at the "))" that closes what was opened before them:
// the words of a flag may hold placeholders of their own.
func cutClosed(s string) (inside, rest string, closed bool) {
	depth := 1
	for i := 0; i+1 < len(s); i++ {
		switch s[i : i+2] {
		case "((":
			depth++
			i++
		case "))":
			if depth--; depth == 0 {
				return s[:i], s[i+2:], true
			}
			i++
		}
	}
	return "", "", false
}

func (t *text) literal(s string) {
	if s != "" {
		t.spans = append(t.spans, span{literal: s, field: -1})
	}
}

func (t *text) add(s span, ok bool) {
	if ok {
		t.spans = append(t.spans, s)
	}
}

// placeholder reads what stands between the brackets.
func (r *formReader) placeholder(inside string, line int) (span, bool) {
	name, words, flag := strings.Cut(inside, "??")
	i, ok := r.notice.field(name)
	if !ok {
		r.problem(line, "placeholder", "((%s)) is not among the data of notice.yaml: %s", name, templates.English.List(r.notice.fieldNames()))
		return span{}, false
	}
	r.uses[i] = true
	switch kind := r.notice.Fields[i].Kind; {
	case flag && kind != FlagKind:
		r.problem(line, "placeholder", "((%s??…)) needs a flag, and %s is %s", name, name, kind)
		return span{}, false
	case !flag && kind == FlagKind:
		r.problem(line, "placeholder", "%s is a flag: write ((%s??the words to say when it is set))", name, name)
		return span{}, false
	case !flag && kind == TableKind:
		r.problem(line, "placeholder", "((%s)) is a table: it stands alone in a paragraph, by email and letter", name)
		return span{}, false
	}
	if flag {
		return span{field: i, flag: true, when: r.parseText(words, line)}, true
	}
	return span{field: i}, true
}

// append writes the text with its values.
func (t *text) append(dst []byte, values []Value, language templates.Language) []byte {
	for i := range t.spans {
		switch s := &t.spans[i]; {
		case s.field < 0:
			dst = append(dst, s.literal...)
		case !s.flag:
			dst = values[s.field].appendWords(dst, language)
		case values[s.field].number != 0:
			dst = s.when.append(dst, values, language)
		}
	}
	return dst
}

// fields lists the fields that a text reads.
func (t *text) fields() []int {
	var list []int
	for _, s := range t.spans {
		if s.field >= 0 {
			list = append(append(list, s.field), s.when.fields()...)
		}
	}
	return list
}

// raw is the text as it was written, for lints.
func (t *text) raw(n *Notice) string {
	var b strings.Builder
	for _, s := range t.spans {
		switch {
		case s.field < 0:
			b.WriteString(s.literal)
		case s.flag:
			b.WriteString(" " + s.when.raw(n) + " ") // it may stand beside another flag's words, without a space
		default:
			fmt.Fprintf(&b, "((%s))", n.Fields[s.field].Name)
		}
	}
	return b.String()
}
