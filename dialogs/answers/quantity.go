package answers

import "parley/templates"

// quantity is a number as somebody wrote it: in digits, in English or Welsh
// words, or both ("1.2k", "18 grand", "four hundred and ten", "dwy fil").
type quantity struct {
	value  Decimal
	n      int  // how many tokens it took; 0 when there is no number
	vague  bool // it could be read in another way: "1,2", "18 000", "a couple of hundred"
	plain  bool // digits alone
	places int  // digits after the point, when it is plain
	bad    bool // a number, but not one that can be read: "1.2.3"
	idiom  bool // "half a", "a couple of": a number only before a scale
}

// largest is more than anybody is paid, small enough to multiply, and has no
// more digits than can be read.
const largest = 1_000_000_000*one - 1

// quantity reads the number that begins at a token.
func (s *sentence) quantity(at int, c Context) quantity {
	q := s.multiplier(at)
	for _, scale := range [...]int{100, 1000} {
		if q.bad {
			return q
		}
		q = s.times(at, q, scale, c)
	}
	if q.idiom {
		return quantity{}
	}
	return q
}

// multiplier reads the part before "hundred" or "thousand", which is often all
// there is.
func (s *sentence) multiplier(at int) quantity {
	q := s.figures(at)
	if q.n == 0 {
		q = s.spelled(at)
	}
	if q.n == 0 || q.bad {
		return q
	}
	if half, n := longest(s, at+q.n, 3, andAHalf); half && q.value < Whole(100) {
		q.value, q.n, q.plain = q.value+one/2, q.n+n, false
	}
	return q
}

func andAHalf(phrase string) bool {
	return phrase == "and a half" || phrase == "& a half" || phrase == "½" || phrase == "a hanner"
}

// spelled reads a number that begins with a word.
func (s *sentence) spelled(at int) quantity {
	if fixed, n := longest(s, at, 3, idiom); n > 0 {
		return quantity{value: fixed, n: n, vague: fixed == Whole(2), idiom: true}
	}
	value, n := s.numeral(at)
	q := quantity{value: Whole(value), n: n}
	if s.word(at+n) != "point" {
		return q
	}
	for i, place := at+n+1, one/10; place > 0; i, place = i+1, place/10 { // "one point two five"
		value, n := s.numeral(i)
		if n != 1 || value > 9 {
			break
		}
		q.value, q.n = q.value+place*Decimal(value), i+1-at
	}
	return q
}

// idiom knows what people say before "hundred" and "grand".
func idiom(phrase string) Decimal {
	switch phrase {
	case "half a", "half", "hanner":
		return one / 2
	case "a couple of", "couple of", "a couple", "couple":
		return Whole(2)
	}
	return 0
}

// times reads a scale after a number, and what comes after it: 4 "hundred and
// ten", two "thousand five hundred", dau "gant a hanner".
func (s *sentence) times(at int, q quantity, scale int, c Context) quantity {
	i := at + q.n
	found, n := s.scale(i), 1
	if q.n == 0 { // "a hundred", "grand"
		if word := s.word(at); word == "a" || word == "an" {
			found, n = s.scale(at+1), 2
		}
		q.value = one
	}
	if found != scale || q.n == 0 && !standsAlone(s.word(at+n-1), s.word(at+n), c) {
		if q.n == 0 {
			return quantity{}
		}
		return q
	}
	word := s.word(at + q.n + n - 1)
	q.vague = q.vague || word == "mil" && q.plain && c.Language != templates.Welsh // "18 mil" may be millions
	q.value, q.n, q.plain = q.value*Decimal(scale), q.n+n, false
	q.idiom, q.bad = false, q.value > largest
	return s.remainder(at, q, scale)
}

// scale is the scale at a token. Welsh shortens "cant" before what it counts:
// can punt, dau gan mil.
func (s *sentence) scale(i int) int {
	switch s.word(i) {
	case "can", "gan", "chan":
		if next := s.word(i + 1); next == "punt" || next == "mil" {
			return 100
		}
	}
	return scaleOf(s.word(i))
}

// scaleOf knows the words for 100 and 1000.
func scaleOf(word string) int {
	switch word {
	case "hundred", "hundreds", "hundread", "hundrd", "hunderd", "hundered", "hundrid", "cant", "gant", "chant":
		return 100
	case "thousand", "thousands", "thou", "thosand", "thousend", "thousnd", "k", "grand", "mil", "fil":
		return 1000
	}
	return 0
}

// standsAlone tells whether a scale may do without a number before it.
func standsAlone(scale, next string, c Context) bool {
	switch scale {
	case "hundred", "hundread", "hundrd", "hunderd", "hundered", "thousand", "thou", "grand", "can":
		return true
	case "cant", "mil": // in English "can't", and a slip for "mile" or "millions"
		return c.Language == templates.Welsh || welshAfter(next)
	}
	return false
}

// welshAfter knows the words after a scale by which it is Welsh: mil o bunnau,
// cant yr wythnos.
func welshAfter(word string) bool {
	switch word {
	case "o", "y", "yr", "bob", "punt", "bunnoedd", "bunnau":
		return true
	}
	return false
}

// remainder reads what follows a scale.
func (s *sentence) remainder(at int, q quantity, scale int) quantity {
	i := at + q.n
	if s.phrase(i, 2) == "a hanner" {
		q.value, q.n = q.value+Whole(scale)/2, q.n+2
		return q
	}
	joined := false
	switch s.word(i) {
	case "and", "an", "n", "&", "a", "ac":
		i, joined = i+1, true
	}
	if value, length, ok := s.digits(i); ok && joined && (length <= 2 || scale == 1000 && length == 3) {
		return s.plus(at, q, value, i+1)
	}
	value, n := s.numeral(i)
	if word := s.word(i); scale == 1000 && (word == "cant" || word == "chant") { // mil cant, mil a chant
		value = 1
	}
	if scale == 1000 && value > 0 && value < 10 && s.scale(i+n) == 100 {
		hundreds := s.remainder(i, quantity{value: Whole(value * 100), n: n + 1}, 100)
		q.value, q.n = q.value+hundreds.value, i+hundreds.n-at
		return q
	}
	if n == 0 {
		return q
	}
	return s.plus(at, q, value, i+n)
}

// plus adds the last part of a number, which ends at a token, unless it begins
// a period: "four hundred two weekly".
func (s *sentence) plus(at int, q quantity, value, end int) quantity {
	if s.unit(end) != noUnit {
		return q
	}
	q.value, q.n = q.value+Whole(value), end-at
	return q
}
