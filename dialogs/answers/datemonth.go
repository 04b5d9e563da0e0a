package answers

// settleEdge takes "the end of March", "the start of last month" and "the end
// of last year".
func (r *dateReader) settleEdge() (DateAnswer, Code) {
	if r.day > 0 || r.weekday != noWeekday {
		return DateAnswer{}, NotUnderstood
	}
	if r.month == 0 && r.whichOf == year {
		switch r.edge {
		case start:
			r.month = 1
		case end:
			r.month = 12
		}
	}
	d, code := r.firstOfMonth()
	switch r.edge {
	case middle:
		d.Day = 15
	case end:
		d.Day = daysIn(d.Year, d.Month)
	}
	return DateAnswer{d, code == ""}, code
}

// lastOne asks for the last such weekday of a month.
const lastOne = -1

// nthWeekday reads "first Monday of" and "last Friday in", which only a month
// can follow.
func (r *dateReader) nthWeekday() (bool, Code) {
	nth, n := r.ordinal(r.at)
	if which, m := longest(r.sentence, r.at, 1, whichOf); which == last {
		nth, n = lastOne, m
	}
	if n == 0 || nth > 5 {
		return false, ""
	}
	day, m := longest(r.sentence, r.at+n, 1, weekdayOf)
	if m == 0 {
		return false, ""
	}
	switch r.word(r.at + n + m) {
	case "of", "in", "o", "ym", "yn":
	default:
		return nth != lastOne, NoDay // "last Friday" is another matter
	}
	if r.nth != 0 || r.weekday != noWeekday {
		return true, TwoValues
	}
	r.nth, r.weekday, r.at = nth, day.weekday, r.at+n+m+1
	return true, ""
}

// settleNth takes "the first Monday of November".
func (r *dateReader) settleNth() (DateAnswer, Code) {
	if r.day > 0 || r.edge != noEdge {
		return DateAnswer{}, TwoValues
	}
	weekday := r.weekday
	d, code := r.firstOfMonth()
	if code != "" {
		return DateAnswer{}, code
	}
	days := daysIn(d.Year, d.Month)
	d.Day += (int(weekday) - int(d.Weekday()) + 7) % 7
	if r.nth == lastOne {
		d.Day += (days - d.Day) / 7 * 7
	} else {
		d.Day += 7 * (r.nth - 1)
	}
	if d.Day > days {
		return DateAnswer{}, NoSuchDate
	}
	return DateAnswer{d, true}, ""
}

// firstOfMonth is the first day of the month that was named or told from its
// neighbours.
func (r *dateReader) firstOfMonth() (Date, Code) {
	today := r.context.Today
	switch {
	case !today.Valid():
		return Date{}, NotUnderstood
	case r.month > 0 && r.whichOf == year:
		return Date{today.Year + r.which.step(), r.month, 1}, ""
	case r.month > 0 && r.year > 0:
		return Date{r.year, r.month, 1}, ""
	case r.month > 0:
		r.day, r.weekday = 1, noWeekday
		answer, code := r.settleYear()
		return answer.Date, code
	case r.whichOf == month:
		return Date{today.Year, today.Month, 1}.addMonths(r.which.step()), ""
	}
	return Date{}, NoDay
}
