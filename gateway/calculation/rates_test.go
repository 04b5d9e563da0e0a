package calculation

import "testing"

// expectation is a case and what it comes to.
type expectation struct {
	name, source string
	c            Case
	rate         Rate
	weekly       Money
}

func check(t *testing.T, tests []expectation) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Helper()
			got, err := Calculate(test.c)
			if err != nil {
				t.Fatal(err)
			}
			if got.Rate != test.rate || got.Weekly != test.weekly {
				t.Errorf("%s: got %s %v, want %s %v", test.source, got.Rate, got.Weekly, test.rate, test.weekly)
			}
		})
	}
}

// earning is a case with one receiving parent and n children.
func earning(m Money, n int) Case {
	return Case{Income: weekly(m), ReceivingParents: oneHome(children(n)...)}
}

func (c Case) with(change func(*Case)) Case {
	change(&c)
	return c
}

func others(n int) func(*Case) { return func(c *Case) { c.RelevantOtherChildren = n } }

func on(b Benefit) func(*Case) { return func(c *Case) { c.Benefit = b } }

func TestEveryBandFromBothSides(t *testing.T) {
	check(t, []expectation{
		{"nothing", "Sch 1 para 5(b)", earning(0, 1), NilRate, 0},
		{"below £7", "Sch 1 para 5(b)", earning(6_99, 3), NilRate, 0},
		{"£7", "Sch 1 para 4(1)(a)", earning(7_00, 3), FlatRate, 7_00},
		{"£100", "Sch 1 para 4(1)(a)", earning(100_00, 3), FlatRate, 7_00},
		{"above £100", "CR 43", earning(100_01, 1), ReducedRate, 7_00},
		{"well above £100", "CR 43", earning(100_10, 1), ReducedRate, 7_02},
		{"below £200", "CR 43", earning(199_99, 1), ReducedRate, 24_00},
		{"£200", "Sch 1 para 2(1)", earning(200_00, 1), BasicRate, 24_00},
		{"£800", "Sch 1 para 2(1)", earning(800_00, 1), BasicRate, 96_00},
		{"above £800", "Sch 1 para 2(2)", earning(800_12, 1), BasicPlus, 96_01},
		{"£3,000", "Sch 1 para 10(3)", earning(3_000_00, 1), BasicPlus, 294_00},
		{"above £3,000", "Sch 1 para 10(3)", earning(3_000_01, 1), BasicPlus, 294_00},
		{"far above £3,000", "Sch 1 para 10(3)", earning(1_000_000_00, 3), BasicPlus, 482_00},
	})
}

func TestBasicRatePercentages(t *testing.T) {
	check(t, []expectation{
		{"one child", "12%", earning(500_00, 1), BasicRate, 60_00},
		{"two children", "16%", earning(500_00, 2), BasicRate, 80_00},
		{"three children", "19%", earning(500_00, 3), BasicRate, 95_00},
		{"four children", "19%", earning(500_00, 4), BasicRate, 95_00},
		{"one child, plus", "£96 + 9% of £200", earning(1_000_00, 1), BasicPlus, 114_00},
		{"two children, plus", "£128 + 12% of £200", earning(1_000_00, 2), BasicPlus, 152_00},
		{"three children, plus", "£152 + 15% of £200", earning(1_000_00, 3), BasicPlus, 182_00},
	})
}

func TestOtherChildrenReduceTheIncome(t *testing.T) {
	check(t, []expectation{
		{"one: 11%", "Sch 1 para 2(3)", earning(500_00, 1).with(others(1)), BasicRate, 53_40},
		{"two: 14%", "Sch 1 para 2(3)", earning(500_00, 1).with(others(2)), BasicRate, 51_60},
		{"three: 16%", "Sch 1 para 2(3)", earning(500_00, 1).with(others(3)), BasicRate, 50_40},
		{"four: 16%", "Sch 1 para 2(3)", earning(500_00, 1).with(others(4)), BasicRate, 50_40},
		{"£850 becomes £756.50, which is basic rate", "Sch 1 para 2(3)", earning(850_00, 1).with(others(1)), BasicRate, 90_78},
		{"£210 stays basic rate although £176.40 is left", "Sch 1 para 2(3)", earning(210_00, 1).with(others(3)), BasicRate, 21_17},
		{"the cap comes first", "Sch 1 para 10(3)", earning(4_000_00, 1).with(others(1)), BasicPlus, 264_30},
	})
}

// CR 43 as amended; the table as first made is no longer law.
func TestReducedRateTable(t *testing.T) {
	percentages := [3][4]Money{{17_0, 14_1, 13_2, 12_4}, {25_0, 21_2, 19_9, 18_9}, {31_0, 26_4, 24_9, 23_8}}
	for row, columns := range percentages {
		for column, tenths := range columns {
			// £101 leaves £1 to take the percentage of; £150 leaves £50.
			got, err := Calculate(earning(150_00, row+1).with(others(column)))
			if want := 7_00 + 50*tenths/10; err != nil || got.Weekly != want || got.Rate != ReducedRate {
				t.Errorf("%d children, %d others: got %s %v (%v), want %v", row+1, column, got.Rate, got.Weekly, err, want)
			}
		}
	}
	check(t, []expectation{
		{"more than three of each", "CR 43", earning(150_00, 5).with(others(5)), ReducedRate, 18_90},
	})
}

func TestFlatRate(t *testing.T) {
	partner := func(c *Case) { c.PartnerAlsoPays = true }
	check(t, []expectation{
		{"a benefit, whatever the income", "Sch 1 para 4(1)(b)", earning(900_00, 2).with(on("carers_allowance")), FlatRate, 7_00},
		{"a benefit and no income known", "Sch 1 para 4(1)(b)",
			Case{Benefit: "state_pension", ReceivingParents: oneHome(children(3)...)}, FlatRate, 7_00},
		{"a partner's benefit", "Sch 1 para 4(1)(c)", earning(0, 1).with(on("pension_credit")), FlatRate, 7_00},
		{"Universal Credit without earnings", "CR 44", earning(0, 1).with(on("universal_credit_no_earned_income")), FlatRate, 7_00},
		{"both of a couple pay, on the couple's benefit", "Sch 1 para 4(2)", earning(0, 1).with(on("pension_credit")).with(partner), FlatRate, 3_50},
		{"both of a couple pay, on the payer's own benefit", "Sch 1 para 4(2)", earning(0, 1).with(on("carers_allowance")).with(partner), FlatRate, 7_00},
		{"both of a couple pay, by income", "Sch 1 para 4(1)(a)", earning(50_00, 1).with(partner), FlatRate, 7_00},
	})
}

func TestNilRate(t *testing.T) {
	circumstance := func(n NilCircumstance) func(*Case) { return func(c *Case) { c.NilCircumstance = n } }
	benefitOf := func(m Money) func(*Case) {
		return func(c *Case) { c.Benefit, c.BenefitIncome = "carers_allowance", perWeekly(m) }
	}
	check(t, []expectation{
		{"a prisoner, whatever the income", "CR 45(1)", earning(900_00, 2).with(circumstance("prisoner")), NilRate, 0},
		{"before the flat rate", "CR 45(1)", earning(0, 1).with(circumstance("child")).with(on("state_pension")), NilRate, 0},
		{"benefit counts towards £7", "CR 45(2)", earning(3_00, 1).with(benefitOf(4_00)), FlatRate, 7_00},
		{"and may not reach it", "CR 45(2)", earning(3_00, 1).with(benefitOf(3_99)), NilRate, 0},
	})
	for name := range nilCircumstances {
		if got, err := Calculate(Case{NilCircumstance: name, ReceivingParents: oneHome(Child{})}); err != nil || got.Rate != NilRate || !got.Liable {
			t.Errorf("%s: got %s (%v)", name, got.Rate, err)
		}
	}
}

func TestDefaultDecision(t *testing.T) {
	byDefault := func(n int) Case { return Case{DefaultDecision: true, ReceivingParents: oneHome(children(n)...)} }
	check(t, []expectation{
		{"one child", "CR 49", byDefault(1), DefaultRate, 39_00},
		{"two children", "CR 49", byDefault(2), DefaultRate, 51_00},
		{"three children", "CR 49", byDefault(3), DefaultRate, 64_00},
		{"five children", "CR 49", byDefault(5), DefaultRate, 64_00},
		{"before everything but equal care", "CR 49", byDefault(1).with(on("state_pension")), DefaultRate, 39_00},
		{"nights do not count", "CR 49", Case{DefaultDecision: true, ReceivingParents: oneHome(Child{Nights: 180})}, DefaultRate, 39_00},
	})
}
