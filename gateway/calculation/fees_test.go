package calculation

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func collected(c *Case) { c.Service = CollectAndPay }

func TestFees(t *testing.T) {
	tests := []struct {
		name, source string
		c            Case
		want         Fees
	}{
		{"none for Direct Pay", "FR 7", earning(450_00, 1), Fees{0, 54_00, 0, 54_00}},
		{"20% on top, 4% off", "FR 7", earning(450_00, 1).with(collected), Fees{10_80, 64_80, 2_16, 51_84}},
		{"the flat rate comes to £8.40", "CPAG", earning(50_00, 1).with(collected), Fees{1_40, 8_40, 28, 6_72}},
		{"£22.48 brings £4.50", "a week's fee, not seven days of 64p", earning(191_06, 1).with(collected), Fees{4_50, 26_98, 90, 21_58}},
		{"nothing on nothing", "FR 7", earning(0, 1).with(collected), Fees{}},
		{"before there were fees", "SI 2014/612 reg 1", earning(450_00, 1).with(collected).with(func(c *Case) {
			c.EffectiveDate = day("2014-08-10")
		}), Fees{0, 54_00, 0, 54_00}},
		{"from the first day", "SI 2014/612 reg 1", earning(450_00, 1).with(collected).with(func(c *Case) {
			c.EffectiveDate = day("2014-08-11")
		}), Fees{10_80, 64_80, 2_16, 51_84}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Calculate(test.c)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got.Fees); diff != "" {
				t.Errorf("%s (-want +got):\n%s", test.source, diff)
			}
		})
	}
}

func TestFeesAreRoundedForEachReceivingParent(t *testing.T) {
	c := Case{Income: weekly(50_00), Service: CollectAndPay, ReceivingParents: []ReceivingParent{
		{"A", children(1)}, {"B", children(1)}, {"C", children(1)}}}
	got, err := Calculate(c)
	if err != nil {
		t.Fatal(err)
	}
	// 20% of £2.33 is 46.6p, 4% of it 9.32p.
	want := []Share{{"A", 2_33, 47, 9}, {"B", 2_33, 47, 9}, {"C", 2_33, 47, 9}}
	if diff := cmp.Diff(want, got.Shares); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Fees{1_41, 8_40, 27, 6_72}, got.Fees); diff != "" {
		t.Error(diff)
	}
}

// The reform announced in 2025 would be one more row.
func TestAReformIsOneMoreRow(t *testing.T) {
	table := append(FeesInForce(), FeeRates{From: day("2028-04-06"), PayingParent: 2, PayingMissed: 20, ReceivingParent: 2})
	on := func(date string, missed bool) Case {
		return earning(450_00, 1).with(collected).with(func(c *Case) {
			c.FeeTable, c.EffectiveDate, c.MissedPayments = table, day(date), missed
		})
	}
	tests := []struct {
		c    Case
		want Fees
	}{
		{on("2028-04-05", false), Fees{10_80, 64_80, 2_16, 51_84}},
		{on("2028-04-06", false), Fees{1_08, 55_08, 1_08, 52_92}},
		{on("2028-04-06", true), Fees{10_80, 64_80, 1_08, 52_92}},
	}
	for _, test := range tests {
		if got, err := Calculate(test.c); err != nil || got.Fees != test.want {
			t.Errorf("%v: got %+v (%v), want %+v", test.c.EffectiveDate, got.Fees, err, test.want)
		}
	}
}

func TestChargesOfTheService(t *testing.T) {
	today := day("2026-11-22")
	for action, want := range map[Enforcement]Money{
		DeductionFromEarningsOrder: 50_00, DeductionFromEarningsRequest: 50_00, RegularDeductionOrder: 50_00,
		LumpSumDeductionOrder: 200_00, LiabilityOrder: 300_00, "letter": 0,
	} {
		if got := EnforcementCharge(action, today); got != want {
			t.Errorf("%s: got %v, want %v", action, got, want)
		}
		if got := EnforcementCharge(action, day("2014-06-29")); got != 0 {
			t.Errorf("%s before 30 June 2014: got %v", action, got)
		}
	}
}
