package calculation

// protectedPercent is the part of net earnings that a deduction from earnings
// order must leave (C&E reg 11(2)).
const protectedPercent = 60

// Deduction is what an employer takes from one payment of earnings.
type Deduction struct {
	Deducted  Money
	Protected Money // earnings that may not be touched
	Shortfall Money // of the normal deduction, to be caught up later
}

// DeductFromEarnings applies a normal deduction rate, with any shortfall
// brought forward, to net earnings. The protected part is rounded up, so that
// it is never broken into.
func DeductFromEarnings(net, normal, broughtForward Money) Deduction {
	most := pence(max(net, 0)).times(100-protectedPercent, 100).down()
	asked := normal + broughtForward
	deducted := min(asked, most)
	return Deduction{Deducted: deducted, Protected: max(net, 0) - most, Shortfall: asked - deducted}
}

// NormalDeduction is what an order takes at each pay day for a plan, arrears
// and fees included: the plan's period over the number of pay days in it, to
// the nearest penny (C&E regs 8 and 10).
func (p *Plan) NormalDeduction(paid Frequency) Money {
	all := Money(0)
	for _, instalment := range p.Instalments {
		all += instalment.Amount()
	}
	n := paid.Instalments()
	if n == 0 {
		return 0
	}
	return pence(all).times(1, int64(n)).rounded()
}
