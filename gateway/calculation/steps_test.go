package calculation

import (
	"math/big"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// addUp works a step out from its terms, on paper as it were.
func (s *Step) addUp() *big.Rat {
	value := new(big.Rat)
	for _, t := range s.Terms {
		number := big.NewRat(t.Num, t.Den)
		switch t.Operator {
		case OpStart:
			value = number
		case OpPlus:
			value = new(big.Rat).Add(value, number)
		case OpMinus:
			value = new(big.Rat).Sub(value, number)
		case OpTimes:
			value = new(big.Rat).Mul(value, number)
		case OpDivide:
			value = new(big.Rat).Quo(value, number)
		case OpLess:
			value = new(big.Rat).Sub(value, new(big.Rat).Mul(value, number))
		}
	}
	return value
}

// rounds tells whether the step ends in a rounding to a penny.
func (s *Step) rounds() bool {
	return s.kind == stepRounding || s.kind == stepPayingFee || s.kind == stepReceivingFee
}

// Every step re-added from its terms gives its outcome, every amount of money
// in it comes from the case, from the law or from a step before, and the last
// steps are the result.
func TestStepsReAddToTheResult(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		got, err := Explain(c)
		if err != nil {
			t.Fatal(err)
		}
		known := knownAmounts(c)
		for i := range got.Steps {
			s := &got.Steps[i]
			if len(s.Terms) == 0 {
				continue
			}
			outcome, sum := big.NewRat(s.Num, s.Den), s.addUp()
			if s.rounds() {
				sum = big.NewRat(int64(halfUp(sum)), 1)
			}
			if sum.Cmp(outcome) != 0 {
				t.Errorf("%s: %s comes to %v, the step says %v", s.Rule(), s.Working(), sum, outcome)
			}
			for _, term := range s.Terms {
				if term.Unit == UnitMoney && term.Operator != OpGiven && !known[big.NewRat(term.Num, term.Den).RatString()] {
					t.Errorf("%s: %s uses an amount from nowhere (%v)", s.Rule(), s.Working(), term)
				}
			}
			known[outcome.RatString()] = true
		}
		checkLastSteps(t, &got)
	})
}

// knownAmounts are the amounts of the case and of the law, and the totals of
// its variations.
func knownAmounts(c Case) map[string]bool {
	known := map[string]bool{"0": true}
	for _, m := range []Money{7_00, 39_00, 51_00, 64_00, 100_00, 800_00, 3_000_00} {
		known[big.NewRat(int64(m), 1).RatString()] = true
		for n := range Money(8) {
			known[big.NewRat(int64(7_00*n), 1).RatString()] = true // £7 for each child
		}
	}
	pays := []Pay{c.Income.Given, c.Income.Historic, c.Income.Current, c.Income.Pension}
	var weekly []*big.Rat
	for _, v := range c.Variations {
		pays = append(pays, v.Amount)
		amount := perWeek(v.Amount)
		if v.Ground == AssetValue {
			amount = mul(perWeek(Pay{v.Amount.Amount, PerYear}), rat(8, 100))
		}
		weekly = append(weekly, amount)
	}
	if len(weekly) == 2 {
		known[add(weekly[0], weekly[1]).RatString()] = true
	}
	for _, p := range pays {
		known[big.NewRat(int64(p.Amount), 1).RatString()] = true
	}
	return known
}

func checkLastSteps(t *rapid.T, got *Result) {
	for _, share := range got.Shares {
		last := slices.IndexFunc(got.Steps, func(s Step) bool { return s.kind == stepRounding && s.ReceivingParent == share.ReceivingParent })
		if last < 0 || Money(got.Steps[last].Num) != share.Weekly {
			t.Errorf("no step ends at the %v of %s", share.Weekly, share.ReceivingParent)
		}
	}
	total := slices.IndexFunc(got.Steps, func(s Step) bool { return s.kind == stepTotal })
	if len(got.Shares) > 1 && (total < 0 || Money(got.Steps[total].Num) != got.Weekly) {
		t.Errorf("no step ends at the total %v", got.Weekly)
	}
}

// Every kind of step has a rule and a sentence in both languages, which use
// the same numbers.
func TestEveryStepIsToldInBothLanguages(t *testing.T) {
	for kind, sentence := range sentences {
		if sentence.rule == "" || sentence.en == "" || sentence.cy == "" || sentence.en == sentence.cy {
			t.Errorf("step %d: %+v", kind, sentence)
		}
		if en, cy := places(sentence.en), places(sentence.cy); !slices.Equal(en, cy) {
			t.Errorf("%q uses %v, %q uses %v", sentence.en, en, sentence.cy, cy)
		}
	}
	for factor, sentence := range changeSentences[:FactorOther] {
		if en, cy := places(sentence.en), places(sentence.cy); len(en) != 3 || !slices.Equal(en, cy) {
			t.Errorf("factor %d: %q uses %v, %q uses %v", factor, sentence.en, en, sentence.cy, cy)
		}
	}
}

// A fact is told as a whole sentence about the one it is true of: only some
// benefits may be a partner's.
func TestFactsAreToldInPlainSentences(t *testing.T) {
	job := earning(500_00, 1)
	tests := []struct {
		name   string
		c      Case
		en, cy string
	}{
		{"the parent's own benefit", job.with(on("carers_allowance")),
			"The paying parent gets Carer's Allowance.", "Mae'r rhiant sy'n talu yn cael Lwfans Gofalwr."},
		{"a benefit of the home", job.with(on("pension_credit")),
			"The paying parent, or their partner, gets Pension Credit.", "Mae'r rhiant sy'n talu, neu ei bartner, yn cael Credyd Pensiwn."},
		{"prison", job.with(func(c *Case) { c.NilCircumstance = "prisoner" }),
			"The paying parent is in prison.", "Mae'r rhiant sy'n talu yn y carchar."},
		{"a situation without a name", job.with(func(c *Case) { c.NilCircumstance = SomeCircumstance }),
			"The paying parent is in a situation in which nothing is paid.", "Mae'r rhiant sy'n talu mewn sefyllfa lle na thelir dim."},
		{"a variation that is too small", job.with(varying(ContactCosts, perWeekly(9_99))),
			"A variation is left out because it is less than £10.00 a week: £9.99.", "Gadawyd amrywiad allan am ei fod yn llai na £10.00 yr wythnos: £9.99."},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := Explain(test.c)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(got.Steps, func(s Step) bool { return s.English() == test.en && s.Welsh() == test.cy }) {
				t.Errorf("no step says %q and %q:\n%s\n%s", test.en, test.cy, got.English(), got.Welsh())
			}
		})
	}
	got, err := Explain(job.with(varying(DivertedIncome, perWeekly(0))))
	if err != nil || strings.Contains(got.English(), "variation") {
		t.Errorf("a variation of nothing is told of: %s, %v", got.English(), err)
	}
}

// places lists the placeholders of a sentence, sorted.
func places(sentence string) []string {
	var list []string
	for _, part := range strings.Split(sentence, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

// No sentence is left with a hole, and none is long: reading age 9 is about 25
// words a sentence at most.
func TestSentencesAreWholeAndShort(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyCase.Draw(t, "case")
		got, err := Explain(c)
		if err != nil {
			t.Fatal(err)
		}
		for i := range got.Steps {
			s := &got.Steps[i]
			for _, text := range []string{s.English(), s.Welsh()} {
				if strings.ContainsAny(text, "{}") || strings.Contains(text, "  ") {
					t.Errorf("%q has a hole", text)
				}
				for _, sentence := range strings.Split(text, ". ") {
					if words := len(strings.Fields(sentence)); words > 30 {
						t.Errorf("%q has %d words", sentence, words)
					}
				}
			}
		}
	})
}
