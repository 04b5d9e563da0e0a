package dialogs

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"parley/templates"
)

// The files of a dialog's folder.
const (
	scriptFile      = "dialog.yaml"
	transcriptsFile = "transcripts.txt"
)

// Load reads and compiles every dialog in a folder of dialogs, in the order of
// their names. The error, when there is one, is Problems.
func Load(folder fs.FS) ([]*Dialog, error) {
	names, err := fs.Glob(folder, "*/"+scriptFile)
	if err != nil {
		return nil, fmt.Errorf("looking for dialogs: %w", err)
	}
	var dialogs []*Dialog
	var problems Problems
	for _, name := range names {
		d, found := loadOne(folder, path.Dir(name))
		problems = append(problems, found...)
		dialogs = append(dialogs, d)
	}
	if len(problems) > 0 {
		return nil, problems.sorted()
	}
	return dialogs, nil
}

func loadOne(folder fs.FS, name string) (*Dialog, Problems) {
	var files []File
	for _, file := range append([]string{scriptFile}, languageFiles()...) {
		content, err := fs.ReadFile(folder, path.Join(name, file))
		if err == nil {
			files = append(files, File{Name: path.Join(name, file), Content: content})
		}
	}
	return Compile(files)
}

// languageFiles are the files of words in other languages than English.
func languageFiles() []string {
	var files []string
	for _, l := range templates.Languages() {
		if l != templates.English {
			files = append(files, string(l)+".yaml")
		}
	}
	return files
}

// Compile makes a dialog of its files: the script first, then its words in
// other languages.
func Compile(files []File) (*Dialog, Problems) {
	var problems Problems
	d := &Dialog{files: files, asks: map[string]int{}, results: map[string]int{}}
	script := &scriptReader{dialog: d, source: source{file: files[0].Name, problems: &problems}}
	script.read(files[0].Content)
	for _, f := range files[1:] {
		language := templates.Language(strings.TrimSuffix(path.Base(f.Name), ".yaml"))
		if !slices.Contains(d.Languages, language) {
			continue
		}
		w := &wordsReader{dialog: d, language: language, source: source{file: f.Name, problems: &problems}}
		w.read(f.Content)
	}
	l := &linker{source: script.source, dialog: d}
	l.link(script.drafts)
	d.Version = hash(files)
	return d, problems.sorted()
}

// hash names a version by everything that decides what it says and asks.
func hash(files []File) string {
	h := sha256.New()
	for _, f := range files {
		fmt.Fprintf(h, "%s %d\n", path.Base(f.Name), len(f.Content))
		h.Write(f.Content)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// wordsReader reads the words of a dialog in another language, keyed by step.
type wordsReader struct {
	source
	dialog   *Dialog
	language templates.Language
}

func (r *wordsReader) read(content []byte) {
	entries := r.parse(content)
	given := map[string]bool{}
	for _, e := range entries {
		given[e.key] = true
		switch e.key {
		case "title":
			r.dialog.title[r.language] = r.words(e.value)
		case "opening":
			if r.dialog.opening == nil {
				r.problem(e.at, "the English has no opening: take this one out")
				continue
			}
			r.dialog.opening[r.language] = r.words(e.value)
		default:
			r.step(e)
		}
	}
	r.missing(given)
}

// missing reports every step that has words in English only.
func (r *wordsReader) missing(given map[string]bool) {
	need := []string{"title"}
	if r.dialog.opening != nil {
		need = append(need, "opening")
	}
	for i := range r.dialog.steps {
		if s := &r.dialog.steps[i]; s.say != nil || len(s.choices.values) > 0 {
			need = append(need, s.key)
		}
	}
	for _, key := range need {
		if !given[key] {
			r.add(1, 1, fmt.Sprintf("there are no words in %s for %q", languageName(r.language), key))
		}
	}
}

func languageName(l templates.Language) string {
	if l == templates.Welsh {
		return "Welsh"
	}
	return "English"
}

func (r *wordsReader) step(e entry) {
	i := slices.IndexFunc(r.dialog.steps, func(s step) bool { return s.key == e.key })
	if i < 0 {
		r.problem(e.at, fmt.Sprintf("the script has no step %q: take these words out", e.key))
		return
	}
	s := &r.dialog.steps[i]
	if !isMapping(e.value) || s.kind != askStep {
		r.put(&s.say, e.value, e.key)
		return
	}
	given := map[string]bool{}
	var alsos []entry
	for _, part := range r.mapping(e.value) {
		given[part.key] = true
		switch part.key {
		case "say":
			r.put(&s.say, part.value, e.key)
		case "help":
			r.put(&s.help, part.value, e.key+" help")
		case "label":
			r.put(&s.label, part.value, e.key+" label")
		case "choices":
			r.choices(s, part)
		case "also":
			alsos = r.mapping(part.value)
		case "words":
			r.literals(s, part)
		default:
			r.problem(part.at, fmt.Sprintf("%q is not something a step has words for: use say, help, label, choices, also or words", part.key))
		}
	}
	r.also(&s.choices, r.language, alsos)
	for _, part := range []struct {
		key  string
		need bool
	}{{"say", s.say != nil}, {"help", s.help != nil}, {"label", s.label != nil}, {"choices", len(s.choices.values) > 0}} {
		if part.need && !given[part.key] {
			r.problem(e.at, fmt.Sprintf("there is no %q in %s for %q", part.key, languageName(r.language), e.key))
		}
	}
}

// put adds words to a step that has them in English.
func (r *wordsReader) put(w *words, n ast.Node, what string) {
	if *w == nil {
		r.problem(n, fmt.Sprintf("the English has no words for %q: take these out", what))
		return
	}
	(*w)[r.language] = r.words(n)
}

func (r *wordsReader) choices(s *step, part entry) {
	labels := map[string]string{}
	for _, c := range r.mapping(part.value) {
		if !slices.Contains(s.choices.values, c.key) {
			r.problem(c.at, fmt.Sprintf("%q is not a choice of this step", c.key))
		}
		labels[c.key] = r.text(c.value)
	}
	for _, value := range s.choices.values {
		if _, ok := labels[value]; !ok {
			r.problem(part.at, fmt.Sprintf("the choice %q has no words in %s", value, languageName(r.language)))
		}
	}
	s.choices.add(r.language, labels)
}

func (r *wordsReader) literals(s *step, part entry) {
	also := map[string]string{}
	for _, w := range r.mapping(part.value) {
		if !slices.Contains(s.answer.literals, w.key) {
			r.problem(w.at, fmt.Sprintf("%q is not a word that this step takes", w.key))
		}
		also[strings.ToLower(r.text(w.value))] = w.key
	}
	if s.answer.also == nil {
		s.answer.also = map[templates.Language]map[string]string{}
	}
	s.answer.also[r.language] = also
}
