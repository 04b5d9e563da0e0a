package training

import (
	"math"

	"github.com/nlpodyssey/spago/mat"
	"github.com/nlpodyssey/spago/nn"
)

// table holds the rows of the bag and trains them by Adam, those that a batch
// has touched and no others: spaGO's own embeddings would step through all.
type table struct {
	width   int
	rows    []float32
	grads   []float32
	means   []float32
	squares []float32
	touched []int
	isOpen  []bool    // touched since the last step
	marker  *nn.Param // tells spaGO that what is made of rows has gradients
}

func newTable(rows []float32, width int) *table {
	return &table{
		width: width, rows: rows, grads: make([]float32, len(rows)), means: make([]float32, len(rows)), squares: make([]float32, len(rows)),
		isOpen: make([]bool, len(rows)/width), marker: nn.NewParam(mat.NewDense[float32](mat.WithShape(1))),
	}
}

func (t *table) touch(row int) []float32 {
	if !t.isOpen[row] {
		t.isOpen[row] = true
		t.touched = append(t.touched, row)
	}
	return t.grads[row*t.width : (row+1)*t.width]
}

const (
	firstDecay, secondDecay = 0.9, 0.999
	smallest                = 1e-8
)

// step moves the touched rows against their gradients.
func (t *table) step(rate float64, steps int) {
	alpha := float32(rate * math.Sqrt(1-math.Pow(secondDecay, float64(steps))) / (1 - math.Pow(firstDecay, float64(steps))))
	for _, row := range t.touched {
		t.isOpen[row] = false
		from, to := row*t.width, (row+1)*t.width
		rows, grads, means, squares := t.rows[from:to], t.grads[from:to], t.means[from:to], t.squares[from:to]
		for i, g := range grads {
			// The conversions keep every step rounded alike on all machines.
			m := float32(firstDecay*means[i]) + float32((1-firstDecay)*g)
			s := float32(secondDecay*squares[i]) + float32((1-secondDecay)*float32(g*g))
			means[i], squares[i], grads[i] = m, s, 0
			rows[i] -= float32(alpha*m) / (float32(math.Sqrt(float64(s))) + smallest)
		}
	}
	t.touched = t.touched[:0]
}

// bags is an operator of spaGO: the hidden layer of a batch, an example a row.
type bags struct {
	table *table
	bias  *nn.Param // [1 × width]
	batch []bagged
}

// Forward sums the rows of each example.
func (b *bags) Forward() (mat.Tensor, error) {
	width := b.table.width
	out := make([]float32, len(b.batch)*width)
	bias := mat.Data[float32](b.bias.Value())
	for i, example := range b.batch {
		sum := out[i*width : (i+1)*width]
		copy(sum, bias)
		for j, row := range example.rows {
			addScaled(sum, b.table.rows[row*width:(row+1)*width], example.weights[j])
		}
	}
	return mat.NewDense[float32](mat.WithShape(len(b.batch), width), mat.WithBacking(out)), nil
}

// Backward hands the gradients on to the rows.
func (b *bags) Backward(gy mat.Tensor) error {
	width := b.table.width
	g := mat.Data[float32](gy)
	bias := make([]float32, width)
	for i, example := range b.batch {
		of := g[i*width : (i+1)*width]
		addScaled(bias, of, 1)
		for j, row := range example.rows {
			addScaled(b.table.touch(row), of, example.weights[j])
		}
	}
	b.bias.AccGrad(mat.NewDense[float32](mat.WithShape(1, width), mat.WithBacking(bias)))
	return nil
}

// Operands are what tells spaGO to come back.
func (b *bags) Operands() []mat.Tensor { return []mat.Tensor{b.table.marker} }

func addScaled(sum, row []float32, by float32) {
	row = row[:len(sum)]
	for i := range sum {
		sum[i] += float32(by * row[i])
	}
}
