package calculation

// localAuthorityBands is the table for CR 53(3).
var localAuthorityBands = [...]band{
	{263, exact{1, 1}}, {260, exact{5, 7}}, {208, exact{4, 7}}, {156, exact{3, 7}}, {104, exact{2, 7}}, {52, exact{1, 7}},
}

// unpaidNights is where nothing more is paid for a child.
const unpaidNights = 263

// localAuthorityCare is CR 53, for the basic and reduced rates only. The
// sources do not say where it stands beside shared care: it comes after, on
// what is left for that child.
func (w *worksheet) localAuthorityCare() {
	switch w.result.Rate {
	case ReducedRate, BasicRate, BasicPlus:
	default:
		return
	}
	for i := range w.households {
		home := &w.households[i]
		left, changed := w.start(home.amount, UnitMoney), false
		for j := range home.Children {
			child := &home.Children[j]
			part := partOff(localAuthorityBands[:], child.LocalAuthorityNights)
			if part.num == 0 || w.equalCare(child) {
				continue
			}
			if child.LocalAuthorityNights >= unpaidNights {
				home.unpaid++
			}
			if off := w.localAuthorityPart(home, child, part); off.num > 0 {
				left, changed = left.minus(off), true
			}
		}
		if !changed {
			continue
		}
		if left.value.num < 0 {
			left = w.start(exact{0, 1}, UnitMoney)
		}
		w.stepFor(home.ID, stepLocalAuthority, left)
		home.amount = left.value
	}
}

// localAuthorityPart is what comes off for one child: a part of the child's
// own amount after shared care.
func (w *worksheet) localAuthorityPart(home *household, child *Child, part exact) exact {
	own := w.start(home.apportioned, UnitMoney).given(count(child.LocalAuthorityNights), UnitCount)
	if home.qualifying > 1 {
		own = own.dividedBy(int64(home.qualifying))
	}
	nights := w.nights(child)
	if shared := partOff(sharedCareBands[:], nights); shared.num > 0 {
		own = own.without(shared, UnitFraction)
	}
	if nights >= highestBand {
		own = own.minus(pence(flatRate))
	}
	if own.value.num <= 0 {
		return exact{0, 1}
	}
	own = own.part(part, UnitFraction)
	w.stepFor(home.ID, stepLocalAuthorityPart, own)
	return own.value
}
