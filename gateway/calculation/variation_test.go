package calculation

import (
	"fmt"
	"testing"
)

func varying(ground Ground, amount Pay) func(*Case) {
	return func(c *Case) {
		c.Variations = append(c.Variations[:len(c.Variations):len(c.Variations)], Variation{ground, amount})
	}
}

func TestVariations(t *testing.T) {
	check(t, []expectation{
		{"expenses come off the income", "CR 72(1)", earning(500_00, 1).with(varying(ContactCosts, perWeekly(50_00))), BasicRate, 54_00},
		{"expenses of a year are ÷ 365 × 7", "CR 72(1)", earning(500_00, 1).with(varying(PriorDebts, yearly(3_650_00))), BasicRate, 51_60},
		{"£10 a week counts", "CR 68", earning(500_00, 1).with(varying(BoardingFees, perWeekly(10_00))), BasicRate, 58_80},
		{"£9.99 a week does not", "CR 68", earning(500_00, 1).with(varying(FormerHome, perWeekly(9_99))), BasicRate, 60_00},
		{"each ground by itself", "CR 68", earning(500_00, 1).with(varying(FormerHome, perWeekly(9_99))).with(varying(PriorDebts, perWeekly(9_99))), BasicRate, 60_00},
		{"a disabled child's costs have no threshold", "CR 68", earning(500_00, 1).with(varying(ChildDisability, perWeekly(5_00))), BasicRate, 59_40},
		{"unearned income of £2,500 a year counts", "CR 69", earning(500_00, 1).with(varying(UnearnedIncome, yearly(2_500_00))), BasicRate, 65_75},
		{"less than that does not", "CR 69", earning(500_00, 1).with(varying(UnearnedIncome, yearly(2_499_99))), BasicRate, 60_00},
		{"an asset of £31,250 brings £2,500", "CR 69A", earning(500_00, 1).with(varying(AssetValue, yearly(31_250_00))), BasicRate, 65_75},
		{"a smaller asset does not count", "CR 69A", earning(500_00, 1).with(varying(AssetValue, yearly(31_249_99))), BasicRate, 60_00},
		{"diverted income has no threshold", "CR 71", earning(500_00, 1).with(varying(DivertedIncome, perWeekly(20_00))), BasicRate, 62_40},
		{"several are added up", "CR 74(1)", earning(500_00, 1).with(varying(ContactCosts, perWeekly(50_00))).with(varying(DivertedIncome, perWeekly(100_00))), BasicRate, 66_00},
		{"an unnamed addition is unearned income", "chosen", earning(500_00, 1).with(varying(AdditionalIncome, yearly(2_499_99))), BasicRate, 60_00},
		{"earnings are no ground where they count already", "CR 70", earning(500_00, 1).with(varying(EarnedIncome, perWeekly(200_00))), BasicRate, 60_00},
	})
}

// CR 72(2): above the cap, expenses come off the actual income first.
func TestVariationsAtTheCap(t *testing.T) {
	check(t, []expectation{
		{"expenses above the cap change nothing", "CR 72(2)", earning(3_500_00, 1).with(varying(ContactCosts, perWeekly(400_00))), BasicPlus, 294_00},
		{"expenses reach below the cap", "CR 72(2)", earning(3_500_00, 1).with(varying(ContactCosts, perWeekly(600_00))), BasicPlus, 285_00},
		{"additions above the cap change nothing", "CR 73(2)", earning(2_900_00, 1).with(varying(DivertedIncome, perWeekly(600_00))), BasicPlus, 294_00},
		{"both, one after the other", "CR 74(1)", earning(2_900_00, 1).with(varying(DivertedIncome, perWeekly(600_00))).with(varying(ContactCosts, perWeekly(700_00))), BasicPlus, 276_00},
	})
}

func TestVariationsStopAtTheFlatRate(t *testing.T) {
	check(t, []expectation{
		{"expenses cannot bring the nil rate", "CR 74(1A)", earning(150_00, 1).with(varying(ContactCosts, perWeekly(145_00))), FlatRate, 7_00},
		{"nor go below nothing", "CR 74(1A)", earning(150_00, 1).with(varying(ContactCosts, perWeekly(900_00))), FlatRate, 7_00},
		{"shared care still applies", "CR 74(2)", Case{Income: weekly(750_00), ReceivingParents: oneHome(Child{Nights: 52}),
			Variations: []Variation{{ContactCosts, perWeekly(50_00)}}}, BasicRate, 72_00},
		{"below £7 expenses do not count", "CR 57(1)(e)", earning(6_00, 1).with(varying(ContactCosts, perWeekly(50_00))), NilRate, 0},
	})
}

func TestVariationsOfAFixedRate(t *testing.T) {
	prisoner := func(c *Case) { c.NilCircumstance = "prisoner" }
	nothing := Case{ReceivingParents: oneHome(Child{})}
	check(t, []expectation{
		{"£100 a week of earnings counts", "CR 70", nothing.with(on("carers_allowance")).with(varying(EarnedIncome, perWeekly(300_00))), BasicRate, 36_00},
		{"an unnamed addition is earnings", "chosen", nothing.with(on("carers_allowance")).with(varying(AdditionalIncome, yearly(15_642_86))), BasicRate, 36_00},
		{"£99.99 does not", "CR 70", nothing.with(on("carers_allowance")).with(varying(EarnedIncome, perWeekly(99_99))), FlatRate, 7_00},
		{"exactly £100 is still the flat rate", "CR 70", nothing.with(on("carers_allowance")).with(varying(EarnedIncome, perWeekly(100_00))), FlatRate, 7_00},
		{"not on a benefit of CR 44(2)", "CR 57(1)(d)", nothing.with(on("pension_credit")).with(varying(EarnedIncome, perWeekly(300_00))), FlatRate, 7_00},
		{"a benefit without a name is not one of them", "chosen", nothing.with(on(SomeBenefit)).with(varying(EarnedIncome, perWeekly(300_00))), BasicRate, 36_00},
		{"someone at the nil rate", "CR 70", nothing.with(prisoner).with(varying(EarnedIncome, perWeekly(300_00))), BasicRate, 36_00},
		{"an addition of nothing lifts nothing", "CR 71", earning(500_00, 1).with(prisoner).with(varying(DivertedIncome, perWeekly(0))), NilRate, 0},
		{"no expenses on benefit", "CR 57(1)(e)", nothing.with(on("carers_allowance")).with(varying(ContactCosts, perWeekly(50_00))), FlatRate, 7_00},
		{"none beside a default decision", "CR 57(1)(c)", Case{DefaultDecision: true, ReceivingParents: oneHome(Child{}),
			Variations: []Variation{{DivertedIncome, perWeekly(500_00)}}}, DefaultRate, 39_00},
	})
}

func ExampleCase_variation() {
	result, err := Calculate(Case{
		Income:           Income{Historic: Pay{32_000_00, PerYear}},
		Variations:       []Variation{{ContactCosts, Pay{15_00, PerWeek}}},
		ReceivingParents: []ReceivingParent{{ID: "A", Children: []Child{{}}}},
	})
	fmt.Println(result.GrossWeeklyIncome, result.IncomeCounted, result.Weekly, err)
	// Output: £613.70 £598.70 £71.84 <nil>
}
