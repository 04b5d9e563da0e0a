package network

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// The sum in lanes is that of plain arithmetic, over more rows than lanes take.
func TestLanes(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	for _, width := range []int{places, 192, widest} {
		want, got := make([]float64, width), make([]float32, width)
		var l lanes
		for range 1000 {
			row, factor := make([]float32, width), uint64(chance.IntN(256))
			for i := range row {
				row[i] = float32(2*chance.IntN(4) - 3)
				want[i] += float64(factor) * float64(row[i])
			}
			if l.factors+factor > mostFactors {
				l.empty(got)
			}
			l.add(pack(nil, row, 1), factor)
		}
		l.empty(got)
		for i := range want {
			if float64(got[i]) != want[i] {
				t.Fatalf("width %d, place %d: %g, want %g", width, i, got[i], want[i])
			}
		}
	}
}

// What is packed is near to what it was, row by row, large or small.
func TestPackedRowsAreNear(t *testing.T) {
	chance := rand.New(rand.NewPCG(2, 2))
	w := Weights{Features: make([]uint32, 50), Inverse: make([]float32, 50), Width: places}
	for i := range w.Features {
		w.Features[i], w.Inverse[i] = uint32(i), Kept(1+9*chance.Float32())
		for range w.Width {
			w.Rows = append(w.Rows, float32(chance.NormFloat64())/float32(1+i%5))
		}
	}
	for i, kept := range slices.Collect(slices.Chunk(w.Kept(), places)) {
		lost, all := 0.0, 0.0
		for j, x := range w.row(i) {
			lost += math.Pow(float64(kept[j]-x), 2)
			all += float64(x * x)
		}
		if lost > all/4 {
			t.Errorf("row %d: lost %.3f of %.3f", i, lost, all)
		}
	}
	again := w
	again.Rows = w.Kept()
	for i, x := range again.Kept() {
		if math.Abs(float64(x-again.Rows[i])) > 1e-4 {
			t.Fatalf("number %d is %g, and kept again %g", i, again.Rows[i], x)
		}
	}
}
