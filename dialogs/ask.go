package dialogs

import (
	"strconv"
	"strings"

	"parley/dialogs/answers"
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

// say1 adds one standing phrase as a message.
func (t *turn) say1(key, text string) { t.add(Message{Step: key, Words: text}) }

// add puts the opening before the first message of a conversation that we
// begin, in the same text; not for a discreet person.
func (t *turn) add(m Message) {
	m.Language = t.state.Language
	facts := &t.in.Facts
	if t.in.Event == Begin && facts.ByUs && !facts.Discreet && len(t.messages) == 0 && t.dialog.opening != nil {
		if opening, err := t.render(t.dialog.opening); err == nil {
			m.Words = opening + " " + m.Words
		}
	}
	t.messages = append(t.messages, m)
}

// ask asks the question of the step that waits.
func (t *turn) ask(i int) error {
	m, err := t.question(&t.dialog.steps[i])
	if err != nil {
		return err
	}
	t.add(m)
	return nil
}

// again asks what waits once more, after some words.
func (t *turn) again(before string) error {
	m, err := t.question(&t.dialog.steps[t.state.Step])
	if err != nil {
		return err
	}
	if before != "" {
		m.Words = before + " " + m.Words
	}
	t.add(m)
	return nil
}

// ask2 asks a standing question instead of the step's own.
func (t *turn) ask2(name phraseName) error {
	t.add(Message{Step: t.dialog.steps[t.state.Step].key, Words: standing(t.state.Language, name)})
	return nil
}

func (t *turn) question(s *step) (Message, error) {
	switch {
	case t.state.Pending.Question == meant:
		return t.didYouMean(s), nil
	case t.state.Pending.Question == howOften:
		return t.howOften(s), nil
	case s.kind == checkStep:
		return t.check(s), nil
	}
	text, err := t.render(s.say)
	m := Message{Step: s.key, Words: text, Private: s.quotes}
	switch s.answer.kind {
	case ChoiceValue:
		m.Options = optionsOf(s.choices.in(t.state.Language))
	case YesNoValue:
		m.Options, m.YesNo = t.yesNo(), true
	}
	return m, err
}

func optionsOf(list []answers.Choice) []Option {
	options := make([]Option, len(list))
	for i, c := range list {
		options[i] = Option{Value: c.Value, Label: c.Label}
	}
	return options
}

func (t *turn) yesNo() []Option {
	words := yesNoWords[t.state.Language]
	return []Option{{Value: "yes", Label: words[true]}, {Value: "no", Label: words[false]}}
}

func (t *turn) didYouMean(s *step) Message {
	value := t.state.Pending.Value.words(t.state.Language)
	return Message{Step: s.key, Words: standing(t.state.Language, sayDidYouMean, "value", value),
		Options: t.yesNo(), YesNo: true, Private: s.private}
}

func (t *turn) howOften(s *step) Message {
	words := standing(t.state.Language, sayHowOften, "value", t.state.Pending.Value.words(t.state.Language))
	if t.hides(s) {
		words = standing(t.state.Language, sayHowOftenThat)
	}
	return Message{Step: s.key, Words: words,
		Options: optionsOf(periodChoices(t.state.Language)), Private: s.private}
}

// periodChoices are the answers to "how often" in words.
func periodChoices(language templates.Language) []answers.Choice {
	list := make([]answers.Choice, len(periods))
	for i, p := range periods {
		list[i] = answers.Choice{Value: string(p), Label: language.Per(string(p))}
	}
	return list
}

// check lists the answers with numbers, so that one can be changed.
func (t *turn) check(s *step) Message {
	var b strings.Builder
	if s.say != nil {
		if own, err := t.render(s.say); err == nil {
			b.WriteString(own)
		}
	} else {
		b.WriteString(standing(t.state.Language, sayCheck))
	}
	n := 0
	for _, i := range s.check {
		v, answered := t.state.answer(i)
		if !answered {
			continue
		}
		n++
		b.WriteString("\n" + strconv.Itoa(n) + ". ")
		asked := &t.dialog.steps[i]
		if asked.label != nil {
			if label, err := t.render(asked.label); err == nil {
				b.WriteString(label + ": ")
			}
		}
		b.WriteString(t.shown(asked, v))
	}
	return Message{Step: s.key, Words: b.String(), Checks: true, Private: true}
}

// hides reports whether answers to a step are not written on the person's
// screen, which somebody else may see.
func (t *turn) hides(s *step) bool { return s.private && t.in.Facts.Discreet }

// shown is an answer as the check shows it.
func (t *turn) shown(asked *step, v Value) string {
	switch {
	case t.hides(asked):
		return standing(t.state.Language, sayAsToldUs)
	case v.Kind == ChoiceValue:
		return asked.choices.label(v.Text, t.state.Language)
	default:
		return v.words(t.state.Language)
	}
}

// render fills words with what is known, in the language of the conversation.
func (t *turn) render(w words) (string, error) {
	text := w.pick(t.state.Language, t.in.Facts.Channel, t.in.Facts.Discreet)
	return text.Render(t.lookup)
}

// lookup gives a placeholder its value in words: an answer, or a field of a
// result.
func (t *turn) lookup(name string) (string, bool) {
	root, field, dotted := strings.Cut(name, ".")
	if i, ok := t.dialog.asks[root]; ok && !dotted {
		v, known := t.state.answer(i)
		if v.Kind == ChoiceValue {
			return t.dialog.steps[i].choices.label(v.Text, t.state.Language), known
		}
		return v.words(t.state.Language), known
	}
	i, ok := t.dialog.results[root]
	if !ok {
		return "", false
	}
	r, called := t.state.result(i)
	v, has := r.Value.Field(field)
	return figure(v, t.state.Language), called && !r.Failed && has
}

// figure is a field of a result in words. The script writes the pound sign of
// an amount: "£((estimate.weekly_amount)) a week".
func figure(v Value, language templates.Language) string {
	return strings.TrimPrefix(v.words(language), "£")
}
