package dialogs

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"

	"parley/dialogs/answers"
	"parley/templates"
)

// Check finds what is wrong with every dialog in a folder: what does not
// compile, what the lints find, and every transcript that comes out otherwise.
// The error is for a folder that holds no dialogs or cannot be read.
func Check(folder fs.FS) (Problems, error) {
	names, err := dialogsIn(folder)
	if err != nil {
		return nil, err
	}
	var problems Problems
	for _, name := range names {
		problems = append(problems, checkOne(folder, name)...)
	}
	return problems, nil
}

func checkOne(folder fs.FS, name string) Problems {
	d, problems := loadOne(folder, name)
	if len(problems) > 0 {
		return problems
	}
	l := linter{dialog: d, folder: name}
	l.lint()
	file := path.Join(name, transcriptsFile)
	content, err := fs.ReadFile(folder, file)
	if err != nil {
		l.problem(scriptFile, place{1, 1}, "there are no transcripts: write %s", transcriptsFile)
		return l.problems.sorted()
	}
	r := transcriptReader{file: file}
	r.read(content)
	if len(r.problems) > 0 {
		return append(l.problems, r.problems...).sorted()
	}
	var walked coverage
	for _, t := range r.transcripts {
		l.problems = append(l.problems, d.play(file, t, &walked)...)
	}
	if len(l.problems) == 0 { // else the missing branches may be those of broken transcripts
		l.branches(walked)
	}
	return l.problems.sorted()
}

// linter looks for what a script may say and should not.
type linter struct {
	dialog   *Dialog
	folder   string
	problems Problems
}

func (l *linter) problem(file string, at place, format string, values ...any) {
	l.problems = append(l.problems, Problem{File: path.Join(l.folder, file), Line: at.line, Column: at.column, Message: fmt.Sprintf(format, values...)})
}

func (l *linter) lint() {
	l.words("title", l.dialog.title)
	l.words("opening", l.dialog.opening)
	ended := false
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		if !s.own() {
			continue
		}
		if ended {
			l.problem(scriptFile, s.at, "step %q is never reached: the dialog always ends before it", s.key)
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

// branches reports every step that no transcript comes to, every condition
// that is never true, or never false, and every call that never fails.
func (l *linter) branches(c coverage) {
	l.parts(c)
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		switch {
		case !s.own():
		case !c.held.has(i):
			l.problem(scriptFile, s.at, "no transcript walks step %q", s.key)
		case s.when != nil && !c.skipped.has(i):
			l.problem(scriptFile, s.at, "no transcript passes step %q by", s.key)
		case s.kind == callStep && !c.failed.has(i):
			l.problem(scriptFile, s.at, "in no transcript the call of step %q fails", s.key)
		}
	}
}

// parts reports a dialog that is run and that no transcript comes to. Its own
// transcripts walk its branches.
func (l *linter) parts(c coverage) {
	for _, part := range l.dialog.parts {
		walked := false
		for i := range l.dialog.steps {
			walked = walked || l.dialog.steps[i].part == part.name && c.held.has(i)
		}
		if !walked {
			l.problem(scriptFile, place{1, 1}, "no transcript walks the dialog %q that is run", part.name)
		}
	}
}

// own reports whether a step is checked with this dialog: it is of no other
// that is run, and not the same again for another item.
func (s *step) own() bool { return s.part == "" && s.first() }

// used reports what is worked out and never used: nothing below reads it, and
// no report takes it along.
func (l *linter) used(i int) {
	s := &l.dialog.steps[i]
	if s.name == "" || s.kind == askStep {
		return
	}
	below := l.dialog.steps[i+1:]
	if !slices.ContainsFunc(below, func(s step) bool { return s.writes || slices.Contains(s.reads, i) }) {
		l.problem(scriptFile, s.at, "%q is given a value that nothing uses", s.name)
	}
}

func (l *linter) words(key string, w words) {
	for _, language := range slices.Sorted(maps.Keys(w)) {
		for _, channel := range w[language].channels() {
			p := w[language][channel]
			l.asks(language, p.at, key, p.raw)
			l.links(language, p.at, key, p.raw)
			if channel == forDefault || channel == forDiscreet || channel == "sms" {
				l.textMessage(language, p.at, key, p.raw)
			}
		}
	}
}

// choices: each can be told from the others and from a command, and can be
// written in a text message.
func (l *linter) choices(s *step) {
	for language, o := range s.choices.by {
		for i, c := range o.list {
			l.textMessage(language, o.at, s.key, c.Label)
			for _, word := range append([]string{c.Label, c.Value}, c.Also...) {
				l.command(language, o.at, s.key, word)
			}
			for _, other := range o.list[:i] {
				if answers.SoundAlike(other, c) {
					l.problem(fileOf(language), o.at, "the choices %q and %q of %q cannot be told apart", other.Label, c.Label, s.key)
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
