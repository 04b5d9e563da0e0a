package network

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/nlpodyssey/spago/mat"
)

// bag is an operator of spaGO: for each text, the sum of the rows of its
// features, each by its weight, for features of length one together.
type bag struct {
	network *Network
	texts   [][]uint32 // features
}

var errNotTrained = errors.New("rows of two bits are not trained")

// Forward sums the rows, a text a row.
func (b *bag) Forward() (mat.Tensor, error) {
	width := b.network.width
	sums := make([]float32, len(b.texts)*width)
	for i, features := range b.texts {
		b.network.sum(sums[i*width:(i+1)*width], features)
	}
	return mat.NewDense[float32](mat.WithShape(len(b.texts), width), mat.WithBacking(sums)), nil
}

// sum adds up the rows of features, each once: saying a thing again does not make
// it surer.
func (n *Network) sum(sum []float32, features []uint32) {
	squares := float32(0)
	var l lanes
	var seen Seen
	for _, feature := range features {
		if seen.Again(feature) {
			continue
		}
		row := n.vocabulary.row(feature)
		if row < 0 {
			squares += n.unknown * n.unknown
			continue
		}
		weight := float32(n.inverse[row]) / 20
		squares += weight * weight
		factor := uint64(n.factor[row])
		if l.factors+factor > mostFactors {
			l.empty(sum)
		}
		l.add(n.rows[row*n.width/4:(row+1)*n.width/4], factor)
	}
	l.empty(sum)
	by := n.unit
	if squares > 0 {
		by /= float32(math.Sqrt(float64(squares)))
	}
	for i := range sum {
		sum[i] = sum[i]*by + n.bias[i]
	}
}

// lanes sum rows by whole factors, four numbers in a word of 64 bits at once.
type lanes struct {
	sums    [widest / 4]uint64
	factors uint64 // all together
}

const (
	widest      = 256                // hidden layer
	mostFactors = math.MaxUint16 / 3 // before a lane may run over
	lowest      = 0x0003000300030003 // the first number of each lane
)

func (l *lanes) add(row []byte, factor uint64) {
	at := 0
	for len(row) >= 8 && at+8 <= len(l.sums) {
		word := binary.LittleEndian.Uint64(row)
		s := l.sums[at : at+8 : at+8]
		s[0] += factor * (word & lowest)
		s[1] += factor * (word >> 2 & lowest)
		s[2] += factor * (word >> 4 & lowest)
		s[3] += factor * (word >> 6 & lowest)
		s[4] += factor * (word >> 8 & lowest)
		s[5] += factor * (word >> 10 & lowest)
		s[6] += factor * (word >> 12 & lowest)
		s[7] += factor * (word >> 14 & lowest)
		row, at = row[8:], at+8
	}
	l.factors += factor
}

// empty adds what was summed to sum, and begins anew: 0 to 3 are -3 to 3 in twos.
func (l *lanes) empty(sum []float32) {
	less := 3 * int64(l.factors)
	for i := range sum {
		lane := l.sums[i/4] >> (i % 4 * 16) & math.MaxUint16
		sum[i] += float32(2*int64(lane) - less)
	}
	*l = lanes{}
}

// Backward is never asked: training has rows of its own.
func (b *bag) Backward(mat.Tensor) error { return errNotTrained }

// Operands are none that spaGO knows.
func (b *bag) Operands() []mat.Tensor { return nil }
