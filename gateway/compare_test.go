package gateway

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

func yearly(m calculation.Money) calculation.Pay {
	return calculation.Pay{Amount: m, Per: calculation.PerYear}
}

func weekly(m calculation.Money) calculation.Pay {
	return calculation.Pay{Amount: m, Per: calculation.PerWeek}
}

// source is an income service that says one thing.
type source struct {
	income KnownIncome
	err    error
}

func (s source) Income(context.Context, directory.Case) (KnownIncome, error) { return s.income, s.err }

func TestKnownIncomeIsTheFirstWordOfEachSource(t *testing.T) {
	recorded := calculation.Money(30_000_00)
	record := directory.Income{HistoricAnnual: &recorded, TaxYear: "2024-25", PrivatePensionAnnual: 1_200_00}
	service := KnownIncome{Historic: yearly(32_000_00), TaxYear: "2025-26", Current: weekly(612_50), From: "service"}
	fromRecord := KnownIncome{Historic: yearly(30_000_00), TaxYear: "2024-25", Pension: yearly(1_200_00), From: "case record"}
	tests := []struct {
		name    string
		sources []IncomeSource
		record  directory.Income
		want    KnownIncome
		warns   bool
	}{
		{"no source but the record", nil, record, fromRecord, false},
		{"nothing anywhere", nil, directory.Income{}, KnownIncome{}, false},
		{"a service before the record, whose pension counts", []IncomeSource{source{income: service}}, record,
			KnownIncome{Historic: yearly(32_000_00), TaxYear: "2025-26", Current: weekly(612_50), Pension: yearly(1_200_00), From: "service"}, false},
		{"a service that knows only the pay now",
			[]IncomeSource{source{income: KnownIncome{Current: weekly(612_50), From: "service"}}}, record,
			KnownIncome{Historic: yearly(30_000_00), TaxYear: "2024-25", Current: weekly(612_50), Pension: yearly(1_200_00), From: "service, case record"}, false},
		{"a record of pension only", []IncomeSource{source{income: service}}, directory.Income{PrivatePensionAnnual: 1_200_00},
			KnownIncome{Historic: yearly(32_000_00), TaxYear: "2025-26", Current: weekly(612_50), Pension: yearly(1_200_00), From: "service"}, false},
		{"a service that does not know them", []IncomeSource{source{err: ErrIncomeUnknown}}, record, fromRecord, false},
		{"a service that is down", []IncomeSource{source{err: errors.New("status 503")}}, record, fromRecord, true},
		{"one that is down before another", []IncomeSource{source{err: errors.New("status 503")}, source{income: service}}, directory.Income{}, service, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var log strings.Builder
			g := &Gateway{Config: Config{Log: slog.New(slog.NewTextHandler(&log, nil)), IncomeSources: test.sources}}
			c := directory.Case{Reference: "300012345678", Income: test.record,
				PayingParent: directory.Person{Name: "Sam Example", NationalInsurance: "AB123456C"}}
			if diff := cmp.Diff(test.want, g.knownIncome(t.Context(), c)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if warned := strings.Contains(log.String(), "300012345678"); warned != test.warns || strings.Contains(log.String(), "AB123456C") || strings.Contains(log.String(), "Sam") {
				t.Errorf("logged %q, want a warning: %t", log.String(), test.warns)
			}
		})
	}
}

func TestCompare(t *testing.T) {
	known := KnownIncome{Historic: yearly(36_500_00), TaxYear: "2025-26", From: "case record"} // £700 a week
	employed, saving := known, known
	employed.Current, saving.Pension = weekly(612_50), weekly(100_00)
	tests := []struct {
		name  string
		known KnownIncome
		said  calculation.Pay
		want  string // the result as a report carries it
	}{
		{"exactly a quarter less", known, weekly(525_00),
			`{"historic": "36500.00", "tax_year": "2025-26", "differs": true, "employers": "0.00", "source": "case record"}`},
		{"not quite a quarter less", known, weekly(525_01),
			`{"historic": "36500.00", "tax_year": "2025-26", "differs": false, "employers": "0.00", "source": "case record"}`},
		{"employers' own figure goes with it", employed, weekly(600_00),
			`{"historic": "36500.00", "tax_year": "2025-26", "differs": false, "employers": {"amount": "612.50", "period": "week"}, "source": "case record"}`},
		{"a quarter of what is left after pension", saving, weekly(550_00),
			`{"historic": "36500.00", "tax_year": "2025-26", "differs": true, "employers": "0.00", "source": "case record"}`},
		{"no pay at all now", known, weekly(0),
			`{"historic": "36500.00", "tax_year": "2025-26", "differs": true, "employers": "0.00", "source": "case record"}`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := compare(test.known, test.said)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := got.MarshalJSON(); err != nil || string(text) != test.want {
				t.Errorf("got %s, %v\nwant %s", text, err, test.want)
			}
		})
	}
	if _, err := compare(KnownIncome{Current: weekly(1), Pension: weekly(1)}, weekly(450_00)); !errors.Is(err, ErrIncomeUnknown) {
		t.Errorf("with no tax year to compare with: %v", err)
	}
	if _, err := compare(known, calculation.Pay{}); !errors.Is(err, errPayUnknown) {
		t.Errorf("with no pay to compare: %v", err)
	}
}

// A parent is told of both in one message: where the 25% test says the change
// is too small, the estimate shows no change.
func TestTheComparisonAgreesWithTheEstimate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		historic := calculation.Money(rapid.Int64Range(0, 200_000_00).Draw(t, "historic"))
		c := directory.Case{
			Income: directory.Income{HistoricAnnual: &historic,
				PrivatePensionAnnual: calculation.Money(rapid.Int64Range(0, 20_000_00).Draw(t, "pension"))},
			ReceivingParents: []directory.ReceivingParent{{Children: []directory.Child{{ID: "C1"}}}},
		}
		said := yearly(calculation.Money(rapid.Int64Range(0, 200_000_00).Draw(t, "said")))
		known := (&Gateway{}).knownIncome(t.Context(), c)
		compared, err := compare(known, said)
		if err != nil {
			t.Fatal(err)
		}
		estimated, err := estimate(c, said)
		if err != nil {
			t.Fatal(err)
		}
		if says(estimated, "changes") && !says(compared, "differs") {
			t.Errorf("%v against %+v: the estimate changes, and the comparison says too little changed", said, known)
		}
	})
}

func says(v dialogs.Value, name string) bool {
	answer, _ := v.Field(name)
	return answer.Yes
}
