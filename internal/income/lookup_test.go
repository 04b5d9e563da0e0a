package income

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	simulator "parley/internal/simulator/income"
)

// paidBySam is a case whose paying parent has a National Insurance number, or
// none.
func paidBySam(number string) directory.Case {
	return directory.Case{Reference: "300012345678", PayingParent: directory.Person{ID: "P1", NationalInsurance: number}}
}

func TestWhatALookupTellsTheGateway(t *testing.T) {
	year := calculation.Pay{Amount: 32_000_50, Per: calculation.PerYear}
	month := calculation.Pay{Amount: 2_700_10, Per: calculation.PerMonth}
	tests := []struct {
		name   string
		maxAge time.Duration
		change func(*simulator.Emulator)
		want   gateway.KnownIncome
	}{
		{"the tax year and the pay now", 0, nil,
			gateway.KnownIncome{Historic: year, TaxYear: "2025-26", Current: month, From: "income service"}},
		{"old news: the tax year stands, the pay is no longer pay now", 20 * 24 * time.Hour, nil,
			gateway.KnownIncome{Historic: year, TaxYear: "2025-26", From: "income service (not updated since 2026-11-01)"}},
		{"nobody employs them", 0,
			func(e *simulator.Emulator) {
				e.Know(sam, simulator.Person{TaxYear: "2025-26", TotalIncome: "32000.50", AsOf: today})
			},
			gateway.KnownIncome{Historic: year, TaxYear: "2025-26", From: "income service"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			emulator, source := service(t, func(c *Config) { c.MaxAge = test.maxAge })
			if test.change != nil {
				test.change(emulator)
			}
			got, err := Lookup{source}.Income(t.Context(), paidBySam(sam))
			if diff := cmp.Diff(test.want, got); err != nil || diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}

func TestALookupThatFindsNothing(t *testing.T) {
	unknown := func(err error) bool { return errors.Is(err, gateway.ErrIncomeUnknown) }
	notAsked := func(err error) bool { return err != nil && !unknown(err) }
	tests := []struct {
		name, number string
		fault        simulator.Fault
		is           func(error) bool
	}{
		{"somebody the service does not know", "ZZ000000A", simulator.Fault{}, unknown},
		{"no National Insurance number on the record", "", simulator.Fault{}, unknown},
		{"too many requests", sam, simulator.Fault{Status: 429, RetryAfter: "30"}, notAsked},
		{"a failure", sam, simulator.Fault{Status: 503}, notAsked},
		{"no answer in time", sam, simulator.Fault{Delay: time.Minute}, notAsked},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			emulator, source := service(t, func(c *Config) { c.Timeout = 50 * time.Millisecond })
			emulator.SetFault(test.fault)
			got, err := Lookup{source}.Income(t.Context(), paidBySam(test.number))
			if !test.is(err) || got != (gateway.KnownIncome{}) {
				t.Errorf("got %+v, %v", got, err)
			}
			if asked := emulator.Asked(); test.number == "" && len(asked) > 0 {
				t.Errorf("the service was asked %q", asked)
			}
		})
	}
}

func TestALookupEndsWithItsCaller(t *testing.T) {
	_, source := service(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (Lookup{source}).Income(ctx, paidBySam(sam)); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
