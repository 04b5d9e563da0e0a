package answers

import (
	"encoding/json"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

func number(c Context) func(string) string {
	return func(text string) string {
		n, err := ReadNumber(text, c)
		return outcome(n.Value.String(), n.Confirm, err)
	}
}

func TestReadNumber(t *testing.T) {
	checkRows(t, []row{
		{"3", "3"}, {"3.", "3"}, {"#3", "!not_understood"}, {"0", "0"}, {"00", "0"}, {"３", "3"}, {"2.5", "2.5"}, {"2.50", "2.5"}, {"0.125", "0.125"}, {"26.000", "26?"}, {".5", "0.5"}, {"3½", "3.5"},
		{"0.000001", "0.000001"}, {"0.0000001", "!not_understood"}, {"1,234", "1234"}, {"1,234,567", "1234567"}, {"12 345", "12345?"}, {"1,5", "1.5?"},
		{"three", "3"}, {"Three!", "3"}, {"zero", "0"}, {"none", "0"}, {"nil", "0"}, {"twelve", "12"}, {"twenty one", "21"}, {"twenty-one", "21"}, {"a hundred", "100"}, {"one hundred and five", "105"}, {"two thousand", "2000"}, {"2k", "2000"}, {"two and a half", "2.5"}, {"two point five", "2.5"},
		{"-1", "-1"}, {"minus 1", "-1"}, {"minus two and a half", "-2.5"}, {"- 1", "1"},
		{"I have 3", "3"}, {"there are 3 thanks", "3"}, {"its 3", "3"}, {"just 3", "3"}, {"3 of them", "3"},
		{"about 3", "3?"}, {"3ish", "3?"}, {"3?", "3?"}, {"i think 3", "3?"},
		{"3 or 4", "!not_understood"}, {"3 4", "!two_values"}, {"3-4", "!not_understood"}, {"none 3", "!two_values"}, {"3 children", "!not_understood"}, {"not 3", "!not_understood"}, {"1.2.3", "!not_understood"}, {"3%", "!not_understood"}, {"£3", "!not_understood"}, {"over 3", "!not_understood"}, {"--3", "!not_understood"}, {"3-", "3"}, {"1e9", "!not_understood"}, {"99999999999", "!not_understood"}, {"NaN", "!not_understood"}, {"a few", "!not_understood"}, {"couple", "!not_understood"}, {"idk", "!unsure"}, {"", "!empty"},
	}, number(inEnglish))
	checkRows(t, []row{
		{"tri", "3"}, {"tair", "3"}, {"deg", "10"}, {"un ar ddeg", "11"}, {"deuddeg", "12"}, {"deunaw", "18"}, {"pedwar ar bymtheg", "19"}, {"ugain", "20"}, {"dau ddeg pump", "25"}, {"pump ar hugain", "25"}, {"un ar ddeg ar hugain", "31"}, {"deugain", "40"}, {"hanner cant", "50"}, {"trigain", "60"}, {"pedwar ugain", "80"}, {"naw deg naw", "99"}, {"cant", "100"}, {"cant a phump", "105"}, {"dau gant", "200"}, {"dwy fil", "2000"}, {"mae gen i 3", "3"}, {"dim ond 3", "3"}, {"dim", "0"}, {"minws 3", "-3"}, {"tua 3", "3?"}, {"3 neu 4", "!not_understood"}, {"dim syniad", "!unsure"},
	}, number(inWelsh))
}

// Every numeral up to 99 comes back from both ways of writing it.
func TestNumeralsAreComplete(t *testing.T) {
	units := []string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	tens := []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	unedau := []string{"", "un", "dau", "tri", "pedwar", "pump", "chwech", "saith", "wyth", "naw"}
	for n := 20; n < 100; n++ {
		want := Whole(n).String()
		if got := number(inEnglish)(tens[n/10] + " " + units[n%10]); got != want {
			t.Errorf("%s %s is %s", tens[n/10], units[n%10], got)
		}
		if got := number(inEnglish)(unedau[n/10] + " deg " + unedau[n%10]); got != want {
			t.Errorf("%s deg %s is %s", unedau[n/10], unedau[n%10], got)
		}
	}
}

func TestDecimalIsAJSONNumber(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Decimal(rapid.Int64().Draw(t, "millionths"))
		written, err := json.Marshal(d)
		if err != nil {
			t.Fatal(err)
		}
		exact, ok := new(big.Rat).SetString(string(written))
		if !ok || !json.Valid(written) || exact.Cmp(big.NewRat(int64(d), int64(one))) != 0 {
			t.Fatalf("%d millionths are written as %s", int64(d), written)
		}
	})
}

func FuzzReadNumber(f *testing.F) {
	f.Add("1,234.5")
	f.Add("minus two and a half thousand")
	f.Add("9\xff")
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ReadNumber(text, inEnglish)
		if err != nil {
			return
		}
		if again, err := ReadNumber(n.Value.String(), inEnglish); err != nil || again.Value != n.Value {
			t.Errorf("%q is %v, which is read as %v, %v", text, n.Value, again, err)
		}
	})
}
