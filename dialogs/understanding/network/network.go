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
	inverse    []byte // weight of each feature, in twentieths
	factor     []byte // weight of each feature by the step of its row, in units
	unit       float32
	unknown    float32
	width      int
	rows       []byte // [features × width], two bits each
	bias       []float32
	output     mat.Matrix // [width × labels]
	offset     []float32
}

func newNetwork(h header, features []uint32, inverse, factor []byte, bias, output, offset []float32, rows []byte) *Network {
	return &Network{
		Heads: h.Heads, Settings: h.Settings, vocabulary: newVocabulary(features), inverse: inverse, factor: factor, unit: h.Unit,
		unknown: h.Unknown, width: h.Width, rows: rows, bias: bias,
		output: mat.NewDense[float32](mat.WithShape(len(offset), h.Width), mat.WithBacking(output)).T(), offset: offset,
	}
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
