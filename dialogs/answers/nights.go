package answers

// Nights is how many nights a year a child stays. A pattern counts 52 weeks,
// 26 fortnights, 13 times four weeks or 12 months a year, because the bands of
// regulation 46 of the Child Support Maintenance Calculation Regulations 2012
// (52, 104, 156 and 175 nights) are one, two and three nights a week and more;
// every night is 365.
type Nights struct {
	PerYear int

	// Confirm is true when the count was worked out from a vague word ("every
	// other weekend") or from several parts.
	Confirm bool
}

// ReadNights reads how often a child stays overnight: "3 nights a week",
// "every other weekend", "100 nights a year", "2 noson yr wythnos".
func ReadNights(text string, c Context) (Nights, error) {
	s, code := scan(text)
	if code != "" {
		return Nights{}, &Error{KindNights, code}
	}
	r := nightsReader{sentence: &s, context: c}
	for r.at < len(s.tokens) {
		if code := r.step(); code != "" {
			return Nights{}, &Error{KindNights, code}
		}
	}
	nights, code := r.settle()
	if code != "" {
		return Nights{}, &Error{KindNights, code}
	}
	return nights, nil
}

// nightsReader adds up the parts of a pattern: "every other weekend and every
// Wednesday".
type nightsReader struct {
	*sentence
	context Context
	at      int

	part    nightsPart
	parts   int
	total   Decimal // nights a year of the parts before
	fixed   bool    // a part says it all: "half the time"
	week    weekTurn
	confirm bool
}

// nightsPart is one part of a pattern: so many nights, so often.
type nightsPart struct {
	count   Decimal // "3 nights"
	counted bool
	days    int     // "Friday and Saturday"
	usual   Decimal // "every weekend", unless another count is given
	period  Period
}

// step reads the next piece, or tells why it cannot.
func (r *nightsReader) step() Code {
	switch beside, n := r.aside(r.at); beside {
	case doubting:
		return Unsure
	case hedging, passing:
		r.at, r.confirm = r.at+n, r.confirm || beside == hedging
		return ""
	}
	if day, n := longest(r.sentence, r.at, 2, nightOf); n > 0 {
		return r.setDay(day, n)
	}
	if read, code := r.often(); read {
		return code
	}
	if q := r.quantity(r.at, r.context); q.n > 0 || q.bad {
		return r.setCount(q)
	}
	switch r.word(r.at) {
	case "and", "plus", "+", "&", "a", "ac", "then":
		r.at++
		return r.joint()
	case "or", "to", "neu", "-", "/":
		if r.part.counted {
			return TwoValues
		}
	}
	if talk, n := longest(r.sentence, r.at, 4, nightsWord); talk {
		r.at += n
		return ""
	}
	return NotUnderstood
}

// often reads how often.
func (r *nightsReader) often() (bool, Code) {
	if p, n := longest(r.sentence, r.at, 3, everyOf); n > 0 && r.namedAt(r.at+n) { // "every other Friday"
		return true, r.setPeriod(p, n)
	}
	if p, n := longest(r.sentence, r.at, 6, patternOf); n > 0 {
		return true, r.setPattern(p, n)
	}
	if turn, n := longest(r.sentence, r.at, 4, turnOf); n > 0 && r.part.counted {
		return true, r.setTurn(turn, n)
	}
	if times, n := longest(r.sentence, r.at, 2, timesOf); n > 0 {
		return true, r.setCount(quantity{value: times, n: n})
	}
	if span, n := longest(r.sentence, r.at, 4, spanOf); n > 0 && r.part.counted {
		r.confirm = true
		return true, r.setPeriod(span, n)
	}
	if p, n := r.sentence.period(r.at); n > 0 {
		return true, r.setPeriod(p, n)
	}
	return false, ""
}

// namedAt tells whether a day of the week stands at a token.
func (r *nightsReader) namedAt(at int) bool {
	_, n := longest(r.sentence, at, 2, nightOf)
	return n > 0
}

func (r *nightsReader) setPattern(p pattern, n int) Code {
	r.confirm = r.confirm || p.nights != 0
	r.at += n
	if p.fixed {
		if r.part != (nightsPart{}) || r.parts > 0 {
			return TwoValues
		}
		r.fixed, r.part.count, r.part.counted, r.part.period = true, p.nights, true, p.period
		return ""
	}
	r.part.usual = p.nights
	return r.setPeriod(p.period, 0)
}

func (r *nightsReader) setPeriod(p Period, n int) Code {
	if r.part.period != "" && r.part.period != p || r.fixed && r.part.period == "" {
		return TwoValues
	}
	r.part.period, r.at = p, r.at+n
	return ""
}

// setCount takes a number of nights, or of weekends.
func (r *nightsReader) setCount(q quantity) Code {
	if q.bad {
		return NotUnderstood
	}
	if r.part.counted {
		return TwoValues
	}
	r.part.count, r.part.counted, r.at = q.value, true, r.at+q.n
	r.confirm = r.confirm || q.vague
	switch r.word(r.at) {
	case "weekend", "weekends", "wkend", "wkends", "penwythnos", "benwythnos", "phenwythnos", "penwythnosau":
		if q.value > Whole(53) {
			return OutOfRange
		}
		r.part.count, r.at, r.confirm = 2*q.value, r.at+1, true
	}
	return ""
}

// setDay takes a night of the week, or the nights from one to another.
func (r *nightsReader) setDay(day weekdayWord, n int) Code {
	r.at, r.confirm = r.at+n, true
	switch r.word(r.at) {
	case "to", "till", "til", "until", "through", "-", "i", "tan":
		if until, n := longest(r.sentence, r.at+1, 2, nightOf); n > 0 {
			r.part.days += (int(until.weekday) - int(day.weekday) + 7) % 7
			r.at += 1 + n
			return ""
		}
	}
	r.part.days++
	return ""
}

// joint ends a part at "and", unless only the days of one part are joined.
func (r *nightsReader) joint() Code {
	if r.part.days > 0 && r.namedAt(r.at) {
		return ""
	}
	return r.close()
}
