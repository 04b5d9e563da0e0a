package calculation

import "strconv"

// Factor is a part of a case that can change.
type Factor uint8

// The factors.
const (
	FactorRule          Factor = iota // benefits, circumstances and decisions that fix the rate
	FactorIncome                      // and pension contributions
	FactorVariations                  // that were agreed to
	FactorChildren                    // for whom maintenance is paid
	FactorOtherChildren               // at home with the paying parent
	FactorArrangements                // children paid for in another way
	FactorNights                      // with the paying parent
	FactorCouncilCare                 // nights in the care of a local authority
	FactorOther                       // something the recipient may not be told
	factors                           // how many there are
)

// moves lists the factors in the order in which they give way; those in one
// move change together and are told as the first. A fixed rate does not look
// at income, so from and to one the rule and the income are one move, and
// where nothing is to be paid for any child that is so before all else. (A
// mixture of the two could also tell of an income that is nobody's business.)
func moves(first, last *Result) [][]Factor {
	rule := [][]Factor{{FactorRule, FactorIncome, FactorVariations}}
	if first.incomeCounts && last.incomeCounts {
		rule = [][]Factor{{FactorRule}, {FactorIncome}, {FactorVariations}}
	}
	children := []Factor{FactorChildren}
	if last.Liable {
		rule = append(rule, children)
	} else {
		rule = append([][]Factor{children}, rule...)
	}
	return append(rule, []Factor{FactorOtherChildren}, []Factor{FactorArrangements}, []Factor{FactorNights}, []Factor{FactorCouncilCare})
}

// apply takes over a factor from another case.
func (f Factor) apply(c, from *Case) {
	switch f {
	case FactorRule:
		c.Benefit, c.BenefitIncome, c.PartnerAlsoPays = from.Benefit, from.BenefitIncome, from.PartnerAlsoPays
		c.NilCircumstance, c.DefaultDecision = from.NilCircumstance, from.DefaultDecision
	case FactorIncome:
		c.Income = from.Income
	case FactorVariations:
		c.Variations = from.Variations
	case FactorChildren:
		c.ReceivingParents, c.EqualCare = careOf(from.ReceivingParents, c.ReceivingParents), from.EqualCare
	case FactorOtherChildren:
		c.RelevantOtherChildren = from.RelevantOtherChildren
	case FactorArrangements:
		c.FamilyArrangementChildren, c.ChildrenAbroad = from.FamilyArrangementChildren, from.ChildrenAbroad
	case FactorNights:
		c.NightsDisputed = from.NightsDisputed
		c.ReceivingParents = councilCareOf(from.ReceivingParents, c.ReceivingParents)
	case FactorCouncilCare:
		c.ReceivingParents = from.ReceivingParents
	}
}

// careOf gives the families of one case with the nights that the same
// children had in another.
func careOf(families, nights []ReceivingParent) []ReceivingParent {
	return mapChildren(families, nights, func(child *Child, was Child) {
		child.Nights, child.LocalAuthorityNights = was.Nights, was.LocalAuthorityNights
	})
}

// councilCareOf takes over only the nights in council care.
func councilCareOf(families, nights []ReceivingParent) []ReceivingParent {
	return mapChildren(families, nights, func(child *Child, was Child) {
		child.LocalAuthorityNights = was.LocalAuthorityNights
	})
}

// mapChildren copies families and visits each child that other families have
// too: by id, or without one by place.
func mapChildren(families, others []ReceivingParent, visit func(child *Child, other Child)) []ReceivingParent {
	mixed := make([]ReceivingParent, len(families))
	for i, parent := range families {
		mixed[i] = ReceivingParent{parent.ID, append([]Child(nil), parent.Children...)}
		for _, other := range others {
			if other.ID != parent.ID {
				continue
			}
			for j := range mixed[i].Children {
				child := &mixed[i].Children[j]
				for k := range other.Children {
					if child.ID == other.Children[k].ID && (child.ID != "" || j == k) {
						visit(child, other.Children[k])
					}
				}
			}
		}
	}
	return mixed
}

// value is what the recipient is told of a factor; "" when nothing.
func (f Factor) value(c *Case, r *Result, who Recipient) words {
	number := func(n int) words { return words{strconv.Itoa(n), strconv.Itoa(n)} }
	money := func(m Money) words {
		if r.Basis == BasisNone || who.role == toReceiver && !r.incomeCounts {
			return words{}
		}
		return words{m.String(), m.String()}
	}
	switch f {
	case FactorRule:
		return r.Rate.words()
	case FactorIncome:
		return money(r.GrossWeeklyIncome)
	case FactorVariations:
		return money(r.IncomeCounted)
	case FactorChildren:
		return number(r.QualifyingChildren)
	case FactorOtherChildren:
		return number(c.RelevantOtherChildren)
	case FactorArrangements:
		return number(c.FamilyArrangementChildren + c.ChildrenAbroad)
	case FactorNights:
		return number(c.sumNights(who, func(child *Child) int {
			if c.NightsDisputed {
				return assumedNights
			}
			return child.Nights
		}))
	case FactorCouncilCare:
		return number(c.sumNights(who, func(child *Child) int { return child.LocalAuthorityNights }))
	}
	return words{}
}

// sumNights adds the nights of all the children the recipient is told of.
func (c *Case) sumNights(who Recipient, nights func(*Child) int) int {
	sum := 0
	for i := range c.ReceivingParents {
		parent := &c.ReceivingParents[i]
		if who.role == toReceiver && parent.ID != who.receivingParent {
			continue
		}
		for j := range parent.Children {
			sum += nights(&parent.Children[j])
		}
	}
	return sum
}

func (r Rate) words() words {
	switch r {
	case NoLiability:
		return words{"nothing to pay", "dim i'w dalu"}
	case DefaultRate:
		return words{"default", "diofyn"}
	case NilRate:
		return words{"nil", "sero"}
	case FlatRate:
		return words{"flat", "unffurf"}
	case ReducedRate:
		return words{"reduced", "is"}
	case BasicRate:
		return words{"basic", "sylfaenol"}
	default:
		return words{"basic plus", "sylfaenol ychwanegol"}
	}
}
