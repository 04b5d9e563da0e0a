package answers

import (
	"encoding/json"
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func TestPounds(t *testing.T) {
	for pence, want := range map[Pence]string{
		0: "0.00", 5: "0.05", 99: "0.99", 41000: "410.00", 123456789: "1234567.89", -5: "-0.05", -41050: "-410.50",
		math.MaxInt64: "92233720368547758.07", math.MinInt64: "-92233720368547758.08",
	} {
		if got := pence.Pounds(); got != want {
			t.Errorf("%d pence are %s, want %s", int64(pence), got, want)
		}
	}
}

func TestPenceThroughJSON(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := Pence(rapid.Int64().Draw(t, "pence"))
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		var read Pence
		if err := json.Unmarshal(written, &read); err != nil || read != p {
			t.Fatalf("%d became %s became %d, %v", int64(p), written, int64(read), err)
		}
	})
	for _, text := range []string{"410", "410.5", "410.500", ".50x", "4 0.00", ""} {
		if err := new(Pence).UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q is taken for an amount", text)
		}
	}
}

func TestWeekly(t *testing.T) {
	for _, test := range []struct {
		pence Pence
		per   Period
		want  string
	}{
		{41000, Week, "410.00"},
		{80001, Fortnight, "400.01"}, // 400.005, half up
		{160001, FourWeeks, "400.00"},
		{160002, FourWeeks, "400.01"},
		{120000, Month, "276.16"}, // 1200 × 12 ÷ 365 × 7 = 276.164
		{2600000, Year, "498.63"}, // 26000 ÷ 365 × 7 = 498.630
		{3650000, Year, "700.00"}, // exactly
		{0, Month, "0.00"},
	} {
		got, ok := Money{Amount: test.pence, Period: test.per}.Weekly()
		if !ok || got.Pounds() != test.want {
			t.Errorf("%s a %s is %s a week, want %s", test.pence.Pounds(), test.per, got.Pounds(), test.want)
		}
	}
	for _, unknown := range []Money{{Amount: 100}, {Amount: 100, Period: "hour"}, {Amount: -100, Period: Week}} {
		if _, ok := unknown.Weekly(); ok {
			t.Errorf("%+v has a weekly amount", unknown)
		}
	}
}

// Weekly is exact for every amount that can be held.
func TestWeeklyIsExact(t *testing.T) {
	perYear := map[Period]*big.Rat{
		Week: big.NewRat(1, 1), Fortnight: big.NewRat(1, 2), FourWeeks: big.NewRat(1, 4),
		Month: big.NewRat(12*7, 365), Year: big.NewRat(7, 365),
	}
	rapid.Check(t, func(t *rapid.T) {
		m := Money{Amount: Pence(rapid.Int64Min(0).Draw(t, "pence"))}
		m.Period = rapid.SampledFrom([]Period{Week, Fortnight, FourWeeks, Month, Year}).Draw(t, "period")
		exact := new(big.Rat).Mul(new(big.Rat).SetInt64(int64(m.Amount)), perYear[m.Period])
		exact.Add(exact, big.NewRat(1, 2))
		want := new(big.Int).Div(exact.Num(), exact.Denom())
		if got, ok := m.Weekly(); !ok || big.NewInt(int64(got)).Cmp(want) != 0 {
			t.Fatalf("%+v is %d a week (%v), want %s", m, int64(got), ok, want)
		}
	})
}
