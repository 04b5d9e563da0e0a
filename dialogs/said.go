package dialogs

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"parley/dialogs/answers"
	"parley/templates"
)

// said takes what the person wrote: first the words that work everywhere, then
// a doubt that is open, then the answer to the step that waits.
func (t *turn) said() error {
	if t.in.Lost > 0 && strings.TrimSpace(t.in.Text) == "" {
		return t.again("")
	}
	if c, n := parseCommand(t.in.Text); c != noCommand {
		return t.command(c, n)
	}
	s := &t.dialog.steps[t.state.Step]
	switch {
	case t.state.Pending.Doubt != noDoubt:
		return t.settle(s)
	case s.kind == checkStep:
		return t.checked()
	default:
		return t.answer(s)
	}
}

// answer reads the answer to a question.
func (t *turn) answer(s *step) error {
	r, err := s.answer.read(t.in.Text, &s.choices, t.context())
	if err == nil {
		return t.taken(s, r)
	}
	switch any, waiting := t.volunteered(t.in.Text); {
	case waiting:
		return t.run(t.state.Step + 1)
	case any: // it was about something that would be asked next
		return t.again("")
	}
	return t.retry(t.sorry(err))
}

// taken takes an answer, or asks about a doubt. A private answer that cannot
// be shown is asked for again: "Did you mean £410?" would show it.
func (t *turn) taken(s *step, r reading) error {
	switch {
	case r.doubt == noDoubt:
		return t.accept(r.value)
	case r.doubt == meant && t.hides(s):
		return t.retry(standing(t.state.Language, sayExact))
	}
	t.state.Pending = Pending{Doubt: r.doubt, Value: r.value}
	return t.again("")
}

func (t *turn) accept(v Value) error {
	t.state.setAnswer(t.state.Step, v)
	t.facts = nil
	return t.run(t.state.Step + 1)
}

// settle takes the answer to a doubt. A new answer to the question itself is
// as good as a yes or no.
func (t *turn) settle(s *step) error {
	pending := t.state.Pending
	if pending.Doubt == howOften {
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
	if r, err := s.answer.read(t.in.Text, &s.choices, t.context()); err == nil {
		return t.taken(s, r)
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

// checked takes the answer to "check your answers". A bare number may mean yes
// or an answer to change: it is asked about, not guessed.
func (t *turn) checked() error {
	if _, err := strconv.Atoi(plain(t.in.Text)); err != nil {
		yes, err := answers.ReadYesNo(t.in.Text, t.context())
		switch {
		case err == nil && !yes:
			return t.whichChange()
		case err == nil || t.allRight():
			return t.run(t.state.Step + 1)
		}
	}
	return t.retry(standing(t.state.Language, sayCannotRead))
}

// allRight reports whether the person wrote what the button says.
func (t *turn) allRight() bool {
	return slices.ContainsFunc(t.dialog.Languages, func(l templates.Language) bool {
		return plain(t.in.Text) == plain(standing(l, sayCheckRight))
	})
}

// retry says what was wrong and asks again, until a person takes over.
func (t *turn) retry(sorry string) error {
	t.state.Tries++
	switch {
	case t.state.Tries < t.dialog.Retries.Limit:
		return t.askAgain(sorry)
	case t.dialog.Retries.Then == "handoff":
		t.handoff("retries")
	default:
		t.sayStanding("expired", standing(t.state.Language, sayGaveUp))
		t.finish(End{Outcome: "expired", Reason: "retries"})
	}
	return nil
}

// askAgain asks again, from the second time on with the step's help.
func (t *turn) askAgain(sorry string) error {
	if t.state.Tries < 2 {
		return t.ask("", sorry)
	}
	own, err := t.helpOf(&t.dialog.steps[t.state.Step])
	if err != nil {
		return err
	}
	return t.ask("", joined(sorry, own))
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
