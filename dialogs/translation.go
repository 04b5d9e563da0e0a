package dialogs

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"parley/templates"
)

// translation reads the words of a dialog in another language, keyed by step.
type translation struct {
	source
	dialog   *Dialog
	language templates.Language
	of       string // the dialog that is run whose words these are; empty: the dialog's own
}

func (t *translation) read(content []byte) {
	if !slices.Contains(t.dialog.Languages, t.language) {
		t.found(lintLeftover, place{1, 1}, "the script does not list %s among its languages: take this file out", t.language)
		return
	}
	entries := t.parse(content)
	if len(entries) == 0 {
		return
	}
	given := map[string]bool{}
	for _, e := range entries {
		given[e.key] = true
		switch {
		case t.of != "" && (e.key == "title" || e.key == "opening"): // for when it is held on its own
		case e.key == "title":
			t.dialog.title[t.language] = t.fixedWords(e.value)
		case e.key == "opening" && t.dialog.opening == nil:
			t.found(lintLeftover, position(e.at), "the English has no opening: take this one out")
		case e.key == "opening":
			t.dialog.opening[t.language] = t.fixedWords(e.value)
		default:
			t.step(e)
		}
	}
	t.missing(given)
}

// missing reports everything that has words in English only.
func (t *translation) missing(given map[string]bool) {
	var need []string
	if t.of == "" {
		need = append(need, "title")
	}
	if t.of == "" && t.dialog.opening != nil {
		need = append(need, "opening")
	}
	for i := range t.dialog.steps {
		if s := &t.dialog.steps[i]; s.say != nil && s.part == t.of && s.first() {
			need = append(need, strings.TrimPrefix(s.key, t.of+"/"))
		}
	}
	for _, key := range need {
		if !given[key] {
			t.found(lintNoWords, place{1, 1}, "there are no words in %s for %q", languageNames[t.language], key)
		}
	}
}

// languageNames are the names of the languages other than the script's own.
var languageNames = map[templates.Language]string{templates.Welsh: "Welsh"}

// step reads the words of one step: those that it says, or for a question a
// group of all its words.
func (t *translation) step(e entry) {
	key := e.key
	if t.of != "" {
		key = t.of + "/" + key
	}
	var found *step
	for i := range t.dialog.steps {
		s := &t.dialog.steps[i]
		if s.key == key && s.part == t.of && (found == nil || s.each != nil && s.each == found.each) {
			found = s
			t.wordsOf(s, e)
		}
	}
	if found == nil {
		t.found(lintLeftover, position(e.at), "the script has no step %q: take these words out", e.key)
	}
}

// wordsOf reads the words of one step, or of one of those that are repeated.
func (t *translation) wordsOf(s *step, e entry) {
	parts := []entry{{"say", e.at, e.value}}
	if s.kind == askStep && isMapping(e.value) {
		parts = t.mapping(e.value)
	}
	given := map[string]bool{}
	var alsos []entry
	for _, part := range parts {
		given[part.key] = true
		if part.key == "also" {
			alsos = t.mapping(part.value)
			continue
		}
		t.part(s, part)
	}
	t.also(&s.choices, t.language, alsos)
	for _, part := range []struct {
		key  string
		need bool
	}{{"say", s.say != nil}, {"help", s.help != nil}, {"label", s.label != nil},
		{"choices", len(s.choices.values) > 0}, {"words", len(s.answer.literals.words) > 0}} {
		if part.need && !given[part.key] {
			t.found(lintNoWords, position(e.at), "there is no %q in %s for %q", part.key, languageNames[t.language], s.key)
		}
	}
}

func (t *translation) part(s *step, part entry) {
	switch part.key {
	case "say":
		t.put(s.say, part, t.words)
	case "help":
		t.put(s.help, part, t.words)
	case "label":
		t.put(s.label, part, t.words)
	case "choices":
		t.choices(s, part)
	case "words":
		t.literals(s, part)
	default:
		t.problem(position(part.at), "%q is not something a step has words for: use say, help, label, choices, also or words", part.key)
	}
}

// put adds words where there are some in English, for the same channels.
func (t *translation) put(w words, part entry, read func(ast.Node) variants) {
	if w == nil {
		t.found(lintLeftover, position(part.at), "the English has no %q here: take this out", part.key)
		return
	}
	w[t.language] = read(part.value)
	if !slices.Equal(w[t.language].channels(), w[templates.English].channels()) {
		t.found(lintNoWords, position(part.value), "these words are for other channels than the English")
	}
}

func (t *translation) choices(s *step, part entry) {
	labels := map[string]string{}
	for _, c := range t.mapping(part.value) {
		if !slices.Contains(s.choices.values, c.key) {
			t.found(lintLeftover, position(c.at), "%q is not a choice of this step", c.key)
		}
		labels[c.key] = t.text(c.value)
	}
	for _, value := range s.choices.values {
		if _, ok := labels[value]; !ok {
			t.found(lintNoWords, position(part.at), "the choice %q has no words in %s", value, languageNames[t.language])
		}
	}
	s.choices.add(t.language, labels, position(part.at))
}

// literals reads the words that a question takes as they are.
func (t *translation) literals(s *step, part entry) {
	in := map[string]string{}
	for _, w := range t.mapping(part.value) {
		if !slices.Contains(s.answer.literals.words, w.key) {
			t.found(lintLeftover, position(w.at), "%q is not a word that this step takes", w.key)
		}
		in[w.key] = t.text(w.value)
	}
	for _, word := range s.answer.literals.words {
		if _, ok := in[word]; !ok {
			t.found(lintNoWords, position(part.at), "the word %q has no word in %s", word, languageNames[t.language])
		}
	}
	if s.answer.literals.in == nil {
		s.answer.literals.in = map[templates.Language]translatedLiterals{}
	}
	s.answer.literals.in[t.language] = translatedLiterals{in, position(part.at)}
}
