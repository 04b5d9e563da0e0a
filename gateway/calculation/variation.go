package calculation

// Variation is one ground for a variation that was agreed to, with the amount
// agreed. For AssetValue the amount is what the asset is worth.
type Variation struct {
	Ground Ground
	Amount Pay
}

// Ground names a ground for a variation.
type Ground string

// The grounds of CR 63 to 71, and two for an amount whose ground is not said.
const (
	ContactCosts    Ground = "contact_costs"
	ChildDisability Ground = "child_disability" // of a child in the paying parent's home
	PriorDebts      Ground = "prior_debts"
	BoardingFees    Ground = "boarding_fees" // the boarding element of school fees
	FormerHome      Ground = "former_home"   // mortgage, loan or insurance payments
	SpecialExpenses Ground = "special_expenses"

	UnearnedIncome   Ground = "unearned_income"
	AssetValue       Ground = "asset_value"
	EarnedIncome     Ground = "earned_income" // of someone who pays nothing or the flat rate otherwise
	DivertedIncome   Ground = "diverted_income"
	AdditionalIncome Ground = "additional_income"
)

// assetYield is the yearly income that an asset is taken to bring (CR 69A):
// 8%, so that £31,250 brings the £2,500 at which unearned income counts.
var assetYield = exact{8, 100}

// effect says what a ground does to income, and from what amount.
type effect struct {
	known    bool
	expense  bool // deducted; else added
	from     Pay  // smaller amounts do not count
	earnings bool // only for someone who pays nothing or the flat rate otherwise
}

func (g Ground) effect() effect {
	switch g {
	case ContactCosts, PriorDebts, BoardingFees, FormerHome, SpecialExpenses:
		return effect{known: true, expense: true, from: Pay{10_00, PerWeek}} // CR 68
	case ChildDisability:
		return effect{known: true, expense: true, from: Pay{0, PerWeek}}
	case UnearnedIncome, AssetValue, AdditionalIncome:
		return effect{known: true, from: Pay{2_500_00, PerYear}}
	case EarnedIncome:
		return effect{known: true, from: Pay{100_00, PerWeek}, earnings: true}
	case DivertedIncome:
		return effect{known: true, from: Pay{0, PerWeek}}
	}
	return effect{}
}

// varied applies the variations to the gross weekly income (CR 72 to 74): all
// that count are added up, and the cap comes after them. CR 72(2) says so of
// expenses above the cap; CR 73(2), whose text was not to be had, is taken to
// say the same of additional income.
func (w *worksheet) varied(income exact) exact {
	if len(w.Variations) == 0 || w.children == 0 {
		return income
	}
	if w.DefaultDecision { // CR 57(1)(c)
		w.fact(stepVariationRefused, words{"the amount is a default decision", "mae'r swm yn benderfyniad diofyn"})
		return income
	}
	added, taken := exact{0, 1}, exact{0, 1}
	for i := range w.Variations {
		e := w.effect(w.Variations[i].Ground)
		if !w.allowed(e, income) {
			w.fact(stepVariationRefused, words{"it is not open to someone in these circumstances", "nid yw ar gael i rywun yn yr amgylchiadau hyn"})
			continue
		}
		switch amount, counts := w.variationAmount(w.Variations[i], e); {
		case !counts:
		case e.expense:
			taken = taken.plus(amount)
		default:
			added = added.plus(amount)
		}
	}
	w.expenses, w.lifted = taken.num > 0, added.num > 0 && w.onFixedRate()
	varied := w.start(income, UnitMoney)
	if added.num > 0 {
		varied = varied.plus(added)
	}
	if taken.num > 0 {
		varied = varied.minus(taken)
	}
	if varied.value.num < 0 {
		varied = w.start(exact{0, 1}, UnitMoney)
	}
	if added.num > 0 || taken.num > 0 {
		w.step(stepVaried, varied)
	}
	return varied.value
}

// effect takes an unnamed additional income for earnings in the one case
// where earnings are a ground, and for unearned income otherwise.
func (w *worksheet) effect(ground Ground) effect {
	if ground == AdditionalIncome && w.onFixedRate() {
		ground = EarnedIncome
	}
	return ground.effect()
}

// onFixedRate tells whether the rate would not depend on income.
func (w *worksheet) onFixedRate() bool { return w.Benefit != "" || w.NilCircumstance != "" }

// allowed is CR 57(1)(d) and (e): nothing varies for someone on a benefit of
// CR 44(2), and expenses do not count on a benefit or below the £7 of the nil
// rate. Earnings are a ground only where they would not count otherwise. That
// a variation was agreed to shows that a benefit without a name is not of
// CR 44(2).
func (w *worksheet) allowed(e effect, income exact) bool {
	switch {
	case w.Benefit.household() && w.Benefit != SomeBenefit:
		return false
	case e.expense:
		return !w.onFixedRate() && !income.less(pence(flatRate))
	case e.earnings:
		return w.onFixedRate()
	}
	return true
}

// variationAmount makes an amount weekly and tells whether it is large enough
// to count.
func (w *worksheet) variationAmount(v Variation, e effect) (exact, bool) {
	amount := v.Amount.weekly(w)
	if v.Ground == AssetValue {
		amount = w.start(pence(v.Amount.Amount), UnitMoney).part(assetYield, UnitPercent).dividedBy(365).times(7)
	}
	least := e.from.weekly(&worksheet{}).value
	counts := amount.value.num > 0 && !amount.value.less(least)
	amount = amount.given(least, UnitMoney)
	switch {
	case amount.value.num == 0: // nothing was left out
	case !counts:
		w.step(stepTooSmall, amount)
	case e.expense:
		w.step(stepExpense, amount)
	default:
		w.step(stepAddition, amount)
	}
	return amount.value, counts
}
