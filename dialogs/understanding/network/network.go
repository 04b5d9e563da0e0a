package network

import (
	"github.com/nlpodyssey/spago/ag"
	"github.com/nlpodyssey/spago/mat"
	"github.com/nlpodyssey/spago/mat/gradfn"
)

// Network scores texts. It never changes, so that any number of readers may use
// it at once.
type Network struct {
	Heads    []Head
	Settings map[string]float64

	vocabulary vocabulary
	inverse    []float32 // weight of each feature
	factor     []uint32  // weight of each feature by the step of its row, in units
	unit       float32
	unknown    float32
	width      int
	rows       []byte // int8, [features × width]
	bias       []float32
	output     mat.Matrix // [width × labels]
	offset     []float32
}

func newNetwork(h header, features []uint32, inverse, steps, bias, output, offset []float32, rows []byte) *Network {
	n := &Network{
		Heads: h.Heads, Settings: h.Settings, vocabulary: newVocabulary(features), inverse: inverse, factor: make([]uint32, len(features)),
		unknown: h.Unknown, width: h.Width, rows: rows, bias: bias,
		output: mat.NewDense[float32](mat.WithShape(len(offset), h.Width), mat.WithBacking(output)).T(), offset: offset,
	}
	most := float32(0)
	for i := range steps {
		most = max(most, steps[i]*inverse[i])
	}
	if n.unit = most / mostFactor; most > 0 {
		for i := range steps {
			n.factor[i] = uint32(steps[i]*inverse[i]/n.unit + 0.5)
		}
	}
	return n
}

// Scores are, for the features of each text in turn, one logit for each label of
// each head, in their order: Labels of them a text. Features of which most are
// unknown score low for everything.
func (n *Network) Scores(texts ...[]uint32) []float32 {
	hidden := ag.NewOperator(&bag{network: n, texts: texts}).Run()
	active := ag.NewOperator(gradfn.NewReLU[mat.Tensor](hidden)).Run()
	scores := mat.Data[float32](ag.NewOperator(gradfn.NewMul[mat.Tensor](active, n.output)).Run().Value())
	for i := range scores {
		scores[i] += n.offset[i%len(n.offset)]
	}
	return scores
}

// Labels is how many the heads have together.
func (n *Network) Labels() int { return len(n.offset) }
