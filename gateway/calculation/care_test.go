package calculation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shares gives each receiving parent's amount.
func shares(t *testing.T, c Case) map[string]Money {
	t.Helper()
	got, err := Calculate(c)
	if err != nil {
		t.Fatal(err)
	}
	amounts := make(map[string]Money)
	for _, share := range got.Shares {
		amounts[share.ReceivingParent] = share.Weekly
	}
	return amounts
}

// £700 at 12% is £84, which sevenths divide.
func TestSharedCareBandsFromBothSides(t *testing.T) {
	bands := map[int]Money{
		0: 84_00, 51: 84_00, 52: 72_00, 103: 72_00, 104: 60_00, 155: 60_00, 156: 48_00, 174: 48_00, 175: 35_00, 365: 35_00,
	}
	for nights, want := range bands {
		c := Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{Nights: nights})}
		if got := shares(t, c)["A"]; got != want {
			t.Errorf("%d nights: got %v, want %v", nights, got, want)
		}
	}
}

func TestSharedCare(t *testing.T) {
	family := func(m Money, c ...Child) Case { return Case{Income: weekly(m), ReceivingParents: oneHome(c...)} }
	stays := func(n int) Child { return Child{Nights: n} }
	disputed := func(c *Case) { c.NightsDisputed = true }
	check(t, []expectation{
		{"parts are added and divided by the children", "Sch 1 para 7(5)", family(700_00, stays(52), stays(0)), BasicRate, 104_00},
		{"£7 for each child at the top", "Sch 1 para 7(6)", family(700_00, stays(180), stays(180)), BasicRate, 42_00},
		{"£7 for one of two", "Sch 1 para 7(6)", family(700_00, stays(180), stays(0)), BasicRate, 77_00},
		{"never below £7", "Sch 1 para 7(7)", family(200_00, stays(180)), BasicRate, 7_00},
		{"just above £7", "Sch 1 para 7(7)", family(240_00, stays(180)), BasicRate, 7_40},
		{"reduced rate too", "Sch 1 para 7(4)", family(150_00, stays(60)), ReducedRate, 13_29},
		{"reduced rate, never below £7", "Sch 1 para 7(7)", family(110_00, stays(60)), ReducedRate, 7_46},
		{"reduced rate at the floor", "Sch 1 para 7(7)", family(110_00, stays(110)), ReducedRate, 7_00},
		{"nights in dispute count as one a week", "CR 47", family(700_00, stays(0)).with(disputed), BasicRate, 72_00},
		{"even where more were claimed", "CR 47", family(700_00, stays(180)).with(disputed), BasicRate, 72_00},
		{"flat rate by income takes no notice", "Sch 1 para 8", family(50_00, stays(180)), FlatRate, 7_00},
		{"flat rate on benefit: 51 nights", "Sch 1 para 8", family(50_00, stays(51)).with(on("carers_allowance")), FlatRate, 7_00},
		{"flat rate on benefit: 52 nights", "Sch 1 para 8", family(50_00, stays(0), stays(52)).with(on("carers_allowance")), FlatRate, 0},
		{"flat rate on benefit: nights in dispute", "CR 47", family(50_00, stays(0)).with(on("carers_allowance")).with(disputed), FlatRate, 0},
	})
}

func TestEqualCareEndsLiabilityForThatChild(t *testing.T) {
	equal := Child{EqualCare: true}
	check(t, []expectation{
		{"the only child", "CR 50", Case{Income: weekly(500_00), ReceivingParents: oneHome(equal)}, NoLiability, 0},
		{"needs no income", "CR 50", Case{ReceivingParents: oneHome(equal)}, NoLiability, 0},
		{"one of two: the rate is for one", "CR 50", Case{Income: weekly(500_00), ReceivingParents: oneHome(equal, Child{})}, BasicRate, 60_00},
		{"every child at once", "CR 50", Case{Income: weekly(500_00), EqualCare: true, ReceivingParents: oneHome(children(2)...)}, NoLiability, 0},
		{"nights alone never decide it", "[2024] UKUT 430 (AAC)", Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{Nights: 182})}, BasicRate, 35_00},
	})
	got, err := Calculate(Case{ReceivingParents: oneHome(equal)})
	if err != nil || got.Liable {
		t.Errorf("liable: %t, %v", got.Liable, err)
	}
	two := Case{Income: weekly(500_00), ReceivingParents: []ReceivingParent{{"A", []Child{equal}}, {"B", []Child{{}}}}}
	if diff := cmp.Diff(map[string]Money{"A": 0, "B": 60_00}, shares(t, two)); diff != "" {
		t.Error(diff)
	}
}

func TestLocalAuthorityCareBandsFromBothSides(t *testing.T) {
	bands := map[int]Money{
		51: 84_00, 52: 72_00, 103: 72_00, 104: 60_00, 155: 60_00, 156: 48_00, 207: 48_00,
		208: 36_00, 259: 36_00, 260: 24_00, 262: 24_00, 263: 0, 365: 0,
	}
	for nights, want := range bands {
		c := Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{LocalAuthorityNights: nights})}
		if got := shares(t, c)["A"]; got != want {
			t.Errorf("%d nights: got %v, want %v", nights, got, want)
		}
	}
}

func TestLocalAuthorityCare(t *testing.T) {
	family := func(m Money, c ...Child) Case { return Case{Income: weekly(m), ReceivingParents: oneHome(c...)} }
	check(t, []expectation{
		{"after shared care: 6/7 of 6/7", "CR 53", family(700_00, Child{Nights: 52, LocalAuthorityNights: 52}), BasicRate, 61_71},
		{"after the £7 as well", "CR 53", family(700_00, Child{Nights: 180, LocalAuthorityNights: 52}), BasicRate, 30_00},
		{"one child of two: off that child's half", "CR 53", family(700_00, Child{LocalAuthorityNights: 52}, Child{}), BasicRate, 104_00},
		{"nothing for one child, the other stays", "CR 53", family(700_00, Child{LocalAuthorityNights: 300}, Child{}), BasicRate, 56_00},
		{"the £7 floor", "Sch 1 para 7(7)", family(200_00, Child{LocalAuthorityNights: 262}), BasicRate, 7_00},
		{"no floor where nothing is paid", "CR 53", family(200_00, Child{LocalAuthorityNights: 263}), BasicRate, 0},
		{"not at the flat rate", "CR 53(1)", family(50_00, Child{LocalAuthorityNights: 300}), FlatRate, 7_00},
		{"not by default decision", "CR 53(1)", family(50_00, Child{LocalAuthorityNights: 300}).with(func(c *Case) { c.DefaultDecision = true }), DefaultRate, 39_00},
	})
}

// The leaflet's example: 140 to 150 need not be reported, 150 to 160 must.
func TestNightsMatterWhenTheBandChanges(t *testing.T) {
	for nights, want := range map[[2]int]bool{
		{140, 150}: false, {150, 160}: true, {160, 150}: true, {0, 51}: false, {51, 52}: true, {174, 175}: true, {175, 365}: false,
	} {
		if got := NightsMatter(nights[0], nights[1]); got != want {
			t.Errorf("%d to %d nights: got %t", nights[0], nights[1], got)
		}
	}
}
