package calculation

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// reference works out the amounts a second time, plainly and child by child,
// with big.Rat. It shares with the package only the types of a case.
type reference struct{ Case }

func rat(num, den int64) *big.Rat { return big.NewRat(num, den) }

func mul(a *big.Rat, b *big.Rat) *big.Rat { return new(big.Rat).Mul(a, b) }
func add(a *big.Rat, b *big.Rat) *big.Rat { return new(big.Rat).Add(a, b) }
func sub(a *big.Rat, b *big.Rat) *big.Rat { return new(big.Rat).Sub(a, b) }

func atMost(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) < 0 {
		return a
	}
	return b
}

func notBelow(a, b *big.Rat) *big.Rat {
	if a.Cmp(b) > 0 {
		return a
	}
	return b
}

// perWeek makes pay weekly, in pence.
func perWeek(p Pay) *big.Rat {
	factor := map[Period]*big.Rat{
		PerWeek: rat(1, 1), PerFortnight: rat(1, 2), PerFourWeeks: rat(1, 4), PerMonth: rat(84, 365), PerYear: rat(7, 365),
	}
	if !p.Known() {
		return rat(0, 1)
	}
	return mul(rat(int64(p.Amount), 1), factor[p.Per])
}

func halfUp(a *big.Rat) Money {
	doubled := add(mul(a, rat(2, 1)), rat(1, 1))
	quotient := new(big.Int).Div(doubled.Num(), new(big.Int).Mul(doubled.Denom(), big.NewInt(2)))
	return Money(quotient.Int64())
}

func (r *reference) income() (*big.Rat, bool) {
	less := func(p Pay) *big.Rat { return notBelow(sub(perWeek(p), perWeek(r.Income.Pension)), rat(0, 1)) }
	i := r.Income
	switch {
	case i.Given.Known():
		return less(i.Given), true
	case i.Historic.Known() && i.Current.Known():
		historic, current := less(i.Historic), less(i.Current)
		gap := new(big.Rat).Abs(sub(current, historic))
		if gap.Sign() > 0 && mul(gap, rat(4, 1)).Cmp(historic) >= 0 {
			return current, true
		}
		return historic, true
	case i.Historic.Known():
		return less(i.Historic), true
	case i.Current.Known():
		return less(i.Current), true
	}
	return rat(0, 1), false
}

// amount is the rate before it is shared out, and whether nights count.
func (r *reference) amount(children int) (amount *big.Rat, byIncome bool) {
	income, _ := r.income()
	pick := func(list []int64, n int) int64 { return list[min(n, len(list))-1] }
	switch {
	case children == 0:
		return rat(0, 1), false
	case r.DefaultDecision:
		return rat(pick([]int64{3900, 5100, 6400}, children), 1), false
	case r.NilCircumstance != "":
		return rat(0, 1), false
	case r.Benefit != "":
		if r.BenefitIncome.Known() && add(atMost(income, rat(300000, 1)), perWeek(r.BenefitIncome)).Cmp(rat(700, 1)) < 0 {
			return rat(0, 1), false
		}
		if r.PartnerAlsoPays && (r.Benefit == "pension_credit" || r.Benefit == SomeBenefit) {
			return rat(350, 1), false
		}
		return rat(700, 1), false
	case income.Cmp(rat(700, 1)) < 0:
		return rat(0, 1), false
	case income.Cmp(rat(10000, 1)) <= 0:
		return rat(700, 1), false
	}
	income = atMost(income, rat(300000, 1))
	elsewhere := r.FamilyArrangementChildren + r.ChildrenAbroad
	all := children + elsewhere
	if income.Cmp(rat(20000, 1)) < 0 {
		table := []int64{170, 141, 132, 124, 250, 212, 199, 189, 310, 264, 249, 238}
		part := rat(table[(min(all, 3)-1)*4+min(r.RelevantOtherChildren, 3)], 1000)
		amount = add(rat(700, 1), mul(sub(income, rat(10000, 1)), part))
	} else {
		kept := rat([]int64{100, 89, 86, 84}[min(r.RelevantOtherChildren, 3)], 100)
		income = mul(income, kept)
		low, high := atMost(income, rat(80000, 1)), notBelow(sub(income, rat(80000, 1)), rat(0, 1))
		amount = add(mul(low, rat(pick([]int64{12, 16, 19}, all), 100)), mul(high, rat(pick([]int64{9, 12, 15}, all), 100)))
	}
	if elsewhere > 0 {
		amount = notBelow(mul(amount, rat(int64(children), int64(all))), rat(700, 1))
	}
	return amount, true
}

// shares gives each receiving parent's pennies.
func (r *reference) shares() map[string]Money {
	counted := func(c Child) bool { return !r.EqualCare && !c.EqualCare }
	children, paid := 0, 0
	for _, parent := range r.ReceivingParents {
		for _, child := range parent.Children {
			if counted(child) {
				children++
				if child.LocalAuthorityNights < 263 {
					paid++
				}
			}
		}
	}
	amount, byIncome := r.amount(children)
	all, parts := rat(0, 1), map[string]*big.Rat{}
	for _, parent := range r.ReceivingParents {
		part := rat(0, 1)
		for _, child := range parent.Children {
			if counted(child) {
				part = add(part, r.forChild(child, mul(amount, rat(1, int64(children))), byIncome))
			}
		}
		if r.Benefit != "" && !r.DefaultDecision && r.NilCircumstance == "" && r.stays(parent, counted) {
			part = rat(0, 1)
		}
		part = notBelow(part, rat(0, 1))
		parts[parent.ID] = part
		all = add(all, part)
	}
	shares := map[string]Money{}
	for _, parent := range r.ReceivingParents {
		part := parts[parent.ID]
		if byIncome && all.Cmp(rat(700, 1)) < 0 && paid > 0 {
			own := int64(0)
			for _, child := range parent.Children {
				if counted(child) && child.LocalAuthorityNights < 263 {
					own++
				}
			}
			part = rat(700*own, int64(paid))
		}
		shares[parent.ID] = halfUp(part)
	}
	return shares
}

func (r *reference) nights(c Child) int {
	if r.NightsDisputed {
		return 52
	}
	return c.Nights
}

func (r *reference) stays(parent ReceivingParent, counted func(Child) bool) bool {
	for _, child := range parent.Children {
		if counted(child) && r.nights(child) >= 52 {
			return true
		}
	}
	return false
}

// forChild is what is left of a child's part after nights elsewhere.
func (r *reference) forChild(c Child, part *big.Rat, byIncome bool) *big.Rat {
	if !byIncome {
		return part
	}
	switch nights := r.nights(c); {
	case nights >= 175:
		part = sub(mul(part, rat(1, 2)), rat(700, 1))
	case nights >= 52:
		part = mul(part, rat(7-int64(nights/52), 7))
	}
	if part.Sign() < 0 {
		return part
	}
	switch nights := c.LocalAuthorityNights; {
	case nights >= 263:
		return rat(0, 1)
	case nights >= 260:
		return mul(part, rat(2, 7))
	default:
		return mul(part, rat(7-int64(nights/52), 7))
	}
}

func TestCalculateAgreesWithAPlainReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		c.Variations = nil // these have tests of their own
		got, err := Calculate(c)
		if err != nil {
			t.Fatal(err)
		}
		want := (&reference{Case: c}).shares()
		for _, share := range got.Shares {
			if share.Weekly != want[share.ReceivingParent] {
				t.Errorf("%s gets %v, the reference says %v", share.ReceivingParent, share.Weekly, want[share.ReceivingParent])
			}
		}
	})
}
