package answers

import "time"

// DateAnswer is a date as somebody wrote it.
type DateAnswer struct {
	Date Date

	// Confirm is true when the date is ambiguous or was worked out from a
	// relative word.
	Confirm bool
}

// ReadDate reads a day: "3 November", "03/11/2026", "last Friday", "ddoe",
// "3ydd o Fawrth". Figures are day, month, year, as people in Britain write
// them.
func ReadDate(text string, c Context) (DateAnswer, error) {
	s, code := scan(text)
	if code != "" {
		return DateAnswer{}, &Error{KindDate, code}
	}
	r := dateReader{sentence: &s, context: c, weekday: noWeekday}
	for r.at < len(s.tokens) {
		if code := r.step(); code != "" {
			return DateAnswer{}, &Error{KindDate, code}
		}
	}
	answer, code := r.settle()
	if code != "" {
		return DateAnswer{}, &Error{KindDate, code}
	}
	return answer, nil
}

const noWeekday time.Weekday = -1

// dateReader gathers the parts of a date from left to right.
type dateReader struct {
	*sentence
	context Context
	at      int

	day, month, year int  // 0 until read
	ordinalDay       bool // the day was written as "3rd" or "third"
	weekday          time.Weekday
	nth              int   // "first Monday of", or lastOne
	which            which // of weekday, month or year: last, this, next
	whichOf          unit  // what the word which goes with
	relative         Date  // "yesterday", "2 weeks ago"
	edge             edge  // "the end of" a month
	confirm          bool
}

// step reads the next piece, or tells why it cannot.
func (r *dateReader) step() Code {
	if found, code := r.fromToday(); found {
		return code
	}
	if found, code := r.figures(); found {
		return code
	}
	if found, code := r.named(); found {
		return code
	}
	switch beside, n := r.aside(r.at); beside {
	case doubting:
		return Unsure
	case hedging, passing:
		r.at, r.confirm = r.at+n, r.confirm || beside == hedging
		return ""
	}
	if r.separator() {
		r.at++
		return ""
	}
	if talk, n := longest(r.sentence, r.at, 4, dateWord); talk {
		r.at += n
		return ""
	}
	if r.alternative() {
		return TwoValues
	}
	return NotUnderstood
}

// separator tells whether a slash or dash stands before the month, the day or
// the year of one date: 3-Nov-2026, Nov-3.
func (r *dateReader) separator() bool {
	mark, next := r.word(r.at), r.at+1
	if mark != "-" && mark != "/" || !r.glued(r.at) || !r.glued(next) || r.year > 0 {
		return false
	}
	_, length, isNumber := r.digits(next)
	switch {
	case r.month == 0:
		return r.day > 0 && monthOf(r.word(next)) > 0
	case r.day == 0:
		return isNumber && length <= 2
	}
	return isNumber && (length == 2 || length == 4)
}

// alternative tells whether another day is offered: "or 4 March", "-5th".
func (r *dateReader) alternative() bool {
	switch r.word(r.at) {
	case "or", "to", "and", "neu", "i", "a", "-", "/":
		return r.day > 0 || r.month > 0 || r.weekday != noWeekday || r.relative != Date{}
	}
	return false
}

// named reads a weekday, a month, an ordinal, a year, or a word such as "last".
func (r *dateReader) named() (bool, Code) {
	if found, code := r.nthWeekday(); found {
		return true, code
	}
	if day, n := longest(r.sentence, r.at, 2, weekdayOf); n > 0 {
		if r.weekday != noWeekday {
			return true, TwoValues
		}
		r.weekday, r.at = day.weekday, r.at+n
		return true, ""
	}
	if month, n := longest(r.sentence, r.at, 2, monthOf); n > 0 {
		if r.month > 0 {
			return true, TwoValues
		}
		r.month, r.at = month, r.at+n
		return true, ""
	}
	if day, n := r.dayInWords(r.at); n > 0 {
		if r.day > 0 {
			return true, TwoValues
		}
		r.day, r.at, r.ordinalDay = day, r.at+n, true
		return true, ""
	}
	if feast, n := longest(r.sentence, r.at, 3, feastOf); n > 0 {
		if r.day > 0 || r.month > 0 {
			return true, TwoValues
		}
		r.day, r.month, r.at, r.confirm = feast.day, feast.month, r.at+n, true
		return true, ""
	}
	return r.modifier()
}

// dayInWords reads "third", and "three" before a month.
func (r *dateReader) dayInWords(at int) (day, n int) {
	if day, n = r.ordinal(at); n > 0 {
		return day, n
	}
	day, n = r.numeral(at)
	if n == 0 || day == 0 || day > 31 || monthOf(r.word(at+n)) == 0 {
		return 0, 0
	}
	return day, n
}

// modifier reads "last", "this week", "end of".
func (r *dateReader) modifier() (bool, Code) {
	if edge, n := longest(r.sentence, r.at, 4, edgeOf); n > 0 {
		if r.edge != noEdge {
			return true, TwoValues
		}
		r.edge, r.at, r.confirm = edge, r.at+n, true
		return true, ""
	}
	which, of, n := r.whichUnit(r.at)
	if n == 0 {
		return false, ""
	}
	if r.which != noWhich {
		return true, TwoValues
	}
	r.which, r.whichOf, r.at, r.confirm = which, of, r.at+n, true
	return true, ""
}

// whichUnit reads "last", "last week", "wythnos diwethaf", "the month".
func (s *sentence) whichUnit(at int) (which, unit, int) {
	if of := dateUnit(s.word(at)); of != noUnit { // Welsh puts the unit first
		which, n := longest(s, at+1, 1, whichOf)
		return which, of, n + min(n, 1)
	}
	switch s.phrase(at, 2) {
	case "the month", "y mis", "or mis":
		return this, month, 2
	case "the year", "y flwyddyn", "or flwyddyn":
		return this, year, 2
	}
	which, n := longest(s, at, 3, whichOf)
	if n == 0 {
		return noWhich, noUnit, 0
	}
	of := dateUnit(s.word(at + n))
	if of != noUnit {
		n++
	}
	return which, of, n
}

// dateUnit knows the units that "last" and "next" tell apart.
func dateUnit(word string) unit {
	if u := unitOf(word); u == week || u == month || u == year {
		return u
	}
	return noUnit
}

// dateWord knows the words around a date that leave it as it is.
func dateWord(phrase string) bool {
	switch phrase {
	case "on", "the", "of", "since", "from", "it", "it was", "its", "its been", "was", "is", "i", "my", "pay",
		"wages", "wage", "changed", "it changed", "my pay changed", "started", "i started", "lost my job",
		"i lost my job", "i lost it", "left", "i left", "finished", "i finished", "ended", "it ended",
		"i was made redundant", "made redundant", "we moved", "i moved", "moved", "born", "stopped", "i stopped",
		"in", "at", "date", "the date was", "starting", "onwards", "onward", "ymlaen", "on the", "as of", "happened",
		"it happened", "that was", "thats",
		// Welsh.
		"ar", "ar y", "ar yr", "o", "ers", "yr", "y", "mis", "dyddiad", "oedd", "roedd", "roedd o", "ym", "yn",
		"newidiodd", "ym mis", "mis o", "dechreuais", "day", "in the year", "and it was":
		return true
	}
	return false
}
