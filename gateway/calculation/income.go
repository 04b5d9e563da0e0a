package calculation

// Income is what is known of the paying parent's income before tax. Given, a
// figure decided elsewhere, stands in place of the other two.
type Income struct {
	Given    Pay
	Historic Pay // HMRC's figure for the latest tax year (CR 35)
	Current  Pay // income now (CR 37)
	Pension  Pay // relievable private pension contributions, deducted gross (CR 35(3), CR 40)
}

// grossWeeklyIncome chooses the income and makes it weekly. It answers nought
// with BasisNone when no income is known.
func (w *worksheet) grossWeeklyIncome() exact {
	income := exact{0, 1}
	w.pensionContributions()
	switch known := &w.Income; {
	case known.Given.Known():
		w.result.Basis = BasisGiven
		income = w.lessPension(known.Given, stepGivenIncome)
	case known.Historic.Known() && known.Current.Known():
		income = w.historicOrCurrent()
	case known.Historic.Known():
		w.result.Basis = BasisHistoric
		income = w.lessPension(known.Historic, stepHistoricIncome)
	case known.Current.Known():
		w.result.Basis = BasisCurrent
		income = w.lessPension(known.Current, stepCurrentIncome)
	default:
		return income
	}
	w.result.GrossWeeklyIncome = income.rounded()
	w.step(w.result.Basis.step(), w.start(income, UnitMoney))
	return income
}

// historicOrCurrent is CR 34(2): historic income, unless current income
// differs from it by at least 25% of it.
func (w *worksheet) historicOrCurrent() exact {
	historic := w.lessPension(w.Income.Historic, stepHistoricIncome)
	current := w.lessPension(w.Income.Current, stepCurrentIncome)
	difference := current.minus(historic)
	if current.less(historic) {
		difference = historic.minus(current)
	}
	quarter := w.start(historic, UnitMoney).part(exact{25, 100}, UnitPercent).given(difference, UnitMoney)
	// CR 34(2A): any income now differs enough from a historic income of nothing.
	if difference.num > 0 && !difference.less(quarter.value) {
		w.result.Basis = BasisCurrent
		w.step(stepQuarterReached, quarter)
		return current
	}
	w.result.Basis = BasisHistoric
	w.step(stepQuarterNotReached, quarter)
	return historic
}

// DiffersByQuarter is the 25% test on its own (CR 34(2) and 23): whether the
// current income would be used in place of the historic one. As in a
// calculation, pension contributions come off both before.
func (i Income) DiffersByQuarter() bool {
	w := worksheet{Case: &Case{Income: i}}
	w.pensionContributions()
	w.historicOrCurrent()
	return w.result.Basis == BasisCurrent
}

func (w *worksheet) pensionContributions() {
	pension := w.Income.Pension.weekly(w)
	w.pension = pension.value
	if w.pension.num > 0 {
		w.step(stepPension, pension)
	}
}

// lessPension makes an income weekly and takes off pension contributions.
func (w *worksheet) lessPension(pay Pay, source stepKind) exact {
	income := pay.weekly(w)
	if source != stepGivenIncome || pay.Per != PerWeek { // which would say the same twice
		w.step(source, income)
	}
	if w.pension.num == 0 {
		return income.value
	}
	left := w.start(income.value, UnitMoney).minus(w.pension)
	if left.value.num < 0 {
		left = w.start(exact{0, 1}, UnitMoney)
	}
	w.step(stepLessPension, left)
	return left.value
}

func (b IncomeBasis) step() stepKind {
	switch b {
	case BasisHistoric:
		return stepUsedHistoric
	case BasisCurrent:
		return stepUsedCurrent
	default:
		return stepUsedGiven
	}
}
