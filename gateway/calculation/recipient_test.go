package calculation

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// told is everything a recipient could see of a result: its fields, its
// sentences in both languages and its workings.
func told(r Result) string {
	var b strings.Builder
	for i := range r.Steps {
		s := &r.Steps[i]
		fmt.Fprintln(&b, s.Rule(), s.ReceivingParent, s.English(), s.Welsh(), s.Working(), s.Terms, s.Num, s.Den)
	}
	r.Steps, r.incomeCounts = nil, false
	fmt.Fprintf(&b, "%+v", r)
	return b.String()
}

// A receiving parent who could compare two cases that differ only in what the
// law does not tell them would see no difference. This is stronger than a list
// of forbidden words: nothing about those facts gets through in any way.
func TestAReceivingParentLearnsNothingOfPrivateFacts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := privatelyDifferent(t)
		one, err := Explain(a)
		if err != nil {
			t.Fatal(err)
		}
		two, err := Explain(b)
		if err != nil {
			t.Fatal(err)
		}
		id := a.ReceivingParents[0].ID
		if diff := cmp.Diff(told(one.For(ReceivingParentNamed(id))), told(two.For(ReceivingParentNamed(id)))); diff != "" {
			t.Errorf("%s can tell the cases apart:\n%s", id, diff)
		}
	})
}

// privatelyDifferent gives two cases with one outcome that differ in a fact
// which is not the receiving parents' business.
func privatelyDifferent(t *rapid.T) (Case, Case) {
	one := anyCase.Draw(t, "case")
	two := one
	switch rapid.SampledFrom([]string{"benefit", "circumstance", "pension", "ground", "missed", "names", "income"}).Draw(t, "fact") {
	case "benefit":
		one.Benefit, one.Variations = "carers_allowance", nil
		two.Benefit, two.Variations = "industrial_injuries_benefit", nil
	case "circumstance":
		one.NilCircumstance, one.Variations = "prisoner", nil
		two.NilCircumstance, two.Variations = "care_home_resident", nil
	case "pension":
		one.Income = Income{Given: perWeekly(anyMoney.Draw(t, "income") / 2)}
		two.Income = Income{Given: perWeekly(one.Income.Given.Amount + 50_00), Pension: perWeekly(50_00)}
	case "ground":
		one.Variations = []Variation{{ContactCosts, perWeekly(20_00)}, {DivertedIncome, perWeekly(30_00)}}
		two.Variations = []Variation{{DivertedIncome, perWeekly(30_00)}, {PriorDebts, perWeekly(20_00)}}
	case "missed":
		two.MissedPayments = !one.MissedPayments
	case "names":
		two.ReceivingParents = slices.Clone(one.ReceivingParents)
		for i := range two.ReceivingParents[1:] {
			two.ReceivingParents[1+i].ID += " Smith"
		}
	case "income": // which a fixed rate does not look at
		one.Benefit, one.BenefitIncome, one.Variations = "carers_allowance", Pay{}, nil
		two.Benefit, two.BenefitIncome, two.Variations = "carers_allowance", Pay{}, nil
		two.Income = Income{Historic: yearly(77_777_77)}
	}
	return one, two
}

func TestWhatEachRecipientIsTold(t *testing.T) {
	c := Case{
		Income:     Income{Historic: yearly(32_000_00), Pension: yearly(1_200_00)},
		Service:    CollectAndPay,
		Variations: []Variation{{PriorDebts, perWeekly(12_34)}},
		ReceivingParents: []ReceivingParent{
			{"Anna", []Child{{Nights: 60}}},
			{"Beth", []Child{{Nights: 110}, {}}},
		},
	}
	all, err := Explain(c)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name         string
		who          Recipient
		says, hides  []string
		weekly       Money
		sharesListed int
	}{
		{"staff", Staff(), []string{"£32,000.00", "Anna", "Beth", "CR 35(3)", "20%", "4%"}, nil, all.Weekly, 2},
		{"the paying parent", PayingParent(), []string{"£32,000.00", "pension", "£12.34", "60 nights", "20%"}, []string{" 4%"}, all.Weekly, 2},
		{"one receiving parent", ReceivingParentNamed("Anna"), []string{"a past tax year", "60 nights", "£578.34", " 4%", "1 of 3"},
			[]string{"£32,000", "ension", "Beth", "110 n", "20%", "debt"}, all.Shares[0].Weekly, 1},
		{"the other", ReceivingParentNamed("Beth"), []string{"110 nights", "2 of 3"}, []string{"Anna", "60 n", "£32,000"}, all.Shares[1].Weekly, 1},
		{"someone who is no receiving parent", ReceivingParentNamed("Zoe"), nil, []string{"Anna", "Beth", "£5", "basic"}, 0, 0},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := all.For(test.who)
			if got.Weekly != test.weekly || len(got.Shares) != test.sharesListed {
				t.Errorf("told %v in %d shares, want %v in %d", got.Weekly, len(got.Shares), test.weekly, test.sharesListed)
			}
			text := told(got)
			for _, want := range test.says {
				if !strings.Contains(text, want) {
					t.Errorf("lacks %q:\n%s", want, text)
				}
			}
			for _, hidden := range test.hides {
				if strings.Contains(text, hidden) {
					t.Errorf("tells %q:\n%s", hidden, text)
				}
			}
		})
	}
	if len(all.Shares) != 2 || all.Shares[0].PayingFee == 0 {
		t.Error("telling someone changed the result itself")
	}
}
