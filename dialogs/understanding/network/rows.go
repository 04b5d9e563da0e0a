package network

import (
	"encoding/binary"
	"math"
	"slices"
)

// The rows are kept in two bits a number, for -3, -1, 1 and 3 times a step of the
// row's own: what is lost by it is lost at random, and a text sums over a hundred
// rows. A byte holds four numbers of a row, each a quarter of a row apart from the
// next within its eight bytes, as lanes want them.

// places are how many numbers eight bytes hold.
const places = 32

// twentieths are weights as they are kept.
func twentieths(weight float32) uint8 {
	return uint8(min(255, math.RoundToEven(float64(weight)*20)))
}

// Kept is a weight of a feature as a network keeps it. Those trained with should
// be such.
func Kept(weight float32) float32 { return float32(twentieths(weight)) / 20 }

// packed are the rows of a network as they are kept: their numbers, the steps
// times weights in units, and the unit.
func (w *Weights) packed() (rows, factors []byte, unit float32) {
	count := len(w.Features)
	best := make([]float64, count)
	for i := range best {
		best[i] = nearestStep(w.row(i)) * float64(w.Inverse[i])
	}
	// A few rows larger than all others would make the unit too coarse.
	unit = float32(slices.Sorted(slices.Values(best))[count-1-count/1000] / math.MaxUint8)
	rows, factors = make([]byte, 0, count*w.Width/4), make([]byte, count)
	for i := range best {
		factors[i] = uint8(min(math.MaxUint8, max(1, math.RoundToEven(best[i]/float64(unit)))))
		rows = pack(rows, w.row(i), float64(factors[i])*float64(unit)/float64(w.Inverse[i]))
	}
	return rows, factors, unit
}

func (w *Weights) row(i int) []float32 { return w.Rows[i*w.Width : (i+1)*w.Width] }

// nearestStep is the step by which a row loses least.
func nearestStep(row []float32) float64 {
	most := float64(0)
	for _, x := range row {
		most = max(most, math.Abs(float64(x)))
	}
	best, least := 0.0, math.Inf(1)
	for k := range 40 {
		step, lost := most/3*(1-float64(k)*0.02), 0.0
		for _, x := range row {
			d := float64(x) - (2*float64(quarter(x, step))-3)*step
			lost += d * d
		}
		if lost < least {
			best, least = step, lost
		}
	}
	return best
}

// quarter is which of the four a number is next to.
func quarter(x float32, step float64) uint64 {
	if step == 0 {
		return 1
	}
	return uint64(min(3, max(0, math.RoundToEven((float64(x)/step+3)/2))))
}

// pack appends a row. Number i of its 32 is in lane i%4, at bit 2·(i/4) of it.
func pack(rows []byte, row []float32, step float64) []byte {
	for part := range slices.Chunk(row, places) {
		word := uint64(0)
		for i, x := range part {
			word |= quarter(x, step) << (i%4*16 + i/4*2)
		}
		rows = binary.LittleEndian.AppendUint64(rows, word)
	}
	return rows
}

// Kept are the rows as a network of these weights keeps them.
func (w *Weights) Kept() []float32 {
	rows, factors, unit := w.packed()
	out := make([]float32, len(w.Rows))
	for i, factor := range factors {
		row := out[i*w.Width : (i+1)*w.Width]
		var l lanes
		l.add(rows[i*w.Width/4:(i+1)*w.Width/4], uint64(factor))
		l.empty(row)
		for j := range row {
			row[j] *= unit / w.Inverse[i]
		}
	}
	return out
}
