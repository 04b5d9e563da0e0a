package calculation

// Step is one step of a calculation: the numbers that went in, in the order
// they were used, and the number that came out. A step without Terms is a
// fact that decided what came next.
type Step struct {
	ReceivingParent string // whose amount the step is about; "" for the whole
	Terms           []Term
	Num, Den        int64 // what came out, exactly: Num ÷ Den, in pence when it is money

	kind    stepKind
	subject words
}

// stepKind says what a step does; sentences has its rule and its words.
type stepKind uint8

// The kinds of steps, in the order of the calculation.
const (
	stepPension stepKind = iota
	stepHistoricIncome
	stepCurrentIncome
	stepGivenIncome
	stepLessPension
	stepQuarterReached
	stepQuarterNotReached
	stepUsedHistoric
	stepUsedCurrent
	stepUsedGiven
	stepVariationRefused
	stepTooSmall
	stepExpense
	stepAddition
	stepVaried
	stepEqualCare
	stepNotLiable
	stepDefaultRate
	stepCapped
	stepNilCircumstance
	stepBenefit
	stepHouseholdBenefit
	stepNilRate
	stepVariationFloor
	stepHalfFlatRate
	stepFlatRate
	stepReducedIncome
	stepReducedRate
	stepOtherChildren
	stepBasicRate
	stepBasicFirst
	stepBasicPlus
	stepArrangements
	stepArrangementsFloor
	stepApportioned
	stepNights
	stepNightsAssumed
	stepSharedCare
	stepMostNights
	stepFlatRateNights
	stepLocalAuthorityPart
	stepLocalAuthority
	stepCareFloor
	stepRounding
	stepTotal
	stepPayingFee
	stepReceivingFee
	stepKinds // how many there are
)

// words are the same words in both languages.
type words struct{ en, cy string }

func (w *worksheet) step(kind stepKind, k working) { w.stepFor("", kind, k) }

func (w *worksheet) stepFor(receivingParent string, kind stepKind, k working) {
	if w.explaining {
		w.steps = append(w.steps, Step{receivingParent, k.terms, k.value.num, k.value.den, kind, words{}})
	}
}

// fact notes something that is so and is not a number.
func (w *worksheet) fact(kind stepKind, subject words) {
	if w.explaining {
		w.steps = append(w.steps, Step{kind: kind, Den: 1, subject: subject})
	}
}

// Amount is what came out, to the nearest penny, and whether it is money.
func (s *Step) Amount() (Money, bool) {
	return exact{s.Num, s.Den}.rounded(), len(s.Terms) > 0 && s.unit() == UnitMoney
}

func (s *Step) unit() Unit {
	for _, t := range s.Terms {
		if t.Operator == OpStart {
			return t.Unit
		}
	}
	return UnitMoney
}
