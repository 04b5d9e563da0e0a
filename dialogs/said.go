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
// the files and the answer to what waits.
func (t *turn) said() error {
	s := &t.dialog.steps[t.state.Step]
	c, n := parseCommand(t.in.Text)
	sent := t.receive()
	beside := c == noCommand && t.in.Aside != NoAside && !t.takesWhole(s)
	if beside {
		t.keepAside()
	}
	switch {
	case t.calls() && c != personCommand:
		return t.run(t.state.Step)
	case c != noCommand:
		return t.command(c, n)
	case sent:
		return t.accept(Value{Kind: FileValue, Many: slices.Clone(t.in.Files)})
	case beside && t.in.Aside == Person:
		return t.askedFor(s)
	case strings.TrimSpace(t.in.Text) == "" && len(t.in.Files)+t.in.Lost > 0:
		return t.again("")
	case t.state.Proof && t.in.Facts.confirmed():
		return t.run(t.state.Step)
	case t.state.Proof && cardWords[plain(t.in.Text)]:
		return t.again(standing(t.state.Language, sayCardOnceSure))
	case t.state.Proof:
		return t.unread(standing(t.state.Language, sayNoSecrets))
	case t.state.Pending.Doubt != noDoubt:
		return t.settle(s)
	case s.kind == checkStep:
		return t.checked()
	default:
		return t.answer(s)
	}
}

// receive keeps the files of a message, and reports whether they are the answer
// to what waits. A command is no answer, whatever comes with it.
func (t *turn) receive() bool {
	switch {
	case len(t.in.Files) == 0 && t.in.Lost > 0:
		t.state.Owed |= owesLost
		return false
	case len(t.in.Files) == 0:
		return false
	case t.in.Lost > 0:
		t.state.Owed |= owesSome
	}
	s := &t.dialog.steps[t.state.Step]
	if c, _ := parseCommand(t.in.Text); t.in.Event == Said && c == noCommand && t.waitsFor(s, FileValue) {
		return true
	}
	t.state.Files = append(slices.Clone(t.state.Files), t.in.Files...)
	t.state.Owed |= owesKept
	return false
}

// waitsFor reports whether a question waits for an answer of a kind.
func (t *turn) waitsFor(s *step, kind Kind) bool {
	return s.kind == askStep && s.answer.kind == kind && t.state.Pending.Doubt == noDoubt && !t.state.Proof
}

// takesWhole reports whether what waits takes the text from first to last, so
// that there is nothing beside: any words where a text is asked for, else what
// reads as the answer. "I lost my job on 3 November" is a day, where one is.
func (t *turn) takesWhole(s *step) bool {
	if s.kind != askStep || t.state.Pending.Doubt != noDoubt || t.state.Proof {
		return false
	}
	if s.answer.kind == TextValue {
		return true
	}
	_, err := s.answer.read(t.in.Text, &s.choices, t.context())
	return err == nil
}

// keepAside tells the caller what else a message is about, and the person that
// another matter comes later.
func (t *turn) keepAside() {
	switch t.in.Aside {
	case Need, Question: // which waits as well, unless there is no answer before it
		t.aside = Need
		t.state.Owed |= owesNeed
	case Signpost:
		t.aside = Signpost
	}
}

// askedFor has a person take over, with what the message answers.
func (t *turn) askedFor(s *step) error {
	if s.kind == askStep && t.state.Pending.Doubt == noDoubt && !t.state.Proof {
		t.volunteered(t.in.Text)
	}
	t.handoff("asked")
	return nil
}

// gave takes what the caller makes of a message, and reports whether that answers
// what waits. It need not fit a dialog that has been changed since.
func (t *turn) gave() bool {
	facts := t.in.Facts
	facts.Language = t.state.Language
	given, err := t.dialog.given(facts)
	if err != nil || !slices.ContainsFunc(given, func(a Answer) bool { return a.Step == t.state.Step }) {
		return false
	}
	for _, a := range given {
		if _, known := t.state.answer(a.Step); !known {
			t.state.setAnswer(a.Step, a.Value)
			t.state.Given.add(a.Step)
		}
	}
	t.facts = nil
	return true
}

// unread says why a text is no answer to what waits, unless it is about
// something else: a need is kept and the question asked again; a question is
// for the caller to answer, and nothing is said or changed here; after a
// signpost the question is asked again too, but not without end.
func (t *turn) unread(problem string) error {
	if t.gave() {
		return t.run(t.state.Step + 1)
	}
	switch t.in.Aside {
	case Question:
		t.aside = Question
		t.state.Owed &^= owesNeed
		return nil
	case Need:
		t.keepAside()
		return t.again("")
	case Signpost:
		t.keepAside()
		return t.retry(standing(t.state.Language, sayBack))
	default:
		return t.retry(problem)
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
		t.raise(t.state.Step, s)
		return t.again("")
	case t.doubted.doubt != noDoubt && t.doubtful == t.state.Step:
		return t.taken(s, t.doubted)
	}
	return t.unread(t.sorry(err))
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
	return t.unread(standing(t.state.Language, sayCannotRead))
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
	return t.unread(standing(t.state.Language, sayCannotRead))
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
	if gone, err := t.passed(); gone || err != nil {
		return err
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
	case errors.As(err, &limit) && limit.name == sayNeedsWord && slices.Contains([]string{onWebChat, onEmail}, t.in.Facts.Channel):
		return standing(t.state.Language, sayNeedsFile, limit.pairs...)
	case errors.As(err, &limit):
		return standing(t.state.Language, limit.name, limit.pairs...)
	}
	return standing(t.state.Language, sayCannotRead)
}
