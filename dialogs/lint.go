package dialogs

import (
	"fmt"
	"maps"
	"path"
	"slices"

	"parley/dialogs/answers"
	"parley/templates"
)

// linter looks for what a script may say and should not.
type linter struct {
	dialog   *Dialog
	folder   string
	problems Problems
}

func (l *linter) found(lint, file string, at place, format string, values ...any) {
	l.problems = append(l.problems, Problem{Lint: lint, File: path.Join(l.folder, file), Line: at.line, Column: at.column, Message: fmt.Sprintf(format, values...)})
}

func (l *linter) lint() {
	l.words("title", l.dialog.title)
	l.words("opening", l.dialog.opening)
	l.person()
	ended := false
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		if !s.own() {
			continue
		}
		if ended {
			l.found(lintUnreachable, scriptFile, s.at, "step %q is never reached: the dialog always ends before it", s.key)
			break
		}
		ended = s.end != "" && s.when == nil
		l.words(s.key, s.say)
		l.words(s.key, s.help)
		l.words(s.key, s.label)
		l.choices(s)
		l.literals(s)
		l.used(i)
	}
}

// own reports whether a step is checked with this dialog: it is of no other
// that is run, and not the same again for another item.
func (s *step) own() bool { return s.part == "" && s.first() }

// person reports a dialog that asks and that nothing leads on from to a
// person: none takes over, and none is sent a report.
func (l *linter) person() {
	d := l.dialog
	asks := slices.ContainsFunc(d.steps, func(s step) bool { return s.kind == askStep })
	leads := slices.ContainsFunc(d.steps, func(s step) bool { return s.kind == handoffStep || s.fails == "handoff" || s.writes })
	if asks && !leads && d.Retries.Then != "handoff" && d.Expire.Then != "handoff" {
		l.found(lintNoPerson, scriptFile, place{1, 1}, "nothing in this dialog leads to a person: let retries or expire say \"then: handoff\", or add a step with \"handoff\"")
	}
}

// used reports what is worked out and never used: nothing below reads it, and
// no report takes it along.
func (l *linter) used(i int) {
	s := &l.dialog.steps[i]
	if s.name == "" || s.kind == askStep {
		return
	}
	below := l.dialog.steps[i+1:]
	if !slices.ContainsFunc(below, func(s step) bool { return s.writes || slices.Contains(s.reads, i) }) {
		l.found(lintUnused, scriptFile, s.at, "%q is given a value that nothing uses", s.name)
	}
}

func (l *linter) words(key string, w words) {
	for _, language := range slices.Sorted(maps.Keys(w)) {
		for _, channel := range w[language].channels() {
			p := w[language][channel]
			l.asks(language, p.at, key, p.raw)
			l.links(language, p.at, key, p.raw)
			if channel == forDefault || channel == forDiscreet || channel == "sms" {
				l.length(language, p.at, key, p.raw)
				l.characters(language, p.at, key, p.raw)
			}
		}
	}
}

// choices: each can be told from the others and from a command, and can be
// written in a text message, where all of them stand behind the question.
func (l *linter) choices(s *step) {
	for language, o := range s.choices.by {
		words, _ := s.say.pick(language, "sms", false).Render(func(string) (string, bool) { return "", true })
		question := Message{Language: language, Words: words, Ask: &Ask{Kind: s.answer.asks(), Options: optionsOf(o.list)}}
		l.length(language, o.at, s.key, question.Render("sms"))
		for i, c := range o.list {
			l.characters(language, o.at, s.key, c.Label)
			for _, word := range append([]string{c.Label, c.Value}, c.Also...) {
				l.command(language, o.at, s.key, word)
				l.common(language, o.at, s, c.Value, word)
			}
			for _, other := range o.list[:i] {
				if answers.SoundAlike(other, c) {
					l.found(lintAlike, fileOf(language), o.at, "the choices %q and %q of %q cannot be told apart", other.Label, c.Label, s.key)
				}
			}
		}
	}
}

// literals: a word that a question takes is not a command.
func (l *linter) literals(s *step) {
	own := &s.answer.literals
	for _, word := range own.words {
		l.command(templates.English, own.at, s.key, word)
		for language, in := range own.in {
			l.command(language, in.at, s.key, own.of(word, language))
		}
	}
}

// fileOf is the file that holds the words of a language.
func fileOf(language templates.Language) string {
	if language == templates.English {
		return scriptFile
	}
	return string(language) + ".yaml"
}
