package calculation

import "testing"

// weekly is an income decided elsewhere, in pence a week.
func weekly(m Money) Income { return Income{Given: Pay{m, PerWeek}} }

// children gives n children with no nights.
func children(n int) []Child { return make([]Child, n) }

// oneHome is a single receiving parent with these children.
func oneHome(c ...Child) []ReceivingParent { return []ReceivingParent{{ID: "A", Children: c}} }

func TestCalculate(t *testing.T) {
	tests := []struct {
		name, source string
		c            Case
		rate         Rate
		weekly       Money
	}{
		{"basic rate, one child", "Sch 1 para 2(1)",
			Case{Income: weekly(450_00), ReceivingParents: oneHome(children(1)...)}, BasicRate, 54_00},
		{"three other children reduce the income", "CMS step-by-step guide",
			Case{Income: weekly(210_00), ReceivingParents: oneHome(children(1)...), RelevantOtherChildren: 3}, BasicRate, 21_17},
		{"the £800 test looks at reduced income", "Sch 1 para 2(3)",
			Case{Income: weekly(850_00), ReceivingParents: oneHome(children(1)...), RelevantOtherChildren: 1}, BasicRate, 90_78},
		{"basic plus", "Sch 1 para 2(2)",
			Case{Income: weekly(1000_00), ReceivingParents: oneHome(children(1)...)}, BasicPlus, 114_00},
		{"reduced rate", "CR 43",
			Case{Income: weekly(150_00), ReceivingParents: oneHome(children(2)...), RelevantOtherChildren: 1}, ReducedRate, 17_60},
		{"one night a week", "Sch 1 para 7(4)",
			Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{Nights: 52})}, BasicRate, 72_00},
		{"half the nights", "Sch 1 para 7(6)",
			Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{Nights: 175})}, BasicRate, 35_00},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
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

func BenchmarkCalculate(b *testing.B) {
	c := Case{
		Income:                Income{Historic: Pay{32_000_00, PerYear}, Current: Pay{2_500_00, PerMonth}, Pension: Pay{1_200_00, PerYear}},
		RelevantOtherChildren: 1,
		ReceivingParents: []ReceivingParent{
			{ID: "A", Children: []Child{{Nights: 60}, {Nights: 180, LocalAuthorityNights: 60}}},
			{ID: "B", Children: []Child{{Nights: 110}}},
		},
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Calculate(c); err != nil {
			b.Fatal(err)
		}
	}
}
