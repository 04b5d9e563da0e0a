package dialogs

import (
	"fmt"
	"regexp"
	"strings"

	"parley/templates"
)

// Draw is the dialog as a Mermaid flowchart (https://mermaid.js.org): questions
// are boxes with their answers, conditions are on the arrows that pass a step
// by, what is repeated or run stands in a frame.
func (d *Dialog) Draw() string {
	w := &drawing{dialog: d}
	w.line("flowchart TD")
	w.line("  start([%s])", quoted(d.Title(templates.English)))
	w.frames()
	w.arrows()
	return w.String()
}

// drawing writes one flowchart.
type drawing struct {
	strings.Builder
	dialog *Dialog
}

func (w *drawing) line(format string, values ...any) { fmt.Fprintf(w, format+"\n", values...) }

// drawn lists the steps of the picture: of those that are repeated the first.
func (w *drawing) drawn() []int {
	var list []int
	for i := range w.dialog.steps {
		if w.dialog.steps[i].first() {
			list = append(list, i)
		}
	}
	return list
}

// frames draws the steps, those of an each or of a dialog that is run within a
// frame.
func (w *drawing) frames() {
	within := ""
	for _, i := range w.drawn() {
		s := &w.dialog.steps[i]
		if frame := s.frame(); frame != within {
			if within != "" {
				w.line("  end")
			}
			if frame != "" {
				w.line("  subgraph f%d [%s]", i, quoted(frame))
			}
			within = frame
		}
		w.line("  s%d%s", i, s.shape())
	}
	if within != "" {
		w.line("  end")
	}
}

// frame names what a step stands in.
func (s *step) frame() string {
	switch {
	case s.each != nil && s.each.ofRecord():
		return "for each " + s.each.variable + " on the case"
	case s.each != nil:
		return "for each " + s.each.variable + " of " + s.each.over
	case s.part != "":
		return "runs " + s.part
	}
	return ""
}

// shape is the step's box: a question, a person taking over, a call, words.
func (s *step) shape() string {
	text := "<b>" + s.key + "</b>"
	if s.say != nil {
		text += "<br/>" + s.say[templates.English][forDefault].raw
	}
	if values := s.choices.values; len(values) > 0 {
		text += "<br/><i>" + strings.Join(values, " / ") + "</i>"
	}
	switch s.kind {
	case askStep:
		return "[/" + quoted(text) + "/]"
	case checkStep:
		return "[[" + quoted(text+"<br/>check your answers") + "]]"
	case callStep:
		return "[(" + quoted(text) + ")]"
	case handoffStep:
		return "{{" + quoted(text+"<br/>a person takes over") + "}}"
	default:
		return "[" + quoted(text) + "]"
	}
}

// ending is how the dialog ends with a step, and which one it leads to.
func (s *step) ending() string {
	if s.next == "" {
		return s.end
	}
	return s.end + "\nnext: " + s.next
}

// quoted is a text that Mermaid takes as it is.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`"`, "#quot;", "\n", "<br/>").Replace(text) + `"`
}

// arrows draws the way from each step to the next. A run of steps under one
// condition stands behind one diamond, which leads past all of them otherwise.
func (w *drawing) arrows() {
	open := []arrow{{node: "start"}}
	passing, condition := []arrow(nil), "" // ways past the steps under the condition
	for _, i := range w.drawn() {
		s := &w.dialog.steps[i]
		if text := s.conditionText(); text != condition {
			open, passing, condition = append(open, passing...), nil, text
			if text != "" {
				node := fmt.Sprintf("c%d", i)
				w.line("  %s{%s}", node, quoted(text))
				w.lead(open, node)
				open, passing = []arrow{{node, "so"}}, []arrow{{node, "otherwise"}}
			}
		}
		node := fmt.Sprintf("s%d", i)
		w.lead(open, node)
		open = []arrow{{node: node}}
		if s.end != "" && (s.part == "" || s.kind == handoffStep) {
			w.line("  %s --> e%d([%s])", node, i, quoted(s.ending()))
			open = nil
		}
	}
	if open = append(open, passing...); len(open) > 0 {
		w.line("  done([done])")
		w.lead(open, "done")
	}
}

// arrow is a way that is still open, with the word on it.
type arrow struct{ node, word string }

func (w *drawing) lead(from []arrow, to string) {
	for _, a := range from {
		if a.word == "" {
			w.line("  %s --> %s", a.node, to)
		} else {
			w.line("  %s -->|%s| %s", a.node, a.word, to)
		}
	}
}

// knowsPattern is what known(name) is compiled to, see knows.
var knowsPattern = regexp.MustCompile(`"(\w+)" in ` + knownNames)

// conditionText is what must hold for a step, in the words of the script.
func (s *step) conditionText() string {
	if s.when == nil {
		return ""
	}
	texts := make([]string, len(s.when.parts))
	for i, p := range s.when.parts {
		texts[i] = knowsPattern.ReplaceAllString(p.text, "known($1)")
	}
	return strings.Join(texts, " and ")
}
