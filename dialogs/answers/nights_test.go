package answers

import (
	"strconv"
	"testing"
)

func nights(c Context) func(string) string {
	return func(text string) string {
		n, err := ReadNights(text, c)
		return outcome(strconv.Itoa(n.PerYear), n.Confirm, err)
	}
}

func TestReadNights(t *testing.T) {
	checkRows(t, []row{
		// So many a week, fortnight, month or year.
		{"1 night a week", "52"},
		{"3 nights a week", "156"},
		{"3 nights a wk", "156"},
		{"3 nights per week", "156"},
		{"3 nites a week", "156"},
		{"3 a week", "156"},
		{"3pw", "156"},
		{"3 nights pw", "156"},
		{"3 nights p/w", "156"},
		{"3 nights weekly", "156"},
		{"3 nights every week", "156"},
		{"3/week", "156"},
		{"three nights a week", "156"},
		{"one night per week", "52"},
		{"a night a week", "!not_understood"},
		{"3 times a week", "156"},
		{"3x a week", "156"},
		{"once a week", "52"},
		{"twice a week", "104"},
		{"twice weekly", "104"},
		{"2.5 nights a week", "130"},
		{"2½ nights a week", "130"},
		{"two and a half nights a week", "130"},
		{"7 nights a week", "365"},
		{"4 nights a fortnight", "104"},
		{"4 nights every 2 weeks", "104"},
		{"4 nights every two weeks", "104"},
		{"4 nights every other week", "104?"},
		{"once a fortnight", "26"},
		{"twice a fortnight", "52"},
		{"1 night every 2 weeks", "26"},
		{"once every other week", "26?"},
		{"8 nights every 4 weeks", "104"},
		{"6 nights a month", "72"},
		{"once a month", "12"},
		{"twice a month", "24"},
		{"4 nights per calendar month", "48"},
		{"100 nights a year", "100"},
		{"52 nights per year", "52"},
		{"one hundred and four nights a year", "104"},
		{"365 nights a year", "365"},
		{"366 nights a year", "365"},
		{"0 nights a week", "0"},
		{"0", "0"},
		{"none", "0"},
		{"no nights", "0"},
		{"never", "0"},
		{"zero nights", "0"},
		{"they stay 3 nights a week", "156"},
		{"I have them 3 nights a week", "156"},
		{"He stays with me 2 nights a week, thanks", "104"},
		{"just 1 night a week", "52"},

		// Worked out: a vague word, or several parts.
		{"every weekend", "104?"},
		{"weekends", "104?"},
		{"weekends only", "104?"},
		{"every other weekend", "52?"},
		{"Every Other Weekend.", "52?"},
		{"eow", "52?"},
		{"alternate weekends", "52?"},
		{"every 2nd weekend", "52?"},
		{"every second weekend", "52?"},
		{"one weekend a month", "24?"},
		{"2 weekends a month", "48?"},
		{"2 nights every weekend", "104?"},
		{"1 night every weekend", "52?"},
		{"1 night every other weekend", "26?"},
		{"2 nights every other weekend", "52?"},
		{"every friday", "52?"},
		{"fridays", "52?"},
		{"every friday night", "52?"},
		{"every friday and saturday", "104?"},
		{"fri and sat", "104?"},
		{"fri, sat and sun", "156?"},
		{"every wed, fri and sat", "156?"},
		{"friday to sunday", "104?"},
		{"fri - sun", "104?"},
		{"friday to sunday every other week", "52?"},
		{"fri to sun every other weekend", "52?"},
		{"every other weekend fri and sat", "52?"},
		{"every tuesday and every other weekend", "104?"},
		{"every other weekend and wednesdays", "104?"},
		{"every other weekend and every wednesday", "104?"},
		{"every other weekend plus 1 night a week", "104?"},
		{"2 nights in the week and every other weekend", "156?"},
		{"1 night midweek + every other weekend", "104?"},
		{"2 nights a week and 14 nights a year", "118?"},
		{"3 nights one week and 4 the next", "182?"},
		{"2 nights one week, 3 the next week", "130?"},
		{"2 one week 3 the other", "130?"},
		{"4 out of 14", "104?"},
		{"5 nights out of 14", "130?"},
		{"2 nights in 7", "104?"},
		{"every night", "365?"},
		{"all the time", "365?"},
		{"every other night", "182?"},
		{"every other week", "182?"},
		{"week on week off", "182?"},
		{"1 week on 1 week off", "182?"},
		{"half the time", "182?"},
		{"50/50", "182?"},
		{"50-50", "182?"},
		{"100", "100?"},
		{"120 nights", "120?"},
		{"about 3 nights a week", "156?"},
		{"3ish nights a week", "156?"},
		{"usually 2 nights a week", "104?"},
		{"3 nights a week?", "156?"},

		// Asked again.
		{"3", "!unknown_period"},
		{"3 nights", "!unknown_period"},
		{"every week", "!not_understood"},
		{"a week", "!not_understood"},
		{"nights", "!not_understood"},
		{"8 nights a week", "!out_of_range"},
		{"15 nights a fortnight", "!out_of_range"},
		{"32 nights a month", "!out_of_range"},
		{"400 nights a year", "!out_of_range"},
		{"7 nights a week and 2 nights a week", "!out_of_range"},
		{"8 one week 2 the next", "!out_of_range"},
		{"3 nights one week", "!unknown_period"},
		{"3 or 4 nights a week", "!two_values"},
		{"3-4 nights a week", "!two_values"},
		{"3 to 4 nights", "!two_values"},
		{"3 4 nights a week", "!two_values"},
		{"3 nights a week 2 nights a month", "!two_values"},
		{"3 nights every friday", "!two_values"},
		{"5 nights every weekend", "!two_values"},
		{"2 nights a day", "!unknown_period"},
		{"10 days a month", "!two_values"},
		{"1 night every 3 weeks", "!unknown_period"},
		{"every third weekend", "!not_understood"},
		{"not every weekend", "!not_understood"},
		{"every night except friday", "!not_understood"},
		{"half the school holidays", "!not_understood"},
		{"every other weekend and half the holidays", "!not_understood"},
		{"at least 2 nights a week", "!not_understood"},
		{"less than 3 nights a week", "!not_understood"},
		{"a few nights a week", "!not_understood"},
		{"-3 nights a week", "!not_understood"},
		{"lots", "!not_understood"},
		{"hello", "!not_understood"},
		{"it varies", "!unsure"},
		{"idk", "!unsure"},
		{"", "!empty"},
	}, nights(inEnglish))
}

func TestReadNightsInWelsh(t *testing.T) {
	checkRows(t, []row{
		{"2 noson yr wythnos", "104"},
		{"dwy noson yr wythnos", "104"},
		{"3 noson bob wythnos", "156"},
		{"tair noson yr wythnos", "156"},
		{"un noson yr wythnos", "52"},
		{"unwaith yr wythnos", "52"},
		{"dwywaith yr wythnos", "104"},
		{"teirgwaith yr wythnos", "156"},
		{"3 gwaith yr wythnos", "156"},
		{"pedair noson y pythefnos", "104"},
		{"4 noson bob pythefnos", "104"},
		{"6 noson y mis", "72"},
		{"100 noson y flwyddyn", "100"},
		{"cant o nosweithiau y flwyddyn", "100"},
		{"dim", "0"},
		{"byth", "0"},
		{"dim noson", "0"},
		{"bob nos", "365?"},
		{"bob penwythnos", "104?"},
		{"bob yn ail benwythnos", "52?"},
		{"pob yn ail benwythnos", "52?"},
		{"un penwythnos y mis", "24?"},
		{"bob nos Wener", "52?"},
		{"nos Wener a nos Sadwrn", "104?"},
		{"bob yn ail benwythnos a phob nos Fercher", "104?"},
		{"bob yn ail benwythnos ac un noson yr wythnos", "104?"},
		{"bob yn ail wythnos", "182?"},
		{"hanner yr amser", "182?"},
		{"tua 2 noson yr wythnos", "104?"},
		{"mae'n aros 2 noson yr wythnos, diolch", "104"},
		{"3 neu 4 noson yr wythnos", "!two_values"},
		{"ddim bob penwythnos", "!not_understood"},
		{"2 noson", "!unknown_period"},
		{"dim syniad", "!unsure"},
	}, nights(inWelsh))
}

func FuzzReadNights(f *testing.F) {
	for _, seed := range []string{"3 nights a week", "every other weekend and fridays", "2 one week 3 the next", "4 out of 14", "fri - sun eow", "bob yn ail noson", "999999999 a year"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := ReadNights(text, inWelsh)
		if n.PerYear < 0 || n.PerYear > 365 || err != nil && n != (Nights{}) {
			t.Errorf("%q is %+v, %v", text, n, err)
		}
		for _, doubted := range []string{"not " + text, text + " or 3", "more than " + text} {
			if read, again := ReadNights(doubted, inWelsh); err == nil && again == nil {
				t.Errorf("%q is %+v", doubted, read)
			}
		}
	})
}
