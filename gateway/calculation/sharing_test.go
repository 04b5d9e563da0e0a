package calculation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSeveralReceivingParents(t *testing.T) {
	homes := func(sizes ...int) []ReceivingParent {
		var list []ReceivingParent
		for i, n := range sizes {
			list = append(list, ReceivingParent{placeName(i), children(n)})
		}
		return list
	}
	tests := []struct {
		name, source string
		c            Case
		want         map[string]Money
	}{
		{"£60 for three children, two and one", "CMS step-by-step guide",
			Case{Income: Income{Given: Pay{31579, PerWeek}}, ReceivingParents: homes(2, 1)}, map[string]Money{"A": 40_00, "B": 20_00}},
		{"the flat rate is one £7, shared", "Sch 1 para 6", Case{Income: weekly(50_00), ReceivingParents: homes(1, 1)},
			map[string]Money{"A": 3_50, "B": 3_50}},
		{"each part is rounded by itself", "chosen", Case{Income: weekly(50_00), ReceivingParents: homes(1, 1, 1)},
			map[string]Money{"A": 2_33, "B": 2_33, "C": 2_33}},
		{"default amounts are shared too", "CR 49(2)", Case{DefaultDecision: true, ReceivingParents: homes(2, 1)},
			map[string]Money{"A": 42_67, "B": 21_33}},
		{"shared care with one of them", "Sch 1 para 7", Case{Income: weekly(700_00), ReceivingParents: []ReceivingParent{
			{"A", []Child{{Nights: 52}}}, {"B", []Child{{}}}}}, map[string]Money{"A": 48_00, "B": 56_00}},
		{"the £7 floor is of the whole", "Sch 1 para 7(7)", Case{Income: weekly(200_00), ReceivingParents: []ReceivingParent{
			{"A", []Child{{Nights: 180}}}, {"B", []Child{{}}}}}, map[string]Money{"A": 1_00, "B": 16_00}},
		{"and shared by children", "Sch 1 para 7(7)", Case{Income: weekly(110_00), ReceivingParents: []ReceivingParent{
			{"A", []Child{{Nights: 180}, {Nights: 180}}}, {"B", []Child{{Nights: 180}}}}}, map[string]Money{"A": 4_67, "B": 2_33}},
		{"on benefit: nothing where the child stays, the rest elsewhere", "Sch 1 para 8", Case{Benefit: "state_pension",
			ReceivingParents: []ReceivingParent{{"A", []Child{{Nights: 60}}}, {"B", []Child{{}}}}}, map[string]Money{"A": 0, "B": 3_50}},
		{"the floor leaves out children nothing is paid for", "CR 53", Case{Income: weekly(110_00), ReceivingParents: []ReceivingParent{
			{"A", []Child{{LocalAuthorityNights: 300}}}, {"B", []Child{{}}}}}, map[string]Money{"A": 0, "B": 7_00}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, shares(t, test.c)); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.source, diff)
			}
		})
	}
}

func TestChildrenUnderOtherArrangements(t *testing.T) {
	elsewhere := func(family, abroad int) func(*Case) {
		return func(c *Case) { c.FamilyArrangementChildren, c.ChildrenAbroad = family, abroad }
	}
	check(t, []expectation{
		{"counted for the percentage, and their part is left out", "Sch 1 para 5A", earning(500_00, 1).with(elsewhere(1, 0)), BasicRate, 40_00},
		{"abroad in the same way", "CR 52", earning(500_00, 1).with(elsewhere(0, 1)), BasicRate, 40_00},
		{"both", "Sch 1 para 5A, CR 52", earning(500_00, 2).with(elsewhere(1, 1)), BasicRate, 47_50},
		{"reduced rate", "Sch 1 para 5A", earning(150_00, 1).with(elsewhere(1, 0)), ReducedRate, 9_75},
		{"never below £7", "Sch 1 para 5A", earning(101_00, 1).with(elsewhere(3, 0)), ReducedRate, 7_00},
		{"the flat rate is not divided", "CMS step-by-step guide", earning(100_00, 1).with(elsewhere(1, 0)), FlatRate, 7_00},
	})
}
