package training

import (
	"cmp"
	"math"
	"slices"

	"parley/dialogs/understanding/network"
)

// Example is a text with the answers it has: for each head, by its place among
// the heads, how likely each label is. A head without answers is not trained by
// this text.
type Example struct {
	Text    string
	Answers []map[int]float32
	Copies  int // more with typing slips than others have
}

// Only is the answers of a head that has one.
func Only(label int) map[int]float32 { return map[int]float32{label: 1} }

// features are those of an example's text.
func features(text string) []uint32 {
	folded, _ := network.Fold(nil, nil, text)
	return network.Features(nil, folded)
}

// vocabulary is the features that enough texts have, at most so many of those
// that most have, in order of their hash, with their inverse document
// frequencies.
func vocabulary(texts [][]uint32, atLeast, most int) (list []uint32, inverse []float32) {
	in := map[uint32]int{} // how many texts
	for _, text := range texts {
		for _, f := range slices.Compact(slices.Sorted(slices.Values(text))) {
			in[f]++
		}
	}
	for f, n := range in {
		if n >= atLeast {
			list = append(list, f)
		}
	}
	slices.SortFunc(list, func(a, b uint32) int { return cmp.Or(in[b]-in[a], cmp.Compare(a, b)) })
	list = list[:min(most, len(list))]
	slices.Sort(list)
	for _, f := range list {
		inverse = append(inverse, inverseFrequency(len(texts), in[f]))
	}
	return list, inverse
}

// inverseFrequency is the smoothed inverse document frequency.
func inverseFrequency(texts, having int) float32 {
	return float32(1 + math.Log(float64(1+texts)/float64(1+having)))
}

// bagged is a text as the network takes it: rows with weights of length one.
type bagged struct {
	rows    []int
	weights []float32
	answers []map[int]float32
}

func (t *trainer) bag(features []uint32, answers []map[int]float32) bagged {
	b := bagged{answers: answers}
	squares := float64(0)
	var seen network.Seen
	for _, f := range features {
		if seen.Again(f) {
			continue
		}
		row, ok := t.rowOf[f]
		if !ok {
			squares += float64(t.w.Unknown) * float64(t.w.Unknown)
			continue
		}
		weight := t.w.Inverse[row]
		squares += float64(weight) * float64(weight)
		b.rows, b.weights = append(b.rows, row), append(b.weights, weight)
	}
	length := float32(math.Sqrt(squares))
	for i := range b.weights {
		b.weights[i] /= length
	}
	return b
}
