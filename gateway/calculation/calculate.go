package calculation

// Calculate works out a case. The error is an *InputError naming the field
// that cannot be right.
func Calculate(c Case) (Result, error) { return calculate(&c, false) }

// Explain is Calculate with the steps.
func Explain(c Case) (Result, error) { return calculate(&c, true) }

func calculate(c *Case, explaining bool) (Result, error) {
	if err := c.Validate(); err != nil {
		return Result{}, err
	}
	return work(c, explaining)
}

// work is the order of the Act: paragraph 1 of Schedule 1.
func work(c *Case, explaining bool) (Result, error) {
	w := &worksheet{Case: c, explaining: explaining}
	w.result.EffectiveDate = c.EffectiveDate
	w.countChildren()
	income := w.varied(w.grossWeeklyIncome())
	if err := w.rate(income); err != nil {
		return Result{}, err
	}
	w.arrangements()
	w.apportion()
	w.sharedCare()
	w.localAuthorityCare()
	w.atLeastFlatRate()
	if err := w.total(); err != nil {
		return Result{}, err
	}
	w.fees()
	w.result.Steps = w.steps
	return w.result, nil
}

// worksheet is one calculation on its way through the rules. Each rule group
// has a file of its own.
type worksheet struct {
	*Case
	explaining bool
	steps      []Step

	children   int // qualifying children of all receiving parents
	households []household
	pension    exact // contributions a week
	expenses   bool  // special expenses were taken off the income
	lifted     bool  // additional income lifts a fixed rate
	amount     exact // payable to all of them together
	result     Result
}

// household is one receiving parent's part of the worksheet.
type household struct {
	*ReceivingParent
	qualifying  int   // children for whom the paying parent must pay
	unpaid      int   // of those, children so long in local-authority care that nothing is paid
	apportioned exact // before shared care
	amount      exact
}
