package answers

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParseDate(t *testing.T) {
	for text, want := range map[string]Date{
		"2026-11-22": {2026, 11, 22},
		"2024-02-29": {2024, 2, 29},
		"0001-01-01": {1, 1, 1},
		"9999-12-31": {9999, 12, 31},
	} {
		if got, err := ParseDate(text); err != nil || got != want {
			t.Errorf("%s is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "2026-11-31", "2026-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "0000-01-01", "2026-1-1", "22-11-2026", "2026/11/22", "2026-11-22T", "２026-11-22"} {
		if got, err := ParseDate(text); err == nil {
			t.Errorf("%q is taken for %v", text, got)
		}
	}
}

func TestDateOfIsTheDateInLondon(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	summerNight := time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC)
	if got, want := DateOf(summerNight, london), (Date{2026, 7, 1}); got != want {
		t.Errorf("half past midnight in London is %v, want %v", got, want)
	}
}

// Dates agree with the time package, and come back from text and JSON.
func TestDatesAgreeWithTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		days := rapid.IntRange(-300_000, 300_000).Draw(t, "days")
		want := time.Date(2000, 1, 1+days, 0, 0, 0, 0, time.UTC)
		d := Date{2000, 1, 1}.AddDays(days)
		if d.String() != want.Format(time.DateOnly) || d.Weekday() != want.Weekday() || !d.Valid() {
			t.Fatalf("%v, %v: want %v, %v", d, d.Weekday(), want.Format(time.DateOnly), want.Weekday())
		}
		if got := (Date{2000, 1, 1}).daysUntil(d); got != days {
			t.Fatalf("%v is %d days away, want %d", d, got, days)
		}
		if parsed, err := ParseDate(d.String()); err != nil || parsed != d {
			t.Fatalf("%v is parsed as %v, %v", d, parsed, err)
		}
		var read Date
		if written, err := json.Marshal(d); err != nil || json.Unmarshal(written, &read) != nil || read != d {
			t.Fatalf("%v does not come back from JSON", d)
		}
		next := d.AddDays(1)
		if !d.Before(next) || !next.After(d) || d.Compare(d) != 0 || d.Before(d) {
			t.Fatalf("%v and %v are out of order", d, next)
		}
	})
}

func TestAddMonths(t *testing.T) {
	for _, test := range []struct {
		from   Date
		months int
		want   Date
	}{
		{Date{2026, 1, 31}, 1, Date{2026, 2, 28}},
		{Date{2024, 1, 31}, 1, Date{2024, 2, 29}},
		{Date{2026, 3, 31}, -1, Date{2026, 2, 28}},
		{Date{2026, 1, 15}, -1, Date{2025, 12, 15}},
		{Date{2026, 11, 22}, 12, Date{2027, 11, 22}},
		{Date{2024, 2, 29}, -12, Date{2023, 2, 28}},
	} {
		if got := test.from.addMonths(test.months); got != test.want {
			t.Errorf("%v and %d months is %v, want %v", test.from, test.months, got, test.want)
		}
	}
}
