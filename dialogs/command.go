package dialogs

import (
	"slices"
	"strconv"
	"strings"

	"parley/templates"
)

// command is a word that works in every dialog.
type command int

const (
	noCommand command = iota
	helpCommand
	backCommand
	changeCommand
	personCommand
	welshCommand
	englishCommand
	statusCommand
	webCommand
)

// commandWords are the words, as plain writes them. STOP and START are not
// here: they belong to the channel.
var commandWords = map[string]command{
	"help": helpCommand, "helpu": helpCommand, "helpwch": helpCommand, "cymorth": helpCommand,
	"back": backCommand, "go back": backCommand, "yn ol": backCommand, "nol": backCommand,
	"change": changeCommand, "newid": changeCommand,
	"person": personCommand, "a person": personCommand, "rhywun": personCommand, "human": personCommand,
	"speak to a person": personCommand, "talk to someone": personCommand, "siarad a rhywun": personCommand,
	"cymraeg": welshCommand, "welsh": welshCommand, "yn gymraeg": welshCommand,
	"english": englishCommand, "saesneg": englishCommand, "in english": englishCommand,
	"status": statusCommand, "statws": statusCommand,
	"web": webCommand, "link": webCommand, "web chat": webCommand, "gwe": webCommand, "dolen": webCommand,
}

// longestCommand bounds what is looked at: the longest phrases above and the
// words of a script.
const longestCommand = 64

// parseCommand reads a command and, for CHANGE, the number after it (0: none).
func parseCommand(text string) (command, int) {
	words := plain(text)
	if c := commandWords[words]; c != noCommand {
		return c, 0
	}
	for _, change := range []string{"change", "newid"} {
		if rest, ok := strings.CutPrefix(words, change); ok {
			rest = strings.TrimSpace(rest)
			rest = strings.TrimPrefix(strings.TrimPrefix(rest, "number "), "rhif ")
			if n, err := strconv.ParseUint(rest, 10, 31); err == nil && n > 0 {
				return changeCommand, int(n)
			}
		}
	}
	return noCommand, 0
}

// accents are the accented letters of command words, without their accents.
var accents = strings.NewReplacer("ô", "o", "Ô", "o", "â", "a", "Â", "a", "’", "'")

// plain is a short text in small letters, without accents, quotation marks or
// the full stop at its end, single spaces between words. Of a text longer than
// any command nothing is left.
func plain(text string) string {
	if text = strings.Trim(strings.TrimSpace(text), `."'!?“”‘’`); len(text) > longestCommand {
		return ""
	}
	return strings.Join(strings.Fields(strings.ToLower(accents.Replace(text))), " ")
}

// command does what a command asks for.
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
	case webCommand:
		return t.web()
	default: // status
		left, err := t.left()
		if err != nil {
			return err
		}
		return t.again(standing(t.state.Language, sayLeft, "count", strconv.Itoa(left)))
	}
}

// left counts the questions that wait, as far as can be told from the answers
// so far.
func (t *turn) left() (int, error) {
	machine := t.dialog.machine()
	defer t.dialog.putMachine(machine)
	n := 0
	for i := t.state.Step; i < len(t.dialog.steps); i++ {
		s := &t.dialog.steps[i]
		if _, known := t.state.answer(i); s.kind != askStep || known {
			continue
		}
		holds, err := t.applies(machine, s)
		if err != nil {
			return 0, err
		}
		if holds {
			n++
		}
	}
	return n, nil
}

func (t *turn) help() error {
	if gone, err := t.passed(); gone || err != nil {
		return err
	}
	own, err := t.helpOf(&t.dialog.steps[t.state.Step])
	if err != nil {
		return err
	}
	return t.again(joined(own, standing(t.state.Language, sayHelp)))
}

// speak changes the language and asks again. Where the dialog does not have
// it, it says so in that language.
func (t *turn) speak(l templates.Language) error {
	if !slices.Contains(t.dialog.Languages, l) {
		return t.again(standing(l, sayNotInLanguage))
	}
	t.state.Language = l
	return t.again("")
}

// web sends a link by which the person goes on in web chat, where there is one
// to follow; the question waits there.
func (t *turn) web() error {
	if channel := t.in.Facts.Channel; channel == onWebChat || channel == onVoice {
		return t.again("")
	}
	t.add(Message{Step: t.dialog.steps[t.state.Step].key, Words: standing(t.state.Language, sayWeb), Link: true})
	return nil
}

// back opens the last answer before the step that waits.
func (t *turn) back() error {
	if t.state.Pending.Doubt != noDoubt {
		return t.run(t.state.Step)
	}
	if i, answered := t.before(); answered {
		return t.reopen(i)
	}
	return t.again(standing(t.state.Language, sayFirst))
}

// before is the last question before the step that waits that has an answer.
func (t *turn) before() (int, bool) {
	for i := t.state.Step - 1; i >= 0; i-- {
		if _, answered := t.state.answer(i); answered && t.dialog.steps[i].kind == askStep {
			return i, true
		}
	}
	return 0, false
}

// change opens the nth answer of the check that comes next, or of the answers
// given so far. Without a number it is BACK, except at a check, where it asks
// which.
func (t *turn) change(n int) error {
	s := &t.dialog.steps[t.state.Step]
	list := t.changeable()
	switch {
	case n >= 1 && n <= len(list):
		return t.reopen(list[n-1])
	case s.kind == checkStep:
		return t.whichChange()
	case n == 0:
		return t.back()
	}
	return t.ask("", standing(t.state.Language, sayCannotRead))
}

// whichChange asks which answer is wrong. A page draws the answers again; a
// text does not repeat them.
func (t *turn) whichChange() error {
	which := standing(t.state.Language, sayWhichChange)
	if t.in.Facts.Channel == onWebChat {
		return t.ask("", which)
	}
	t.sayStanding(t.dialog.steps[t.state.Step].key, which)
	return nil
}

// changeable lists the answered questions that CHANGE counts.
func (t *turn) changeable() []int {
	for i := t.state.Step; i < len(t.dialog.steps); i++ {
		if s := &t.dialog.steps[i]; s.kind == checkStep {
			return t.answeredOf(s.check)
		}
	}
	var asked []int
	for i := range t.dialog.steps {
		if t.dialog.steps[i].kind == askStep {
			asked = append(asked, i)
		}
	}
	return t.answeredOf(asked)
}

// answeredOf keeps the questions that have an answer.
func (t *turn) answeredOf(questions []int) []int {
	var list []int
	for _, i := range questions {
		if _, answered := t.state.answer(i); answered {
			list = append(list, i)
		}
	}
	return list
}

// reopen asks for an answer again, as it was asked the first time. What waits
// before it comes first: nothing is passed over.
func (t *turn) reopen(i int) error {
	t.drop(i)
	return t.run(min(i, t.state.Step))
}
