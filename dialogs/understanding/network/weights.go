package network

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
	Width    int       // of the hidden layer, a multiple of 32
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
