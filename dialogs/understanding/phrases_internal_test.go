package understanding

import (
	"regexp"
	"slices"
	"testing"

	"parley/dialogs/understanding/network"
)

// A phrase that is not in the form of normalise would never be found.
func TestPhrasesAreWritable(t *testing.T) {
	word := regexp.MustCompile(`^([a-z0-9]+|[#$^])$`)
	for _, l := range slices.Concat(dangers.lists, wishes.lists, pointers.lists) {
		if len(l.phrases) == 0 {
			t.Errorf("%s has no phrases", l.name)
		}
		for _, phrase := range l.phrases {
			slots := slotsOf(phrase)
			if first := slots[0]; first.gap || first.figures || first.optional {
				t.Errorf("%s: %q begins with what may be anything", l.name, phrase)
			}
			for _, s := range slots {
				for _, w := range s.words {
					if !s.gap && !word.MatchString(w) {
						t.Errorf("%s: %q holds %q, which no message does", l.name, phrase, w)
					}
				}
			}
		}
	}
}

func TestPhrases(t *testing.T) {
	l := newLexicon([]list{{name: "found", unless: []string{"since"}, phrases: []string{"^ alone $", "lost|lose my? job", "how * made", "owe #", "my CHILD left"}}})
	for text, want := range map[string]bool{
		"alone": true, "not alone": false, "alone here": false,
		"I lost my job": true, "lose job": true, "lost her job": false, "lost my jobs": false,
		"how made": true, "how was that ever made": true, "how it was that they made": false,
		"I owe 20": true, "I owe £20": true, "I owe him": false,
		"my daughter left": true, "my friend left": false,
		"since I lost my job": false, "since then I moved and lost my job": true,
	} {
		if got := l.first(wordsOf(folded(text))) != ""; got != want {
			t.Errorf("%q: found %t", text, got)
		}
	}
}

// What says danger in plain words is found, and what only sounds like it is not.
func TestDangers(t *testing.T) {
	for text, want := range map[string]Danger{
		"I keep thinking of jumping off the bridge": SelfHarm, "I jump in the van at six": NoDanger,
		"there is no way out for me": SelfHarm, "no way out of this contract": NoDanger,
		"does dim pwynt byw": SelfHarm, "does dim pwynt cario mlaen efo'r cais": NoDanger,
		"the school raised a safeguarding concern": ChildAtRisk, "she broke my son's arm": ChildAtRisk, "my child has broken up from school": NoDanger,
		"he pushed me against the wall": Abuse, "he pushed me into debt": NoDanger, "she dragged me through the courts": NoDanger,
		"he broke my nose": Abuse, "he broke my heart": NoDanger,
		"I'll bury him": Threat, "we had to bury him on Friday": NoDanger,
		"petrol bomb through your door": Threat, "petrol for seeing the kids": NoDanger,
	} {
		if got := Danger(dangers.first(wordsOf(folded(text)))); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func folded(text string) network.Folded {
	f, _ := network.Fold(nil, nil, text)
	return f
}
