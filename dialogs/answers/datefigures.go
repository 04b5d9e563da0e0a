package answers

// figures reads what of a date is written in digits: 3/11/2026, 2026-11-03,
// 03112026, 3rd, 3, 2026.
func (r *dateReader) figures() (bool, Code) {
	run := r.run(r.at)
	if run.n == 0 {
		return false, ""
	}
	if run.loose && r.month > 0 { // "November 3 2026"
		run.n, run.end = 1, r.at+1
	}
	if run.n > 1 && (r.day > 0 || r.month > 0 || r.year > 0) {
		return true, TwoValues
	}
	switch {
	case run.bad:
		return true, NotUnderstood
	case run.n == 3 && run.length[0] == 4:
		return true, r.set(run.value[2], run.value[1], run.value[0], run.end)
	case run.n == 3 && run.length[0] <= 2 && run.length[1] <= 2:
		return true, r.dayMonthYear(run)
	case run.n == 2 && run.length[0] <= 2 && run.length[1] <= 2:
		return true, r.dayMonth(run)
	case run.n == 1:
		return true, r.single(run)
	}
	return true, NotUnderstood
}

// run is up to three numbers with slashes, dashes, full stops or spaces
// between them.
type run struct {
	value, length [3]int
	n, end        int
	bad           bool // there is a fourth, or one is too long
	loose         bool // spaces stand between some of them
}

func (s *sentence) run(at int) run {
	r := run{end: at}
	for i := at; ; {
		value, length, ok := s.digits(i)
		if !ok {
			r.bad = r.bad || length > 0
			r.n = max(r.n, min(length, 1))
			return r
		}
		if r.n == 3 {
			r.bad = true
			return r
		}
		r.value[r.n], r.length[r.n], r.end = value, length, i+1
		r.n++
		i++
		switch s.word(i) {
		case "/", "-", ".", "\\":
			i++
		default:
			r.loose = r.loose || s.is(i, digit)
		}
	}
}

// dayMonthYear takes three numbers: day first, unless only the other order,
// which Americans write, is a date.
func (r *dateReader) dayMonthYear(run run) Code {
	day, month, year := run.value[0], run.value[1], run.value[2]
	switch run.length[2] {
	case 4:
	case 2:
		year = r.century(year)
	default:
		return NotUnderstood
	}
	if month > 12 && month <= 31 && day <= 12 {
		day, month, r.confirm = month, day, true
	}
	return r.set(day, month, year, run.end)
}

// dayMonth takes two numbers, such as 3/4. It is ambiguous when both could be
// the month.
func (r *dateReader) dayMonth(run run) Code {
	day, month := run.value[0], run.value[1]
	switch {
	case run.loose: // "3 4"
		return TwoValues
	case month > 12 && month <= 31 && day <= 12:
		day, month, r.confirm = month, day, true
	case month <= 12 && day <= 12 && day != month:
		r.confirm = true
	}
	return r.set(day, month, 0, run.end)
}

// single takes one number: a day, a year, or a whole date without marks.
func (r *dateReader) single(run run) Code {
	value, length := run.value[0], run.length[0]
	switch {
	case r.month > 0 && r.day > 0 && r.year == 0 && length == 2 && !ordinalSuffix(r.word(run.end)):
		return r.setYear(r.century(value), run.end)
	case length == 4:
		return r.setYear(value, run.end)
	case length == 8: // 03112026, or 20261103
		r.confirm = true
		if d := (Date{value / 10_000, value / 100 % 100, value % 100}); d.Valid() && value/10_000%100 > 12 {
			return r.set(d.Day, d.Month, d.Year, run.end)
		}
		return r.set(value/1_000_000, value/10_000%100, value%10_000, run.end)
	case length == 6: // 031126
		r.confirm = true
		return r.set(value/10_000, value/100%100, r.century(value%100), run.end)
	case length > 2:
		return NotUnderstood
	case r.day > 0:
		return TwoValues
	case value < 1 || value > 31:
		return NoSuchDate
	}
	r.day, r.at = value, run.end
	if ordinalSuffix(r.word(r.at)) && (r.glued(r.at) || len(r.word(r.at)) == 2) {
		r.at, r.ordinalDay = r.at+1, true
	}
	return ""
}

// set takes a whole date, year 0 when it was not written.
func (r *dateReader) set(day, month, year, end int) Code {
	if r.day > 0 || r.month > 0 || r.year > 0 {
		return TwoValues
	}
	if month < 1 || month > 12 || day < 1 || day > daysIn(2000, month) {
		return NoSuchDate
	}
	r.day, r.month, r.at = day, month, end
	if year == 0 {
		return ""
	}
	return r.setYear(year, end)
}

// The years that anything in a case can have happened in, or be planned for.
const firstYear, lastYear = 1900, 2100

func (r *dateReader) setYear(year, end int) Code {
	if r.year > 0 {
		return TwoValues
	}
	if year < firstYear || year > lastYear {
		return OutOfRange
	}
	r.year, r.at = year, end
	return ""
}

// century completes a year of two digits: up to ten years ahead are taken for
// this century.
func (r *dateReader) century(year int) int {
	ahead := 10
	if r.context.Lean == Past {
		ahead = 0
	}
	if 2000+year > r.context.Today.Year+ahead {
		return 1900 + year
	}
	return 2000 + year
}
