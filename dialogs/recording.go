package dialogs

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Recording writes a rehearsal down as a transcript: what was just typed
// becomes a test. A call that gave different results at different times is
// written with the last.
type Recording struct {
	rehearsal *Rehearsal
	results   map[string]Result // of calls, by name
	lines     strings.Builder
}

// Record begins a recording. It must come before the rehearsal begins.
func Record(r *Rehearsal) *Recording {
	w := &Recording{rehearsal: r, results: map[string]Result{}}
	carry := r.Carry
	r.Carry = func(c Call) Result {
		result := carry(c)
		w.results[c.Name] = result
		return result
	}
	return w
}

// Wrote adds what the person wrote.
func (w *Recording) Wrote(text string) { w.line(">", text) }

// Heard adds what the dialog said, and how it ended.
func (w *Recording) Heard(out Output) {
	for _, m := range out.Messages {
		w.line("<", m.Render(w.rehearsal.Facts.Channel))
	}
	if out.End != nil {
		w.line("=", out.End.String()+" "+string(w.rehearsal.Dialog.AnswersJSON(out.State)))
	}
}

func (w *Recording) line(mark, text string) {
	w.lines.WriteString(mark + " " + strings.ReplaceAll(text, "\n", "\n  ") + "\n")
}

// Transcript is the transcript so far. now is the moment at which the
// rehearsal was held.
func (w *Recording) Transcript(title string, now time.Time) string {
	return "# " + title + "      " + strings.Join(w.settings(now), ", ") + "\n" + w.lines.String()
}

// settings are the header that makes the conversation come out so again.
func (w *Recording) settings(now time.Time) []string {
	facts := &w.rehearsal.Facts
	list := []string{facts.Channel + " " + string(facts.Language), "now=" + now.UTC().Format(time.RFC3339)}
	if facts.ByUs {
		list = append(list, "started by us")
	}
	if facts.Discreet {
		list = append(list, "discreet")
	}
	if facts.Identity != "known" {
		list = append(list, "identity "+facts.Identity)
	}
	if facts.Role != "" {
		list = append(list, "role "+facts.Role)
	}
	if facts.Nation != "" {
		list = append(list, "nation "+facts.Nation)
	}
	for _, name := range slices.Sorted(maps.Keys(facts.Given)) {
		list = append(list, "given "+name+"="+facts.Given[name])
	}
	for _, c := range facts.Children {
		b, _ := json.Marshal(c) // names and numbers always marshal
		list = append(list, "child="+string(b))
	}
	for _, name := range slices.Sorted(maps.Keys(w.results)) {
		if s := w.result(name); s != "" {
			list = append(list, s)
		}
	}
	return list
}

// result is the setting for what a call gave, where that is not the example.
func (w *Recording) result(name string) string {
	r := w.results[name]
	if r.Failed {
		return name + " fails"
	}
	s, _ := signatureOf(name)
	var other []Field
	for i, f := range s.example.Fields {
		if got, ok := r.Value.Field(f.Name); ok && !reflect.DeepEqual(got, s.example.Fields[i].Value) {
			other = append(other, Field{Name: f.Name, Value: got})
		}
	}
	if len(other) == 0 {
		return ""
	}
	return fmt.Sprintf("%s=%s", name, appendFields(nil, other))
}
