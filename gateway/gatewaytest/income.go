package gatewaytest

import (
	"errors"
	"sync"
	"testing"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// IncomeSource proves an implementation of gateway.IncomeSource: known is a
// case on whose paying parent it knows something, unknown one on whom it knows
// nothing.
func IncomeSource(t *testing.T, source gateway.IncomeSource, known, unknown directory.Case) {
	t.Helper()
	t.Run("tells what it knows, and who says so", func(t *testing.T) {
		got, err := source.Income(t.Context(), known)
		if err != nil {
			t.Fatal(err)
		}
		if got.From == "" {
			t.Error("the source has no name")
		}
		if !got.Historic.Known() && !got.Current.Known() && !got.Pension.Known() {
			t.Error("it knows nothing, and does not say so")
		}
		for _, pay := range []calculation.Pay{got.Historic, got.Current, got.Pension} {
			if pay.Amount < 0 || pay.Amount != 0 && !pay.Known() {
				t.Errorf("%+v is no pay", pay)
			}
		}
	})
	t.Run("says when it knows nothing", func(t *testing.T) {
		got, err := source.Income(t.Context(), unknown)
		if !errors.Is(err, gateway.ErrIncomeUnknown) || got != (gateway.KnownIncome{}) {
			t.Errorf("%+v, %v", got, err)
		}
	})
	t.Run("tells many at once the same", func(t *testing.T) {
		want, err := source.Income(t.Context(), known)
		if err != nil {
			t.Fatal(err)
		}
		var asking sync.WaitGroup
		for range 16 {
			asking.Go(func() {
				if got, err := source.Income(t.Context(), known); err != nil || got != want {
					t.Errorf("%+v, %v; want %+v", got, err, want)
				}
			})
		}
		asking.Wait()
	})
}
