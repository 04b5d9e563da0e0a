package training

import (
	"math"
	"sync"

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
	squares []float32 // a row
	touched []int
	isOpen  []bool    // touched since the last step
	isFixed bool      // learns no more
	marker  *nn.Param // tells spaGO that what is made of rows has gradients
}

func newTable(rows []float32, width int) *table {
	return &table{
		width: width, rows: rows, grads: make([]float32, len(rows)), means: make([]float32, len(rows)), squares: make([]float32, len(rows)/width),
		isOpen: make([]bool, len(rows)/width), marker: nn.NewParam(mat.NewDense[float32](mat.WithShape(1))),
	}
}

// count is how many rows there are.
func (t *table) count() int { return len(t.isOpen) }

func (t *table) row(i int) []float32 { return t.rows[i*t.width : (i+1)*t.width] }

// learns reports whether there is such a row, and it is still to be moved.
func (t *table) learns(row int) bool { return !t.isFixed && row < t.count() }

// touch marks rows to be moved by the next step.
func (t *table) touch(rows []int) {
	for _, row := range rows {
		if t.learns(row) && !t.isOpen[row] {
			t.isOpen[row] = true
			t.touched = append(t.touched, row)
		}
	}
}

const (
	firstDecay, secondDecay = 0.9, 0.999
	smallest                = 1e-8
)

// step moves the touched rows against their gradients. All numbers of a row
// have one second moment, as the blocks of Adam-mini do (Zhang et al., 2024):
// rows of rare features have seen too little for one each.
func (t *table) step(rate float64, steps int) {
	alpha := float32(rate * math.Sqrt(1-math.Pow(secondDecay, float64(steps))) / (1 - math.Pow(firstDecay, float64(steps))))
	halves(len(t.touched), func(from, to int) {
		for _, row := range t.touched[from:to] {
			t.isOpen[row] = false
			t.move(row, alpha)
		}
	})
	t.touched = t.touched[:0]
}

// move moves one row. The conversions keep every step rounded alike on all
// machines.
func (t *table) move(row int, alpha float32) {
	from, to := row*t.width, (row+1)*t.width
	rows, grads, means := t.rows[from:to], t.grads[from:to], t.means[from:to]
	square := float32(0)
	for _, g := range grads {
		square += float32(g * g)
	}
	square = float32(secondDecay*t.squares[row]) + float32((1-secondDecay)*float32(square/float32(t.width)))
	t.squares[row] = square
	by := alpha / (float32(math.Sqrt(float64(square))) + smallest)
	for i, g := range grads {
		m := float32(firstDecay*means[i]) + float32((1-firstDecay)*g)
		means[i], grads[i] = m, 0
		rows[i] -= float32(by * m)
	}
}

// halves has two processors do a half each of what can be done in any order.
func halves(n int, do func(from, to int)) {
	var both sync.WaitGroup
	both.Go(func() { do(0, n/2) })
	do(n/2, n)
	both.Wait()
}

func addScaled(sum, row []float32, by float32) {
	row = row[:len(sum)]
	for i := range sum {
		sum[i] += float32(by * row[i])
	}
}
