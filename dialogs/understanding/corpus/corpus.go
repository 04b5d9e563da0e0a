// Package corpus holds the texts from which the model of dialogs/understanding
// learns, and by which it is measured: all of them written for it, none sent by
// anybody. There is one file an intent and language, one text a line; the
// splits for development and test were written apart from that for training.
// Welsh texts were not yet reviewed by a Welsh speaker.
package corpus

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"parley/dialogs/understanding"
)

//go:embed train/*.txt dev/*.txt test/*.txt frozen.txt
var files embed.FS

// FS holds the files, a folder each split.
func FS() fs.FS { return files }

// Split is a part of the corpus.
type Split string

// The splits. Only the first is learnt from.
const (
	Train       Split = "train"
	Development Split = "dev" // thresholds are set by it
	Test        Split = "test"
)

// Text is one line: what somebody might write, and what it is about.
type Text struct {
	Text     string
	Intents  []string // in the order in which they are said; the first is what it is about most
	Danger   understanding.Danger
	Language string // en, cy
	Kind     string // the name of its file: an intent, a kind of danger, two, innocent
	Place    string // file and line
}

// Names of files that are not the name of an intent.
const (
	Innocent = "innocent" // frightening words that mean no harm: "intent | text"
	Two      = "two"      // two matters in one message: "intent, intent | text"
)

// dangerFiles hold what is about a kind of danger.
var dangerFiles = map[string]understanding.Danger{
	"danger-watched": understanding.Watched, "danger-abuse": understanding.Abuse, "danger-child": understanding.ChildAtRisk,
	"danger-self-harm": understanding.SelfHarm, "danger-threat": understanding.Threat,
}

// Load reads a split. What is wrong in it is a list of problems, each with its
// place; the rest is read all the same.
func Load(from fs.FS, split Split) (texts []Text, problems []string, err error) {
	list, err := fs.Glob(from, path.Join(string(split), "*.txt"))
	if err != nil {
		return nil, nil, fmt.Errorf("listing the corpus: %w", err)
	}
	for _, file := range list {
		content, err := fs.ReadFile(from, file)
		if err != nil {
			return nil, nil, fmt.Errorf("reading the corpus: %w", err)
		}
		more, wrong := parse(file, string(content))
		texts, problems = append(texts, more...), append(problems, wrong...)
	}
	return texts, problems, nil
}

func parse(file, content string) (texts []Text, problems []string) {
	kind, rest, _ := strings.Cut(path.Base(file), ".")
	language, ending, _ := strings.Cut(rest, ".")
	if ending != "txt" || language != "en" && language != "cy" {
		return nil, []string{file + ": a file is called NAME.en.txt or NAME.cy.txt"}
	}
	if language == "cy" && !strings.HasPrefix(content, "# not yet reviewed by a Welsh speaker") {
		problems = append(problems, file+":1: Welsh says that it was not reviewed")
	}
	number := 0
	for line := range strings.Lines(content) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		t := Text{Text: line, Kind: kind, Language: language, Place: fmt.Sprintf("%s:%d", file, number)}
		if wrong := t.label(); wrong != "" {
			problems = append(problems, t.Place+": "+wrong)
			continue
		}
		texts = append(texts, t)
	}
	return texts, problems
}

// label finds what a line says that it is about, and takes that off.
func (t *Text) label() (wrong string) {
	names := t.Kind
	if t.Kind == Innocent || t.Kind == Two {
		var ok bool
		if names, t.Text, ok = strings.Cut(t.Text, "|"); !ok {
			return "a line of " + t.Kind + " is INTENT | TEXT"
		}
		t.Text = strings.TrimSpace(t.Text)
	}
	for name := range strings.SplitSeq(names, ",") {
		name = strings.TrimSpace(name)
		if danger, ok := dangerFiles[name]; ok {
			t.Danger, name = danger, understanding.InDanger
		} else if name == understanding.InDanger || !slices.Contains(understanding.Intents(), name) {
			return fmt.Sprintf("there is no intent %q", name)
		}
		t.Intents = append(t.Intents, name)
	}
	switch {
	case t.Kind == Two && (len(t.Intents) != 2 || t.Intents[0] == t.Intents[1]):
		return "two are two different intents"
	case t.Kind == Innocent && t.Danger != understanding.NoDanger:
		return "what is innocent is no danger"
	case t.Text == "":
		return "no text"
	}
	return ""
}
