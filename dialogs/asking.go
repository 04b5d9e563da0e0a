package dialogs

import (
	"parley/dialogs/answers"
	"parley/templates"
)

// question is what the step that waits asks.
func (t *turn) question(s *step) (Message, error) {
	m, err := t.asked(s)
	if err != nil {
		return m, err
	}
	m.Step, m.Ask.Step, m.Ask.Back = s.key, s.path(), t.hasBack()
	if m.Ask.Left, err = t.left(); err != nil {
		return m, err
	}
	if t.state.Proof {
		m.Step, m.Ask.Step = proofStep, proofStep
		return m, nil
	}
	if s.kind == askStep && m.Ask.Left > 0 {
		m.Ask.Left-- // this one
	}
	m.Ask.Help, err = t.helpOf(s)
	return m, err
}

// asked is the question alone: who the person is, an open doubt, a check, or
// the step's own.
func (t *turn) asked(s *step) (Message, error) {
	switch {
	case t.state.Proof:
		return t.whoIsIt(), nil
	case t.state.Pending.Doubt == meant:
		return t.didYouMean(s), nil
	case t.state.Pending.Doubt == howOften:
		return t.howOften(s), nil
	case s.kind == checkStep:
		return t.check(s)
	}
	text, err := t.render(s.say)
	return Message{Words: text, Private: s.quotes, Ask: t.asks(s)}, err
}

// asks is what a question takes.
func (t *turn) asks(s *step) *Ask {
	ask := &Ask{Kind: s.answer.asks(), Private: s.private}
	switch ask.Kind {
	case ForChoice, ForMany:
		ask.Options = optionsOf(s.choices.in(t.state.Language))
	case ForYesNo:
		ask.Options = t.yesNo()
	case ForText:
		ask.Longest = s.answer.to
	case ForNumber:
		ask.Least, ask.Most = s.answer.from, s.answer.to
	}
	for _, word := range s.answer.literals.words {
		ask.Words = append(ask.Words, Option{Value: word, Label: s.answer.literals.of(word, t.state.Language)})
	}
	return ask
}

// asks is the kind of answer, as channels draw it.
func (a *answerType) asks() AskKind {
	switch a.kind {
	case ChoiceValue:
		return ForChoice
	case ManyValue:
		return ForMany
	case YesNoValue:
		return ForYesNo
	case DateValue:
		return ForDate
	case NumberValue:
		return ForNumber
	case NightsValue:
		return ForNights
	case MoneyValue:
		if a.period {
			return ForMoneyPerPeriod
		}
		return ForMoney
	case FileValue:
		return ForFile
	}
	return formAsks[a.form]
}

// formAsks are the kinds of answers in words.
var formAsks = map[answers.Kind]AskKind{
	"":                            ForText,
	answers.KindName:              ForName,
	answers.KindAddress:           ForAddress,
	answers.KindPostcode:          ForPostcode,
	answers.KindPhone:             ForPhone,
	answers.KindEmail:             ForEmail,
	answers.KindNationalInsurance: ForNI,
	answers.KindCaseReference:     ForCase,
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
	return Message{Words: standing(t.state.Language, sayDidYouMean, "value", value), Private: s.private,
		Ask: &Ask{Kind: ForYesNo, Options: t.yesNo(), Private: s.private}}
}

// howOften shows the amount, so that one misread is seen; not on a screen that
// somebody else may see.
func (t *turn) howOften(s *step) Message {
	words := standing(t.state.Language, sayHowOften, "value", t.state.Pending.Value.words(t.state.Language))
	if t.hides(s) {
		words = standing(t.state.Language, sayHowOftenThat)
	}
	return Message{Words: words, Private: s.private,
		Ask: &Ask{Kind: ForPeriod, Options: optionsOf(periodChoices(t.state.Language)), Private: s.private}}
}

// hides reports whether the answer to a question is not to be shown: a private
// one, to a person who is contacted discreetly.
func (t *turn) hides(s *step) bool { return s.private && t.in.Facts.Discreet }

// periodChoices are the answers to "how often" in words.
func periodChoices(language templates.Language) []answers.Choice {
	list := make([]answers.Choice, len(periods))
	for i, p := range periods {
		list[i] = answers.Choice{Value: string(p), Label: language.Per(string(p))}
	}
	return list
}

// check lists the answers with numbers, so that one can be changed.
func (t *turn) check(s *step) (Message, error) {
	m := Message{Words: standing(t.state.Language, sayCheck), Private: true, Ask: &Ask{Kind: ForCheck, Private: true}}
	if s.say != nil {
		var err error
		if m.Words, err = t.render(s.say); err != nil {
			return m, err
		}
	}
	asked := t.answeredOf(s.check)
	m.Ask.Rows = make([]Row, len(asked))
	for n, i := range asked {
		row := &m.Ask.Rows[n]
		*row = Row{Number: n + 1, Value: t.shown(i)}
		if of := &t.dialog.steps[i]; of.label != nil {
			row.Label, _ = t.renderAt(of, of.label) // labels read nothing but the item
		}
	}
	return m, nil
}

// helpOf is the help of a step's own, or none.
func (t *turn) helpOf(s *step) (string, error) {
	if s.help == nil || t.state.Proof {
		return "", nil
	}
	return t.render(s.help)
}

// hasBack reports whether BACK leads anywhere.
func (t *turn) hasBack() bool {
	_, answered := t.before()
	return answered || t.state.Pending.Doubt != noDoubt
}
