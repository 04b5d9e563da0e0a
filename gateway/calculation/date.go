package calculation

import (
	"errors"
	"time"
)

// Date is a day of the civil calendar: the number of days since the last day
// of the year before year 1. The zero Date is no date. Dates compare with <,
// and the difference of two is a number of days.
type Date int32

// unixDay is the Date of 1 January 1970.
const unixDay = 719_163

const secondsPerDay = 24 * 60 * 60

var errDate = errors.New(`is not a date such as "2026-04-06"`)

// NewDate gives the Date of a year, month and day. As with time.Date, days
// past the end of a month run on into the next.
func NewDate(year int, month time.Month, day int) Date {
	return DateOf(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// DateOf gives the calendar day of t in t's own location.
func DateOf(t time.Time) Date {
	year, month, day := t.Date()
	return Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix()/secondsPerDay + unixDay)
}

// ParseDate reads "2026-04-06" and nothing else; the year is 1900 to 2199.
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1900 || t.Year() > 2199 {
		return 0, errDate
	}
	return DateOf(t), nil
}

// Time gives midnight of the day in UTC.
func (d Date) Time() time.Time {
	return time.Unix(int64(d-unixDay)*secondsPerDay, 0).UTC()
}

// AddDays gives the day that many days later.
func (d Date) AddDays(days int) Date { return d + Date(days) }

// AddMonths gives the same day of the month that many months later, or the
// last day of that month when it is shorter.
func (d Date) AddMonths(months int) Date {
	year, month, day := d.Time().Date()
	lastDay := time.Date(year, month+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC).Day()
	return NewDate(year, month+time.Month(months), min(day, lastDay))
}

// String gives "2026-04-06", and "" for no date.
func (d Date) String() string {
	if d == 0 {
		return ""
	}
	return d.Time().Format(time.DateOnly)
}

// MarshalText writes the date as String does.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads the date as ParseDate does; nothing is no date.
func (d *Date) UnmarshalText(text []byte) (err error) {
	*d = 0
	if len(text) > 0 {
		*d, err = ParseDate(string(text))
	}
	return err
}
