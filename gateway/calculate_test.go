package gateway

import (
	"errors"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
	"parley/templates"
)

// sayings is a call of calculate; a pay without a period is none.
func sayings(pay calculation.Pay, children, nights, others int) dialogs.Call {
	call := dialogs.Call{Name: "calculate", With: []dialogs.Field{
		{Name: "pay", Value: dialogs.Value{}},
		{Name: "children", Value: dialogs.Number(children)},
		{Name: "nights", Value: dialogs.Value{Kind: dialogs.NightsValue, Text: strconv.Itoa(nights)}},
		{Name: "others", Value: dialogs.Number(others)},
	}}
	if pay.Known() {
		call.With[0].Value = dialogs.Value{Kind: dialogs.MoneyValue, Pence: answers.Pence(pay.Amount), Period: answers.Period(pay.Per)}
	}
	return call
}

func TestCalculate(t *testing.T) {
	tests := []struct {
		name              string
		call              dialogs.Call
		weekly, fee, gets calculation.Money
		rate, cyfradd     string
	}{
		{"basic rate, with nights", sayings(weekly(450_00), 2, 104, 0), 51_43, 61_72, 49_37, "basic rate", "gyfradd sylfaenol"},
		{"other children at home", sayings(weekly(450_00), 2, 104, 1), 45_77, 54_92, 43_94, "basic rate", "gyfradd sylfaenol"},
		{"basic plus", sayings(yearly(60_000_00), 1, 0, 0), 127_56, 153_07, 122_46, "basic plus rate", "gyfradd sylfaenol ychwanegol"},
		{"reduced rate", sayings(weekly(150_00), 1, 0, 0), 15_50, 18_60, 14_88, "reduced rate", "gyfradd is"},
		{"flat rate, of a low pay", sayings(weekly(80_00), 3, 60, 0), 7_00, 8_40, 6_72, "flat rate", "gyfradd unffurf"},
		{"flat rate, on a benefit", sayings(calculation.Pay{}, 3, 0, 2), 7_00, 8_40, 6_72, "flat rate", "gyfradd unffurf"},
		{"on a benefit, with a night a week", sayings(calculation.Pay{}, 1, 52, 0), 0, 0, 0, "flat rate", "gyfradd unffurf"},
		{"nil rate", sayings(weekly(6_99), 1, 0, 0), 0, 0, 0, "nil rate", "gyfradd sero"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := calculate(test.call)
			if err != nil {
				t.Fatal(err)
			}
			for name, want := range map[string]calculation.Money{"weekly_amount": test.weekly, "with_fee": test.fee, "after_fee": test.gets} {
				if field, _ := got.Field(name); field.Pence != answers.Pence(want) {
					t.Errorf("%s is %s, want %s", name, field.Pence.Pounds(), want)
				}
			}
			if en, cy := worded(got, "rate", templates.English), worded(got, "rate", templates.Welsh); en != test.rate || cy != test.cyfradd {
				t.Errorf("the rate is %q, %q", en, cy)
			}
		})
	}
	var wrong *calculation.InputError
	if _, err := calculate(dialogs.Call{Name: "calculate"}); !errors.As(err, &wrong) {
		t.Errorf("without children: %v", err)
	}
}

// What an estimate says a payer pays is what its steps come to.
func TestTheStepsOfAnEstimateEndWithItsAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		call := sayings(weekly(calculation.Money(rapid.Int64Range(0, 4_000_00).Draw(t, "pay"))),
			rapid.IntRange(1, 10).Draw(t, "children"), rapid.IntRange(0, 365).Draw(t, "nights"), rapid.IntRange(0, 10).Draw(t, "others"))
		got, err := calculate(call)
		if err != nil {
			t.Fatal(err)
		}
		amount, _ := got.Field("weekly_amount")
		want := "To the nearest penny, the amount is " + calculation.Money(amount.Pence).String() + " a week."
		if said := worded(got, "total", templates.English); said != want {
			t.Errorf("the steps end with %q, want %q", said, want)
		}
	})
}
