package answers

// Nights is how many nights a year a child stays. Patterns are counted with 52
// weeks, 26 fortnights, 13 times four weeks and 12 months a year: the bands of
// regulation 46 of the Child Support Maintenance Calculation Regulations 2012
// (52, 104, 156 and 175 nights) are whole weeks.
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
	if code := r.close(); code != "" {
		return Nights{}, &Error{KindNights, code}
	}
	if r.total > Whole(366) {
		return Nights{}, &Error{KindNights, OutOfRange}
	}
	perYear, whole := r.total.Int()
	return Nights{min(perYear, 365), r.confirm || !whole}, nil
}

// nightsReader adds up the parts of a pattern: "every other weekend and every
// Wednesday".
type nightsReader struct {
	*sentence
	context Context
	at      int

	count   Decimal // nights of the part being read
	counted bool
	period  Period // of the part being read

	total   Decimal // nights a year of the parts read
	parts   int
	confirm bool
}

// step reads the next piece, or tells why it cannot.
func (r *nightsReader) step() Code {
	if pattern, n := longest(r.sentence, r.at, 5, patternOf); n > 0 {
		return r.setPattern(pattern, n)
	}
	if p, n := r.sentence.period(r.at); n > 0 {
		if r.period != "" {
			return TwoValues
		}
		r.period, r.at = p, r.at+n
		return ""
	}
	if q := r.quantity(r.at, r.context); q.n > 0 || q.bad {
		return r.setCount(q)
	}
	switch word := r.sentence.at(r.at); word {
	case "and", "plus", "+", "&", "a", "ac":
		r.at++
		return r.close()
	case "?":
		r.at, r.confirm = r.at+1, true
		return ""
	}
	if n := r.padding(r.at); n > 0 {
		r.at += n
		return ""
	}
	if hedge, n := longest(r.sentence, r.at, 4, hedges); hedge {
		r.at, r.confirm = r.at+n, true
		return ""
	}
	if talk, n := longest(r.sentence, r.at, 4, nightsWord); talk {
		r.at += n
		return ""
	}
	if unsure, _ := longest(r.sentence, r.at, 4, doubt); unsure {
		return Unsure
	}
	return NotUnderstood
}

func (r *nightsReader) setPattern(p pattern, n int) Code {
	if r.counted || r.period != "" || p.everything && r.parts > 0 {
		return TwoValues
	}
	r.count, r.counted, r.period, r.at = p.nights, true, p.period, r.at+n
	r.confirm = r.confirm || p.vague
	return ""
}

func (r *nightsReader) setCount(q quantity) Code {
	if q.bad {
		return NotUnderstood
	}
	if r.counted {
		return TwoValues
	}
	r.count, r.counted, r.at = q.value, true, r.at+q.n
	r.confirm = r.confirm || q.vague
	return ""
}

// close ends a part of the pattern and adds it up.
func (r *nightsReader) close() Code {
	most, times := Decimal(0), Decimal(0)
	switch r.period {
	case Week:
		most, times = Whole(7), 52
	case Fortnight:
		most, times = Whole(14), 26
	case FourWeeks:
		most, times = Whole(28), 13
	case Month:
		most, times = Whole(31), 12
	case Year:
		most, times = Whole(366), 1
	}
	switch {
	case !r.counted:
		return NotUnderstood
	case r.period == "" && r.count == 0:
		times = 1
	case r.period == "" && r.count > Whole(31) && r.count <= Whole(366):
		times, r.confirm = 1, true // more than any month has
	case times == 0:
		return UnknownPeriod
	case r.count > most:
		return OutOfRange
	}
	if r.count == most && most > 0 { // every night
		r.count, times = Whole(365), 1
	}
	r.total += r.count * times
	r.parts++
	r.confirm = r.confirm || r.parts > 1
	r.count, r.counted, r.period = 0, false, ""
	return ""
}

// pattern is a way to say how often without counting nights.
type pattern struct {
	nights     Decimal
	period     Period
	vague      bool
	everything bool // it leaves nothing to add
}
