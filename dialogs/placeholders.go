package dialogs

import (
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/expr-lang/expr/types"

	"parley/templates"
)

// reads lists the steps whose answers or results a step's condition, words,
// value or call read.
func (l *linker) reads(s *step) []int {
	reads := slices.Clone(s.check)
	for _, w := range []words{s.say, s.help} {
		for _, v := range w {
			for _, p := range v {
				reads = append(reads, l.givers(s, p)...)
			}
		}
	}
	for _, c := range []*condition{s.when, s.set} {
		if c == nil {
			continue
		}
		for _, name := range c.names {
			if i, ok := l.dialog.giver(name, s); ok {
				reads = append(reads, i)
			}
		}
	}
	for _, b := range s.with {
		reads = append(reads, b.steps...)
	}
	slices.Sort(reads)
	return slices.Compact(reads)
}

// givers lists the steps whose answers or results the placeholders of a step's
// wording read.
func (l *linker) givers(s *step, p phrase) []int {
	var steps []int
	for _, name := range p.names() {
		root, _, _ := strings.Cut(name, ".")
		if i, ok := l.dialog.giver(root, s); ok {
			steps = append(steps, i)
		}
	}
	return steps
}

// placeholders checks every placeholder of a step's words: what it reads
// exists, has a value whenever the words are said, and is read in every
// language.
func (l *linker) placeholders(s *step) {
	l.labels(s)
	for _, w := range []words{s.say, s.help} {
		for _, language := range slices.Sorted(maps.Keys(w)) {
			in := l.in(language)
			for _, channel := range w[language].channels() {
				p := w[language][channel]
				for _, name := range p.names() {
					l.placeholder(in, s, p, name)
				}
				if english, ok := w[templates.English][channel]; ok && !slices.Equal(english.names(), p.names()) {
					in.found(lintPlaceholders, p.at, "the words in %s for %q hold other placeholders than the English", languageNames[language], s.key)
				}
			}
		}
	}
}

// labels: what names an answer in a check reads nothing but the item.
func (l *linker) labels(s *step) {
	for language, v := range s.label {
		for channel, p := range v {
			for _, name := range p.names() {
				if _, ok := s.variableOf(name); !ok {
					l.in(language).problem(p.at, "these words cannot hold ((%s)): they are the same for everybody", name)
					v[channel] = phrase{text: &templates.Text{}, at: p.at}
				}
			}
		}
	}
}

// in is the file that holds the words of a language.
func (l *linker) in(language templates.Language) *source {
	if language == templates.English {
		return &l.source
	}
	return &source{file: path.Join(path.Dir(l.file), fileOf(language)), problems: l.problems}
}

func (l *linker) placeholder(in *source, s *step, p phrase, name string) {
	if field, ok := s.variableOf(name); ok {
		if _, has := s.each.fields()[field]; !has {
			in.found(lintUnset, p.at, "%s has no %q: it has %s", s.each.variable, field, strings.Join(slices.Sorted(maps.Keys(s.each.fields())), ", "))
		}
		return
	}
	root, field, dotted := strings.Cut(name, ".")
	i, ok := l.dialog.giver(root, s)
	if ok && l.dialog.steps[i].kind == callStep {
		_, ok = l.scope.types[root].(types.Map)[field]
	} else if ok {
		ok = !dotted
	}
	switch {
	case !ok && len(l.dialog.givers) == 0:
		in.found(lintUnset, p.at, "nothing called ((%s)) is known here: nothing has been asked", name)
	case !ok:
		known := slices.Sorted(maps.Keys(l.dialog.givers))
		in.found(lintUnset, p.at, "nothing called ((%s)) is known here: there are %s", name, strings.Join(known, ", "))
	case !l.certain(root, s):
		in.found(lintNoValue, p.at, "((%s)) may have no value when %q is said: add known(%s) to its \"when:\"", name, s.key, root)
	}
}

// certain reports whether a name has a value whenever a step is come to: the
// step asks whether it is known, or needs all that its giver needs. A call may
// fail, unless a person takes over then. What is known around a turn may be
// otherwise at the next, so that it proves nothing.
func (l *linker) certain(name string, at *step) bool {
	if at.when.requires(knows(name).String()) {
		return true
	}
	i, _ := l.dialog.giver(name, at)
	giver := &l.dialog.steps[i]
	if giver.kind == callStep && giver.fails != "handoff" {
		return false
	}
	if giver.when == nil {
		return true
	}
	return !slices.ContainsFunc(giver.when.parts, func(p part) bool { return !p.own || !at.when.requires(p.text) })
}
