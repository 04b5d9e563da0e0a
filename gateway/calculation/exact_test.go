package calculation

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func (a exact) rat() *big.Rat { return big.NewRat(a.num, a.den) }

var anyExact = rapid.Custom(func(t *rapid.T) exact {
	return exact{rapid.Int64().Draw(t, "num"), rapid.Int64Range(1, math.MaxInt64).Draw(t, "den")}
})

var smallExact = rapid.Custom(func(t *rapid.T) exact {
	return exact{rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(t, "num"), rapid.Int64Range(1, 100_000).Draw(t, "den")}
})

// Every operation gives what big.Rat gives, or says that it does not fit.
func TestExactAgreesWithBigRat(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyExact.Draw(t, "a"), anyExact.Draw(t, "b")
		n := rapid.Int64Range(0, math.MaxInt64).Draw(t, "n")
		results := []struct {
			name string
			got  exact
			want *big.Rat
		}{
			{"plus", a.plus(b), new(big.Rat).Add(a.rat(), b.rat())},
			{"times", a.times(n, b.den), new(big.Rat).Mul(a.rat(), big.NewRat(n, b.den))},
			{"reduced", a.reduced(), a.rat()},
		}
		if b.num != math.MinInt64 {
			results = append(results, struct {
				name string
				got  exact
				want *big.Rat
			}{"minus", a.minus(b), new(big.Rat).Sub(a.rat(), b.rat())})
		}
		for _, r := range results {
			if r.got.fits() && r.got.rat().Cmp(r.want) != 0 {
				t.Errorf("%v %s %v (or %d): got %v, want %v", a, r.name, b, n, r.got, r.want)
			}
		}
		if got, want := a.compare(b), a.rat().Cmp(b.rat()); got != want {
			t.Errorf("%v compared with %v: got %d, want %d", a, b, got, want)
		}
	})
}

// Numbers of the size that money and children bring always fit.
func TestExactFitsMoney(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := smallExact.Draw(t, "a"), smallExact.Draw(t, "b")
		for name, got := range map[string]exact{"plus": a.plus(b), "minus": a.minus(b), "times": a.times(365, 7000)} {
			if !got.fits() {
				t.Errorf("%v %s %v did not fit", a, name, b)
			}
		}
	})
}

func TestExactMarksWhatDoesNotFit(t *testing.T) {
	large := exact{math.MaxInt64, 1}
	unfit := large.times(3, 1)
	for name, got := range map[string]exact{
		"times":             unfit,
		"plus":              large.plus(exact{1, 1}),
		"a part of it":      unfit.times(1, 3),
		"added to":          unfit.plus(exact{1, 1}),
		"taken from a sum":  exact{1, 1}.minus(unfit),
		"with other thirds": exact{math.MaxInt64, 3}.plus(exact{math.MaxInt64, 5}),
	} {
		if got.fits() {
			t.Errorf("%s: %v passes for a number", name, got)
		}
	}
	if got := (exact{math.MaxInt64, 7}).times(7, 365); got.compare(exact{math.MaxInt64, 365}) != 0 {
		t.Errorf("a product that fits once reduced: got %v", got)
	}
}

func TestRounded(t *testing.T) {
	tests := []struct {
		a    exact
		want Money
	}{
		{exact{0, 1}, 0}, {exact{1, 2}, 1}, {exact{49, 100}, 0}, {exact{3, 2}, 2}, {exact{5, 3}, 2}, {exact{4, 3}, 1},
		{exact{-1, 2}, 0}, {exact{-3, 4}, -1}, {exact{-5, 4}, -1}, {exact{math.MaxInt64, 2}, math.MaxInt64/2 + 1},
		{exact{63_2022, 100}, 63_20}, // the leaflet prints £63.21, having rounded on the way
		{exact{}, 0},
	}
	for _, test := range tests {
		if got := test.a.rounded(); got != test.want {
			t.Errorf("%v rounded is %d, want %d", test.a, got, test.want)
		}
	}
}
