package calculation

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func mustPlan(t interface{ Fatal(...any) }, terms PlanTerms) Plan {
	plan, err := NewPlan(terms)
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

func ExampleNewPlan() {
	plan, err := NewPlan(PlanTerms{Weekly: 8_40, Frequency: Monthly, Start: day("2026-01-31"), Arrears: 100_00, ArrearsInstalments: 3})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, instalment := range plan.Instalments[:4] {
		fmt.Println(instalment.Due, instalment.Amount())
	}
	fmt.Println(plan.Total, "in all, and the arrears")
	// Output:
	// 2026-01-31 £69.73
	// 2026-02-28 £69.73
	// 2026-03-31 £69.74
	// 2026-04-30 £36.40
	// £436.80 in all, and the arrears
}

func TestInstalments(t *testing.T) {
	tests := []struct {
		name      string
		frequency Frequency
		weekly    Money
		n         int
		each      Money
		last      Money
	}{
		// £36.40 a month for £8.40 a week is what Universal Credit deducts (CPAG).
		{"monthly is × 52 ÷ 12", Monthly, 8_40, 12, 36_40, 36_40},
		{"odd pennies go on the last", Monthly, 7_00, 12, 30_33, 30_37},
		{"weekly", Weekly, 63_12, 52, 63_12, 63_12},
		{"fortnightly", Fortnightly, 63_12, 26, 126_24, 126_24},
		{"every four weeks", FourWeekly, 63_12, 13, 252_48, 252_48},
		{"nothing to pay", Monthly, 0, 12, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			plan := mustPlan(t, PlanTerms{Weekly: test.weekly, Frequency: test.frequency})
			if plan.Total != test.weekly*52 || len(plan.Instalments) != test.n {
				t.Errorf("%v in %d instalments, want %v in %d", plan.Total, len(plan.Instalments), test.weekly*52, test.n)
			}
			if plan.Instalment() != test.each || plan.Instalments[0].Amount() != test.each || plan.Instalments[test.n-1].Amount() != test.last {
				t.Errorf("%v and last %v, want %v and %v", plan.Instalments[0].Amount(), plan.Instalments[test.n-1].Amount(), test.each, test.last)
			}
		})
	}
}

func TestDueDates(t *testing.T) {
	tests := []struct {
		frequency Frequency
		first     string
		places    map[int]string
	}{
		{Monthly, "2026-01-31", map[int]string{0: "2026-01-31", 1: "2026-02-28", 2: "2026-03-31", 3: "2026-04-30", 11: "2026-12-31"}},
		{Monthly, "2024-01-30", map[int]string{1: "2024-02-29", 2: "2024-03-30"}},
		{Weekly, "2024-02-26", map[int]string{0: "2024-02-26", 1: "2024-03-04", 51: "2025-02-17"}},
		{Fortnightly, "2026-12-25", map[int]string{1: "2027-01-08", 25: "2027-12-10"}},
		{FourWeekly, "2026-04-15", map[int]string{1: "2026-05-13", 12: "2027-03-17"}},
	}
	for _, test := range tests {
		plan := mustPlan(t, PlanTerms{Weekly: 50_00, Frequency: test.frequency, FirstDue: day(test.first)})
		for place, want := range test.places {
			if got := plan.Instalments[place].Due.String(); got != want {
				t.Errorf("%s from %s, instalment %d: got %s, want %s", test.frequency, test.first, place, got, want)
			}
		}
	}
	if plan := mustPlan(t, PlanTerms{Weekly: 50_00, Frequency: Monthly}); plan.Instalments[3].Due != 0 {
		t.Errorf("a plan without dates has %v", plan.Instalments[3].Due)
	}
}

func TestArrearsBeyondThePeriodAreLeft(t *testing.T) {
	plan := mustPlan(t, PlanTerms{Weekly: 50_00, Frequency: Monthly, Arrears: 240_05, ArrearsInstalments: 24})
	if plan.Instalments[11].Arrears != 10_00 || plan.ArrearsLeft != 120_05 {
		t.Errorf("%v a month and %v left", plan.Instalments[11].Arrears, plan.ArrearsLeft)
	}
}

func TestAPlanThatCannotBeRight(t *testing.T) {
	tests := []struct {
		terms PlanTerms
		field string
	}{
		{PlanTerms{}, "frequency"},
		{PlanTerms{Frequency: "daily"}, "frequency"},
		{PlanTerms{Frequency: Weekly, Weekly: -1}, "weekly_amount"},
		{PlanTerms{Frequency: Weekly, Arrears: -1}, "arrears"},
		{PlanTerms{Frequency: Weekly, ArrearsInstalments: -1}, "arrears_instalments"},
		{PlanTerms{Frequency: Weekly, Start: day("2026-04-06"), FirstDue: day("2026-04-05")}, "first_due"},
	}
	for _, test := range tests {
		_, err := NewPlan(test.terms)
		if input := (*InputError)(nil); !errors.As(err, &input) || input.Field != test.field {
			t.Errorf("%+v: got %v, want an error about %s", test.terms, err, test.field)
		}
	}
}

func TestChangePartWay(t *testing.T) {
	plan := mustPlan(t, PlanTerms{Weekly: 52_00, Frequency: Weekly, Start: day("2026-04-06"), FirstDue: day("2026-04-13")})
	changed, err := plan.Change(day("2026-10-05"), 26_00) // after 26 weeks exactly
	if err != nil {
		t.Fatal(err)
	}
	if changed.Total != 26*52_00+26*26_00 {
		t.Errorf("owed %v", changed.Total)
	}
	// 25 instalments were due before; the 26th, due on the day, is the first
	// of the 27 over which the rest is divided.
	if changed.Instalments[24].Regular != 52_00 || changed.Instalments[25].Regular != 26_96 || changed.Instalments[51].Regular != 27_04 || changed.Carried != 0 {
		t.Errorf("%v, %v … %v, carried %v", changed.Instalments[24].Regular, changed.Instalments[25].Regular, changed.Instalments[51].Regular, changed.Carried)
	}
	if plan.Instalments[30].Regular != 52_00 {
		t.Error("the change reached into the plan it came from")
	}
	for _, outside := range []string{"2026-04-05", "2027-04-05"} {
		if _, err := plan.Change(day(outside), 26_00); !errors.Is(err, ErrOutsidePlan) {
			t.Errorf("a change on %s: %v", outside, err)
		}
	}
	if _, err := changed.Change(day("2026-09-01"), 26_00); !errors.Is(err, ErrOutsidePlan) {
		t.Errorf("a change before the last one: %v", err)
	}
}

func TestAFallCanLeaveACredit(t *testing.T) {
	plan := mustPlan(t, PlanTerms{Weekly: 52_00, Frequency: Monthly, Start: day("2026-04-06")})
	changed, err := plan.Change(day("2026-04-07"), 0)
	if err != nil {
		t.Fatal(err)
	}
	// One day is owed, £7.43, and £225.33 was due on it.
	if changed.Total != 7_43 || changed.Carried != 7_43-225_33 || changed.Instalments[1].Regular != 0 {
		t.Errorf("owed %v, carried %v, then %v", changed.Total, changed.Carried, changed.Instalments[1].Regular)
	}
}

// However often a plan changes, its instalments and what is carried over add
// up to what is owed, and what was due before a change stays.
func TestChangesLoseNoMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Map(rapid.IntRange(0, 500_00), func(n int) Money { return Money(n) })
		plan := mustPlan(t, PlanTerms{
			Weekly:             amount.Draw(t, "weekly"),
			Frequency:          rapid.SampledFrom([]Frequency{Weekly, Fortnightly, FourWeekly, Monthly}).Draw(t, "frequency"),
			Start:              day("2027-09-20"),
			FirstDue:           day("2027-09-20").AddDays(rapid.IntRange(0, 40).Draw(t, "first due")),
			Arrears:            amount.Draw(t, "arrears"),
			ArrearsInstalments: rapid.IntRange(0, 60).Draw(t, "over"),
		})
		from := plan.Start
		for range rapid.IntRange(0, 4).Draw(t, "changes") {
			from = min(from.AddDays(rapid.IntRange(0, 120).Draw(t, "days later")), plan.Start.AddDays(daysInPeriod-1))
			changed, err := plan.Change(from, amount.Draw(t, "new weekly"))
			if err != nil {
				t.Fatal(err)
			}
			for i, instalment := range plan.Instalments {
				if instalment.Due < from && changed.Instalments[i] != instalment {
					t.Errorf("the instalment of %v was %+v and is %+v", instalment.Due, instalment, changed.Instalments[i])
				}
			}
			plan = changed
		}
		regular, arrears := plan.Carried, plan.ArrearsLeft
		for _, instalment := range plan.Instalments {
			regular += instalment.Regular
			arrears += instalment.Arrears
			if instalment.Regular < 0 {
				t.Errorf("%v is to be paid on %v", instalment.Regular, instalment.Due)
			}
		}
		if regular != plan.Total {
			t.Errorf("the instalments and what is carried come to %v of %v", regular, plan.Total)
		}
	})
}

func TestDeductFromEarnings(t *testing.T) {
	tests := []struct {
		name                        string
		net, normal, broughtForward Money
		want                        Deduction
	}{
		{"the normal rate", 1_000_00, 300_00, 0, Deduction{300_00, 600_00, 0}},
		{"with what was missed", 1_000_00, 300_00, 50_00, Deduction{350_00, 600_00, 0}},
		{"60% is protected", 1_000_00, 500_00, 0, Deduction{400_00, 600_00, 100_00}},
		{"to the penny, for the earner", 33, 500_00, 0, Deduction{13, 20, 499_87}},
		{"no earnings", 0, 300_00, 0, Deduction{0, 0, 300_00}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := DeductFromEarnings(test.net, test.normal, test.broughtForward)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	plan := mustPlan(t, PlanTerms{Weekly: 75_74, Frequency: Monthly, Arrears: 120_00})
	for paid, want := range map[Frequency]Money{Monthly: 338_21, FourWeekly: 312_19, Weekly: 78_05, "yearly": 0} {
		if got := plan.NormalDeduction(paid); got != want {
			t.Errorf("paid %s: got %v, want %v", paid, got, want)
		}
	}
}
