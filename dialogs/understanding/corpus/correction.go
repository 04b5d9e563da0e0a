package corpus

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"parley/dialogs/understanding"
)

// Correction is what a caseworker says that a message was about.
type Correction struct {
	Text     string
	Intents  []string // one, or two in the order in which they are said
	Danger   understanding.Danger
	Language string // en, cy
}

// Line is a correction as a line of the split for training, and the file that it
// belongs to, such as "train/lost-job.en.txt". Addresses for email and numbers of
// more than four figures, also where they are spaced, are masked. Names of people
// and places are not: somebody reads every line before it is learnt from, and
// nothing is learnt from it by itself. The error says which label there is not.
func (c Correction) Line() (file, line string, err error) {
	text := masked(strings.Join(strings.Fields(c.Text), " "))
	names := slices.Clone(c.Intents)
	for i, intent := range names {
		if intent == understanding.InDanger {
			names[i] = dangerFile(c.Danger)
		}
	}
	name := ""
	switch len(names) {
	case 1:
		name = names[0]
	case 2:
		name, text = Two, strings.Join(names, ", ")+" | "+text
	}
	file = path.Join(string(Train), name+"."+c.Language+".txt")
	if strings.HasPrefix(text, "#") { // would be a comment
		text = strings.TrimLeft(text, "# ")
	}
	t := Text{Text: text, Kind: name, Language: c.Language}
	if wrong := t.label(); wrong != "" {
		return "", "", fmt.Errorf("correcting %s: %s", strings.Join(c.Intents, ", "), wrong)
	}
	if c.Language != "en" && c.Language != "cy" {
		return "", "", fmt.Errorf("correcting %s: there is no language %q", strings.Join(c.Intents, ", "), c.Language)
	}
	return file, text, nil
}

// dangerFile is the name of the file for a kind of danger, "danger" for none.
func dangerFile(kind understanding.Danger) string {
	for name, of := range dangerFiles {
		if of == kind {
			return name
		}
	}
	return understanding.InDanger
}

var (
	longNumber   = regexp.MustCompile(`\+?\d(?:[ -]?\d){4,}`)
	emailAddress = regexp.MustCompile(`\S+@\S+`)
	figure       = regexp.MustCompile(`\d`)
)

func masked(text string) string {
	text = emailAddress.ReplaceAllString(text, "name@example.com")
	return longNumber.ReplaceAllStringFunc(text, func(number string) string { return figure.ReplaceAllString(number, "0") })
}
