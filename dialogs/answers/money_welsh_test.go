package answers

import "testing"

func TestReadMoneyInWelsh(t *testing.T) {
	checkRows(t, []row{
		{"400 yr wythnos", "400.00 week"},
		{"£400 yr wythnos", "400.00 week"},
		{"400 bob wythnos", "400.00 week"},
		{"400 pob wythnos", "400.00 week"},
		{"400 wythnosol", "400.00 week"},
		{"yn wythnosol 400", "400.00 week"},
		{"800 y pythefnos", "800.00 fortnight"},
		{"800 bob pythefnos", "800.00 fortnight"},
		{"800 y bythefnos", "800.00 fortnight"},
		{"800 bob 2 wythnos", "800.00 fortnight"},
		{"800 bob yn ail wythnos", "800.00 fortnight"},
		{"1600 bob 4 wythnos", "1600.00 four_weeks"},
		{"1600 bob pedair wythnos", "1600.00 four_weeks"},
		{"1200 y mis", "1200.00 month"},
		{"£1.2k y mis", "1200.00 month"},
		{"1200 bob mis", "1200.00 month"},
		{"1200 misol", "1200.00 month"},
		{"18000 y flwyddyn", "18000.00 year"},
		{"18000 bob blwyddyn", "18000.00 year"},
		{"18 mil y flwyddyn", "18000.00 year"},
		{"18k y flwyddyn", "18000.00 year"},
		{"pedwar cant yr wythnos", "400.00 week"},
		{"pedwar cant a deg yr wythnos", "410.00 week"},
		{"mil cant y mis", "1100.00 month"},
		{"mil a chant", "1100.00"},
		{"mil un cant a hanner", "1150.00"},
		{"mil dau gant y mis", "1200.00 month"},
		{"mil a hanner", "1500.00"},
		{"pumdeg punt", "50.00"},
		{"pedwar pum deg", "!two_meanings"},
		{"dau bumdeg yr wythnos", "!two_meanings"},
		{"tri hanner cant", "!two_meanings"},
		{"cant yr wythnos", "100.00 week"},
		{"can punt yr wythnos", "100.00 week"},
		{"dau gant a hanner bob pythefnos", "250.00 fortnight"},
		{"tri chant", "300.00"},
		{"pum cant y mis", "500.00 month"},
		{"chwe chant o bunnoedd", "600.00"},
		{"mil o bunnau y mis", "1000.00 month"},
		{"mil y mis", "1000.00 month"},
		{"dwy fil y mis", "2000.00 month"},
		{"dwy fil a hanner y mis", "2500.00 month"},
		{"dwy fil pum cant y mis", "2500.00 month"},
		{"deunaw mil y flwyddyn", "18000.00 year"},
		{"ugain punt", "20.00"},
		{"dau ddeg pump o bunnoedd yr wythnos", "25.00 week"},
		{"pump ar hugain", "25.00"},
		{"hanner cant o bunnau yr wythnos", "50.00 week"},
		{"naw deg naw", "99.00"},
		{"400 punt yr wythnos", "400.00 week"},
		{"410 punt a 50 ceiniog", "410.50"},
		{"Dw i'n cael £410 yr wythnos", "410.00 week"},
		{"dwi'n ennill 410 yr wythnos cyn treth", "410.00 week"},
		{"fy nghyflog yw £410 yr wythnos, diolch", "410.00 week"},
		{"tua 400", "400.00?"},
		{"tua £400 yr wythnos", "400.00 week?"},
		{"rhyw 400 y mis", "400.00 month?"},
		{"400 fwy neu lai", "400.00?"},
		{"400 ar ôl treth", "400.00?"},
		{"dim", "0.00?"},
		{"dim byd", "0.00?"},
		{"350 neu 400", "!two_values"},
		{"dim 400", "!two_values"},
		{"dim mwy na 400", "!not_understood"},
		{"llai na 400", "!not_understood"},
		{"12 yr awr", "!unknown_period"},
		{"80 y dydd", "!unknown_period"},
		{"dim syniad", "!unsure"},
		{"dwi ddim yn gwybod", "!unsure"},
	}, money(inWelsh))
}

// Both languages are always understood; the conversation's own breaks ties.
func TestReadMoneyLanguageBreaksTies(t *testing.T) {
	for _, test := range []struct{ text, english, welsh string }{
		{"18 mil", "18000.00?", "18000.00"},
		{"cant", "!not_understood", "100.00"},
		{"mil", "!not_understood", "1000.00"},
		{"pedwar cant", "400.00", "400.00"},
		{"four hundred", "400.00", "400.00"},
	} {
		if got := money(inEnglish)(test.text); got != test.english {
			t.Errorf("%q in English is %s, want %s", test.text, got, test.english)
		}
		if got := money(inWelsh)(test.text); got != test.welsh {
			t.Errorf("%q in Welsh is %s, want %s", test.text, got, test.welsh)
		}
	}
}
