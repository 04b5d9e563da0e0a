package answers

import "time"

// settle makes a date of the parts that were read.
func (r *dateReader) settle() (DateAnswer, Code) {
	switch {
	case r.relative != Date{}:
		return r.settleRelative()
	case r.nth != 0:
		return r.settleNth()
	case r.edge != noEdge:
		return r.settleEdge()
	case r.day > 0 && r.month > 0:
		return r.settleDay()
	case r.day > 0:
		return r.settleDayOfMonth()
	case r.month > 0 || r.year > 0:
		return DateAnswer{}, NoDay
	case r.weekday != noWeekday:
		return r.settleWeekday()
	case r.which != noWhich:
		return DateAnswer{}, NoDay
	}
	return DateAnswer{}, NotUnderstood
}

// settleRelative takes "yesterday", and lets other parts only agree with it:
// "yesterday, Saturday 21 November".
func (r *dateReader) settleRelative() (DateAnswer, Code) {
	d := r.relative
	agrees := (r.day == 0 || r.day == d.Day) && (r.month == 0 || r.month == d.Month) && (r.year == 0 || r.year == d.Year) &&
		(r.weekday == noWeekday || r.weekday == d.Weekday()) && r.which == noWhich && r.edge == noEdge && r.nth == 0
	if !agrees {
		return DateAnswer{}, TwoValues
	}
	return DateAnswer{Date: d, Confirm: r.day == 0 || r.month == 0}, ""
}

// settleDay takes a day and a month, with a year or without.
func (r *dateReader) settleDay() (DateAnswer, Code) {
	if r.year == 0 && r.whichOf == year {
		r.year = r.context.Today.Year + r.which.step()
	}
	if r.year == 0 {
		return r.settleYear()
	}
	d := Date{r.year, r.month, r.day}
	if !d.Valid() {
		return DateAnswer{}, NoSuchDate
	}
	if r.weekday != noWeekday && d.Weekday() != r.weekday {
		return DateAnswer{}, TwoValues
	}
	return DateAnswer{d, r.confirm}, ""
}

// How far from today a date without a year is taken without asking, and how
// far ahead it is looked for before the one in the past.
const (
	nearPast  = 183 // days
	nearAhead = 92
)

// settleYear finds the year of a day and a month. Most questions are about
// what has happened, so that the past is preferred.
func (r *dateReader) settleYear() (DateAnswer, Code) {
	today := r.context.Today
	if !today.Valid() {
		return DateAnswer{}, NotUnderstood
	}
	past, ahead := r.nearest(-1), r.nearest(+1)
	if past == (Date{}) {
		return DateAnswer{}, NoSuchDate
	}
	lean := r.lean()
	chosen, sure := past, past.daysUntil(today) <= nearPast
	switch {
	case lean == Future:
		chosen, sure = ahead, today.daysUntil(ahead) <= 365
	case lean == Past:
		sure = past.daysUntil(today) <= 366
	case !sure && today.daysUntil(ahead) <= nearAhead:
		chosen = ahead
	}
	if r.weekday != noWeekday && chosen.Weekday() != r.weekday {
		sure = false
		switch r.weekday {
		case past.Weekday():
			chosen = past
		case ahead.Weekday():
			chosen = ahead
		default:
			return DateAnswer{}, TwoValues
		}
	}
	return DateAnswer{chosen, r.confirm || !sure}, ""
}

// lean is the side of today to look on, which "last" and "next" tell too.
func (r *dateReader) lean() Lean {
	switch r.which {
	case last:
		return Past
	case next:
		return Future
	}
	return r.context.Lean
}

// nearest is the nearest such day and month, today included, going back or
// forth; the zero Date when there is none within eight years (29 February).
func (r *dateReader) nearest(direction int) Date {
	today := r.context.Today
	for years := 0; years <= 8; years++ {
		d := Date{today.Year + direction*years, r.month, r.day}
		if d.Valid() && d.Compare(today)*direction >= 0 {
			return d
		}
	}
	return Date{}
}

// settleDayOfMonth takes "the 3rd" and "3rd of last month".
func (r *dateReader) settleDayOfMonth() (DateAnswer, Code) {
	today := r.context.Today
	if !today.Valid() || r.whichOf != month && !r.ordinalDay && r.weekday == noWeekday || r.year > 0 {
		return DateAnswer{}, NoDay
	}
	d := Date{today.Year, today.Month, 1}
	switch lean := r.lean(); {
	case r.whichOf == month:
		d = d.addMonths(r.which.step())
	case lean == Future && r.day < today.Day:
		d = d.addMonths(1)
	case lean != Future && r.day > today.Day:
		d = d.addMonths(-1)
	}
	d.Day = r.day
	switch {
	case !d.Valid():
		return DateAnswer{}, NoSuchDate
	case r.weekday != noWeekday && d.Weekday() != r.weekday:
		return DateAnswer{}, TwoValues
	}
	return DateAnswer{d, true}, ""
}

// settleWeekday takes "Friday", "last Friday", "Tuesday next week".
func (r *dateReader) settleWeekday() (DateAnswer, Code) {
	today := r.context.Today
	if !today.Valid() || r.whichOf == month || r.whichOf == year {
		return DateAnswer{}, NoDay
	}
	fromMonday := func(day time.Weekday) int { return (int(day) + 6) % 7 }
	monday := today.AddDays(-fromMonday(today.Weekday()))
	inWeek := monday.AddDays(fromMonday(r.weekday))
	switch {
	case r.whichOf == week:
		return DateAnswer{inWeek.AddDays(7 * r.which.step()), true}, ""
	case r.which == this:
		return DateAnswer{inWeek, true}, ""
	case r.which == next:
		return DateAnswer{inWeek.AddDays(7), true}, ""
	case r.which == noWhich && r.context.Lean == Future:
		if !inWeek.After(today) {
			inWeek = inWeek.AddDays(7)
		}
		return DateAnswer{inWeek, true}, ""
	}
	if !inWeek.Before(today) {
		inWeek = inWeek.AddDays(-7)
	}
	return DateAnswer{inWeek, true}, ""
}

// step is how many units away a word takes us.
func (w which) step() int {
	switch w {
	case last:
		return -1
	case next:
		return 1
	}
	return 0
}
