package calculation

import "pgregory.net/rapid"

// anyCase draws valid cases, with more weight near the edges of bands.
var anyCase = rapid.Custom(func(t *rapid.T) Case {
	c := Case{
		Income:                    anyIncome.Draw(t, "income"),
		RelevantOtherChildren:     rapid.IntRange(0, 4).Draw(t, "other children"),
		FamilyArrangementChildren: rapid.SampledFrom([]int{0, 0, 0, 1, 3}).Draw(t, "arrangement children"),
		ChildrenAbroad:            rapid.SampledFrom([]int{0, 0, 0, 0, 1}).Draw(t, "children abroad"),
		PartnerAlsoPays:           rapid.Bool().Draw(t, "partner pays"),
		NightsDisputed:            oneIn(8).Draw(t, "nights disputed"),
		EqualCare:                 oneIn(20).Draw(t, "equal care"),
		DefaultDecision:           oneIn(20).Draw(t, "default"),
		Service:                   rapid.SampledFrom([]Service{DirectPay, CollectAndPay}).Draw(t, "service"),
	}
	if oneIn(6).Draw(t, "on benefit") {
		c.Benefit = rapid.SampledFrom([]Benefit{"carers_allowance", "pension_credit", SomeBenefit}).Draw(t, "benefit")
		if rapid.Bool().Draw(t, "benefit known") {
			c.BenefitIncome = Pay{Money(rapid.IntRange(0, 20_00).Draw(t, "benefit income")), PerWeek}
		}
	}
	if oneIn(12).Draw(t, "nil circumstance") {
		c.NilCircumstance = rapid.SampledFrom([]NilCircumstance{"prisoner", "child"}).Draw(t, "circumstance")
	}
	for range rapid.SampledFrom([]int{0, 0, 1, 2}).Draw(t, "variations") {
		c.Variations = append(c.Variations, anyVariation.Draw(t, "variation"))
	}
	for i := range rapid.IntRange(1, 4).Draw(t, "receiving parents") {
		c.ReceivingParents = append(c.ReceivingParents, ReceivingParent{
			ID:       placeName(i),
			Children: rapid.SliceOfN(anyChild, 1, 4).Draw(t, "children"),
		})
	}
	return c
})

func oneIn(n int) *rapid.Generator[bool] {
	return rapid.Map(rapid.IntRange(1, n), func(i int) bool { return i == n })
}

// anyMoney is often near the edge of a band.
var anyMoney = rapid.OneOf(
	rapid.Custom(func(t *rapid.T) Money {
		edge := rapid.SampledFrom([]Money{0, 7_00, 100_00, 200_00, 800_00, 3_000_00}).Draw(t, "edge")
		return max(edge+Money(rapid.IntRange(-2, 2).Draw(t, "beside")), 0)
	}),
	rapid.Map(rapid.Int64Range(0, 4_000_00), func(n int64) Money { return Money(n) }),
	rapid.Map(rapid.Int64Range(0, int64(mostMoney)), func(n int64) Money { return Money(n) }),
)

var anyPay = rapid.Custom(func(t *rapid.T) Pay {
	period := rapid.SampledFrom([]Period{PerWeek, PerFortnight, PerFourWeeks, PerMonth, PerYear}).Draw(t, "period")
	return Pay{anyMoney.Draw(t, "amount"), period}
})

var anyIncome = rapid.Custom(func(t *rapid.T) Income {
	i := Income{Historic: Pay{Money(rapid.Int64Range(0, 200_000_00).Draw(t, "historic")), PerYear}}
	switch rapid.SampledFrom([]string{"given", "historic", "both", "current"}).Draw(t, "known") {
	case "given":
		i = Income{Given: anyPay.Draw(t, "given")}
	case "both":
		i.Current = anyPay.Draw(t, "current")
	case "current":
		i = Income{Current: anyPay.Draw(t, "current")}
	}
	if oneIn(4).Draw(t, "has pension") {
		i.Pension = Pay{Money(rapid.Int64Range(0, 20_000_00).Draw(t, "pension")), PerYear}
	}
	return i
})

var anyVariation = rapid.Custom(func(t *rapid.T) Variation {
	grounds := []Ground{ContactCosts, ChildDisability, SpecialExpenses, UnearnedIncome, AssetValue, EarnedIncome, DivertedIncome, AdditionalIncome}
	return Variation{rapid.SampledFrom(grounds).Draw(t, "ground"), anyPay.Draw(t, "amount")}
})

// anyChild has nights that are often at the edge of a band, and never more
// than a year of them.
var anyChild = rapid.Custom(func(t *rapid.T) Child {
	child := Child{
		Nights: rapid.OneOf(
			rapid.SampledFrom([]int{0, 0, 0, 51, 52, 103, 104, 155, 156, 174, 175, 365}), rapid.IntRange(0, 365)).Draw(t, "nights"),
		LocalAuthorityNights: rapid.SampledFrom([]int{0, 0, 0, 0, 0, 51, 52, 104, 208, 259, 260, 262, 263, 365}).Draw(t, "council nights"),
		EqualCare:            oneIn(12).Draw(t, "equal"),
	}
	child.LocalAuthorityNights = min(child.LocalAuthorityNights, nightsInYear-child.Nights)
	return child
})
