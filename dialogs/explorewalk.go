package dialogs

import (
	"fmt"
	"slices"
	"strings"

	"parley/templates"
)

// walk explores a dialog in one world, depth first. Where it comes to a state
// from which it has walked before, or one that differs only in what no
// condition reads, it goes back.
type walk struct {
	*explorer
	facts Facts
	path  []string // what the person has written
	seen  map[string]bool
	asked map[asking]bool // where all that leads nowhere else has been tried
}

// asking is what a dialog waits for.
type asking struct {
	step   int
	doubt  doubt
	proof  bool
	proven bool
}

// way is what a path has been through beside its state.
type way struct {
	reopened bool // an earlier answer has been changed: once is enough
	proven   bool // the person has shown who they are
}

func (w *walk) begin() error {
	out, err := w.turn(State{}, Input{Event: Begin}, way{})
	if err != nil {
		return err
	}
	return w.on(out, way{})
}

// on goes on from what a turn led to.
func (w *walk) on(out Output, by way) error {
	switch {
	case out.End != nil:
		w.explored.Paths++
		return nil
	case w.explored.Turns >= w.most:
		w.explored.Cut = true
		return nil
	}
	key := w.asks.key(w.dialog, out.State, by)
	if w.seen[key] {
		w.explored.Paths++
		return nil
	}
	w.seen[key] = true
	if out.Call != nil {
		return w.called(out.State, out.Call, by)
	}
	return w.waiting(out.State, by)
}

// called tries every result of a call.
func (w *walk) called(state State, call *Call, by way) error {
	for _, result := range w.asks.results(w.dialog, call) {
		next := fmt.Sprintf("(%s: %s)", call.Name, result.Value.appendJSON(nil))
		if result.Failed {
			w.walked.failed.add(call.Step)
			next = fmt.Sprintf("(%s fails)", call.Name)
		}
		if _, err := w.take(state, Input{Event: Answered, Result: result}, next, by); err != nil {
			return err
		}
	}
	return w.asides(state, by)
}

// waiting tries all that a person can do where the dialog waits for them.
func (w *walk) waiting(state State, by way) error {
	led := false
	for _, in := range w.replies(&state) {
		next := by
		next.proven = by.proven || in.Event == Identified
		out, err := w.take(state, in, in.short(), next)
		if err != nil {
			return err
		}
		led = led || out.leads(&state)
	}
	if s := &w.dialog.steps[state.Step]; !led && state.Tries == 0 && state.Pending.Doubt == noDoubt {
		w.report(w, lintStuck, s.key, "", "no answer leads on from %q", s.key)
	}
	if !by.reopened && state.Tries == 0 {
		for _, text := range w.changes(&state) {
			if _, err := w.take(state, Input{Event: Said, Text: text}, text, way{true, by.proven}); err != nil {
				return err
			}
		}
	}
	return w.asides(state, by)
}

// short is what a person does, for people who retrace a path.
func (in Input) short() string {
	switch {
	case in.Event == Identified:
		return "(shows who they are)"
	case len(in.Files) > 0:
		return "(sends a file)"
	}
	return in.Text
}

// leads reports whether a turn has led on from a state.
func (out Output) leads(from *State) bool {
	return out.End != nil || out.Call != nil || out.State.Step != from.Step || out.State.Proof != from.Proof ||
		len(out.State.Answers) > len(from.Answers) || out.State.Pending.Doubt != noDoubt
}

// asides are what a person may do wherever they are asked: they are tried where
// a step is first come to, on the path with the longest answers. A person is
// reached, and whoever is not understood is given up in time.
func (w *walk) asides(state State, by way) error {
	if at := (asking{state.Step, state.Pending.Doubt, state.Proof, by.proven}); state.Tries == 0 {
		if w.asked[at] {
			return nil
		}
		w.asked[at] = true
		for _, in := range []Input{
			{Event: Said, Text: "HELP"}, {Event: Said, Text: "STATUS"}, {Event: Said, Text: unreadable, Aside: Need},
			{Event: Said, Lost: 1}, {Event: Said, Files: aFile, Lost: 1}, {Event: Resume}, {Event: Came}, {Event: Handed}, {Event: Nudge}, {Event: Lapse},
		} {
			if _, err := w.turn(state, in, by); err != nil {
				return err
			}
		}
		out, err := w.turn(state, Input{Event: Said, Text: "PERSON"}, by)
		switch {
		case err != nil:
			return err
		case out.End == nil || !out.End.Handoff:
			return errNoPerson
		}
	}
	_, err := w.take(state, Input{Event: Said, Text: unreadable}, "?", by)
	return err
}

// take takes a turn and goes on from it.
func (w *walk) take(state State, in Input, as string, by way) (Output, error) {
	w.path = append(w.path, as)
	out, err := w.turn(state, in, by)
	if err == nil {
		err = w.on(out, by)
	}
	if err == nil { // else the path tells where
		w.path = w.path[:len(w.path)-1]
	}
	return out, err
}

// turn takes one turn in the language of the walk, and the same in the others
// to see that they ask the same.
func (w *walk) turn(state State, in Input, by way) (Output, error) {
	in.Facts = w.facts
	if by.proven {
		in.Facts.Identity = "confirmed"
	}
	if !in.Facts.confirmed() {
		in.Facts.Children = nil
	}
	w.explored.Turns++
	out, err := w.advance(state, in, w.facts.Language)
	if err != nil || w.facts.Language != w.dialog.Languages[0] { // they are compared once
		return out, err
	}
	for _, language := range w.dialog.Languages[1:] {
		other, err := w.advance(state, in, language)
		if err != nil {
			return out, err
		}
		if difference := differ(out, other); difference != "" {
			w.report(w, lintLanguages, w.dialog.steps[out.State.Step].key, language, "in %s %s", languageNames[language], difference)
		}
	}
	return out, nil
}

// advance takes one turn in a language, and proves all that can be proved of it
// alone.
func (w *walk) advance(state State, in Input, language templates.Language) (Output, error) {
	in.Facts.Language, state.Language = language, language
	out, err := w.dialog.advance(state, in, w.walked.trace)
	if err != nil {
		return out, err
	}
	if _, err := reload(out.State); err != nil {
		return out, err
	}
	return out, w.prove(out, &in.Facts)
}

// where tells the end of the path so far: " (after …, 1, £400 a week)".
func (w *walk) where() string {
	const most, longest = 8, 40
	if len(w.path) == 0 {
		return ""
	}
	short := slices.Clone(w.path)
	if more := len(short) - most; more > 0 {
		short = append([]string{"…"}, short[more:]...)
	}
	for i, text := range short {
		if letters := []rune(text); len(letters) > longest {
			short[i] = string(letters[:longest]) + "…"
		}
	}
	return " (after " + strings.Join(short, ", ") + ")"
}
