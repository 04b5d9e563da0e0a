package calculation

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func mustCalculate(t *rapid.T, c Case) Result {
	got, err := Calculate(c)
	if err != nil {
		t.Fatalf("%v for %+v", err, c)
	}
	return got
}

func sameResult(a, b Result) string {
	return cmp.Diff(a, b, cmp.AllowUnexported(Result{}, Step{}, words{}))
}

func TestPartsAddToTheTotal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		got := mustCalculate(t, anyCase.Draw(t, "case"))
		var weekly, paying, receiving Money
		for _, share := range got.Shares {
			if share.Weekly < 0 {
				t.Errorf("%s gets %v", share.ReceivingParent, share.Weekly)
			}
			weekly += share.Weekly
			paying += share.PayingFee
			receiving += share.ReceivingFee
		}
		want := Fees{PayingParent: paying, PayingTotal: weekly + paying, ReceivingParent: receiving, ReceivingGets: weekly - receiving}
		if got.Weekly != weekly || got.Fees != want {
			t.Errorf("total %v with %+v, parts %+v", got.Weekly, got.Fees, got.Shares)
		}
	})
}

func TestTheSameCaseGivesTheSameResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		first, err := Explain(c)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Explain(c)
		if diff := sameResult(first, again); diff != "" {
			t.Error(diff)
		}
		first.Steps = nil
		if diff := sameResult(first, mustCalculate(t, c)); diff != "" {
			t.Errorf("explaining changes the result:\n%s", diff)
		}
	})
}

func TestOrderNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		shuffle := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		want := mustCalculate(t, c)
		shuffled := c
		shuffled.ReceivingParents = nil
		for _, i := range shuffle.Perm(len(c.ReceivingParents)) {
			parent := ReceivingParent{ID: c.ReceivingParents[i].ID}
			for _, j := range shuffle.Perm(len(c.ReceivingParents[i].Children)) {
				parent.Children = append(parent.Children, c.ReceivingParents[i].Children[j])
			}
			shuffled.ReceivingParents = append(shuffled.ReceivingParents, parent)
		}
		got := mustCalculate(t, shuffled)
		byID := make(map[string]Money)
		for _, share := range got.Shares {
			byID[share.ReceivingParent] = share.Weekly
		}
		for _, share := range want.Shares {
			if byID[share.ReceivingParent] != share.Weekly {
				t.Errorf("%s gets %v in one order and %v in another", share.ReceivingParent, share.Weekly, byID[share.ReceivingParent])
			}
		}
	})
}

// pennies is how far rounding each part can move a total the wrong way: less
// than a penny for each receiving parent beyond the first.
func pennies(c Case) Money { return Money(len(c.ReceivingParents) - 1) }

// More income never lowers the amount, over all bands and with everything else
// the same. That holds across the band edges because each rate begins at or
// above where the one before ends. The exceptions are the four tests below.
func TestMoreIncomeNeverLowersTheAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		period := rapid.SampledFrom([]Period{PerWeek, PerYear}).Draw(t, "period")
		less := anyMoney.Draw(t, "less")
		more := min(less+Money(rapid.Int64Range(0, 1_000_00).Draw(t, "more by")), mostMoney)
		c.Income = Income{Given: Pay{less, period}, Pension: c.Income.Pension}
		c.Variations = slices.DeleteFunc(c.Variations, func(v Variation) bool { return v.Ground.effect().expense })
		for _, parent := range c.ReceivingParents {
			for i := range parent.Children {
				parent.Children[i].LocalAuthorityNights = min(parent.Children[i].LocalAuthorityNights, unpaidNights-1)
			}
		}
		lower := mustCalculate(t, c)
		c.Income.Given.Amount = more
		if higher := mustCalculate(t, c); higher.Weekly < lower.Weekly-pennies(c) {
			t.Errorf("%v for %v, but %v for %v", lower.Weekly, less, higher.Weekly, more)
		}
	})
}

// The first exception: a rise in historic income can bring it far enough from
// a lower current income for that one to be used (CR 34(2)).
func TestMoreHistoricIncomeCanBringCurrentIncomeIn(t *testing.T) {
	current := perWeekly(300_00)
	check(t, []expectation{
		{"20% apart", "CR 34(2)", Case{Income: Income{Historic: perWeekly(399_99), Current: current}, ReceivingParents: oneHome(Child{})}, BasicRate, 48_00},
		{"25% apart", "CR 34(2)", Case{Income: Income{Historic: perWeekly(400_00), Current: current}, ReceivingParents: oneHome(Child{})}, BasicRate, 36_00},
	})
}

// The second: special expenses count from £7 of income on, so with other
// income added beside them, reaching £7 can lower the amount.
func TestExpensesBeginToCountAtSevenPounds(t *testing.T) {
	added := func(m Money) Case {
		return earning(m, 1).with(varying(UnearnedIncome, perWeekly(300_00))).with(varying(ContactCosts, perWeekly(50_00)))
	}
	check(t, []expectation{
		{"£6.99", "CR 57(1)(e)", added(6_99), BasicRate, 36_84},
		{"£7", "CR 57(1)(e)", added(7_00), BasicRate, 30_84},
	})
}

// The third: a child almost always with a council is paid for at the flat
// rate, which takes no notice of it, and not above (CR 53(1)).
func TestCouncilCareCountsOnlyAboveTheFlatRate(t *testing.T) {
	council := func(m Money) Case {
		return Case{Income: weekly(m), ReceivingParents: oneHome(Child{LocalAuthorityNights: 263})}
	}
	check(t, []expectation{
		{"£100", "CR 53(1)", council(100_00), FlatRate, 7_00},
		{"£100.01", "CR 53(1)", council(100_01), ReducedRate, 0},
	})
}

// The fourth: at the £7 floor each part is rounded, and six roundings upwards
// make more than the amount just above the floor.
func TestRoundingOfManyPartsCanPassTheAmountAbove(t *testing.T) {
	six := make([]ReceivingParent, 6)
	for i := range six {
		six[i] = ReceivingParent{placeName(i), []Child{{}}}
	}
	check(t, []expectation{
		{"six parts of £7", "chosen", Case{Income: weekly(100_00), ReceivingParents: six}, FlatRate, 7_02},
		{"six parts of £7.0031", "chosen", Case{Income: weekly(100_01), ReceivingParents: six}, ReducedRate, 7_02},
	})
}

func TestMoreNightsNeverRaiseTheAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		before := mustCalculate(t, c)
		parent := &c.ReceivingParents[rapid.IntRange(0, len(c.ReceivingParents)-1).Draw(t, "parent")]
		child := &parent.Children[rapid.IntRange(0, len(parent.Children)-1).Draw(t, "child")]
		room := nightsInYear - child.Nights - child.LocalAuthorityNights
		if rapid.Bool().Draw(t, "with the council") {
			child.LocalAuthorityNights += rapid.IntRange(0, room).Draw(t, "more nights")
		} else {
			child.Nights += rapid.IntRange(0, room).Draw(t, "more nights")
		}
		if after := mustCalculate(t, c); after.Weekly > before.Weekly+pennies(c) {
			t.Errorf("%v became %v", before.Weekly, after.Weekly)
		}
	})
}

// Whatever is put into a Case, there is an answer or an *InputError.
func TestNoCaseIsTooStrange(t *testing.T) {
	number := rapid.Int()
	rapid.Check(t, func(t *rapid.T) {
		strange := Case{
			Income:                Income{Given: Pay{Money(rapid.Int64().Draw(t, "given")), Period(rapid.SampledFrom([]string{"", "week", "day"}).Draw(t, "per"))}},
			Benefit:               Benefit(rapid.SampledFrom([]string{"", "yes", "lottery"}).Draw(t, "benefit")),
			RelevantOtherChildren: number.Draw(t, "others"),
			ChildrenAbroad:        number.Draw(t, "abroad"),
			Variations:            []Variation{{Ground(rapid.String().Draw(t, "ground")), Pay{Money(rapid.Int64().Draw(t, "varied")), PerYear}}},
		}
		for range rapid.IntRange(0, 30).Draw(t, "parents") {
			strange.ReceivingParents = append(strange.ReceivingParents, ReceivingParent{
				ID:       rapid.String().Draw(t, "id"),
				Children: []Child{{Nights: number.Draw(t, "nights"), LocalAuthorityNights: number.Draw(t, "council")}},
			})
		}
		if _, err := Explain(strange); err != nil && err.Error() == "" {
			t.Error("an error without words")
		}
	})
}
