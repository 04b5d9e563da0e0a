package templates_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"parley/templates"
)

func ExampleLanguage_MoneyPer() {
	fmt.Println(templates.English.MoneyPer(41000, "week"))
	fmt.Println(templates.Welsh.MoneyPer(41050, "week"))
	// Output:
	// £410 a week
	// £410.50 yr wythnos
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		year, month, day int
		english, welsh   string
	}{
		{2026, 11, 3, "3 November 2026", "3 Tachwedd 2026"},
		{2026, 11, 1, "1 November 2026", "1 Tachwedd 2026"},
		{2027, 1, 31, "31 January 2027", "31 Ionawr 2027"},
		{2028, 2, 29, "29 February 2028", "29 Chwefror 2028"},
		{2026, 12, 25, "25 December 2026", "25 Rhagfyr 2026"},
	} {
		if got := templates.English.Date(c.year, c.month, c.day); got != c.english {
			t.Errorf("English: %q, want %q", got, c.english)
		}
		if got := templates.Welsh.Date(c.year, c.month, c.day); got != c.welsh {
			t.Errorf("Welsh: %q, want %q", got, c.welsh)
		}
	}
}

func TestMoney(t *testing.T) {
	for pence, want := range map[int64]string{
		0:             "£0",
		5:             "£0.05",
		50:            "£0.50",
		41000:         "£410",
		41050:         "£410.50",
		100000:        "£1,000",
		123456789:     "£1,234,567.89",
		-500:          "-£5",
		-50:           "-£0.50",
		math.MinInt64: "-£92,233,720,368,547,758.08",
	} {
		if got := templates.Money(pence); got != want {
			t.Errorf("Money(%d) = %q, want %q", pence, got, want)
		}
	}
}

func TestMoneyPer(t *testing.T) {
	for _, c := range []struct{ period, english, welsh string }{
		{"", "£410", "£410"},
		{"week", "£410 a week", "£410 yr wythnos"},
		{"fortnight", "£410 a fortnight", "£410 y pythefnos"},
		{"four_weeks", "£410 every 4 weeks", "£410 bob 4 wythnos"},
		{"month", "£410 a month", "£410 y mis"},
		{"year", "£410 a year", "£410 y flwyddyn"},
		{"quarter", "£410 (quarter)", "£410 (quarter)"},
	} {
		if got := templates.English.MoneyPer(41000, c.period); got != c.english {
			t.Errorf("English, %q: %q, want %q", c.period, got, c.english)
		}
		if got := templates.Welsh.MoneyPer(41000, c.period); got != c.welsh {
			t.Errorf("Welsh, %q: %q, want %q", c.period, got, c.welsh)
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct{ items, english, welsh string }{
		{"", "", ""},
		{"Jo", "Jo", "Jo"},
		{"Jo Sam", "Jo and Sam", "Jo a Sam"},
		{"Jo Sam Ali", "Jo, Sam and Ali", "Jo, Sam ac Ali"},
		{"afal Êl", "afal and Êl", "afal ac Êl"},
		{"afal ŵyn", "afal and ŵyn", "afal ac ŵyn"},
		{"afal wyth", "afal and wyth", "afal ac wyth"},
		{"afal Ynyr", "afal and Ynyr", "afal ac Ynyr"},
		{"afal haf", "afal and haf", "afal a haf"},
		{"Pedr Ioan", "Pedr and Ioan", "Pedr ac Ioan"},
		{"Sam William", "Sam and William", "Sam a William"},
		{"Sam Yusuf", "Sam and Yusuf", "Sam a Yusuf"},
		{"7 8", "7 and 8", "7 ac 8"},
		{"£410 £80.50", "£410 and £80.50", "£410 ac £80.50"},
		{"31 1", "31 and 1", "31 ac 1"},
		{"10 11", "10 and 11", "10 ac 11"},
		{"8 10", "8 and 10", "8 a 10"},
		{"8 1,000", "8 and 1,000", "8 a 1,000"},
		{"8 ?", "8 and ?", "8 a ?"},
	} {
		items := strings.Fields(c.items)
		if got := templates.English.List(items); got != c.english {
			t.Errorf("English %q: %q, want %q", items, got, c.english)
		}
		if got := templates.Welsh.List(items); got != c.welsh {
			t.Errorf("Welsh %q: %q, want %q", items, got, c.welsh)
		}
	}
}
