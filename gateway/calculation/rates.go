package calculation

// The amounts of Schedule 1 to the Child Support Act 1991 as it stands for
// the 2012 scheme, in pence a week.
const (
	flatRate       Money = 7_00     // paragraph 4(1)
	flatRateIncome Money = 100_00   // paragraph 4(1)(a): flat rate up to and including this
	reducedLimit   Money = 200_00   // paragraph 3(1): reduced rate below this
	basicLimit     Money = 800_00   // paragraph 2(2): basic plus above this
	cappedAmount   Money = 3_000_00 // paragraph 10(3): income above this is left out
)

var (
	// basicPercent is paragraph 2(1), plusPercent paragraph 2(2), for 1, 2
	// and 3 or more qualifying children.
	basicPercent = [...]int64{12, 16, 19}
	plusPercent  = [...]int64{9, 12, 15}

	// otherChildrenPercent is paragraph 2(3) as modified by SI 2012/2678,
	// for 0, 1, 2 and 3 or more relevant other children.
	otherChildrenPercent = [...]int64{0, 11, 14, 16}

	// reducedPerMille is the table in CR 43 as amended, in tenths of a
	// percent: a row for 1, 2 and 3 or more qualifying children, a column
	// for 0, 1, 2 and 3 or more relevant other children.
	reducedPerMille = [...][4]int64{{170, 141, 132, 124}, {250, 212, 199, 189}, {310, 264, 249, 238}}

	// defaultAmounts is CR 49, for 1, 2 and 3 or more qualifying children.
	defaultAmounts = [...]Money{39_00, 51_00, 64_00}
)

// rate finds the rate and its amount: paragraphs 1 to 5 of Schedule 1.
func (w *worksheet) rate(income exact) error {
	if w.children == 0 {
		w.setRate(NoLiability, stepNotLiable, w.start(exact{0, 1}, UnitMoney))
		return nil
	}
	w.result.Liable = true
	if w.DefaultDecision {
		amount := w.start(pence(defaultAmounts[min(w.children, 3)-1]), UnitMoney).given(count(w.children), UnitCount)
		w.setRate(DefaultRate, stepDefaultRate, amount)
		return nil
	}
	income = w.capped(income)
	switch {
	case w.NilCircumstance != "" && !w.lifted:
		w.fact(stepNilCircumstance, w.NilCircumstance.words())
		w.nilRate()
	case w.Benefit != "" && !(w.lifted && pence(flatRateIncome).less(income)):
		w.benefitRate(income)
	case w.result.Basis == BasisNone && !w.lifted:
		return errIncomeMissing
	default:
		w.result.incomeCounts = true
		w.rateByIncome(income)
	}
	return nil
}

// capped leaves out income above the capped amount (paragraph 10(3)).
func (w *worksheet) capped(income exact) exact {
	if limit := pence(cappedAmount); limit.less(income) {
		w.step(stepCapped, w.start(limit, UnitMoney).given(income, UnitMoney))
		income = limit
	}
	w.result.IncomeCounted = income.rounded()
	return income
}

// benefitRate is paragraph 4(1)(b), (c) and 4(2): the flat rate because of a
// benefit, half of it when both members of a couple pay and live on the
// couple's benefit. Benefit counts as income for the nil rate (CR 45(2)).
func (w *worksheet) benefitRate(income exact) {
	benefit := stepBenefit
	if w.Benefit.household() {
		benefit = stepHouseholdBenefit
	}
	w.fact(benefit, w.Benefit.words())
	if w.BenefitIncome.Known() && income.plus(w.BenefitIncome.weekly(&worksheet{}).value).less(pence(flatRate)) {
		w.nilRate()
		return
	}
	flat := pence(flatRate)
	if w.PartnerAlsoPays && w.Benefit.household() {
		half := w.start(flat, UnitMoney).dividedBy(2)
		w.step(stepHalfFlatRate, half)
		flat = half.value
	}
	w.setRate(FlatRate, stepFlatRate, w.start(flat, UnitMoney))
}

func (w *worksheet) rateByIncome(income exact) {
	switch {
	case income.less(pence(flatRate)) && w.expenses: // CR 74(1A)
		w.fact(stepVariationFloor, words{})
		w.setRate(FlatRate, stepFlatRate, w.start(pence(flatRate), UnitMoney))
	case income.less(pence(flatRate)): // paragraph 5(b)
		w.nilRate()
	case !pence(flatRateIncome).less(income): // paragraph 4(1)(a)
		w.setRate(FlatRate, stepFlatRate, w.start(pence(flatRate), UnitMoney))
	case income.less(pence(reducedLimit)):
		w.reducedRate(income)
	default:
		w.basicRate(income)
	}
}

func (w *worksheet) nilRate() {
	w.setRate(NilRate, stepNilRate, w.start(exact{0, 1}, UnitMoney))
}

// reducedRate is CR 43: F + A × T, where F is the flat rate and A the income
// above £100.
func (w *worksheet) reducedRate(income exact) {
	children, others := w.childrenForRate(), w.RelevantOtherChildren
	above := w.start(income, UnitMoney).minus(pence(flatRateIncome))
	w.step(stepReducedIncome, above)
	percent := exact{reducedPerMille[min(children, 3)-1][min(others, 3)], 1000}
	amount := w.start(above.value, UnitMoney).part(percent, UnitPercent).plus(pence(flatRate)).
		given(count(children), UnitCount).given(count(others), UnitCount)
	w.setRate(ReducedRate, stepReducedRate, amount)
}

// basicRate is paragraph 2. Relevant other children reduce the income for
// paragraphs 2(1) and 2(2), so the £800 test looks at the reduced income; the
// choice between reduced and basic rate looked at the whole.
func (w *worksheet) basicRate(income exact) {
	children := w.childrenForRate()
	if others := w.RelevantOtherChildren; others > 0 {
		less := w.start(income, UnitMoney).without(exact{otherChildrenPercent[min(others, 3)], 100}, UnitPercent).
			given(count(others), UnitCount)
		w.step(stepOtherChildren, less)
		income = less.value
	}
	basic := exact{basicPercent[min(children, 3)-1], 100}
	if limit := pence(basicLimit); limit.less(income) {
		first := w.start(limit, UnitMoney).part(basic, UnitPercent).given(count(children), UnitCount)
		w.step(stepBasicFirst, first)
		plus := exact{plusPercent[min(children, 3)-1], 100}
		rest := w.start(income, UnitMoney).minus(limit).part(plus, UnitPercent).plus(first.value)
		w.setRate(BasicPlus, stepBasicPlus, rest)
		return
	}
	w.setRate(BasicRate, stepBasicRate, w.start(income, UnitMoney).part(basic, UnitPercent).given(count(children), UnitCount))
}

func (w *worksheet) setRate(rate Rate, kind stepKind, amount working) {
	w.step(kind, amount)
	w.result.Rate = rate
	w.amount = amount.value
}

func count(n int) exact { return exact{int64(n), 1} }
