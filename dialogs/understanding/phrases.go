package understanding

import (
	"slices"
	"strings"
)

// list is what reviewed phrases stand for, and the words that take their
// meaning away when one of them stands close before: "since I lost my job" is
// a date, not news.
type list struct {
	name    string
	unless  []string
	phrases []string
}

// A phrase is words in the form of network.Fold, each of these:
//
//	lost        that word
//	my|the      one or the other
//	has?        that word or none
//	CHILD       a word of that class, see classes
//	#           figures
//	*           up to three words of any kind
//	^ and $     the beginning and the end of the message
//
// The first is never "*", "#" or one that may be left out.

// lexicon finds lists by their phrases. Of several, the first counts.
type lexicon struct {
	lists   []list
	byFirst map[string][]entry
}

// entry is the rest of a phrase, after its first word.
type entry struct {
	list int
	rest []slot
}

// slot is one place of a phrase.
type slot struct {
	words    []string // that may stand there
	optional bool
	figures  bool
	gap      bool
}

// gapWords is how many words a gap may hold, and how far back a word can take
// a phrase its meaning.
const gapWords = 3

func newLexicon(lists []list) lexicon {
	l := lexicon{lists: lists, byFirst: map[string][]entry{}}
	for i, of := range lists {
		for _, phrase := range of.phrases {
			slots := slotsOf(phrase)
			for _, word := range slots[0].words {
				l.byFirst[word] = append(l.byFirst[word], entry{i, slots[1:]})
			}
		}
	}
	return l
}

func slotsOf(phrase string) []slot {
	var slots []slot
	for _, word := range strings.Fields(phrase) {
		s := slot{gap: word == "*"}
		word, s.optional = strings.CutSuffix(word, "?")
		for alternative := range strings.SplitSeq(word, "|") {
			if of, ok := classes[alternative]; ok {
				s.words = append(s.words, of...)
				continue
			}
			s.figures = s.figures || alternative == "#"
			s.words = append(s.words, alternative)
		}
		slots = append(slots, s)
	}
	return slots
}

// first is the first list that has a phrase in words, "" for none.
func (l lexicon) first(words []string) string {
	best := len(l.lists)
	for i, word := range words {
		for _, e := range l.byFirst[word] {
			if e.list < best && stands(e.rest, words[i+1:]) && !l.lists[e.list].denied(words[:i]) {
				best = e.list
			}
		}
	}
	if best == len(l.lists) {
		return ""
	}
	return l.lists[best].name
}

// stands reports whether words begin with what the slots take.
func stands(slots []slot, words []string) bool {
	if len(slots) == 0 {
		return true
	}
	s, rest := slots[0], slots[1:]
	if s.gap {
		for n := 0; n <= min(gapWords, len(words)); n++ {
			if stands(rest, words[n:]) {
				return true
			}
		}
		return false
	}
	return len(words) > 0 && s.takes(words[0]) && stands(rest, words[1:]) || s.optional && stands(rest, words)
}

func (s *slot) takes(word string) bool {
	return slices.Contains(s.words, word) || s.figures && word[0] >= '0' && word[0] <= '9'
}

// denied reports whether the words before a phrase take its meaning away.
func (of *list) denied(before []string) bool {
	return slices.ContainsFunc(before[max(0, len(before)-gapWords):], func(word string) bool { return slices.Contains(of.unless, word) })
}
