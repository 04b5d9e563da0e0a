package answers

import (
	"strconv"
	"strings"
)

// Decimal is an exact number with up to six decimal places, kept in
// millionths. Decimals compare and add as integers do.
type Decimal int64

// one is the Decimal 1.
const one Decimal = 1_000_000

// Whole is a whole number as a Decimal.
func Whole(n int) Decimal { return Decimal(n) * one }

// Int is the number when it is whole.
func (d Decimal) Int() (int, bool) { return int(d / one), d%one == 0 }

// String is the number in digits, without needless zeros: "3", "2.5", "-0.25".
func (d Decimal) String() string {
	sign, magnitude := "", uint64(d)
	if d < 0 {
		sign, magnitude = "-", -magnitude
	}
	whole := sign + strconv.FormatUint(magnitude/uint64(one), 10)
	fraction := magnitude % uint64(one)
	if fraction == 0 {
		return whole
	}
	digits := strconv.FormatUint(uint64(one)+fraction, 10)[1:]
	return whole + "." + strings.TrimRight(digits, "0")
}

// MarshalJSON writes the number as a JSON number.
func (d Decimal) MarshalJSON() ([]byte, error) { return []byte(d.String()), nil }
