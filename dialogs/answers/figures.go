package answers

// figures reads a number in digits: 400, 1,200.50, .5, 1 200.
func (s *sentence) figures(at int) quantity {
	q := s.wholeFigures(at)
	if q.bad || q.n == 0 && s.glued(at) && !s.is(at-1, mark) {
		return q
	}
	return s.fraction(at, q)
}

// wholeFigures reads the digits before the decimal point.
func (s *sentence) wholeFigures(at int) quantity {
	whole, length, ok := s.digits(at)
	if !ok {
		return quantity{bad: length > 0}
	}
	i, vague := at+1, false
	for s.joins(i, ",") {
		group, digits, _ := s.digits(i + 1)
		if digits != 3 || length > 3 || i == at+1 && whole == 0 {
			return s.decimalComma(at, i)
		}
		whole, i = whole*1000+group, i+2
		if Whole(whole) > largest {
			return quantity{bad: true}
		}
	}
	if group, digits, ok := s.digits(i); ok && digits == 3 && i == at+1 && whole > 0 && !s.glued(i) {
		if length <= 2 || length == 3 && group == 0 { // "1 200", but not "350 400"
			whole, i, vague = whole*1000+group, i+1, true
		}
	}
	return quantity{value: Whole(whole), n: i - at, vague: vague, plain: true}
}

// joins tells whether a mark stands between two runs of digits without spaces.
func (s *sentence) joins(i int, sign string) bool {
	return s.word(i) == sign && s.glued(i) && s.glued(i+1) && s.is(i-1, digit) && s.is(i+1, digit)
}

// decimalComma reads "1,2", which may be 1.2 or a slip for 1,200.
func (s *sentence) decimalComma(at, comma int) quantity {
	whole, _, _ := s.digits(at)
	fraction, digits, _ := s.digits(comma + 1)
	if comma != at+1 || digits > 2 || s.joins(comma+2, ",") || s.joins(comma+2, ".") {
		return quantity{bad: true}
	}
	return quantity{value: Whole(whole) + decimals(fraction, digits), n: 3, vague: true, plain: true}
}

// fraction reads the decimal point and what follows it.
func (s *sentence) fraction(at int, q quantity) quantity {
	point := at + q.n
	if !s.joins(point, ".") && !(q.n == 0 && s.word(point) == "." && s.glued(point+1)) {
		return q
	}
	value, digits, ok := s.digits(point + 1)
	if !ok && digits == 0 {
		return q
	}
	bad := !ok || digits > 6 || s.joins(point+2, ".") || s.joins(point+2, ",")
	return quantity{value: q.value + decimals(value, digits), n: q.n + 2, vague: q.vague, plain: true, places: digits, bad: bad}
}

// decimals is a number of so many digits after the point.
func decimals(value, digits int) Decimal {
	d := Decimal(value)
	for ; digits < 6; digits++ {
		d *= 10
	}
	return d
}
