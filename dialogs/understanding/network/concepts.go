package network

import (
	_ "embed"
	"strings"
)

//go:embed concepts.txt
var conceptLines string

// concepts tell words that mean much the same. Few texts teach the network much
// more when it sees that wages, salary and cyflog are one thing.
type concepts struct {
	whole  map[uint32]uint32 // concept of a word, by the word's hash
	prefix map[uint32]uint32 // by the hash of how a word begins
}

// skipped is the concept of words that may be left out between two others.
const skipped = 1

func newConcepts(lines string) *concepts {
	c := &concepts{map[uint32]uint32{}, map[uint32]uint32{}}
	for line := range strings.Lines(lines) {
		name, words, ok := strings.Cut(line, ": ")
		if !ok || line[0] == '#' {
			continue
		}
		concept := wordHash([]byte(name)) ^ conceptSalt
		if name == "-" {
			concept = skipped
		}
		for _, word := range strings.Fields(words) {
			into := c.whole
			word, cut := strings.CutSuffix(word, "*")
			if cut {
				into = c.prefix
			}
			if h := wordHash([]byte(word)); into[h] == 0 {
				into[h] = concept
			}
		}
	}
	return c
}

// Word is the feature of a folded word, without the spaces around it.
func Word(word string) uint32 { return wordHash([]byte(word)) }

func wordHash(word []byte) uint32 {
	h := uint32(wordSalt)
	for _, c := range word {
		h = (h ^ uint32(c)) * fnvPrime
	}
	return h
}

// of is the concept of a word, or else its own hash.
func (c *concepts) of(word []byte) uint32 {
	h, begun := uint32(wordSalt), uint32(0)
	for i, letter := range word {
		h = (h ^ uint32(letter)) * fnvPrime
		if i >= 2 {
			if p := c.prefix[h]; p != 0 {
				begun = p
			}
		}
	}
	if whole := c.whole[h]; whole != 0 {
		return whole
	}
	if begun != 0 {
		return begun
	}
	return h
}

var theConcepts = newConcepts(conceptLines)
