package network

import "math"

// Head is one question that is asked of every text, with its possible answers.
type Head struct {
	Name   string   `json:"name"`
	Labels []string `json:"labels"`
}

// Weights are a network as training leaves it, before its rows are rounded.
type Weights struct {
	Heads    []Head
	Settings map[string]float64 // what was measured on the development split: thresholds, temperatures

	Features []uint32  // hashes, one a row
	Inverse  []float32 // document frequencies of the features, as weights
	Unknown  float32   // weight of a feature that training has not met
	Width    int       // of the hidden layer
	Rows     []float32 // [features × width]
	Bias     []float32 // of the hidden layer
	Output   []float32 // [labels of all heads × width]
	Offset   []float32 // of the output
}

// Labels is how many the heads have together.
func (w *Weights) Labels() int { return labels(w.Heads) }

func labels(heads []Head) int {
	n := 0
	for _, h := range heads {
		n += len(h.Labels)
	}
	return n
}

// rounded is row i in steps of the returned size, -127 to 127.
func (w *Weights) rounded(i int) ([]int8, float32) {
	row := w.Rows[i*w.Width : (i+1)*w.Width]
	most := float32(0)
	for _, x := range row {
		most = max(most, max(x, -x))
	}
	out := make([]int8, len(row))
	if most == 0 {
		return out, 0
	}
	step := most / 127
	for j, x := range row {
		out[j] = int8(math.RoundToEven(float64(x / step)))
	}
	return out, step
}
