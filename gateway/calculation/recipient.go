package calculation

import "slices"

// Recipient is who is told of a calculation. The zero Recipient is staff, who
// may read all of it.
type Recipient struct {
	role            audience
	receivingParent string
}

// Staff may read everything.
func Staff() Recipient { return Recipient{role: toBoth} }

// PayingParent reads everything but what concerns a receiving parent alone.
func PayingParent() Recipient { return Recipient{role: toPayer} }

// ReceivingParentNamed is told what CR 25(1) says: the effective date, the
// gross weekly income and its basis where the amount rests on it, the numbers
// of children, the rate and the adjustments, and no other receiving parent's
// affairs.
func ReceivingParentNamed(id string) Recipient {
	return Recipient{role: toReceiver, receivingParent: id}
}

// mayRead tells whether a step is for the recipient.
func (who Recipient) mayRead(s *Step, incomeCounts bool) bool {
	tells := sentences[s.kind].tells
	switch who.role {
	case toPayer:
		return tells != toReceiver
	case toReceiver:
		if s.ReceivingParent != "" && s.ReceivingParent != who.receivingParent || !incomeCounts && s.aboutIncome() {
			return false
		}
		return tells != toPayer
	default:
		return true
	}
}

// aboutIncome tells whether the step says how high the income is.
func (s *Step) aboutIncome() bool {
	switch s.kind {
	case stepUsedHistoric, stepUsedCurrent, stepUsedGiven, stepVaried, stepCapped:
		return true
	}
	return false
}

// For gives what of the result the recipient may be told. For a receiving
// parent the weekly amount is that parent's own; someone who is no receiving
// parent of the case is told nothing at all.
func (r Result) For(who Recipient) Result {
	if !who.partOf(&r) {
		return Result{}
	}
	steps := make([]Step, 0, len(r.Steps))
	for i := range r.Steps {
		if who.mayRead(&r.Steps[i], r.incomeCounts) {
			steps = append(steps, r.Steps[i])
		}
	}
	r.Steps = steps
	r.Shares = slices.Clone(r.Shares)
	switch who.role {
	case toPayer:
		for i := range r.Shares {
			r.Shares[i].ReceivingFee = 0
		}
		r.Fees.ReceivingParent, r.Fees.ReceivingGets = 0, 0
	case toReceiver:
		r = r.forReceivingParent(who)
	}
	return r
}

// partOf tells whether the result is the recipient's business: a receiving
// parent must be one of the case.
func (who Recipient) partOf(r *Result) bool {
	return who.role != toReceiver || slices.ContainsFunc(r.Shares, who.owns)
}

func (who Recipient) owns(share Share) bool { return share.ReceivingParent == who.receivingParent }

func (r Result) forReceivingParent(who Recipient) Result {
	own := r.Shares[slices.IndexFunc(r.Shares, who.owns)]
	own.PayingFee = 0
	r.Shares = []Share{own}
	r.Weekly = own.Weekly
	r.Fees = Fees{ReceivingParent: own.ReceivingFee, ReceivingGets: own.Weekly - own.ReceivingFee}
	if !r.incomeCounts {
		r.Basis, r.GrossWeeklyIncome, r.IncomeCounted = BasisNone, 0, 0
	}
	return r
}
