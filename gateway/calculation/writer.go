package calculation

import "strconv"

// writer writes JSON on one line. It exists beside encoding/json because the
// sentences of the steps are most of the work of `parley calculate`, and this
// is several times as fast. A name of "" writes an element of a list.
type writer struct{ b []byte }

func (w *writer) open(name string, bracket byte) {
	w.name(name)
	w.b = append(w.b, bracket)
}

func (w *writer) close(bracket byte) { w.b = append(w.b, bracket) }

func (w *writer) name(name string) {
	if n := len(w.b); n > 0 {
		switch w.b[n-1] {
		case '{', '[', '\n':
		default:
			w.b = append(w.b, ',')
		}
	}
	if name != "" {
		w.quote(name)
		w.b = append(w.b, ':')
	}
}

func (w *writer) text(name, value string) {
	w.name(name)
	w.quote(value)
}

func (w *writer) yes(name string, value bool) {
	w.name(name)
	w.b = strconv.AppendBool(w.b, value)
}

func (w *writer) null(name string) {
	w.name(name)
	w.b = append(w.b, "null"...)
}

func (w *writer) count(name string, value int) {
	w.name(name)
	w.b = strconv.AppendInt(w.b, int64(value), 10)
}

func (w *writer) money(name string, value Money) {
	w.name(name)
	w.b = append(w.b, '"')
	w.b = value.append(w.b, "", "")
	w.b = append(w.b, '"')
}

// quote writes valid UTF-8 as a JSON string (RFC 8259 section 7).
func (w *writer) quote(text string) {
	const hex = "0123456789abcdef"
	w.b = append(w.b, '"')
	plain := 0 // where the bytes not yet written begin
	for i := range len(text) {
		c := text[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		w.b = append(w.b, text[plain:i]...)
		plain = i + 1
		if c < ' ' {
			w.b = append(w.b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		} else {
			w.b = append(w.b, '\\', c)
		}
	}
	w.b = append(append(w.b, text[plain:]...), '"')
}
