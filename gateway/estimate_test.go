package gateway

import (
	"errors"
	"testing"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

func TestEstimate(t *testing.T) {
	historic := calculation.Money(36_500_00)
	family := directory.Case{
		Income:           directory.Income{HistoricAnnual: &historic},
		ReceivingParents: []directory.ReceivingParent{{Children: []directory.Child{{ID: "C1", SharedCareNights: 60}}}},
	}
	saving, unknown := family, family
	saving.Income.PrivatePensionAnnual = 5_214_29
	unknown.Income = directory.Income{}
	tests := []struct {
		name string
		c    directory.Case
		said calculation.Pay
		want string
	}{
		{"a quarter less", family, weekly(525_00), `{"weekly_amount": "54.00", "changes": true}`},
		{"not quite", family, weekly(525_01), `{"weekly_amount": "72.00", "changes": false}`},
		{"with pension taken off", saving, weekly(550_00), `{"weekly_amount": "46.29", "changes": true}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := estimate(test.c, test.said)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := got.MarshalJSON(); err != nil || string(text) != test.want {
				t.Errorf("got %s, %v, want %s", text, err, test.want)
			}
		})
	}
	if _, err := estimate(family, calculation.Pay{}); !errors.Is(err, errPayUnknown) {
		t.Errorf("without a pay: %v", err)
	}
	var missing *calculation.InputError
	if _, err := estimate(unknown, weekly(450_00)); !errors.As(err, &missing) {
		t.Errorf("without an income on record to compare with: %v", err)
	}
}
