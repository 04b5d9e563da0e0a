package calculation

// countChildren sets aside the children whose day-to-day care is shared
// equally: a parent who gives as much care as the other need not pay for that
// child (CR 50). Equal care is a decision about the whole of a child's care,
// never worked out from nights ([2024] UKUT 430 (AAC)).
func (w *worksheet) countChildren() {
	w.households = make([]household, len(w.ReceivingParents))
	for i := range w.ReceivingParents {
		parent := &w.ReceivingParents[i]
		home := household{ReceivingParent: parent}
		for j := range parent.Children {
			if !w.equalCare(&parent.Children[j]) {
				home.qualifying++
			}
		}
		if equal := len(parent.Children) - home.qualifying; equal > 0 {
			w.stepFor(parent.ID, stepEqualCare, w.start(count(home.qualifying), UnitCount).given(count(equal), UnitCount))
		}
		w.households[i] = home
		w.children += home.qualifying
	}
	w.result.QualifyingChildren = w.children
	w.result.RelevantOtherChildren = w.RelevantOtherChildren
}

func (w *worksheet) equalCare(child *Child) bool { return w.EqualCare || child.EqualCare }

// band is the part of the maintenance for a child that is taken off from a
// number of nights a year.
type band struct {
	nights int
	part   exact
}

// sharedCareBands is paragraph 7(4) of Schedule 1.
var sharedCareBands = [...]band{{175, exact{1, 2}}, {156, exact{3, 7}}, {104, exact{2, 7}}, {52, exact{1, 7}}}

// highestBand is where the band of a half and £7 begins. "More than 175" in one leaflet
// is taken as a slip: the Act and the other leaflets say 175 or more.
const highestBand = 175

// assumedNights is one night a week, assumed while the nights are in dispute
// (CR 47).
const assumedNights = 52

func partOff(bands []band, nights int) exact {
	for _, b := range bands {
		if nights >= b.nights {
			return b.part
		}
	}
	return exact{0, 1}
}

// nights are those that count for a child's shared care.
func (w *worksheet) nights(child *Child) int {
	if w.NightsDisputed {
		return assumedNights
	}
	return child.Nights
}

// NightsMatter tells whether a change of nights moves a child into another
// band: only such a change need be reported.
func NightsMatter(before, after int) bool {
	return partOff(sharedCareBands[:], before) != partOff(sharedCareBands[:], after)
}

// sharedCare is paragraphs 7 and 8 of Schedule 1.
func (w *worksheet) sharedCare() {
	switch w.result.Rate {
	case ReducedRate, BasicRate, BasicPlus:
		for i := range w.households {
			w.sharedCareByNights(&w.households[i])
		}
	case FlatRate:
		// Paragraph 8(1): only where the flat rate is paid because of a benefit.
		if w.Benefit != "" {
			w.sharedCareOnBenefit()
		}
	}
}

// sharedCareByNights is paragraph 7(3) to (6): the parts for each child are
// added, divided by the number of children and taken off; then £7 for each
// child in the highest band.
func (w *worksheet) sharedCareByNights(home *household) {
	parts, highest := exact{0, 1}, 0
	for i := range home.Children {
		child := &home.Children[i]
		if w.equalCare(child) {
			continue
		}
		nights := w.nights(child)
		part := partOff(sharedCareBands[:], nights)
		if part.num == 0 {
			continue
		}
		w.stepFor(home.ID, w.nightsStep(), w.start(part, UnitFraction).given(count(nights), UnitCount))
		parts = parts.plus(part)
		if nights >= highestBand {
			highest++
		}
	}
	if parts.num == 0 {
		return
	}
	off := parts.times(1, int64(home.qualifying)).reduced()
	amount := w.start(home.amount, UnitMoney).without(off, UnitFraction)
	w.stepFor(home.ID, stepSharedCare, amount)
	home.amount = amount.value
	if highest == 0 {
		return
	}
	amount = w.start(home.amount, UnitMoney).minus(pence(flatRate*Money(highest))).given(count(highest), UnitCount)
	if amount.value.num < 0 {
		amount = w.start(exact{0, 1}, UnitMoney).given(count(highest), UnitCount)
	}
	w.stepFor(home.ID, stepMostNights, amount)
	home.amount = amount.value
}

func (w *worksheet) nightsStep() stepKind {
	if w.NightsDisputed {
		return stepNightsAssumed
	}
	return stepNights
}

// sharedCareOnBenefit is paragraph 8(2): nothing is paid to a receiving
// parent when any of that parent's qualifying children stays 52 nights.
func (w *worksheet) sharedCareOnBenefit() {
	for i := range w.households {
		home := &w.households[i]
		for j := range home.Children {
			child := &home.Children[j]
			if w.equalCare(child) || w.nights(child) < 52 {
				continue
			}
			home.amount = exact{0, 1}
			w.stepFor(home.ID, stepFlatRateNights, w.start(home.amount, UnitMoney).given(count(w.nights(child)), UnitCount))
			break
		}
	}
}
