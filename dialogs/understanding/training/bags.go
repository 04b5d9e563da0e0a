package training

import (
	"github.com/nlpodyssey/spago/mat"
	"github.com/nlpodyssey/spago/nn"
)

// bags is an operator of spaGO: the hidden layer of a batch, an example a row.
// A feature adds its own row, if training has met it often enough, and what is
// known of a word beforehand adds its vector, projected.
type bags struct {
	table      *table
	bias       *nn.Param // [1 × width]
	vectors    [][]float32
	projection *nn.Param // [VectorSize × width]
	batch      []bagged
	means      []float32 // of the vectors of each example
}

// Forward sums the rows of each example.
func (b *bags) Forward() (mat.Tensor, error) {
	width := b.table.width
	out := make([]float32, len(b.batch)*width)
	bias, projection := mat.Data[float32](b.bias.Value()), mat.Data[float32](b.projection.Value())
	b.means = make([]float32, len(b.batch)*VectorSize)
	halves(len(b.batch), func(from, to int) {
		for i, example := range b.batch[from:to] {
			i += from
			sum, mean := out[i*width:(i+1)*width], b.means[i*VectorSize:(i+1)*VectorSize]
			copy(sum, bias)
			for j, row := range example.rows {
				if row < b.table.count() {
					addScaled(sum, b.table.row(row), example.weights[j])
				}
				if v := b.vectors[row]; v != nil {
					addScaled(mean, v, example.weights[j])
				}
			}
			for k, x := range mean {
				addScaled(sum, projection[k*width:(k+1)*width], x)
			}
		}
	})
	return mat.NewDense[float32](mat.WithShape(len(b.batch), width), mat.WithBacking(out)), nil
}

// Backward hands the gradients on to the rows and the projection, one half of
// the hidden layer on each of two processors.
func (b *bags) Backward(gy mat.Tensor) error {
	width := b.table.width
	g := mat.Data[float32](gy)
	bias, projection := make([]float32, width), make([]float32, VectorSize*width)
	for _, example := range b.batch {
		b.table.touch(example.rows)
	}
	halves(width, func(from, to int) {
		for i, example := range b.batch {
			of := g[i*width+from : i*width+to]
			addScaled(bias[from:to], of, 1)
			for j, row := range example.rows {
				if b.table.learns(row) {
					addScaled(b.table.grads[row*width+from:row*width+to], of, example.weights[j])
				}
			}
			for k, x := range b.means[i*VectorSize : (i+1)*VectorSize] {
				addScaled(projection[k*width+from:k*width+to], of, x)
			}
		}
	})
	b.bias.AccGrad(mat.NewDense[float32](mat.WithShape(1, width), mat.WithBacking(bias)))
	b.projection.AccGrad(mat.NewDense[float32](mat.WithShape(VectorSize, width), mat.WithBacking(projection)))
	return nil
}

// Operands are what tells spaGO to come back.
func (b *bags) Operands() []mat.Tensor { return []mat.Tensor{b.table.marker} }
