package notices_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/templates/notices"
)

const everyKind = "name: text, per: words, amount: money, due: date, count: number, late: flag, who: list, rows: table"

const everyKindWords = "# Subject\nS\n# SMS\n((name)) ((per)) ((amount)) ((due)) ((count))((late??x)) ((who))\n# Email\n((rows))\n# Letter\nL\n# Discreet\nD\n"

func TestReadData(t *testing.T) {
	n, err := load(t, everyKind, everyKindWords)
	if err != nil {
		t.Fatal(err)
	}
	good := `{"Name": "Jo", "per": {"en": "a month", "cy": "y mis"}, "amount": "178.50", "due": "2026-12-15", "count": 2, "LATE": true,
		"who": ["Jo", "Sam"], "rows": [{"en": "Pay", "cy": "Tâl", "figure": "£1"}], "extra": null}`
	got, err := notices.ReadData(n, []byte(good))
	want := notices.Data{
		"name": notices.Text("Jo"), "per": notices.Words("a month", "y mis"), "amount": notices.Money(178_50), "due": notices.Day(2026, 12, 15),
		"count": notices.Number(2), "late": notices.Flag(true), "who": notices.List("Jo", "Sam"),
		"rows": notices.Table(notices.Row{English: "Pay", Welsh: "Tâl", Figure: "£1"}),
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(notices.Value{})); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}

	for _, c := range []struct{ in, want string }{
		{`[]`, `reading data of notice n: json: cannot unmarshal array into Go value of type map[string]json.RawMessage`},
		{`{"name": 1, "per": "a month", "amount": 178.5, "due": "15 December 2026", "count": 2.5, "late": "yes", "who": "Jo", "rows": [{"en": "Pay"}]}`,
			`name: want text, like "Sam"
per: want words in both languages, like {"en": "a month", "cy": "y mis"}
amount: want an amount in pounds as text, like "178.50"
due: want a date, like "2026-12-15"
count: want a whole number, like 2
late: want true or false
who: want a list of texts, like ["Jo", "Sam"]
rows: want a list of rows, like [{"en": "Rent", "cy": "Rhent", "figure": "£10"}]`},
		{`{"name": null, "per": {"en": "a month"}, "amount": "1.5", "due": "2026-02-30", "count": "2", "late": null, "who": null}`,
			`name: want text, like "Sam"
per: want words in both languages, like {"en": "a month", "cy": "y mis"}
amount: want an amount in pounds as text, like "178.50"
due: want a date, like "2026-12-15"
count: want a whole number, like 2
late: want true or false
who: want a list of texts, like ["Jo", "Sam"]
rows: a value is missing`},
	} {
		if _, err := notices.ReadData(n, []byte(c.in)); err == nil || err.Error() != c.want {
			t.Errorf("%s\ngot  %v\nwant %s", c.in, err, c.want)
		}
	}
}

// What is read can be rendered, whatever it says.
func FuzzReadData(f *testing.F) {
	f.Add(`{"name": "Jo", "per": {"en": "a", "cy": "b"}, "amount": "1", "due": "2026-12-15", "count": 2, "late": true, "who": [], "rows": []}`)
	f.Add(`{"amount": "999999999999.99", "count": 9223372036854775807}`)
	f.Fuzz(func(t *testing.T, content string) {
		n, err := load(t, everyKind, everyKindWords)
		if err != nil {
			t.Fatal(err)
		}
		data, err := notices.ReadData(n, []byte(content))
		if err != nil {
			return
		}
		for _, form := range allForms {
			if _, err := n.Render(form, "cy", data); err != nil {
				t.Error(err)
			}
		}
	})
}
