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
	w := &worksheet{Case: c, explaining: explaining}
	w.countChildren()
	income := w.grossWeeklyIncome()
	if err := w.rate(income); err != nil {
		return Result{}, err
	}
	w.arrangements()
	w.apportion()
	w.sharedCare()
	w.localAuthorityCare()
	w.atLeastFlatRate()
	return w.total()
}

// worksheet is one calculation on its way through the rules. Each rule group
// has a file of its own.
type worksheet struct {
	*Case
	explaining bool
	steps      []Step

	children   int // qualifying children of all receiving parents
	households []household
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
