package calculation

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func ExampleCompare() {
	before := Case{
		Income:           Income{Historic: Pay{400_00, PerWeek}},
		ReceivingParents: []ReceivingParent{{ID: "A", Children: []Child{{Nights: 40}}}},
	}
	after := before
	after.Income.Historic.Amount = 450_00
	after.ReceivingParents = []ReceivingParent{{ID: "A", Children: []Child{{Nights: 110}}}}
	comparison, err := Compare(before, after, PayingParent())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, change := range comparison.Changes {
		fmt.Println(change.English())
	}
	fmt.Println(comparison.Before, "to", comparison.After)
	// Output:
	// The weekly income went from £400.00 to £450.00: +£6.00 a week.
	// The nights a year with the paying parent, all children together, went from 40 to 110: −£15.43 a week.
	// £48.00 to £38.57
}

func TestContributionsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before, after := anyCase.Draw(t, "before"), anyCase.Draw(t, "after")
		for _, who := range []Recipient{Staff(), PayingParent(), ReceivingParentNamed("A"), ReceivingParentNamed("B")} {
			got, err := Compare(before, after, who)
			if err != nil {
				t.Fatal(err)
			}
			sum := got.Before
			for _, change := range got.Changes {
				sum += change.Amount
				if change.English() == "" || strings.Contains(change.Welsh(), "{") {
					t.Errorf("a change without words: %+v", change)
				}
			}
			if sum != got.After {
				t.Errorf("from %v the changes lead to %v, not %v", got.Before, sum, got.After)
			}
		}
	})
}

func TestNothingChanged(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		if got, err := Compare(c, c, Staff()); err != nil || len(got.Changes) != 0 {
			t.Errorf("%+v, %v", got, err)
		}
	})
}

func TestCompareNamesWhatChanged(t *testing.T) {
	job := earning(450_00, 1)
	benefit := Case{Benefit: "carers_allowance", ReceivingParents: oneHome(Child{})}
	equal := Case{EqualCare: true, ReceivingParents: oneHome(Child{})}
	nights := func(n int) Case { return Case{Income: weekly(450_00), ReceivingParents: oneHome(Child{Nights: n})} }
	tests := []struct {
		name          string
		before, after Case
		want          []string
	}{
		{"a benefit starts", job, benefit, []string{"The kind of rate went from basic to flat: −£47.00 a week."}},
		{"a benefit stops", benefit, job, []string{"The kind of rate went from flat to basic: +£47.00 a week."}},
		{"care becomes equal", job, equal, []string{"The number of children paid for went from 1 to 0: −£54.00 a week."}},
		{"care is no longer equal, and nobody knew the income", equal, job, []string{"The number of children paid for went from 0 to 1: +£54.00 a week."}},
		{"from equal care to a benefit", equal, benefit, []string{"The number of children paid for went from 0 to 1: +£7.00 a week."}},
		{"a second child", job, earning(450_00, 2), []string{"The number of children paid for went from 1 to 2: +£18.00 a week."}},
		{"a baby at home", job, job.with(others(1)), []string{"The number of other children at home went from 0 to 1: −£5.94 a week."}},
		{"nights within a band are named too", nights(140), nights(150),
			[]string{"The nights a year with the paying parent, all children together, went from 140 to 150: +£0.00 a week."}},
		{"a variation", job, job.with(varying(ContactCosts, perWeekly(50_00))),
			[]string{"With variations, the income that counts went from £450.00 to £400.00: −£6.00 a week."}},
		{"council care", nights(0), Case{Income: weekly(450_00), ReceivingParents: oneHome(Child{LocalAuthorityNights: 60})},
			[]string{"The nights a year in the care of a council, all children together, went from 0 to 60: −£7.71 a week."}},
		{"maintained in another way", job, job.with(func(c *Case) { c.FamilyArrangementChildren = 1 }),
			[]string{"The number of children paid for in another way went from 0 to 1: −£18.00 a week."}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Compare(test.before, test.after, Staff())
			if err != nil {
				t.Fatal(err)
			}
			var sentences []string
			for _, change := range got.Changes {
				sentences = append(sentences, change.English())
			}
			if fmt.Sprint(sentences) != fmt.Sprint(test.want) {
				t.Errorf("got  %q\nwant %q", sentences, test.want)
			}
		})
	}
}

// A child that leaves does not lend its nights to the next one.
func TestCompareFollowsChildrenByID(t *testing.T) {
	before := Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{ID: "elder", Nights: 110}, Child{ID: "younger"})}
	after := Case{Income: weekly(700_00), ReceivingParents: oneHome(Child{ID: "younger"})}
	got, err := Compare(before, after, Staff())
	if err != nil || len(got.Changes) != 1 {
		t.Fatalf("%+v, %v", got, err)
	}
	// Nothing moved but the number of children: the younger had no nights.
	if got.Changes[0].Factor != FactorChildren || got.Changes[0].Amount != got.After-got.Before {
		t.Errorf("%+v", got)
	}
}

// What two comparisons that differ only in private facts say to a receiving
// parent is the same.
func TestAComparisonKeepsPrivateFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		before := anyCase.Draw(t, "before")
		one, two := privatelyDifferent(t)
		two.ReceivingParents = one.ReceivingParents // by another name it would be another person
		say := func(after Case) string {
			got, err := Compare(before, after, ReceivingParentNamed("A"))
			if err != nil {
				t.Fatal(err)
			}
			return fmt.Sprintf("%+v", got)
		}
		if a, b := say(one), say(two); a != b {
			t.Errorf("A can tell the cases apart:\n%s\n%s", a, b)
		}
	})
}

// Another receiving parent's nights can move the floor. That parent's affairs
// are not told, only that something moved the amount.
func TestAnotherFamilysNightsAreNotNamed(t *testing.T) {
	families := func(nights, council int) Case {
		return Case{Income: weekly(132_00), ReceivingParents: []ReceivingParent{
			{"A", []Child{{Nights: 180}}}, {"B", []Child{{Nights: nights, LocalAuthorityNights: council}}}}}
	}
	got, err := Compare(families(0, 0), families(101, 0), ReceivingParentNamed("A"))
	if err != nil || len(got.Changes) != 1 || got.Changes[0].Factor != FactorOther {
		t.Fatalf("%+v, %v", got, err)
	}
	if said := got.Changes[0].English() + got.Changes[0].Welsh(); strings.Contains(said, "101") || !strings.Contains(said, "Something") {
		t.Errorf("A is told %q", said)
	}
	// Two such changes are told as one: B's nights bring the floor, and the
	// council's nights give all of it to A.
	got, err = Compare(families(0, 0), families(100, 265), ReceivingParentNamed("A"))
	if err != nil || len(got.Changes) != 1 || got.Changes[0].Amount != 7_00 {
		t.Errorf("%+v, %v", got, err)
	}
}

// A receiving parent who joins a case or leaves it is not told what the other
// parent earned before, or earns since.
func TestAComparisonIsOnlyForThoseInBothCases(t *testing.T) {
	home := func(m Money, parents ...string) Case {
		c := Case{Income: weekly(m)}
		for _, id := range parents {
			c.ReceivingParents = append(c.ReceivingParents, ReceivingParent{id, []Child{{}}})
		}
		return c
	}
	tests := []struct {
		name          string
		before, after Case
		want          Money // of one change without a name; 0: no change is told
	}{
		{"joins", home(400_00, "B"), home(450_00, "A", "B"), 36_00},
		{"leaves", home(400_00, "A", "B"), home(450_00, "B"), -32_00},
		{"is in neither", home(400_00, "B"), home(450_00, "B"), 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Compare(test.before, test.after, ReceivingParentNamed("A"))
			if err != nil {
				t.Fatal(err)
			}
			var want []Change
			if test.want != 0 {
				want = []Change{{Factor: FactorOther, Amount: test.want}}
			}
			if diff := cmp.Diff(want, got.Changes, cmp.AllowUnexported(Change{}, words{})); diff != "" || got.After-got.Before != test.want {
				t.Errorf("from %v to %v (-want +got):\n%s", got.Before, got.After, diff)
			}
		})
	}
}

func TestCompareRefusesWhatCalculateRefuses(t *testing.T) {
	for _, pair := range [][2]Case{{earning(450_00, 1), {}}, {{}, earning(450_00, 1)}} {
		if _, err := Compare(pair[0], pair[1], Staff()); err == nil {
			t.Errorf("%+v were compared", pair)
		}
	}
}
