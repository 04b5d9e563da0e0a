package dialogs

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/templates"
)

// The promises that Parley makes of every dialog.
var (
	errNoPerson = errors.New("no person can be reached")
	errPrivate  = errors.New("something private is told in a message that is not")
	errDiscreet = errors.New("something private is told to somebody who is contacted discreetly")
	errRecord   = errors.New("what the record holds is told to somebody who has not confirmed who they are")
)

// prove checks what is said in a turn.
func (w *walk) prove(out Output, facts *Facts) error {
	for _, m := range out.Messages {
		text := m.Render(facts.Channel)
		if parts := templates.PrepareSMS(text).Segments; facts.Channel == onSMS && parts > templates.MaxSegments {
			w.report(w, lintTooLong, m.Step, m.Language, "in %s what %q says takes %d text messages with the longest answers and may take %d",
				inLanguage(m.Language), m.Step, parts, templates.MaxSegments)
		}
		if m.Ask != nil {
			text += m.Ask.Help
		}
		if err := w.proveQuiet(m, text, &out.State, facts); err != nil {
			return fmt.Errorf("%w: %s: %q", err, m.Step, text)
		}
	}
	return nil
}

// proveQuiet looks in a message for the answers and results that the explorer
// gave as marks of what is private.
func (w *walk) proveQuiet(m Message, text string, state *State, facts *Facts) error {
	for _, a := range state.Answers {
		s := &w.dialog.steps[a.Step]
		if !s.private || !a.Value.marked(s) || !strings.Contains(text, a.Value.words(m.Language)) {
			continue
		}
		switch {
		case facts.Discreet:
			return errDiscreet
		case !m.Private:
			return errPrivate
		}
	}
	for _, r := range state.Results {
		for _, f := range r.Value.Fields {
			switch {
			case !w.records[r.Step] || f.Value.Kind != MoneyValue || f.Value.Pence < marks || !strings.Contains(text, figure(f.Value, m.Language)):
			case !facts.confirmed():
				return errRecord
			case facts.Discreet:
				return errDiscreet
			}
		}
	}
	return nil
}

// differ tells how what a turn leads to in one language differs from another.
func differ(a, b Output) string {
	b.State.Language = a.State.Language
	a.Messages, b.Messages = whole(a.Messages), whole(b.Messages)
	switch {
	case (a.End == nil) != (b.End == nil) || a.End != nil && *a.End != *b.End:
		return "the dialog ends otherwise"
	case a.State.Step != b.State.Step || (a.Call == nil) != (b.Call == nil):
		return "another step comes next"
	case len(a.Messages) != len(b.Messages):
		return fmt.Sprintf("%d messages are said instead of %d", len(b.Messages), len(a.Messages))
	}
	for i := range a.Messages {
		if one, other := a.Messages[i], b.Messages[i]; one.Step != other.Step || one.Private != other.Private || one.Ask.shape() != other.Ask.shape() {
			return fmt.Sprintf("what %q asks is of another kind", one.Step)
		}
	}
	if one, err := a.State.MarshalBinary(); err == nil {
		if other, err := b.State.MarshalBinary(); err == nil && string(one) != string(other) {
			return "something else is taken down"
		}
	}
	return ""
}

// whole leaves of a check that takes several text messages the one that asks:
// in how many it goes is not the same in every language.
func whole(list []Message) []Message {
	return slices.DeleteFunc(slices.Clone(list), func(m Message) bool {
		return m.Ask == nil && slices.ContainsFunc(list, func(n Message) bool { return n.Step == m.Step && n.Ask != nil })
	})
}

// shape is what is asked for, without its words or what may be counted
// otherwise.
func (a *Ask) shape() string {
	if a == nil {
		return ""
	}
	return fmt.Sprint(a.Step, a.Kind, len(a.Options), len(a.Words), a.Longest, a.Least, a.Most, a.Help != "", a.Back, a.Private)
}

// inLanguage names a language.
func inLanguage(l templates.Language) string {
	if name, ok := languageNames[l]; ok {
		return name
	}
	return "English"
}
