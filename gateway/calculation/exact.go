package calculation

import "math/bits"

// exact is an amount in pence, or a plain number, held as a fraction so that
// nothing is rounded before the end. The denominator is above nought; a
// denominator of nought (as in the zero value) marks the result of an
// operation that did not fit, and everything made from it is marked too, so
// that one look at the end is enough. Within the bounds that Case.Validate
// sets nothing overflows.
type exact struct{ num, den int64 }

func pence(m Money) exact { return exact{int64(m), 1} }

func (a exact) fits() bool { return a.den > 0 }

// times gives a × num ÷ den.
func (a exact) times(num, den int64) exact {
	n, ok := multiply(a.num, num)
	d, ok2 := multiply(a.den, den)
	if ok && ok2 && d > 0 {
		return exact{n, d}
	}
	a, b := a.reduced(), exact{num, den}.reduced()
	cross, cross2 := exact{a.num, b.den}.reduced(), exact{b.num, a.den}.reduced()
	n, ok = multiply(cross.num, cross2.num)
	d, ok2 = multiply(cross.den, cross2.den)
	if !ok || !ok2 || d <= 0 {
		return exact{}
	}
	return exact{n, d}
}

func (a exact) plus(b exact) exact {
	if !a.fits() || !b.fits() {
		return exact{}
	}
	if a.den != b.den {
		if sum, ok := addCrosswise(a, b); ok {
			return sum
		}
		sum, _ := addCrosswise(a.reduced(), b.reduced())
		return sum
	}
	n := a.num + b.num
	if (n > a.num) != (b.num > 0) {
		return exact{}
	}
	return exact{n, a.den}
}

func addCrosswise(a, b exact) (exact, bool) {
	common := greatestDivisor(a.den, b.den)
	left, ok := multiply(a.num, b.den/common)
	right, ok2 := multiply(b.num, a.den/common)
	d, ok3 := multiply(a.den, b.den/common)
	n := left + right
	if !ok || !ok2 || !ok3 || (n > left) != (right > 0) {
		return exact{}, false
	}
	return exact{n, d}, true
}

func (a exact) minus(b exact) exact { return a.plus(exact{-b.num, b.den}) }

// compare answers -1, 0 or 1. It is exact for any two fractions: the cross
// products are 128 bits wide.
func (a exact) compare(b exact) int {
	if (a.num < 0) != (b.num < 0) {
		if a.num < 0 {
			return -1
		}
		return 1
	}
	leftHigh, leftLow := bits.Mul64(magnitude(a.num), uint64(b.den))
	rightHigh, rightLow := bits.Mul64(magnitude(b.num), uint64(a.den))
	order := 0
	switch {
	case leftHigh > rightHigh, leftHigh == rightHigh && leftLow > rightLow:
		order = 1
	case leftHigh < rightHigh, leftHigh == rightHigh && leftLow < rightLow:
		order = -1
	}
	if a.num < 0 {
		return -order
	}
	return order
}

func (a exact) less(b exact) bool { return a.compare(b) < 0 }

// rounded gives whole pence, half a penny upwards.
func (a exact) rounded() Money {
	if !a.fits() {
		return 0
	}
	whole, rest := a.num/a.den, a.num%a.den
	if rest < 0 {
		whole, rest = whole-1, rest+a.den
	}
	if rest >= a.den-rest {
		whole++
	}
	return Money(whole)
}

// down gives whole pence, dropping the rest of a penny. For amounts of nought
// and more.
func (a exact) down() Money { return Money(a.num / a.den) }

func (a exact) reduced() exact {
	if !a.fits() {
		return a
	}
	common := greatestDivisor(a.num, a.den)
	return exact{a.num / common, a.den / common}
}

func multiply(a, b int64) (int64, bool) {
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > 1<<63-1 {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(low), true
	}
	return int64(low), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}

func greatestDivisor(a, b int64) int64 {
	x, y := magnitude(a), magnitude(b)
	for y != 0 {
		x, y = y, x%y
	}
	return max(int64(x), 1)
}
