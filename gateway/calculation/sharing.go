package calculation

// childrenForRate counts children for the percentages: with those whom the
// paying parent maintains under another arrangement.
func (w *worksheet) childrenForRate() int {
	return w.children + w.FamilyArrangementChildren + w.ChildrenAbroad
}

// arrangements is paragraph 5A of Schedule 1 and CR 52: the part for children
// under a family-based arrangement, or abroad, is not paid through the
// service. What is left is never below the flat rate, and the flat rate
// itself is not divided.
func (w *worksheet) arrangements() {
	elsewhere := w.FamilyArrangementChildren + w.ChildrenAbroad
	if elsewhere == 0 {
		return
	}
	switch w.result.Rate {
	case ReducedRate, BasicRate, BasicPlus:
	default:
		return
	}
	left := w.start(w.amount, UnitMoney).dividedBy(int64(w.childrenForRate())).times(int64(w.children)).
		given(count(elsewhere), UnitCount)
	w.step(stepArrangements, left)
	if left.value.less(pence(flatRate)) {
		left = w.start(pence(flatRate), UnitMoney)
		w.step(stepArrangementsFloor, left)
	}
	w.amount = left.value
}

// apportion is paragraph 6: each receiving parent's part is by the number of
// qualifying children.
func (w *worksheet) apportion() {
	for i := range w.households {
		home := &w.households[i]
		part := w.start(w.amount, UnitMoney)
		if home.qualifying != w.children {
			part = part.dividedBy(int64(w.children)).times(int64(home.qualifying))
			w.stepFor(home.ID, stepApportioned, part)
		}
		home.apportioned, home.amount = part.value, part.value
	}
}

// atLeastFlatRate is paragraph 7(7): where care by others would bring the
// whole below the flat rate, the flat rate is paid, apportioned by children.
// Children for whom nothing is paid because a local authority looks after
// them have no part in it.
func (w *worksheet) atLeastFlatRate() {
	switch w.result.Rate {
	case ReducedRate, BasicRate, BasicPlus:
	default:
		return
	}
	all, children := exact{0, 1}, 0
	for i := range w.households {
		all = all.plus(w.households[i].amount)
		children += w.households[i].paidFor()
	}
	if children == 0 || !all.less(pence(flatRate)) {
		return
	}
	for i := range w.households {
		home := &w.households[i]
		part := w.start(pence(flatRate), UnitMoney)
		if home.paidFor() != children {
			part = part.dividedBy(int64(children)).times(int64(home.paidFor()))
		}
		w.stepFor(home.ID, stepCareFloor, part)
		home.amount = part.value
	}
}

func (h *household) paidFor() int { return h.qualifying - h.unpaid }

// total rounds each receiving parent's amount to a penny, half upwards, and
// adds them. The text of CR 6 was not to be had; half a penny upwards is the
// rule of every child support scheme before and of the fees now, and rounding
// each part once makes what is paid out add up to what is paid in.
func (w *worksheet) total() error {
	w.result.Shares = make([]Share, len(w.households))
	sum := w.start(exact{0, 1}, UnitMoney)
	for i := range w.households {
		home := &w.households[i]
		if !home.amount.fits() {
			return errOverflow
		}
		share := w.start(home.amount, UnitMoney)
		share.value = pence(home.amount.rounded())
		w.stepFor(home.ID, stepRounding, share)
		w.result.Shares[i] = Share{ReceivingParent: home.ID, Weekly: Money(share.value.num)}
		if i == 0 {
			sum = w.start(share.value, UnitMoney)
		} else {
			sum = sum.plus(share.value)
		}
	}
	if len(w.households) > 1 {
		w.step(stepTotal, sum)
	}
	w.result.Weekly = Money(sum.value.num)
	return nil
}
