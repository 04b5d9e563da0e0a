package calculation

import "testing"

func yearly(m Money) Pay    { return Pay{m, PerYear} }
func perWeekly(m Money) Pay { return Pay{m, PerWeek} }

func TestGrossWeeklyIncome(t *testing.T) {
	tests := []struct {
		name, source string
		income       Income
		basis        IncomeBasis
		want         Money
	}{
		{"a year is ÷ 365 × 7", "CR 35(1)(c)", Income{Historic: yearly(21_000_00)}, BasisHistoric, 402_74},
		{"and never ÷ 52", "CR 35(1)(c); the guide's £403.85 for £21,000 is not followed", Income{Historic: yearly(36_500_00)}, BasisHistoric, 700_00},
		{"a month is × 12 ÷ 365 × 7", "chosen: a month is a twelfth of a year", Income{Current: Pay{1_000_00, PerMonth}}, BasisCurrent, 230_14},
		{"four weeks", "", Income{Current: Pay{1_000_00, PerFourWeeks}}, BasisCurrent, 250_00},
		{"a fortnight", "", Income{Current: Pay{1_000_01, PerFortnight}}, BasisCurrent, 500_01},
		{"a week", "", Income{Current: perWeekly(450_00)}, BasisCurrent, 450_00},
		{"£300 less £20 of pension is £280", "CMS step-by-step guide", Income{Given: perWeekly(300_00), Pension: perWeekly(20_00)}, BasisGiven, 280_00},
		{"pension beyond the income leaves nothing", "CR 35(3)", Income{Given: perWeekly(10_00), Pension: perWeekly(20_00)}, BasisGiven, 0},
		{"a given income stands before the others", "chosen", Income{Given: perWeekly(1_00), Historic: yearly(36_500_00), Current: perWeekly(9_00)}, BasisGiven, 1_00},
		{"only income now", "CR 34(2)(b)", Income{Current: yearly(36_500_00)}, BasisCurrent, 700_00},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Calculate(Case{Income: test.income, ReceivingParents: oneHome(Child{})})
			if err != nil || got.Basis != test.basis || got.GrossWeeklyIncome != test.want {
				t.Errorf("%s: got %s %v (%v), want %s %v", test.source, got.Basis, got.GrossWeeklyIncome, err, test.basis, test.want)
			}
		})
	}
}

// CR 34(2): the official example has £250 a week of historic income, for which
// current income is used at £312.50 and above and at £187.50 and below.
func TestTheQuarterTestIsInclusive(t *testing.T) {
	tests := []struct {
		historic, current Pay
		want              IncomeBasis
	}{
		{perWeekly(250_00), perWeekly(312_50), BasisCurrent},
		{perWeekly(250_00), perWeekly(312_49), BasisHistoric},
		{perWeekly(250_00), perWeekly(187_50), BasisCurrent},
		{perWeekly(250_00), perWeekly(187_51), BasisHistoric},
		{yearly(32_000_00), yearly(40_000_00), BasisCurrent},
		{yearly(32_000_00), yearly(39_999_99), BasisHistoric},
		{yearly(32_000_00), yearly(24_000_00), BasisCurrent},
		{yearly(32_000_00), yearly(24_000_01), BasisHistoric},
		{yearly(12_000_00), Pay{1_250_00, PerMonth}, BasisCurrent}, // exact over different periods
		{yearly(12_000_00), Pay{1_249_99, PerMonth}, BasisHistoric},
		{yearly(0), perWeekly(1), BasisCurrent}, // CR 34(2A)
		{yearly(0), perWeekly(0), BasisHistoric},
		{yearly(100_00), perWeekly(0), BasisCurrent},
	}
	for _, test := range tests {
		got, err := Calculate(Case{Income: Income{Historic: test.historic, Current: test.current}, ReceivingParents: oneHome(Child{})})
		if err != nil || got.Basis != test.want {
			t.Errorf("%v then %v: got %s (%v), want %s", test.historic, test.current, got.Basis, err, test.want)
		}
		if got := (Income{Historic: test.historic, Current: test.current}).DiffersByQuarter(); got != (test.want == BasisCurrent) {
			t.Errorf("%v then %v: DiffersByQuarter answers %t", test.historic, test.current, got)
		}
	}
}

// The test compares what is left after pension contributions.
func TestTheQuarterTestComesAfterPension(t *testing.T) {
	income := Income{Historic: perWeekly(300_00), Current: perWeekly(362_50), Pension: perWeekly(50_00)}
	got, err := Calculate(Case{Income: income, ReceivingParents: oneHome(Child{})})
	if err != nil || got.Basis != BasisCurrent || got.GrossWeeklyIncome != 312_50 {
		t.Errorf("got %s %v (%v), want current £312.50", got.Basis, got.GrossWeeklyIncome, err)
	}
	if !income.DiffersByQuarter() {
		t.Error("DiffersByQuarter leaves the pension out")
	}
}
