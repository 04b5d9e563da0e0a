package answers

// Number is a number as somebody wrote it.
type Number struct {
	Value Decimal

	// Confirm is true when a sensible person would check back: "about 3", "1,5".
	Confirm bool
}

// ReadNumber reads a number without unit: "3", "2.5", "minus 1", "twenty",
// "dau ddeg pump".
func ReadNumber(text string, c Context) (Number, error) {
	s, code := scan(text)
	if code != "" {
		return Number{}, &Error{KindNumber, code}
	}
	r := numberReader{sentence: &s, context: c}
	for r.at < len(s.tokens) {
		if code := r.step(); code != "" {
			return Number{}, &Error{KindNumber, code}
		}
	}
	if !r.found {
		return Number{}, &Error{KindNumber, NotUnderstood}
	}
	if r.minus {
		r.number.Value = -r.number.Value
	}
	return r.number, nil
}

// numberReader reads one sentence from left to right.
type numberReader struct {
	*sentence
	context Context
	at      int
	number  Number
	found   bool
	minus   bool
}

// step reads the next piece, or tells why it cannot.
func (r *numberReader) step() Code {
	switch beside, n := r.aside(r.at); beside {
	case doubting:
		return Unsure
	case hedging, passing:
		r.at, r.number.Confirm = r.at+n, r.number.Confirm || beside == hedging
		return ""
	}
	if talk, n := longest(r.sentence, r.at, 3, numberWord); talk {
		r.at += n
		return ""
	}
	q := r.quantity(r.at, r.context)
	if none, n := longest(r.sentence, r.at, 3, noNumber); none {
		q = quantity{n: n}
	}
	switch {
	case q.bad, q.n == 0 && !r.isMinus():
		return NotUnderstood
	case r.found:
		return TwoValues
	case q.n == 0:
		r.at, r.minus = r.at+1, true
		return ""
	}
	r.number.Value, r.found, r.at = q.value, true, r.at+q.n
	r.number.Confirm = r.number.Confirm || q.vague || q.plain && q.places == 3 && q.value > one // "26.000"
	return ""
}

func (r *numberReader) isMinus() bool {
	switch r.word(r.at) {
	case "minus", "negative", "minws":
		return !r.minus
	case "-":
		return !r.minus && !r.glued(r.at) && r.is(r.at+1, digit)
	}
	return false
}

func noNumber(phrase string) bool {
	switch phrase {
	case "none", "nil", "nothing", "not any", "dim", "dim un", "dim byd":
		return true
	}
	return false
}

// numberWord knows the words around a number that leave it as it is.
func numberWord(phrase string) bool {
	switch phrase {
	case "i", "have", "ive", "got", "its", "it is", "it", "is", "the", "there are", "there is", "theres", "just",
		"only", "answer", "number", "the answer is", "of them", "my", "total", "in total",
		// Welsh.
		"mae", "gen i", "mae gen i", "dim ond", "yr ateb yw", "rhif", "yw", "ohonyn nhw":
		return true
	}
	return false
}
