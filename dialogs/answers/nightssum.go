package answers

// weekTurn is where a reader is in "3 nights one week and 4 the next".
type weekTurn uint8

const (
	noTurn weekTurn = iota
	oneWeek
	otherWeek
)

// setTurn takes the week of a fortnight that the nights belong to.
func (r *nightsReader) setTurn(turn weekTurn, n int) Code {
	if turn != r.week+1 || r.part.period != "" {
		return TwoValues
	}
	r.week, r.part.period, r.at, r.confirm = turn, Fortnight, r.at+n, true
	if r.part.count > Whole(7) {
		return OutOfRange
	}
	if turn == oneWeek { // "one week, 4 the next" needs no "and"
		return r.close()
	}
	return ""
}

// close ends a part of the pattern and adds its nights to the total.
func (r *nightsReader) close() Code {
	if r.part == (nightsPart{}) && r.parts > 0 {
		return ""
	}
	nights, code := r.part.nights()
	if code != "" {
		return code
	}
	if r.part.period == "" && r.part.days > 0 { // "Fridays"
		r.part.period = Week
	}
	if r.part.period == "" && nights > Whole(31) { // more than any month has
		r.part.period, r.confirm = Year, true
	}
	times, most := timesAYear(r.part.period)
	switch {
	case nights == 0:
	case times == 0:
		return UnknownPeriod
	case nights > most:
		return OutOfRange
	case nights == most:
		nights, times = Whole(365), 1
	}
	r.total += nights * times
	r.parts++
	r.confirm = r.confirm || r.parts > 1
	r.part = nightsPart{}
	return ""
}

// nights are those of one period. A count and named days must agree.
func (p nightsPart) nights() (Decimal, Code) {
	switch {
	case p.counted && p.days > 0 && p.count != Whole(p.days), p.counted && p.usual > 0 && p.count > p.usual:
		return 0, TwoValues
	case p.counted:
		return p.count, ""
	case p.days > 0:
		return Whole(p.days), ""
	case p.usual > 0:
		return p.usual, ""
	}
	return 0, NotUnderstood
}

// timesAYear is how many of a period a year has here, and the most nights that
// one can have.
func timesAYear(p Period) (times, most Decimal) {
	switch p {
	case Week:
		return 52, Whole(7)
	case Fortnight:
		return 26, Whole(14)
	case FourWeeks:
		return 13, Whole(28)
	case Month:
		return 12, Whole(31)
	case Year:
		return 1, Whole(366)
	}
	return 0, 0
}

// settle closes the last part and checks the whole.
func (r *nightsReader) settle() (Nights, Code) {
	if code := r.close(); code != "" {
		return Nights{}, code
	}
	switch {
	case r.fixed && r.parts > 1: // "half the time and every weekend"
		return Nights{}, TwoValues
	case r.week == oneWeek:
		return Nights{}, UnknownPeriod
	case r.total > Whole(366):
		return Nights{}, OutOfRange
	}
	perYear, whole := r.total.Int()
	return Nights{min(perYear, 365), r.confirm || !whole}, ""
}
