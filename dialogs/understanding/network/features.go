package network

// The features of a text are its words, its pairs of words, what they mean (see
// concepts), and every three and four characters in a row, across words: slips of the finger and mutations at
// the beginning of Welsh words change few of them. Each is known by its FNV-1a
// hash, so that none is ever written down.

const (
	fnvOffset = 2166136261
	fnvPrime  = 16777619

	// These keep the kinds of feature apart.
	wordSalt    = 0x9e3779b9
	pairSalt    = 0x85ebca6b
	conceptSalt = 0xc2b2ae35
	apartSalt   = 0x27d4eb2f
)

// Features appends the features of a folded text to list, each as often as it
// occurs.
func Features(list []uint32, folded []byte) []uint32 {
	list = wordFeatures(list, folded, theConcepts)
	for i := range folded {
		h := uint32(fnvOffset)
		for n, c := range folded[i:min(i+longestGram, len(folded))] {
			h = (h ^ uint32(c)) * fnvPrime
			if n+1 >= shortestGram {
				list = append(list, h)
			}
		}
	}
	return list
}

// Seen tells which features a text has had, up to one collision in many. The zero
// value has seen none.
type Seen [1 << 10]uint64

// Again reports whether a feature was seen before, and sees it.
func (s *Seen) Again(feature uint32) bool {
	word, bit := &s[feature>>22], uint64(1)<<(feature>>16&63)
	again := *word&bit != 0
	*word |= bit
	return again
}

const shortestGram, longestGram = 3, 4

// wordFeatures are words, pairs of words, concepts, and pairs of concepts that
// stand next to each other or have one between them.
func wordFeatures(list []uint32, folded []byte, known *concepts) []uint32 {
	before := uint32(0)
	var near, far uint32 // the last two concepts
	for from := 1; from < len(folded); {
		to := from
		word := uint32(wordSalt)
		for to < len(folded) && folded[to] != ' ' {
			word = (word ^ uint32(folded[to])) * fnvPrime
			to++
		}
		list = append(list, word)
		if before != 0 {
			list = append(list, pair(before, word)^pairSalt)
		}
		before = word
		if concept := known.of(folded[from:to]); concept != skipped {
			if concept != word {
				list = append(list, concept)
			}
			if near != 0 {
				list = append(list, pair(near, concept)^conceptSalt)
			}
			if far != 0 {
				list = append(list, pair(far, concept)^apartSalt)
			}
			near, far = concept, near
		}
		from = to + 1
	}
	return list
}

func pair(one, other uint32) uint32 { return one*31 + other }
