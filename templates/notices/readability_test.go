package notices_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"parley/templates"
	"parley/templates/notices"
)

// easyGrade is the Flesch-Kincaid grade that half of what a notice says must
// not be above, as for the messages of dialogs: a reading age of about eleven.
const easyGrade = 6

func TestNoticesAreEasyToRead(t *testing.T) {
	for _, n := range set(t) {
		for _, form := range []notices.Form{notices.SMS, notices.Email, notices.Letter} {
			text := strings.TrimPrefix(shown(t, n, form, templates.English)[0].Text, "Child Maintenance Service: ")
			var grades []float64
			for paragraph := range strings.SplitSeq(text, "\n\n") {
				if !strings.HasPrefix(paragraph, "Dear ") {
					grades = append(grades, grade(paragraph))
				}
			}
			slices.Sort(grades)
			if median := grades[len(grades)/2]; median > easyGrade {
				t.Errorf("%s: half of its %s is above grade %.1f (%d wanted):\n%s", n.Name, form, median, easyGrade, text)
			}
		}
	}
}

var (
	sentencePattern = regexp.MustCompile(`[.!?:]+(?:\s|$)`)
	wordPattern     = regexp.MustCompile(`[A-Za-z0-9£'.,]+`)
	vowelPattern    = regexp.MustCompile(`[aeiouy]+`)
)

// grade is the Flesch-Kincaid grade of a text (Kincaid and others, 1975), with
// syllables counted by groups of vowels.
func grade(text string) float64 {
	sentences := 0
	for _, part := range sentencePattern.Split(text, -1) {
		if strings.TrimSpace(part) != "" {
			sentences++
		}
	}
	words := wordPattern.FindAllString(text, -1)
	syllables := 0
	for _, word := range words {
		word = strings.TrimSuffix(strings.ToLower(strings.Trim(word, ".,")), "e")
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
