package main

import (
	"cmp"
	"math"
	"slices"
)

// published is how many numbers a published vector has.
const published = 100

// table is words with their vectors, the most frequent first.
type table struct {
	words   []string
	vectors [][]float64
	at      map[string]int
}

func (t *table) isNew(word string) bool {
	_, known := t.at[word]
	return word != "" && !known
}

func (t *table) add(word string, vector []float64) {
	if t.at == nil {
		t.at = map[string]int{}
	}
	t.at[word] = len(t.words)
	t.words, t.vectors = append(t.words, word), append(t.vectors, vector)
}

// centre takes off what all vectors have in common.
func (t *table) centre() {
	mean := make([]float64, published)
	for _, v := range t.vectors {
		for k, x := range v {
			mean[k] += x / float64(len(t.vectors))
		}
	}
	for _, v := range t.vectors {
		for k := range v {
			v[k] -= mean[k]
		}
	}
}

// common is how many of the first directions tell how often a word is used
// rather than how (Mu and Viswanath, 2018).
const common = 2

// turn turns the vectors so that they have so many numbers, the directions in
// which they differ most but for the common ones, and length one.
func (t *table) turn(size int) {
	axes := t.axes(size + common)[common:]
	for i, v := range t.vectors {
		turned := make([]float64, size)
		for k, axis := range axes {
			turned[k] = dot(v, axis)
		}
		length := math.Sqrt(dot(turned, turned))
		for k := range turned {
			turned[k] /= max(length, 1e-9)
		}
		t.vectors[i] = turned
	}
}

// axes are the first n principal components, by power iteration on the
// covariance, each taken off before the next.
func (t *table) axes(n int) [][]float64 {
	covariance := make([][]float64, published)
	for a := range covariance {
		covariance[a] = make([]float64, published)
		for _, v := range t.vectors {
			for b := range v {
				covariance[a][b] += v[a] * v[b] / float64(len(t.vectors))
			}
		}
	}
	var axes [][]float64
	for len(axes) < n {
		axis := make([]float64, published)
		for k := range axis {
			axis[k] = 1 / float64(k+1)
		}
		size := 0.0
		for range 1000 {
			next := make([]float64, published)
			for a, row := range covariance {
				next[a] = dot(row, axis)
			}
			size = math.Sqrt(dot(next, next))
			for k := range next {
				axis[k] = next[k] / size
			}
		}
		for a, row := range covariance {
			for b := range row {
				row[b] -= size * axis[a] * axis[b]
			}
		}
		axes = append(axes, axis)
	}
	return axes
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for k := range a {
		sum += a[k] * b[k]
	}
	return sum
}

// near are the words to keep: the most frequent, ours, and those used most like
// some of ours.
func (t *table) near(known map[string]bool) []int {
	var keep, rest []int
	var places [][]float64
	for i, word := range t.words {
		if known[word] {
			places = append(places, t.vectors[i])
		}
		if known[word] || i < anyway {
			keep = append(keep, i)
		} else {
			rest = append(rest, i)
		}
	}
	like := make([]float64, len(t.words))
	for _, i := range rest {
		like[i] = likeness(t.vectors[i], places)
	}
	slices.SortFunc(rest, func(a, b int) int { return cmp.Or(cmp.Compare(like[b], like[a]), cmp.Compare(a, b)) })
	return append(keep, rest[:min(len(rest), max(0, kept-len(keep)))]...)
}

// likeness is the mean cosine with the nearest few.
func likeness(vector []float64, places [][]float64) float64 {
	const few = 5
	var best [few]float64 // the largest first
	for _, p := range places {
		c := dot(vector, p)
		for k := range best {
			if c > best[k] {
				best[k], c = c, best[k]
			}
		}
	}
	sum := 0.0
	for _, c := range best {
		sum += c / few
	}
	return sum
}

// rounded is a vector in bytes, 127 for one.
func rounded(vector []float64) []byte {
	out := make([]byte, len(vector))
	for k, x := range vector {
		out[k] = byte(int8(math.RoundToEven(127 * x)))
	}
	return out
}
