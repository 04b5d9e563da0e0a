package dialogs

import (
	"errors"
	"strconv"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// said takes what the person wrote: first the words that work everywhere, then
// a doubt that is open, then the answer to the step that waits.
func (t *turn) said() error {
	if t.state.Step >= len(t.dialog.steps) {
		return errors.New("the state waits at a step that does not exist")
	}
	if t.in.Files > 0 && strings.TrimSpace(t.in.Text) == "" {
		return t.again(standing(t.state.Language, sayNoPictures))
	}
	if c, n := parseCommand(t.in.Text); c != noCommand {
		return t.command(c, n)
	}
	if t.state.Pending.Question != nothingPending {
		return t.settle()
	}
	s := &t.dialog.steps[t.state.Step]
	switch s.kind {
	case askStep:
		return t.answer(s)
	case checkStep:
		return t.checked()
	case callStep: // its result never came: ask for it again
		return t.run(t.state.Step)
	default:
		return errors.New("the state waits at a step that asks nothing")
	}
}

func (t *turn) command(c command, n int) error {
	switch c {
	case personCommand:
		t.handoff("asked")
		return nil
	case helpCommand:
		return t.help()
	case backCommand:
		return t.back()
	case changeCommand:
		return t.change(n)
	case welshCommand:
		return t.speak(templates.Welsh)
	case englishCommand:
		return t.speak(templates.English)
	default: // status
		return t.again(standing(t.state.Language, sayLeft, "count", strconv.Itoa(t.left())))
	}
}

// left counts the questions that wait, as far as can be told now.
func (t *turn) left() int {
	n := 0
	for i := t.state.Step; i < len(t.dialog.steps); i++ {
		if _, known := t.state.answer(i); t.dialog.steps[i].kind == askStep && !known {
			n++
		}
	}
	return n
}

func (t *turn) help() error {
	s := &t.dialog.steps[t.state.Step]
	words := standing(t.state.Language, sayHelp)
	if s.help != nil {
		own, err := t.render(s.help)
		if err != nil {
			return err
		}
		words = own + " " + words
	}
	return t.again(words)
}

// speak changes the language, where the dialog has it, and asks again.
func (t *turn) speak(l templates.Language) error {
	for _, has := range t.dialog.Languages {
		if has == l {
			t.state.Language = l
		}
	}
	return t.again("")
}

// back opens the last answer before the step that waits.
func (t *turn) back() error {
	if t.state.Pending.Question != nothingPending {
		return t.run(t.state.Step)
	}
	for i := t.state.Step - 1; i >= 0; i-- {
		if _, answered := t.state.answer(i); answered && t.dialog.steps[i].kind == askStep {
			return t.reopen(i)
		}
	}
	return t.again(standing(t.state.Language, sayFirst))
}

// change opens the nth answer of the check that comes next, or of the answers
// given so far. Without a number it is BACK, except at a check, where it asks
// which.
func (t *turn) change(n int) error {
	atCheck := t.dialog.steps[t.state.Step].kind == checkStep
	if n == 0 && !atCheck {
		return t.back()
	}
	if list := t.changeable(); n >= 1 && n <= len(list) {
		return t.reopen(list[n-1])
	}
	if atCheck {
		return t.ask2(sayWhichChange)
	}
	return t.again(standing(t.state.Language, sayCannotRead))
}

// changeable lists the answered questions that CHANGE counts.
func (t *turn) changeable() []int {
	var list []int
	add := func(i int) {
		if _, answered := t.state.answer(i); answered && t.dialog.steps[i].kind == askStep {
			list = append(list, i)
		}
	}
	for i := t.state.Step; i < len(t.dialog.steps); i++ {
		if s := &t.dialog.steps[i]; s.kind == checkStep {
			for _, asked := range s.check {
				add(asked)
			}
			return list
		}
	}
	for i := range t.dialog.steps {
		add(i)
	}
	return list
}

func (t *turn) reopen(i int) error {
	t.drop(i)
	return t.run(i)
}

// checked takes the answer to "check your answers". A bare number may mean yes
// or an answer to change: it is asked about, not guessed.
func (t *turn) checked() error {
	if _, err := strconv.Atoi(plain(t.in.Text)); err != nil {
		yes, err := answers.ReadYesNo(t.in.Text, t.context())
		if err == nil && yes {
			return t.run(t.state.Step + 1)
		}
		if err == nil {
			return t.ask2(sayWhichChange)
		}
	}
	return t.retry(standing(t.state.Language, sayCannotRead))
}

// answer reads the answer to a question.
func (t *turn) answer(s *step) error {
	r, err := s.answer.read(t.in.Text, &s.choices, t.context())
	if err != nil {
		return t.retry(t.sorry(err))
	}
	if r.doubt == meant && t.hides(s) { // which cannot be asked without showing it
		return t.retry(standing(t.state.Language, sayExact))
	}
	if r.doubt != nothingPending {
		t.state.Pending = Pending{Question: r.doubt, Value: r.value}
		return t.again("")
	}
	return t.accept(r.value)
}

func (t *turn) accept(v Value) error {
	t.state.setAnswer(t.state.Step, v)
	t.facts = nil
	return t.run(t.state.Step + 1)
}

// settle takes the answer to a doubt. A new answer to the question itself is
// as good as a yes or no.
func (t *turn) settle() error {
	s := &t.dialog.steps[t.state.Step]
	pending := t.state.Pending
	if pending.Question == howOften {
		if period, err := t.readPeriod(); err == nil {
			pending.Value.Period = period
			return t.accept(pending.Value)
		}
	} else if yes, err := answers.ReadYesNo(t.in.Text, t.context()); err == nil {
		if yes {
			return t.accept(pending.Value)
		}
		t.state.Pending = Pending{}
		return t.again("")
	}
	if r, err := s.answer.read(t.in.Text, &s.choices, t.context()); err == nil && r.value.Kind == pending.Value.Kind && r.doubt == nothingPending {
		return t.accept(r.value)
	}
	return t.retry(standing(t.state.Language, sayCannotRead))
}

// periods are the answers to "how often", in the order they are offered.
var periods = []answers.Period{answers.Week, answers.Fortnight, answers.FourWeeks, answers.Month, answers.Year}

func (t *turn) readPeriod() (answers.Period, error) {
	if period, err := answers.ReadPeriod(t.in.Text, t.context()); err == nil {
		return period, nil
	}
	i, err := answers.ReadChoice(t.in.Text, periodChoices(t.state.Language), t.context())
	if err != nil {
		return "", err
	}
	return periods[i], nil
}

// retry says what was wrong and asks again, until a person takes over.
func (t *turn) retry(sorry string) error {
	t.state.Tries++
	if t.state.Tries >= t.dialog.Retries.Limit {
		if t.dialog.Retries.Then == "handoff" {
			t.handoff("retries")
			return nil
		}
		t.finish(&End{Outcome: "expired", Reason: "retries"})
		return nil
	}
	s := &t.dialog.steps[t.state.Step]
	if t.state.Tries > 1 && s.help != nil {
		own, err := t.render(s.help)
		if err != nil {
			return err
		}
		sorry += " " + own
	}
	return t.again(sorry)
}

// sorry is why an answer could not be read, in words.
func (t *turn) sorry(err error) string {
	var unread *answers.Error
	var limit *outside
	switch {
	case errors.As(err, &unread):
		return unread.Words(t.state.Language)
	case errors.As(err, &limit):
		return standing(t.state.Language, limit.name, limit.pairs...)
	}
	return standing(t.state.Language, sayCannotRead)
}

// nudge asks again what is still open.
func (t *turn) nudge() error {
	return t.again(standing(t.state.Language, sayWaiting))
}

// lapse ends a conversation that has been silent for too long.
func (t *turn) lapse() {
	if t.dialog.Expire.Then == "handoff" {
		t.handoff("lapsed")
		return
	}
	t.say1("expired", standing(t.state.Language, sayLapsed))
	t.finish(&End{Outcome: "expired", Reason: "lapsed"})
}
