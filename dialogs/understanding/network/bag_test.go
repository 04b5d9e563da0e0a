package network

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The sum in lanes is that of plain arithmetic, over more rows than lanes take.
func TestLanes(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 1))
	for _, width := range []int{8, 96, widest} {
		want, got := make([]float64, width), make([]float32, width)
		var l lanes
		for range 3*mostRows + 7 {
			row, factor := make([]byte, width), uint32(chance.IntN(mostFactor+1))
			for i := range row {
				row[i] = byte(chance.Uint32())
				want[i] += float64(factor) * float64(int8(row[i]))
			}
			if l.add(row, factor); l.rows == mostRows {
				l.empty(got)
			}
		}
		l.empty(got)
		for i := range want {
			if math.Abs(want[i]-float64(got[i])) > 1e-5*float64(mostRows*mostFactor*128) {
				t.Fatalf("width %d, place %d: %g, want %g", width, i, got[i], want[i])
			}
		}
	}
}
