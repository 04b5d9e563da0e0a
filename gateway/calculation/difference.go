package calculation

import "strings"

// English tells the change in a sentence: "The weekly income went from £400.00
// to £450.00: +£6.00 a week."
func (c Change) English() string {
	return c.tell(changeSentences[c.Factor].en, c.from.en, c.to.en, "Something in the calculation changed: {amount} a week.")
}

// Welsh tells the change in a sentence.
func (c Change) Welsh() string {
	return c.tell(changeSentences[c.Factor].cy, c.from.cy, c.to.cy, "Newidiodd rhywbeth yn y cyfrifiad: {amount} yr wythnos.")
}

func (c Change) tell(pattern, from, to, unnamed string) string {
	if from == to {
		pattern = unnamed
	}
	sign := "+"
	amount := c.Amount
	if amount < 0 {
		sign, amount = "−", -amount
	}
	return strings.NewReplacer("{from}", from, "{to}", to, "{amount}", sign+amount.String()).Replace(pattern)
}

var changeSentences = [factors]words{
	FactorRule: {
		"The kind of rate went from {from} to {to}: {amount} a week.",
		"Aeth y math o gyfradd o {from} i {to}: {amount} yr wythnos."},
	FactorIncome: {
		"The weekly income went from {from} to {to}: {amount} a week.",
		"Aeth yr incwm wythnosol o {from} i {to}: {amount} yr wythnos."},
	FactorVariations: {
		"With variations, the income that counts went from {from} to {to}: {amount} a week.",
		"Gydag amrywiadau, aeth yr incwm sy'n cyfrif o {from} i {to}: {amount} yr wythnos."},
	FactorChildren: {
		"The number of children paid for went from {from} to {to}: {amount} a week.",
		"Aeth nifer y plant y telir amdanynt o {from} i {to}: {amount} yr wythnos."},
	FactorOtherChildren: {
		"The number of other children at home went from {from} to {to}: {amount} a week.",
		"Aeth nifer y plant eraill gartref o {from} i {to}: {amount} yr wythnos."},
	FactorArrangements: {
		"The number of children paid for in another way went from {from} to {to}: {amount} a week.",
		"Aeth nifer y plant y telir amdanynt mewn ffordd arall o {from} i {to}: {amount} yr wythnos."},
	FactorNights: {
		"The nights a year with the paying parent, all children together, went from {from} to {to}: {amount} a week.",
		"Aeth y nosweithiau y flwyddyn gyda'r rhiant sy'n talu, y plant i gyd gyda'i gilydd, o {from} i {to}: {amount} yr wythnos."},
	FactorCouncilCare: {
		"The nights a year in the care of a council, all children together, went from {from} to {to}: {amount} a week.",
		"Aeth y nosweithiau y flwyddyn yng ngofal cyngor, y plant i gyd gyda'i gilydd, o {from} i {to}: {amount} yr wythnos."},
}
