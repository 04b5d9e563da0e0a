package console

import (
	"testing"

	"pgregory.net/rapid"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
)

func TestGridSteps(t *testing.T) {
	for most, want := range map[calculation.Money]calculation.Money{
		1: 1_00, 4_00: 1_00, 4_01: 2_00, 519_74: 200_00, 800_01: 500_00, 4_000_00: 1_000_00,
	} {
		if got := gridStep(most); got != want {
			t.Errorf("for %v: %v, want %v", most, got, want)
		}
	}
}

func TestAChart(t *testing.T) {
	today := calculation.NewDate(2026, 2, 20)
	due := []accounts.Instalment{
		{Due: calculation.NewDate(2025, 2, 28), Amount: 900_00}, // before the twelve months
		{Due: calculation.NewDate(2025, 3, 1), Amount: 100_00}, {Due: calculation.NewDate(2025, 3, 31), Amount: 100_00},
		{Due: calculation.NewDate(2026, 2, 25), Amount: 900_00}, // still to come
	}
	paid := []directory.Payment{{Received: calculation.NewDate(2025, 12, 31), Amount: 50_00}}
	ch := newChart(templates.Welsh, due, paid, today)
	first, december := ch.Months[0], ch.Months[9]
	if ch.Due != 200_00 || ch.Received != 50_00 || ch.From != "Maw 2025" || ch.To != "Chwe 2026" || first.Name != "Maw" || december.Name != "Rhag" {
		t.Errorf("%+v", ch)
	}
	if quarter := first.Due.Height / 4; december.Received.Height != quarter || first.Received.Height != 0 || ch.Months[11].Due.Height != 0 {
		t.Errorf("bars of %+v and %+v", first, december)
	}
	if newChart(templates.English, nil, nil, today) != nil {
		t.Error("nothing is drawn")
	}
}

// Whatever was due and received, every bar stands in the plot, and no taller
// than the highest line.
func TestBarsStandInThePlot(t *testing.T) {
	today := calculation.NewDate(2026, 11, 23)
	rapid.Check(t, func(t *rapid.T) {
		var due []accounts.Instalment
		var paid []directory.Payment
		for range rapid.IntRange(0, 40).Draw(t, "rows") {
			day := today.AddDays(-rapid.IntRange(-40, 500).Draw(t, "days ago"))
			amount := calculation.Money(rapid.Int64Range(1, 5_000_000_00).Draw(t, "amount"))
			due = append(due, accounts.Instalment{Due: day, Amount: amount})
			paid = append(paid, directory.Payment{Received: day.AddDays(3), Amount: amount / 2})
		}
		ch := newChart(templates.English, due, paid, today)
		if ch == nil {
			return
		}
		if len(ch.Lines) < 2 || len(ch.Lines) > 5 {
			t.Fatalf("%d lines", len(ch.Lines))
		}
		top := ch.Lines[len(ch.Lines)-1].Y
		for _, m := range ch.Months {
			for _, b := range []bar{m.Due, m.Received} {
				if b.Y < top || b.Y+b.Height != ch.Bottom || b.X < ch.Left || b.X+b.Width > ch.Width {
					t.Fatalf("a bar at %+v", b)
				}
			}
		}
	})
}
