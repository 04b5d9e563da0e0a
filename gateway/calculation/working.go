package calculation

// Unit says what a number in a working is, and so how it is written.
type Unit uint8

// The units of numbers in workings.
const (
	UnitMoney    Unit = iota // pence, written in pounds
	UnitCount                // children, nights, days: a plain number
	UnitPercent              // a fraction written as a percentage
	UnitFraction             // a fraction written as one: 1/7
)

// Operator says what a Term does to the number before it.
type Operator uint8

// The operators of a working, which is read from left to right.
const (
	OpStart  Operator = iota // begins with the number
	OpPlus                   // adds it
	OpMinus                  // takes it away
	OpTimes                  // multiplies by it
	OpDivide                 // divides by it
	OpLess                   // takes away that part: £100 less 11% is £89
	OpGiven                  // a fact the step rests on, not part of the sum
)

// Term is one number of a working: Num ÷ Den, in pence when it is money. A
// money term is exact; it is written to the nearest penny.
type Term struct {
	Operator Operator
	Unit     Unit
	Num, Den int64
}

// working is a sum being done: its value so far and, when it is to be
// explained, the terms that led there. The value and the terms come from the
// same calls, so an explanation cannot differ from the calculation.
type working struct {
	value exact
	keep  bool
	terms []Term
}

// start begins a working with a number.
func (w *worksheet) start(value exact, unit Unit) working {
	k := working{value: value, keep: w.explaining}
	k.record(OpStart, unit, value)
	return k
}

func (k working) plus(amount exact) working {
	k.value = k.value.plus(amount)
	k.record(OpPlus, UnitMoney, amount)
	return k
}

func (k working) minus(amount exact) working {
	k.value = k.value.minus(amount)
	k.record(OpMinus, UnitMoney, amount)
	return k
}

func (k working) times(number int64) working {
	k.value = k.value.times(number, 1)
	k.record(OpTimes, UnitCount, exact{number, 1})
	return k
}

func (k working) dividedBy(number int64) working {
	k.value = k.value.times(1, number)
	k.record(OpDivide, UnitCount, exact{number, 1})
	return k
}

// part multiplies by a percentage or a fraction.
func (k working) part(part exact, unit Unit) working {
	k.value = k.value.times(part.num, part.den)
	k.record(OpTimes, unit, part)
	return k
}

// without takes away a percentage or a fraction of the value.
func (k working) without(part exact, unit Unit) working {
	k.value = k.value.times(part.den-part.num, part.den)
	k.record(OpLess, unit, part)
	return k
}

// given notes a fact that the step rests on, for its sentence.
func (k working) given(number exact, unit Unit) working {
	k.record(OpGiven, unit, number)
	return k
}

func (k *working) record(operator Operator, unit Unit, number exact) {
	if k.keep {
		k.terms = append(k.terms, Term{operator, unit, number.num, number.den})
	}
}
