package calculation

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// day reads a date of a test.
func day(text string) Date {
	date, err := ParseDate(text)
	if err != nil {
		panic(text + " " + err.Error())
	}
	return date
}

func TestParseDate(t *testing.T) {
	for _, text := range []string{"", "2026-4-6", "06/04/2026", "2026-02-29", "2026-13-01", "0026-04-06", "2200-01-01", "1899-12-31", "2026-04-06T00:00:00Z", "2026-04-06 "} {
		if got, err := ParseDate(text); err == nil {
			t.Errorf("%q was read as %v", text, got)
		}
	}
	if got := day("2024-02-29"); got != NewDate(2024, time.February, 29) || got.String() != "2024-02-29" {
		t.Errorf("29 February 2024 is %v", got)
	}
}

func TestAddMonthsKeepsTheDayWhereItCan(t *testing.T) {
	tests := []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-15", 1, "2026-02-15"},
		{"2026-01-31", 1, "2026-02-28"},
		{"2024-01-31", 1, "2024-02-29"},
		{"2026-01-31", 2, "2026-03-31"},
		{"2026-03-31", 1, "2026-04-30"},
		{"2026-12-31", 2, "2027-02-28"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2024-02-29", 48, "2028-02-29"},
		{"2026-11-30", 3, "2027-02-28"},
	}
	for _, test := range tests {
		if got := day(test.from).AddMonths(test.months).String(); got != test.want {
			t.Errorf("%d months after %s: got %s, want %s", test.months, test.from, got, test.want)
		}
	}
}

func TestDatesCountDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := Date(rapid.Int32Range(int32(day("1900-01-01")), int32(day("2190-01-01"))).Draw(t, "from"))
		days := rapid.IntRange(0, 3000).Draw(t, "days")
		want := from.Time().AddDate(0, 0, days)
		if got := from.AddDays(days); got != DateOf(want) || day(got.String()) != got {
			t.Errorf("%d days after %v: got %v, want %v", days, from, got, want)
		}
	})
}

func TestDatesInJSON(t *testing.T) {
	for text, want := range map[string]Date{`"2026-04-06"`: day("2026-04-06"), `""`: 0} {
		var got Date
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s was read as %v, %v", text, got, err)
		}
		if back, err := json.Marshal(want); err != nil || string(back) != text {
			t.Errorf("%v was written as %s, %v", want, back, err)
		}
	}
	if err := json.Unmarshal([]byte(`"6 April"`), new(Date)); err == nil {
		t.Error(`"6 April" was read`)
	}
}

func TestDateOfIsTheDayWhereTheClockHangs(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Skip("no time zones here")
	}
	lateInLondon := time.Date(2026, time.June, 30, 23, 30, 0, 0, time.UTC).In(london)
	if got := DateOf(lateInLondon).String(); got != "2026-07-01" {
		t.Errorf("half past midnight, summer time: got %s", got)
	}
}
