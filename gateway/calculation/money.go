package calculation

import (
	"errors"
	"strconv"
	"strings"
)

// Money is an amount in pence. It is negative only where a difference is
// meant, such as a credit or a fall in what is due.
type Money int64

// mostMoney bounds every amount that comes in: one thousand million pounds.
// Nothing real is larger, and below it no calculation can overflow.
const mostMoney Money = 100_000_000_000

var (
	errMoneyForm     = errors.New(`is not an amount in pounds such as "450" or "450.00"`)
	errMoneyNegative = errors.New("cannot be less than nothing")
	errMoneyLarge    = errors.New("is too large to be right")
)

// ParseMoney reads an amount in pounds: digits, and at most two more after a
// point ("450", "450.5", "450.00"). Signs, commas, exponents and spaces are
// refused, so that nothing is guessed.
func ParseMoney(text string) (Money, error) {
	if strings.HasPrefix(text, "-") {
		return 0, errMoneyNegative
	}
	pounds, pennies, point := strings.Cut(text, ".")
	if !digits(pounds) || point && (!digits(pennies) || len(pennies) > 2) {
		return 0, errMoneyForm
	}
	pounds = strings.TrimLeft(pounds, "0")
	if len(pounds) > 12 {
		return 0, errMoneyLarge
	}
	var pence Money
	for _, digit := range []byte(pounds + (pennies + "00")[:2]) {
		pence = pence*10 + Money(digit-'0')
	}
	if pence > mostMoney {
		return 0, errMoneyLarge
	}
	return pence, nil
}

func digits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// Decimal gives the amount in pounds for machines: "1234.56".
func (m Money) Decimal() string {
	return string(m.append(nil, "", ""))
}

// String gives the amount for people: "£1,234.56".
func (m Money) String() string {
	return string(m.append(nil, "£", ","))
}

// MarshalText writes the amount as Decimal does.
func (m Money) MarshalText() ([]byte, error) {
	return m.append(nil, "", ""), nil
}

// UnmarshalText reads the amount as ParseMoney does.
func (m *Money) UnmarshalText(text []byte) (err error) {
	*m, err = ParseMoney(string(text))
	return err
}

func (m Money) append(b []byte, sign, separator string) []byte {
	pence := uint64(m)
	if m < 0 {
		b = append(b, '-')
		pence = -pence
	}
	b = append(b, sign...)
	pounds := strconv.AppendUint(make([]byte, 0, 20), pence/100, 10)
	for i, digit := range pounds {
		if i > 0 && (len(pounds)-i)%3 == 0 {
			b = append(b, separator...)
		}
		b = append(b, digit)
	}
	return append(b, '.', byte('0'+pence%100/10), byte('0'+pence%10))
}
