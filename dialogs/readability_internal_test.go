package dialogs

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/dialogs/scripts"
	"parley/templates"
)

// easyGrade is the Flesch-Kincaid grade that half of a dialog's messages must
// not be above: a reading age of about eleven, for people who are tired, in a
// hurry, or read English as a second language.
const easyGrade = 6

// jargon is what people outside the service do not say.
var jargon = regexp.MustCompile(`(?i)\b(NRP|PWC|QC|ROC|GWI|qualifying child|non-resident|person with care|liabilit\w+|arrears|supersession|reconsideration|statutory)\b`)

func TestMessagesAreEasyToRead(t *testing.T) {
	all, err := Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		var grades []float64
		for i := range d.steps {
			s := &d.steps[i]
			if s.say == nil || !s.own() {
				continue
			}
			text := s.say[templates.English][forDefault].raw
			if word := jargon.FindString(text); word != "" {
				t.Errorf("%s, %s: %q is a word of the service's own", d.Name, s.key, word)
			}
			grades = append(grades, grade(text))
		}
		slices.Sort(grades)
		if median := grades[len(grades)/2]; median > easyGrade {
			t.Errorf("%s: half of its messages are above grade %.1f (%d wanted)", d.Name, median, easyGrade)
		}
	}
}

var (
	sentencePattern = regexp.MustCompile(`[.!?:]+`)
	wordPattern     = regexp.MustCompile(`[A-Za-z0-9£']+`)
	vowelPattern    = regexp.MustCompile(`[aeiouy]+`)
)

// grade is the Flesch-Kincaid grade of a text (Kincaid and others, 1975), with
// syllables counted by groups of vowels. A placeholder counts as one word.
func grade(text string) float64 {
	text = regexp.MustCompile(`\(\([^)]*\)\)`).ReplaceAllString(text, "it")
	sentences := 0
	for _, part := range sentencePattern.Split(text, -1) {
		if strings.TrimSpace(part) != "" {
			sentences++
		}
	}
	words := wordPattern.FindAllString(text, -1)
	if len(words) == 0 || sentences == 0 {
		return 0
	}
	syllables := 0
	for _, word := range words {
		word = strings.TrimSuffix(strings.ToLower(word), "e")
		syllables += max(1, len(vowelPattern.FindAllString(word, -1)))
	}
	return 0.39*float64(len(words))/float64(sentences) + 11.8*float64(syllables)/float64(len(words)) - 15.59
}

func TestGradesTellHardFromEasy(t *testing.T) {
	if easy := grade("How much are you paid now? Say how often too."); easy > 3 {
		t.Errorf("an easy text has grade %.1f", easy)
	}
	hard := "Notwithstanding the aforementioned determination, the non-resident parent's liability remains outstanding until supersession."
	if g := grade(hard); g < 15 {
		t.Errorf("a hard text has grade %.1f", g)
	}
}
