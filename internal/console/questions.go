package console

import (
	"slices"
	"strings"

	"parley/dialogs"
	"parley/templates"
)

// question is one that a dialog asks once, so that staff can answer it for the
// person or have it asked again.
type question struct {
	Name     string // as answers name it
	Words    string // what it asks, else its name
	Answered bool
}

// questionsOf are those of a dialog, in a language; none of a dialog that is no
// more.
func (c *Console) questionsOf(l templates.Language, name string, answered []known) []question {
	d := c.dialog(name)
	if d == nil {
		return nil
	}
	var list []question
	for _, o := range d.Outline() {
		if o.Kind != dialogs.OutlineAsk || o.Frame != "" {
			continue
		}
		one := question{Name: o.Step, Words: strings.TrimSpace(o.Words[l])}
		if one.Words == "" || strings.Contains(one.Words, "((") { // nobody's own values are known here
			one.Words = inPlainName(o.Step)
		}
		one.Answered = slices.ContainsFunc(answered, func(k known) bool { return k.Name == inPlainName(o.Step) })
		list = append(list, one)
	}
	return list
}

// underQuestions has each answer under what was asked, where that is known.
func underQuestions(answers []known, questions []question) []known {
	list := slices.Clone(answers)
	for i := range list {
		if at := slices.IndexFunc(questions, func(q question) bool { return inPlainName(q.Name) == list[i].Name }); at >= 0 {
			list[i].Name = questions[at].Words
		}
	}
	return list
}

// inPlainName is the name of a step or value as staff read it.
func inPlainName(name string) string { return strings.ReplaceAll(name, "_", " ") }
