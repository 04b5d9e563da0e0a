package network

import (
	"errors"
	"math"

	"github.com/nlpodyssey/spago/mat"
)

// bag is an operator of spaGO: the sum of the rows of a text's features, each
// by its weight, for features of length one together.
type bag struct {
	network  *Network
	features []uint32
}

var errNotTrained = errors.New("rows of int8 are not trained")

// Forward sums the rows.
func (b *bag) Forward() (mat.Tensor, error) {
	n := b.network
	sum := make([]float32, n.width)
	squares := float32(0)
	for _, feature := range b.features {
		row := n.vocabulary.row(feature)
		if row < 0 {
			squares += n.unknown * n.unknown
			continue
		}
		squares += n.inverse[row] * n.inverse[row]
		add(sum, n.rows[row*n.width:(row+1)*n.width], n.factor[row])
	}
	length := float32(math.Sqrt(float64(squares)))
	for i := range sum {
		if length > 0 {
			sum[i] /= length
		}
		sum[i] += n.bias[i]
	}
	return mat.NewDense[float32](mat.WithBacking(sum)), nil
}

// add adds a row of int8 by a factor.
func add(sum []float32, row []byte, factor float32) {
	row = row[:len(sum)]
	for i := 0; i+4 <= len(sum); i += 4 {
		s, r := sum[i:i+4:i+4], row[i:i+4:i+4]
		s[0] += factor * float32(int8(r[0]))
		s[1] += factor * float32(int8(r[1]))
		s[2] += factor * float32(int8(r[2]))
		s[3] += factor * float32(int8(r[3]))
	}
}

// Backward is never asked: training has rows of its own.
func (b *bag) Backward(mat.Tensor) error { return errNotTrained }

// Operands are none that spaGO knows.
func (b *bag) Operands() []mat.Tensor { return nil }
