package calculation

import (
	"encoding/json"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestParseMoney(t *testing.T) {
	tests := []struct {
		text string
		want Money
		err  error
	}{
		{"0", 0, nil}, {"7", 7_00, nil}, {"450.00", 450_00, nil}, {"450.5", 450_50, nil}, {"0.01", 1, nil},
		{"000012.30", 12_30, nil}, {"1000000000", mostMoney, nil},
		{"1000000000.01", 0, errMoneyLarge}, {"99999999999999999999", 0, errMoneyLarge},
		{"-1", 0, errMoneyNegative}, {"-0", 0, errMoneyNegative},
		{"", 0, errMoneyForm}, {".", 0, errMoneyForm}, {".5", 0, errMoneyForm}, {"5.", 0, errMoneyForm},
		{"450.005", 0, errMoneyForm}, {"1,200", 0, errMoneyForm}, {"£450", 0, errMoneyForm}, {"1e3", 0, errMoneyForm},
		{" 450", 0, errMoneyForm}, {"+1", 0, errMoneyForm}, {"1_000", 0, errMoneyForm}, {"٤٥", 0, errMoneyForm}, {"NaN", 0, errMoneyForm},
	}
	for _, test := range tests {
		got, err := ParseMoney(test.text)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%q: got %d, %v, want %d, %v", test.text, got, err, test.want, test.err)
		}
	}
}

func TestMoneyIsWritten(t *testing.T) {
	tests := []struct {
		money           Money
		decimal, people string
	}{
		{0, "0.00", "£0.00"}, {5, "0.05", "£0.05"}, {7_00, "7.00", "£7.00"}, {999_99, "999.99", "£999.99"},
		{1_000_00, "1000.00", "£1,000.00"}, {1_234_567_89, "1234567.89", "£1,234,567.89"}, {-12_34, "-12.34", "-£12.34"},
		{-1 << 63, "-92233720368547758.08", "-£92,233,720,368,547,758.08"},
	}
	for _, test := range tests {
		if got := test.money.Decimal(); got != test.decimal {
			t.Errorf("%d: got %s, want %s", int64(test.money), got, test.decimal)
		}
		if got := test.money.String(); got != test.people {
			t.Errorf("%d: got %s, want %s", int64(test.money), got, test.people)
		}
	}
}

func TestMoneyComesBackAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := Money(rapid.Int64Range(0, int64(mostMoney)).Draw(t, "pence"))
		text, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		var got Money
		if err := json.Unmarshal(text, &got); err != nil || got != want {
			t.Errorf("%d came back from %s as %d, %v", want, text, got, err)
		}
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, seed := range []string{"0", "450.00", "1e9", "-3", "0.1", "\x00", "١"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseMoney(text)
		if err == nil && (got < 0 || got > mostMoney) {
			t.Errorf("%q was read as %d", text, got)
		}
	})
}
