package answers

// mostMoney is the largest amount taken for an answer: ten million pounds.
const mostMoney = Pence(1_000_000_000)

// ReadMoney reads an amount of pounds, and how often it comes when that is
// said: "£410.50 a week", "18 grand a year", "pedwar cant y mis".
func ReadMoney(text string, c Context) (Money, error) {
	s, code := scan(text)
	if code != "" {
		return Money{}, &Error{KindMoney, code}
	}
	r := moneyReader{sentence: &s, context: c}
	for r.at < len(s.tokens) {
		if code := r.step(); code != "" {
			return Money{}, &Error{KindMoney, code}
		}
	}
	if code := r.settle(); code != "" {
		return Money{}, &Error{KindMoney, code}
	}
	return r.money, nil
}

// moneyReader reads one sentence from left to right.
type moneyReader struct {
	*sentence
	context Context
	at      int
	money   Money

	found   bool // an amount was read
	pennies bool // and so were its pennies
	bare    bool // "nothing": no amount in figures
	worded  bool // the amount is a word or two without a unit: "four", "twenty-five"
	unit    bool // the amount was read with the word for pounds after it
	ended   int  // the token after the amount and its unit
}

// step reads the next piece, or tells why it cannot.
func (r *moneyReader) step() Code {
	if p, n := r.period(r.at); n > 0 {
		return r.setPeriod(p, n)
	}
	if q := r.quantity(r.at, r.context); q.n > 0 || q.bad {
		return r.setAmount(q)
	}
	switch beside, n := r.aside(r.at); beside {
	case doubting:
		return Unsure
	case hedging, passing:
		r.at, r.money.Confirm = r.at+n, r.money.Confirm || beside == hedging
		return ""
	}
	if r.pounds() {
		return ""
	}
	if n := r.payTalk(r.at); n > 0 {
		r.at += n
		return ""
	}
	if none, n := longest(r.sentence, r.at, 4, noMoney); none && !r.found {
		r.at, r.found, r.bare, r.money.Confirm = r.at+n, true, true, true
		return ""
	}
	if r.found && r.alternative() {
		return TwoValues
	}
	return NotUnderstood
}

// alternative tells whether another amount is offered: "or 400", "-500".
func (r *moneyReader) alternative() bool {
	switch r.word(r.at) {
	case "or", "to", "neu", "i", "-", "/", "then":
		next := r.at + 1
		if r.word(next) == "£" {
			next++
		}
		return r.quantity(next, r.context).n > 0
	}
	return false
}

func (r *moneyReader) setPeriod(p Period, n int) Code {
	if r.money.Period != "" && r.money.Period != p {
		return TwoValues
	}
	r.money.Period, r.at = p, r.at+n
	return ""
}

// setAmount takes a number as pounds, or as pennies after pounds.
func (r *moneyReader) setAmount(q quantity) Code {
	if q.bad {
		return NotUnderstood
	}
	begin := r.at
	r.at += q.n
	pence := r.pence() && q.value%one == 0 // "4.50p" is pounds
	twoFigures := q.value >= 10*one && q.value < 100*one && q.value%one == 0
	switch {
	case r.found && !r.bare && !r.pennies && r.money.Amount%100 == 0 && r.adjoins(begin) && q.value < 100*one && pence,
		r.unit && !r.pennies && begin == r.ended && twoFigures && r.last(): // "four pounds fifty"
		r.money.Amount += Pence(q.value / one)
		r.pennies = true
		return ""
	case r.worded && begin == r.ended && twoFigures && !q.plain: // "four fifty"
		return TwoMeanings
	case r.found:
		return TwoValues
	}
	if pence && r.word(begin-1) == "£" { // "£50p"
		return NotUnderstood
	}
	places := one / 100
	if pence {
		places = one
	}
	if q.value%places != 0 || q.plain && q.places > 2 { // "£1.234", "26.000"
		return NotUnderstood
	}
	r.found, r.pennies = true, pence
	r.money.Amount = Pence(q.value / places)
	tenths := q.plain && q.places == 1 && q.value%one != 0 // "1.5" may be short for thousands
	r.money.Confirm = r.money.Confirm || q.vague || pence || tenths
	r.unit = r.pounds()
	r.worded = !r.unit && !q.plain && q.value < 100*one && r.word(begin-1) != "£"
	r.pennies = r.pennies || r.unit && r.money.Amount%100 != 0
	r.ended = r.at
	if r.money.Amount > mostMoney {
		return OutOfRange
	}
	return ""
}

// last tells whether an amount ends here: no unit of its own follows, only how
// often it comes or nothing.
func (r *moneyReader) last() bool {
	if r.at == len(r.tokens) {
		return true
	}
	_, n := r.period(r.at)
	return n > 0
}

// adjoins tells whether a token follows the amount, "and" apart.
func (r *moneyReader) adjoins(at int) bool {
	if word := r.word(at - 1); word == "and" || word == "&" || word == "a" {
		at--
	}
	return at == r.ended
}

// pence passes over a word for pennies.
func (r *moneyReader) pence() bool {
	if _, n := r.period(r.at); n > 0 { // "400 p/w"
		return false
	}
	switch r.word(r.at) {
	case "p", "pence", "pennies", "penny", "ceiniog", "geiniog", "cheiniog", "ceiniogau":
		r.at++
		return true
	}
	return false
}

// pounds passes over a word for pounds.
func (r *moneyReader) pounds() bool {
	word, n := longest(r.sentence, r.at, 2, poundWord)
	r.at += n
	return word
}

// settle checks the whole.
func (r *moneyReader) settle() Code {
	switch {
	case !r.found:
		return NotUnderstood
	case r.money.Period == otherPeriod:
		return UnknownPeriod
	}
	return ""
}
