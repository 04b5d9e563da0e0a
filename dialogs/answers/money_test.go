package answers

import "testing"

func money(c Context) func(string) string {
	return func(text string) string {
		m, err := ReadMoney(text, c)
		value := m.Amount.Pounds()
		if m.Period != "" {
			value += " " + string(m.Period)
		}
		return outcome(value, m.Confirm, err)
	}
}

func TestReadMoney(t *testing.T) {
	checkRows(t, []row{
		// In figures.
		{"410", "410.00"},
		{"£410", "410.00"},
		{"£ 410", "410.00"},
		{"410£", "410.00"},
		{"410.50", "410.50"},
		{"£1,234.56", "1234.56"},
		{"£12,345", "12345.00"},
		{"1,234,567.89", "1234567.89"},
		{"£0.50", "0.50"},
		{"£.50", "0.50"},
		{"410.", "410.00"},
		{"410.00.", "410.00"},
		{"0", "0.00"},
		{"£0", "0.00"},
		{"007", "7.00"},
		{"４１０", "410.00"},
		{"￡410", "410.00"},
		{"GBP 410", "410.00"},
		{"410 pounds", "410.00"},
		{"410 quid", "410.00"},
		{"410quid a week", "410.00 week"},
		{"£410 50p", "410.50"},
		{"£410.50p", "410.50"},
		{"410 pounds 50 pence", "410.50"},
		{"410 pounds and 50 pence", "410.50"},
		{"\"£410\"", "410.00"},
		{"(410)", "410.00"},
		{"\u200b£410\ufeff", "410.00"},
		{"£410 😢", "410.00"},

		// A week, in as many ways as people have.
		{"£410 a week", "410.00 week"},
		{"410 a week", "410.00 week"},
		{"410 per week", "410.00 week"},
		{"410 each week", "410.00 week"},
		{"410 every week", "410.00 week"},
		{"410 weekly", "410.00 week"},
		{"weekly 410", "410.00 week"},
		{"410pw", "410.00 week"},
		{"410 pw", "410.00 week"},
		{"410 p.w.", "410.00 week"},
		{"410 p/w", "410.00 week"},
		{"£410p/w", "410.00 week"},
		{"410 p w", "410.00 week"},
		{"410 p wk", "410.00 week"},
		{"410/week", "410.00 week"},
		{"410/wk", "410.00 week"},
		{"410 /w", "410.00 week"},
		{"410 a wk", "410.00 week"},
		{"410 wk", "410.00 week"},
		{"410 per wk", "410.00 week"},
		{"410 aweek", "410.00 week"},
		{"410 perweek", "410.00 week"},
		{"410 evry week", "410.00 week"},
		{"410 a wek", "410.00 week"},
		{"410 weekley", "410.00 week"},
		{"410 in a week", "410.00 week"},
		{"410 by the week", "410.00 week"},
		{"410 once a week", "410.00 week"},
		{"week 410", "410.00 week"},
		{"£410-a-week", "410.00 week"},
		{"A WEEK £410", "410.00 week"},
		{"410 a week every week", "410.00 week"},

		// Other periods.
		{"800 a fortnight", "800.00 fortnight"},
		{"800 fortnightly", "800.00 fortnight"},
		{"800 per fortnite", "800.00 fortnight"},
		{"800 a 4tnight", "800.00 fortnight"},
		{"800 every two weeks", "800.00 fortnight"},
		{"800 every 2 weeks", "800.00 fortnight"},
		{"800 every 2 wks", "800.00 fortnight"},
		{"800 2 weekly", "800.00 fortnight"},
		{"800 two-weekly", "800.00 fortnight"},
		{"800 every other week", "800.00 fortnight"},
		{"800 every second week", "800.00 fortnight"},
		{"800 every 2nd week", "800.00 fortnight"},
		{"800 for 2 weeks", "800.00 fortnight"},
		{"1600 4 weekly", "1600.00 four_weeks"},
		{"1600 four weekly", "1600.00 four_weeks"},
		{"1600 every 4 weeks", "1600.00 four_weeks"},
		{"1600 every four wks", "1600.00 four_weeks"},
		{"£1600 every 4th week", "1600.00 four_weeks"},
		{"1600 4-weekly", "1600.00 four_weeks"},
		{"1600/4 weeks", "1600.00 four_weeks"},
		{"4 weekly 1600", "1600.00 four_weeks"},
		{"£1.2k pm", "1200.00 month"},
		{"1200 a month", "1200.00 month"},
		{"1200 pcm", "1200.00 month"},
		{"1200 p.c.m.", "1200.00 month"},
		{"1200 p/m", "1200.00 month"},
		{"1200 pm", "1200.00 month"},
		{"1200pm", "1200.00 month"},
		{"1200 monthly", "1200.00 month"},
		{"1200 per calendar month", "1200.00 month"},
		{"1200 calendar month", "1200.00 month"},
		{"1200 a mth", "1200.00 month"},
		{"1200 mnth", "1200.00 month"},
		{"1200/m", "1200.00 month"},
		{"1200 amonth", "1200.00 month"},
		{"1200 montly", "1200.00 month"},
		{"1200 every month", "1200.00 month"},
		{"monthly its 1200", "1200.00 month"},
		{"£1,200.50 per month", "1200.50 month"},
		{"18000 a year", "18000.00 year"},
		{"18000 pa", "18000.00 year"},
		{"18000 p.a.", "18000.00 year"},
		{"18000 p/a", "18000.00 year"},
		{"18000 per annum", "18000.00 year"},
		{"18000 annually", "18000.00 year"},
		{"18000 yearly", "18000.00 year"},
		{"18000 yr", "18000.00 year"},
		{"18000 a yr", "18000.00 year"},
		{"18000 every 12 months", "18000.00 year"},
		{"18,000 per year", "18000.00 year"},
		{"annual salary 18000", "18000.00 year"},

		// Thousands.
		{"18k", "18000.00"},
		{"18K", "18000.00"},
		{"18 k", "18000.00"},
		{"£18k a year", "18000.00 year"},
		{"18kpa", "18000.00 year"},
		{"18k p.a", "18000.00 year"},
		{"18.5k", "18500.00"},
		{"1.275k a month", "1275.00 month"},
		{"1.5k", "1500.00"},
		{"18 grand a year", "18000.00 year"},
		{"a grand a month", "1000.00 month"},
		{"grand a month", "1000.00 month"},
		{"half a grand", "500.00"},
		{"one and a half grand", "1500.00"},
		{"1 and a half grand a month", "1500.00 month"},
		{"2½k a month", "2500.00 month"},
		{"18 thousand", "18000.00"},
		{"18 thou a yr", "18000.00 year"},

		// In words.
		{"four hundred a week", "400.00 week"},
		{"four hundred and ten", "410.00"},
		{"four hundred & ten pounds", "410.00"},
		{"four hundred ten", "410.00"},
		{"Four Hundred And Twenty-Five Pounds Per Week", "425.00 week"},
		{"four hundred and twenty five", "425.00"},
		{"4 hundred a week", "400.00 week"},
		{"4 hundred and 10 a week", "410.00 week"},
		{"a hundred a week", "100.00 week"},
		{"hundred quid a week", "100.00 week"},
		{"twelve hundred a month", "1200.00 month"},
		{"two thousand five hundred a month", "2500.00 month"},
		{"two thousand and fifty", "2050.00"},
		{"a thousand and one", "1001.00"},
		{"eighteen thousand a year", "18000.00 year"},
		{"one hundred thousand", "100000.00"},
		{"four hundred and ten pounds fifty pence a week", "410.50 week"},
		{"fourty quid", "40.00"},
		{"ten", "10.00"},
		{"ninety nine", "99.00"},
		{"four hundred two weekly", "400.00 fortnight"},
		{"one point five k a month", "1500.00 month"},

		// With the words people put around it.
		{"its 410 a week", "410.00 week"},
		{"I get £410 a week before tax", "410.00 week"},
		{"im on 18k a year", "18000.00 year"},
		{"i earn 410 per week gross", "410.00 week"},
		{"My wage is 410 a week now", "410.00 week"},
		{"I'm currently paid £410 a week, thanks", "410.00 week"},
		{"Hi, 410 a week. Thanks x", "410.00 week"},
		{"410 a week please", "410.00 week"},
		{"just 410 pw", "410.00 week"},
		{"it works out at 410 a week", "410.00 week"},
		{"gross pay: £410.00 weekly", "410.00 week"},
		{"pay - £410", "410.00"},
		{"£410 pw b4 tax", "410.00 week"},
		{"£410\na week", "410.00 week"},

		// Read, and to be confirmed.
		{"about 400", "400.00?"},
		{"abt 400 a week", "400.00 week?"},
		{"around £400 a week", "400.00 week?"},
		{"roughly 400", "400.00?"},
		{"approx 400 pw", "400.00 week?"},
		{"400ish", "400.00?"},
		{"400-ish a week", "400.00 week?"},
		{"400 or so", "400.00?"},
		{"~400", "400.00?"},
		{"maybe 400", "400.00?"},
		{"i think 400 a week", "400.00 week?"},
		{"I think it's about 400 a week", "400.00 week?"},
		{"18k-ish", "18000.00?"},
		{"400?", "400.00?"},
		{"nearly 400", "400.00?"},
		{"just over 400 a week", "400.00 week?"},
		{"400 on average", "400.00?"},
		{"usually 400 a week", "400.00 week?"},
		{"1,2", "1.20?"},
		{"12,50", "12.50?"},
		{"1.5", "1.50?"},
		{"£4.5 a week", "4.50 week?"},
		{"1 200", "1200.00?"},
		{"18 000 a year", "18000.00 year?"},
		{"couple of hundred a week", "200.00 week?"},
		{"a couple hundred", "200.00?"},
		{"nothing", "0.00?"},
		{"none", "0.00?"},
		{"50p", "0.50?"},
		{"400 a week after tax", "400.00 week?"},
		{"400 a week take home", "400.00 week?"},
		{"net 400 weekly", "400.00 week?"},

		// Asked again: more than one amount.
		{"350 or 400", "!two_values"},
		{"between 350 and 400", "!not_understood"},
		{"350-400", "!two_values"},
		{"350 - 400 a week", "!two_values"},
		{"350 to 400", "!two_values"},
		{"£350/£400", "!two_values"},
		{"350 400", "!two_values"},
		{"four fifty", "!two_values"},
		{"twelve fifty", "!two_values"},
		{"18-20k", "!two_values"},
		{"400 a week 1600 a month", "!two_values"},
		{"400 a week paid monthly", "!two_values"},
		{"£400 basic £50 overtime", "!two_values"},
		{"was 500 now 400", "!not_understood"},

		// Asked again: denied, bounded or changed.
		{"£18k-ish maybe more", "!not_understood"},
		{"not 400", "!not_understood"},
		{"i dont get 400", "!not_understood"},
		{"400 less", "!not_understood"},
		{"400 less than before", "!not_understood"},
		{"i pay 400 a week", "!not_understood"},
		{"I paid £400", "!not_understood"},
		{"i have to pay 400", "!not_understood"},
		{"half of 400", "!not_understood"},
		{"over 400", "!not_understood"},
		{"at least 400", "!not_understood"},
		{"up to 400", "!not_understood"},
		{"400+", "!not_understood"},
		{"400 plus bonus", "!not_understood"},
		{"<400", "!not_understood"},
		{"minus 400", "!not_understood"},
		{"-400", "!not_understood"},
		{"£-400", "!not_understood"},
		{"10%", "!not_understood"},
		{"half", "!not_understood"},
		{"half of what i got", "!not_understood"},
		{"a few hundred", "!not_understood"},
		{"same as before", "!not_understood"},
		{"before 400", "!not_understood"},
		{"hundreds", "!not_understood"},

		// Asked again: no such amount.
		{"1.2.3", "!not_understood"},
		{"£1.234", "!not_understood"},
		{"£50p", "!not_understood"},
		{"1,2345", "!not_understood"},
		{"12,34,567", "!not_understood"},
		{"0,5,6", "!not_understood"},
		{"$400", "!not_understood"},
		{"400 euros", "!not_understood"},
		{"400 dollars", "!not_understood"},
		{"4oo", "!not_understood"},
		{"£4l0", "!not_understood"},
		{"400m", "!not_understood"},
		{"£20m", "!not_understood"},
		{"99999999", "!out_of_range"},
		{"12345678901234567890", "!not_understood"},
		{"1/2", "!two_values"},
		{"£", "!not_understood"},
		{"a week", "!not_understood"},
		{"pounds", "!not_understood"},
		{"07700 900123", "!two_values"},
		{"3 November", "!not_understood"},
		{"hello", "!not_understood"},
		{"stop", "!not_understood"},
		{"no", "!not_understood"},
		{"i cant say", "!unsure"},
		{"400\x00", "!not_understood"},
		{"400\xff", "!not_understood"},

		// Asked again: a period that none of ours is.
		{"12 an hour", "!unknown_period"},
		{"£12.21 per hour", "!unknown_period"},
		{"12ph", "!unknown_period"},
		{"£80 a day", "!unknown_period"},
		{"£80 a shift", "!unknown_period"},
		{"1200 a quarter", "!unknown_period"},
		{"600 every 3 weeks", "!unknown_period"},
		{"600 twice a month", "!unknown_period"},
		{"800 bi-weekly", "!unknown_period"},
		{"800 biweekly", "!unknown_period"},
		{"800 every other month", "!unknown_period"},

		// The person does not know, or wrote nothing.
		{"idk", "!unsure"},
		{"i don't know", "!unsure"},
		{"not sure", "!unsure"},
		{"it varies", "!unsure"},
		{"no idea sorry", "!unsure"},
		{"", "!empty"},
		{"   \n ", "!empty"},
		{"😀", "!empty"},
	}, money(inEnglish))
}

func FuzzReadMoney(f *testing.F) {
	for _, seed := range []string{"£1.2k pm", "four hundred and ten", "1,2", "350 or 400", "dwy fil a hanner", "400\xff\x00", "½½½", "９９９"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ReadMoney(text, inWelsh)
		if err != nil {
			if m != (Money{}) {
				t.Errorf("%q is refused with %v", text, m)
			}
			return
		}
		if m.Amount < 0 || m.Amount > mostMoney {
			t.Errorf("%q is %s", text, m.Amount.Pounds())
		}
		if _, known := m.Weekly(); known != (m.Period != "") {
			t.Errorf("%q: period %q, weekly known %v", text, m.Period, known)
		}
		for _, doubted := range []string{"not " + text, text + " or 17", "more than " + text} {
			if read, err := ReadMoney(doubted, inWelsh); err == nil {
				t.Errorf("%q is %v", doubted, read)
			}
		}
		plain := m.Amount.Pounds()
		if again, err := ReadMoney(plain, inWelsh); err != nil || again.Amount != m.Amount {
			t.Errorf("%q is %s, which is read as %v, %v", text, plain, again, err)
		}
	})
}
