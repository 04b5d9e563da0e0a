package console

import (
	"cmp"
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
	choices  map[string]string
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
		for i, label := range o.Choices[l] {
			if one.choices == nil {
				one.choices = map[string]string{}
			}
			one.choices[o.Values[i]] = label
		}
		one.Answered = slices.ContainsFunc(answered, func(k known) bool { return k.Name == inPlainName(o.Step) })
		list = append(list, one)
	}
	return list
}

// underQuestions has each answer under what was asked, where that is known, and
// in the words that were offered.
func underQuestions(l templates.Language, answers []known, questions []question) []known {
	list := slices.Clone(answers)
	for i := range list {
		list[i].Value = wordOr(l, "answer."+list[i].Value, list[i].Value)
		if at := slices.IndexFunc(questions, func(q question) bool { return inPlainName(q.Name) == list[i].Name }); at >= 0 {
			list[i].Name, list[i].Value = questions[at].Words, questions[at].inWords(list[i].Value)
		}
	}
	return list
}

// inWords is an answer in the words that were offered, where it is one or
// several of them.
func (q question) inWords(answer string) string {
	if len(q.choices) == 0 {
		return answer
	}
	chosen := strings.Split(answer, ", ")
	for i, value := range chosen {
		chosen[i] = cmp.Or(q.choices[value], value)
	}
	return strings.Join(chosen, ", ")
}

// inPlainName is the name of a step or value as staff read it.
func inPlainName(name string) string { return strings.ReplaceAll(name, "_", " ") }
