package answers

import (
	"cmp"
	"errors"
	"time"
)

// Date is a civil date, without time of day or zone. The zero Date is no date.
type Date struct{ Year, Month, Day int }

// DateOf is the civil date at a moment in a place.
func DateOf(t time.Time, place *time.Location) Date {
	year, month, day := t.In(place).Date()
	return Date{year, int(month), day}
}

var errNotISODate = errors.New("not a date of the form 2026-11-22")

// ParseDate reads a date of the form 2026-11-22 (ISO 8601), and no other.
func ParseDate(text string) (Date, error) {
	if len(text) != len("2026-11-22") || text[4] != '-' || text[7] != '-' {
		return Date{}, errNotISODate
	}
	var number [3]int
	for i, part := range [3]string{text[:4], text[5:7], text[8:]} {
		for _, c := range []byte(part) {
			if c < '0' || c > '9' {
				return Date{}, errNotISODate
			}
			number[i] = number[i]*10 + int(c-'0')
		}
	}
	d := Date{number[0], number[1], number[2]}
	if !d.Valid() {
		return Date{}, errNotISODate
	}
	return d, nil
}

// String is the date as 2026-11-22 (ISO 8601).
func (d Date) String() string {
	var b [10]byte
	digits := func(at, n, width int) {
		for i := at + width - 1; i >= at; i-- {
			b[i] = byte('0' + n%10)
			n /= 10
		}
	}
	digits(0, d.Year, 4)
	digits(5, d.Month, 2)
	digits(8, d.Day, 2)
	b[4], b[7] = '-', '-'
	return string(b[:])
}

// MarshalText is the form of String, so that a Date in JSON is a string.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText takes the form of ParseDate.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDate(string(text))
	return err
}

// Valid tells whether the calendar has the date, in the years 1 to 9999.
func (d Date) Valid() bool {
	return d.Year >= 1 && d.Year <= 9999 && d.Month >= 1 && d.Month <= 12 &&
		d.Day >= 1 && d.Day <= daysIn(d.Year, d.Month)
}

// Compare is -1, 0 or 1 as d is before, the same as or after other.
func (d Date) Compare(other Date) int {
	return cmp.Or(cmp.Compare(d.Year, other.Year), cmp.Compare(d.Month, other.Month), cmp.Compare(d.Day, other.Day))
}

// Before tells whether d is earlier than other.
func (d Date) Before(other Date) bool { return d.Compare(other) < 0 }

// After tells whether d is later than other.
func (d Date) After(other Date) bool { return d.Compare(other) > 0 }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.noon().Weekday() }

// AddDays is the date n days later, or earlier when n is negative.
func (d Date) AddDays(n int) Date { return DateOf(d.noon().AddDate(0, 0, n), time.UTC) }

// addMonths is the same day n months later or earlier, or the last day of that
// month when it has no such day: a month after 31 January is 28 February.
func (d Date) addMonths(n int) Date {
	months := d.Year*12 + d.Month - 1 + n
	year, month := months/12, months%12+1
	return Date{year, month, min(d.Day, daysIn(year, month))}
}

// daysUntil counts the days from d to other, negative when other is earlier.
func (d Date) daysUntil(other Date) int {
	const day = 24 * 60 * 60 // seconds: a time.Duration ends after 292 years
	return int((other.noon().Unix() - d.noon().Unix()) / day)
}

func (d Date) noon() time.Time {
	return time.Date(d.Year, time.Month(d.Month), d.Day, 12, 0, 0, 0, time.UTC)
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	default:
		return 31
	}
}
