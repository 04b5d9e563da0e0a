package directory

import "time"

// BankHoliday reports whether the civil date of t is a bank or public holiday
// in a nation (Banking and Financial Dealings Act 1971 schedule 1, and the
// days given by royal proclamation each year: New Year's Day, early May).
// Holidays proclaimed for a single occasion are known once they are in
// proclaimed. A holiday on a weekend is observed on its substitute day alone.
func BankHoliday(n Nation, t time.Time) bool {
	year, month, day := t.Date()
	today := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	for _, holiday := range bankHolidays(n, year) {
		if holiday.Equal(today) {
			return true
		}
	}
	return false
}

func bankHolidays(n Nation, year int) []time.Time {
	easter := easterSunday(year)
	days := []time.Time{
		easter.AddDate(0, 0, -2),    // Good Friday
		firstMonday(year, time.May), // early May
		lastMonday(year, time.May),  // spring
		christmasDay(year),
		boxingDay(year),
	}
	newYear := substitute(date(year, time.January, 1))
	days = append(days, newYear)
	switch n {
	case Scotland:
		second := substitute(date(year, time.January, 2))
		if second.Equal(newYear) { // both fell on the weekend
			second = second.AddDate(0, 0, 1)
		}
		days = append(days, second, firstMonday(year, time.August), substitute(date(year, time.November, 30)))
	case NorthernIreland:
		days = append(days, easter.AddDate(0, 0, 1), lastMonday(year, time.August),
			substitute(date(year, time.March, 17)), substitute(date(year, time.July, 12)))
	default:
		days = append(days, easter.AddDate(0, 0, 1), lastMonday(year, time.August))
	}
	return append(days, proclaimed(n, year)...)
}

// proclaimed are the holidays given once, under section 1(3) of the 1971 Act.
func proclaimed(n Nation, year int) []time.Time {
	if n == Scotland && year == 2026 {
		return []time.Time{date(2026, time.June, 15)} // proclaimed on 4 February 2026
	}
	return nil
}

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// substitute moves a holiday on a weekend to the Monday after it.
func substitute(t time.Time) time.Time {
	switch t.Weekday() {
	case time.Saturday:
		return t.AddDate(0, 0, 2)
	case time.Sunday:
		return t.AddDate(0, 0, 1)
	}
	return t
}

// christmasDay is 25 December, or its substitute: from a Sunday it moves past
// Boxing Day to Tuesday 27th.
func christmasDay(year int) time.Time {
	t := date(year, time.December, 25)
	if weekday := t.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return t.AddDate(0, 0, 2)
	}
	return t
}

// boxingDay is 26 December, or its substitute, after Christmas Day's own.
func boxingDay(year int) time.Time {
	t := date(year, time.December, 26)
	if weekday := t.Weekday(); weekday == time.Saturday || weekday == time.Sunday {
		return t.AddDate(0, 0, 2)
	}
	return t
}

func firstMonday(year int, month time.Month) time.Time {
	t := date(year, month, 1)
	return t.AddDate(0, 0, (8-int(t.Weekday()))%7)
}

func lastMonday(year int, month time.Month) time.Time {
	t := date(year, month+1, 0)
	return t.AddDate(0, 0, -(int(t.Weekday())+6)%7)
}

// easterSunday is the Gregorian computus (Anonymous, Nature 1876).
func easterSunday(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return date(year, time.Month(month), day)
}
