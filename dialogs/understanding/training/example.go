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
// that tell most about the first head's labels, in order of their hash, with
// their inverse document frequencies.
func vocabulary(texts [][]uint32, examples []Example, labels, atLeast, most int) (list []uint32, inverse []float32) {
	in := map[uint32][]int32{} // how many texts of each label, and how many in all
	prior := make([]float64, labels)
	for i, text := range texts {
		label := likeliest(examples[i].Answers[0])
		prior[label] += 1 / float64(len(texts))
		for _, f := range slices.Compact(slices.Sorted(slices.Values(text))) {
			if in[f] == nil {
				in[f] = make([]int32, labels+1)
			}
			in[f][label]++
			in[f][labels]++
		}
	}
	tells := map[uint32]float64{}
	for f, counts := range in {
		if int(counts[labels]) >= atLeast {
			list = append(list, f)
			tells[f] = information(counts[:labels], float64(counts[labels]), prior)
		}
	}
	slices.SortFunc(list, func(a, b uint32) int { return cmp.Or(cmp.Compare(tells[b], tells[a]), cmp.Compare(a, b)) })
	list = list[:min(most, len(list))]
	slices.Sort(list)
	for _, f := range list {
		inverse = append(inverse, network.Kept(inverseFrequency(len(texts), int(in[f][labels]))))
	}
	return list, inverse
}

// likeliest is the label of an answer that counts most, the first of equals.
func likeliest(answer map[int]float32) int {
	best := -1
	for label, p := range answer {
		if best < 0 || p > answer[best] || p == answer[best] && label < best {
			best = label
		}
	}
	return best
}

// doubt is how many texts of no label in particular are thought to have a
// feature besides those that do, so that one met twice does not tell too much.
const doubt = 4

// information is how much the texts that have a feature differ in their labels
// from all texts: the divergence from the prior, a feature's weight in texts.
func information(counts []int32, all float64, prior []float64) float64 {
	sum := 0.0
	for label, n := range counts {
		if n > 0 {
			p := (float64(n) + doubt*prior[label]) / (all + doubt)
			sum += float64(n) * math.Log(p/prior[label])
		}
	}
	return sum
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
