package answers

import (
	"strings"
	"testing"
)

func TestReadAddress(t *testing.T) {
	read := func(text string) string {
		address, err := ReadAddress(text, inEnglish)
		return outcome(strings.Join(append(address.Lines, address.Postcode), "|"), false, err)
	}
	checkRows(t, []row{
		{"12 High Street, Leeds, LS1 1AA", "12 High Street|Leeds|LS1 1AA"},
		{"12 High Street, Leeds LS1 1AA", "12 High Street|Leeds|LS1 1AA"},
		{"12 High Street Leeds LS1 1AA", "12 High Street Leeds|LS1 1AA"},
		{"12 high street leeds ls11aa", "12 high street leeds|LS1 1AA"},
		{"12 High Street\nLeeds\nLS1 1AA", "12 High Street|Leeds|LS1 1AA"},
		{"Flat 2, 12 High Street\r\nLeeds\r\nLS1  1AA\r\n", "Flat 2, 12 High Street|Leeds|LS1 1AA"},
		{"Rose Cottage, Llanfair, LL57 1AA", "Rose Cottage|Llanfair|LL57 1AA"},
		{"Tŷ Gwyn, Stryd Fawr, Bangor LL57 1AA, Cymru", "Tŷ Gwyn|Stryd Fawr|Bangor|LL57 1AA"},
		{"12 High Street, London SW1A 1AA, UK", "12 High Street|London|SW1A 1AA"},
		{"12 High Street, Belfast. BT1 1AA. Northern Ireland.", "12 High Street|Belfast|BT1 1AA"},
		{"My address is 12 High Street, Leeds, LS1 1AA thanks", "12 High Street|Leeds|LS1 1AA"},
		{"I've moved to 12 High Street, Leeds LS1 1AA", "12 High Street|Leeds|LS1 1AA"},
		{"Fy nghyfeiriad yw 12 Stryd Fawr, Bangor LL57 1AA", "12 Stryd Fawr|Bangor|LL57 1AA"},
		{"12 High Street, Leeds LS1 OAA", "12 High Street|Leeds|LS1 0AA"},
		{"1 The Mall (top floor), Leeds, LS1 1AA", "1 The Mall (top floor)|Leeds|LS1 1AA"},
		{"", "!empty"},
		{"LS1 1AA", "!no_street"},
		{"12 LS1 1AA", "!no_street"},
		{"12 High Street, Leeds", "!no_postcode"},
		{"12 High Street, Leeds LS1", "!no_postcode"},
		{"12 High Street, Leeds QQ1 1AA", "!no_postcode"},
		{"12 Rue de Rivoli, 75001 Paris", "!no_postcode"},
		{"12 High Street LS1 1AA or 14 High Street LS1 1AB", "!two_values"},
		{"12 High Street, LS1 1AA, LS11AB", "!two_values"},
		{"LS1 1AA, 12 High Street, Leeds", "!not_understood"},
		{"12 High Street, Leeds LS1 1AA but post goes to my mum", "!not_understood"},
		{"12 High\xff Street, Leeds LS1 1AA", "!not_understood"},
		{"a, b, c, d, e, f, g, LS1 1AA", "!too_long"},
		{strings.Repeat("High Street ", 10) + ", LS1 1AA", "!too_long"},
		{strings.Repeat("x", 500), "!too_long"},
	}, read)
}

func TestReadPostcode(t *testing.T) {
	read := func(text string) string {
		postcode, err := ReadPostcode(text, inEnglish)
		return outcome(postcode, false, err)
	}
	checkRows(t, []row{
		{"LS1 1AA", "LS1 1AA"}, {"ls1 1aa", "LS1 1AA"}, {"ls11aa", "LS1 1AA"}, {"LS11 1AA", "LS11 1AA"}, {"ls111aa", "LS11 1AA"}, {"M1 1AE", "M1 1AE"}, {"m11ae", "M1 1AE"}, {"B33 8TH", "B33 8TH"}, {"CR2 6XH", "CR2 6XH"}, {"DN55 1PT", "DN55 1PT"}, {"W1A 1HQ", "W1A 1HQ"}, {"EC1A 1BB", "EC1A 1BB"}, {"ec1a1bb", "EC1A 1BB"}, {"SW1A 2AA", "SW1A 2AA"}, {"BT1 1AA", "BT1 1AA"}, {"JE2 3AB", "JE2 3AB"}, {"BF1 3AA", "BF1 3AA"}, {"CF10 1EP", "CF10 1EP"}, {"LL57 2DG", "LL57 2DG"},
		{"ls1  1aa", "LS1 1AA"}, {"L S 1 1 A A", "LS1 1AA"}, {"LS1 1AA.", "LS1 1AA"}, {"LS1 1AA thanks", "LS1 1AA"}, {"my postcode is LS1 1AA", "LS1 1AA"}, {"fy nghod post yw LL57 2DG", "LL57 2DG"}, {"LS1 OAA", "LS1 0AA"}, {"ＬＳ１ １ＡＡ", "LS1 1AA"},
		{"LS1", "!not_understood"}, {"LS1 1A", "!not_understood"}, {"LS1 1AAA", "!not_understood"}, {"LS1 1CA", "!not_understood"}, {"LS1 AAA", "!not_understood"}, {"QQ1 1AA", "!not_understood"}, {"LS 1AA", "!not_understood"}, {"LS123 1AA", "!not_understood"}, {"LS01 1AA", "!not_understood"}, {"12345", "!not_understood"}, {"LS1-1AA", "!not_understood"}, {"LS1 1AA LS1 1AB", "!two_values"}, {"no", "!not_understood"}, {"LS1 1AA Leeds", "!not_understood"}, {"", "!empty"},
	}, read)
}

func FuzzReadAddress(f *testing.F) {
	f.Add("12 High Street, Leeds LS1 1AA")
	f.Add("a\nb\nls11aa uk")
	f.Fuzz(func(t *testing.T, text string) {
		address, err := ReadAddress(text, inEnglish)
		if err != nil {
			return
		}
		if postcode, err := ReadPostcode(address.Postcode, inEnglish); err != nil || postcode != address.Postcode {
			t.Errorf("%q has the postcode %q, which is %q, %v", text, address.Postcode, postcode, err)
		}
		if n := len(address.Lines); n < 1 || n > mostAddressLines || strings.ContainsAny(strings.Join(address.Lines, ""), "\x00\n\r\t") {
			t.Errorf("%q has the lines %q", text, address.Lines)
		}
	})
}
