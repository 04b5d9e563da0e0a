package main

import (
	"math/rand/v2"
	"strings"

	"parley/dialogs/understanding/corpus"
)

// noisy are texts with other slips than training makes: vowels left out, letters
// that sound alike, words run together, a letter put in. About so much of the
// characters is touched.
func noisy(texts []corpus.Text, often float64) []corpus.Text {
	chance := rand.New(rand.NewPCG(7, 7))
	out := make([]corpus.Text, len(texts))
	for i, t := range texts {
		var b strings.Builder
		for _, r := range t.Text {
			if chance.Float64() >= often {
				b.WriteRune(r)
				continue
			}
			switch at := strings.IndexRune(alike, r); {
			case strings.ContainsRune("aeiou ", r):
			case at >= 0:
				b.WriteByte(alike[at^1])
			default:
				b.WriteRune(r)
				b.WriteByte(byte('a' + chance.IntN(26)))
			}
		}
		t.Text = b.String()
		out[i] = t
	}
	return out
}

// alike are letters that are taken for each other, in pairs.
const alike = "ckszvfbpdtgjmniy"
