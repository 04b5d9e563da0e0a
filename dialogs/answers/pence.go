package answers

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
	"strings"
)

// Pence is an amount of money in whole pennies.
type Pence int64

// Pounds is the amount in pounds with two decimals: "410.00", "-0.05".
func (p Pence) Pounds() string {
	var buffer [24]byte
	b := buffer[:0]
	magnitude := uint64(p)
	if p < 0 {
		b = append(b, '-')
		magnitude = -magnitude
	}
	b = strconv.AppendUint(b, magnitude/100, 10)
	b = append(b, '.', byte('0'+magnitude/10%10), byte('0'+magnitude%10))
	return string(b)
}

// MarshalText is the form of Pounds, so that Pence in JSON are a string.
func (p Pence) MarshalText() ([]byte, error) { return []byte(p.Pounds()), nil }

var errNotPounds = errors.New("not an amount of the form 410.00")

// UnmarshalText takes the form of Pounds.
func (p *Pence) UnmarshalText(text []byte) error {
	pounds, pennies, ok := strings.Cut(string(text), ".")
	if !ok || len(pennies) != 2 {
		return errNotPounds
	}
	n, err := strconv.ParseInt(pounds+pennies, 10, 64)
	if err != nil {
		return errNotPounds
	}
	*p = Pence(n)
	return nil
}

// Period is how often money comes or goes, "" when it was not said.
type Period string

// The periods that pay and maintenance come in.
const (
	Week      Period = "week"
	Fortnight Period = "fortnight"
	FourWeeks Period = "four_weeks"
	Month     Period = "month"
	Year      Period = "year"
)

// weeks is the period as an exact fraction of weeks. A year is 365 days: the
// Child Support Maintenance Calculation Regulations 2012 divide a yearly
// figure by 365 and multiply by 7.
func (p Period) weeks() (numerator, denominator int64) {
	switch p {
	case Week:
		return 1, 1
	case Fortnight:
		return 2, 1
	case FourWeeks:
		return 4, 1
	case Month:
		return 365, 12 * 7
	case Year:
		return 365, 7
	default:
		return 0, 0
	}
}

// Money is an amount as somebody wrote it, and how often it comes.
type Money struct {
	Amount Pence
	Period Period

	// Confirm is true when a sensible person would check back.
	Confirm bool
}

// Weekly is the amount for one week, rounded half up to a penny; false when
// the period is not known or the amount cannot be held.
func (m Money) Weekly() (Pence, bool) {
	numerator, denominator := m.Period.weeks()
	if numerator == 0 || m.Amount < 0 {
		return 0, false
	}
	high, low := bits.Mul64(uint64(m.Amount), uint64(2*denominator))
	low, carry := bits.Add64(low, uint64(numerator), 0)
	high += carry
	if high >= uint64(2*numerator) {
		return 0, false
	}
	weekly, _ := bits.Div64(high, low, uint64(2*numerator))
	if weekly > math.MaxInt64 {
		return 0, false
	}
	return Pence(weekly), true
}
