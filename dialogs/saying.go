package dialogs

import (
	"strings"

	"parley/templates"
)

// say adds a step's own words.
func (t *turn) say(s *step) error {
	text, err := t.render(s.say)
	if err != nil {
		return err
	}
	t.add(Message{Step: s.key, Words: text, Private: s.quotes})
	return nil
}

// sayHandoff adds a handoff step's own words, if any, and the promise.
func (t *turn) sayHandoff(s *step) error {
	text := t.promise()
	if s.say != nil {
		own, err := t.render(s.say)
		if err != nil {
			return err
		}
		text = own + " " + text
	}
	t.add(Message{Step: s.key, Words: text, Private: s.quotes})
	return nil
}

// sayStanding adds a standing phrase.
func (t *turn) sayStanding(key, text string) { t.add(Message{Step: key, Words: text}) }

// add adds a message. What is said in every dialog goes before the first one
// of a turn, in the same text.
func (t *turn) add(m Message) {
	m.Language = t.state.Language
	if before := t.preface(); before != "" {
		m.begin(before)
	}
	t.state.Spoken = true
	t.messages = append(t.messages, m.parts(t.in.Facts.Channel)...)
}

// preface is the opening of a conversation that we began, or what one is about
// that waited, both of which a discreet person is spared; else what is owed to
// whoever wrote.
func (t *turn) preface() string {
	facts := &t.in.Facts
	if !t.state.Spoken && facts.ByUs && !facts.Discreet && t.dialog.opening != nil {
		opening, _ := t.render(t.dialog.opening) // openings have no placeholders
		return opening
	}
	words := ""
	if !t.state.Spoken && facts.Matter != "" && !facts.Discreet {
		words = standing(t.state.Language, sayNow, "matter", facts.Matter)
	}
	for _, o := range []struct {
		owed   owed
		phrase phraseName
	}{{owesKept, sayKept}, {owesLost, sayNoPictures}, {owesSome, saySomeLost}, {owesNeed, sayAfterThis}} {
		if t.state.Owed&o.owed != 0 {
			words = joined(words, standing(t.state.Language, o.phrase))
		}
	}
	t.state.Owed = 0
	return words
}

// again asks what waits, or asks it once more, after some words.
func (t *turn) again(before string) error { return t.ask(before, "") }

// ask asks what waits, after some words, and says why the last answer could
// not be taken.
func (t *turn) ask(before, problem string) error {
	if gone, err := t.passed(); gone || err != nil {
		return err
	}
	m, err := t.question(&t.dialog.steps[t.state.Step])
	if err != nil {
		return err
	}
	if before != "" {
		m.Words = before + " " + m.Words
	}
	m.Ask.Problem = problem
	t.add(m)
	return nil
}

// passed goes on to what does apply when the step that waits no longer does:
// somebody who was confirmed is not any more, or now is, or a child has left
// the case.
func (t *turn) passed() (bool, error) {
	if t.state.Proof && !t.in.Facts.confirmed() {
		return false, nil
	}
	machine := t.dialog.machine()
	defer t.dialog.putMachine(machine)
	s := &t.dialog.steps[t.state.Step]
	hidden, err := t.hidden(machine, s)
	if err != nil {
		return false, err
	}
	applies, err := t.applies(machine, s)
	if applies && !hidden && !t.state.Proof || err != nil {
		return false, err
	}
	return true, t.run(t.state.Step)
}

// shown is an answer as the check shows it. A private one that was given is
// what we hold, which is told to somebody confirmed only.
func (t *turn) shown(i int) string {
	switch s, given := &t.dialog.steps[i], t.state.Given.has(i); {
	case given && s.private && (t.in.Facts.Discreet || !t.in.Facts.confirmed()):
		return standing(t.state.Language, sayAsWeHave)
	case t.hides(s):
		return standing(t.state.Language, sayAsToldUs)
	}
	return t.inWords(i)
}

// inWords is an answer in the language of the conversation.
func (t *turn) inWords(i int) string {
	v, _ := t.state.answer(i)
	switch s := &t.dialog.steps[i]; v.Kind {
	case ChoiceValue:
		return s.choices.label(v.Text, t.state.Language)
	case ManyValue:
		return s.choices.labels(v.Many, t.state.Language)
	case TextValue:
		return s.answer.literals.of(v.Text, t.state.Language)
	default:
		return v.words(t.state.Language)
	}
}

// render fills words of the step that is come to with what is known, in the
// language of the conversation.
func (t *turn) render(w words) (string, error) {
	return t.renderAt(&t.dialog.steps[t.state.Step], w)
}

func (t *turn) renderAt(s *step, w words) (string, error) {
	text := w.pick(t.state.Language, t.in.Facts.Channel, t.in.Facts.Discreet)
	return text.Render(func(name string) (string, bool) { return t.lookup(s, name) })
}

// lookup gives a placeholder of a step its value in words: a field of its item,
// an answer, or a field of a result.
func (t *turn) lookup(s *step, name string) (string, bool) {
	if field, ok := s.variableOf(name); ok {
		return t.itemWords(s, field)
	}
	root, field, _ := strings.Cut(name, ".")
	i, ok := t.dialog.giver(root, s)
	if !ok {
		return "", false
	}
	if t.dialog.steps[i].kind != callStep {
		_, known := t.state.answer(i)
		return t.inWords(i), known
	}
	r, called := t.state.result(i)
	v, has := r.Value.Field(field)
	return figure(v, t.state.Language), called && has
}

// figure is a field of a result in words. The script writes the pound sign of
// an amount: "£((estimate.weekly_amount)) a week".
func figure(v Value, language templates.Language) string {
	return strings.TrimPrefix(v.words(language), "£")
}
