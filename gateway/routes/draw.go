package routes

import (
	"fmt"
	"slices"
	"strings"
)

// Draw is the table as a Mermaid flowchart (https://mermaid.js.org): what a
// message is about on the left, where it leads on the right, and for whom on the
// arrow between them. What plain words tell stands under the intents.
func (t *Table) Draw() string {
	w := drawing{numbers: map[string]int{}}
	w.line("flowchart LR")
	for _, r := range t.intents {
		for _, intent := range r.intent {
			w.arrow(intent, r)
		}
	}
	for _, r := range t.cues {
		w.arrow(r.cue(), r)
	}
	return w.String()
}

type drawing struct {
	strings.Builder
	numbers map[string]int
}

func (w *drawing) line(format string, values ...any) { fmt.Fprintf(w, format+"\n", values...) }

// node is the number of what has these words; it is drawn when it first comes.
func (w *drawing) node(words, before, after string) int {
	n, drawn := w.numbers[words]
	if !drawn {
		n = len(w.numbers)
		w.numbers[words] = n
		w.line("  n%d%s\"%s\"%s", n, before, strings.ReplaceAll(words, `"`, "#quot;"), after)
	}
	return n
}

func (w *drawing) arrow(about string, r row) {
	from, to := w.node(about, "([", "])"), 0
	switch {
	case r.to.Dialog != "":
		to = w.node(r.to.Dialog, "[", "]")
	case r.to.Work != "":
		to = w.node("a person: "+r.to.Detail, "[[", "]]")
	default:
		to = w.node("signpost: "+r.to.Signpost, ">", "]")
	}
	if whom := r.whom(); whom != "" {
		w.line("  n%d -->|%s| n%d", from, whom, to)
	} else {
		w.line("  n%d --> n%d", from, to)
	}
}

// whom is for whom a row holds, in words; empty: for everybody.
func (r row) whom() string {
	var all []string
	for _, column := range [][]string{r.of, r.parent, r.identity, r.state} {
		if len(column) == 0 {
			continue
		}
		if slices.Contains(column, either) {
			column = []string{"either parent"}
		}
		all = append(all, strings.Join(column, " or "))
	}
	return strings.Join(all, ", ")
}

// cue is what a row goes by: the first of its words, or its wishes or pointers.
func (r row) cue() string {
	switch {
	case len(r.wish) > 0:
		return "a wish: " + strings.Join(r.wish, ", ")
	case len(r.pointer) > 0:
		return "about " + strings.Join(r.pointer, ", ")
	}
	var words []string
	for _, p := range r.words[0] {
		words = append(words, p.words[0])
	}
	return "words like: " + strings.Join(words, " ")
}

// Rows are the table as text, a row each: what it goes by, for whom, and where
// it leads, with tabs between them.
func (t *Table) Rows() []string {
	var rows []string
	for _, r := range t.cues {
		rows = append(rows, r.text(r.cue()))
	}
	for _, r := range t.intents {
		rows = append(rows, r.text(strings.Join(r.intent, ", ")))
	}
	return rows
}

func (r row) text(about string) string {
	var to []string
	for kind, name := range map[string]string{"dialog": r.to.Dialog, "work": r.to.Work, "signpost": r.to.Signpost} {
		if name != "" {
			to = append(to, kind+" "+name)
		}
	}
	slices.Sort(to)
	return fmt.Sprintf("%s\t%s\t%s", about, r.whom(), strings.Join(to, ", "))
}
