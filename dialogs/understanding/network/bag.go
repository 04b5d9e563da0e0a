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

var errNotTrained = errors.New("rows of int8 are not trained")

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
		squares += n.inverse[row] * n.inverse[row]
		l.add(n.rows[row*n.width:(row+1)*n.width], n.factor[row])
		if l.rows == mostRows {
			l.empty(sum)
		}
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

// lanes sum rows of int8 by whole factors, two in a word of 64 bits at once.
// Each byte is taken as 128 more than it is, so that no lane is negative.
type lanes struct {
	sums    [widest / 2]uint64
	factors uint32 // all together
	rows    int    // how many
}

const (
	widest     = 256                // hidden layer
	mostFactor = 1<<15 - 1          // of a row
	mostRows   = 512                // before a lane may run over: 512 × 32767 × 255 < 2³²
	everyOther = 0x000000FF000000FF // the lowest byte of each lane
)

func (l *lanes) add(row []byte, factor uint32) {
	by := uint64(factor)
	for len(row) >= 8 {
		word := binary.LittleEndian.Uint64(row) ^ 0x8080808080808080
		at := (len(l.sums) - len(row)/2) & (widest/2 - 1)
		s := l.sums[at : at+4 : at+4]
		s[0] += by * (word & everyOther)
		s[1] += by * (word >> 8 & everyOther)
		s[2] += by * (word >> 16 & everyOther)
		s[3] += by * (word >> 24 & everyOther)
		row = row[8:]
	}
	l.factors += factor
	l.rows++
}

// empty adds what was summed to sum, and begins anew.
func (l *lanes) empty(sum []float32) {
	more := int64(l.factors) * 128
	at := len(l.sums) - len(sum)/2
	for i := range sum {
		lane := l.sums[at+i/8*4+i%4] >> (i % 8 / 4 * 32)
		sum[i] += float32(int64(lane&0xFFFFFFFF) - more)
	}
	*l = lanes{}
}

// Backward is never asked: training has rows of its own.
func (b *bag) Backward(mat.Tensor) error { return errNotTrained }

// Operands are none that spaGO knows.
func (b *bag) Operands() []mat.Tensor { return nil }
