package answers

// Number is a number as somebody wrote it.
type Number struct {
	Value Decimal

	// Confirm is true when a sensible person would check back: "about 3", "1,2".
	Confirm bool
}

// ReadNumber reads a number without unit: "3", "2.5", "minus 1", "twenty",
// "dau ddeg pump".
func ReadNumber(text string, c Context) (Number, error) {
	s, code := scan(text)
	if code != "" {
		return Number{}, &Error{KindNumber, code}
	}
	var read Number
	found, minus := false, false
	for at := 0; at < len(s.tokens); {
		q := s.quantity(at, c)
		none, ofNone := longest(&s, at, 3, noNumber)
		hedge, ofHedge := longest(&s, at, 4, hedges)
		unsure, _ := longest(&s, at, 4, doubt)
		n := 0
		switch {
		case q.bad:
			return Number{}, &Error{KindNumber, NotUnderstood}
		case found && (q.n > 0 || none):
			return Number{}, &Error{KindNumber, TwoValues}
		case q.n > 0:
			found, n = true, q.n
			read = Number{q.value, read.Confirm || q.vague}
		case none:
			found, n = true, ofNone
		case hedge:
			read.Confirm, n = true, ofHedge
		case unsure:
			return Number{}, &Error{KindNumber, Unsure}
		case !found && !minus && isMinus(&s, at):
			minus, n = true, 1
		case s.at(at) == "?":
			read.Confirm, n = true, 1
		default:
			if n = s.padding(at); n == 0 {
				_, n = longest(&s, at, 3, numberWord)
			}
		}
		if n == 0 {
			return Number{}, &Error{KindNumber, NotUnderstood}
		}
		at += n
	}
	if !found {
		return Number{}, &Error{KindNumber, NotUnderstood}
	}
	if minus {
		read.Value = -read.Value
	}
	return read, nil
}

func isMinus(s *sentence, at int) bool {
	switch s.at(at) {
	case "minus", "negative", "minws":
		return true
	case "-":
		return s.glued(at+1) && !s.glued(at) && s.is(at+1, digit)
	}
	return false
}

func noNumber(phrase string) bool {
	switch phrase {
	case "none", "nil", "nothing", "no one", "not any", "dim", "dim un", "dim byd":
		return true
	}
	return false
}

// numberWord knows the words around a number that leave it as it is.
func numberWord(phrase string) bool {
	switch phrase {
	case "i", "have", "ive", "got", "its", "it is", "it", "is", "the", "there are", "there is", "theres", "just", "only", "answer", "number", "the answer is", "of them", "my", "total", "in total",
		"mae", "gen i", "mae gen i", "dim ond", "yr ateb yw", "rhif", "yw", "ohonyn nhw":
		return true
	}
	return false
}
