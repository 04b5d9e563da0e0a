package answers

import "testing"

func date(c Context) func(string) string {
	return func(text string) string {
		d, err := ReadDate(text, c)
		return outcome(d.Date.String(), d.Confirm, err)
	}
}

func TestReadDate(t *testing.T) {
	checkRows(t, []row{
		// In figures: day, month, year.
		{"3/11/2026", "2026-11-03"},
		{"03/11/2026", "2026-11-03"},
		{"3/11/26", "2026-11-03"},
		{"03.11.2026", "2026-11-03"},
		{"03.11.26.", "2026-11-03"},
		{"3-11-2026", "2026-11-03"},
		{"03-11-26", "2026-11-03"},
		{"3 11 2026", "2026-11-03"},
		{"03 11 26", "2026-11-03"},
		{"3 / 11 / 2026", "2026-11-03"},
		{"3\\11\\2026", "2026-11-03"},
		{"31/12/2025", "2025-12-31"},
		{"29/02/2024", "2024-02-29"},
		{"2026-11-03", "2026-11-03"},
		{"2026/11/03", "2026-11-03"},
		{"2026.11.03", "2026-11-03"},
		{"2026-11-3", "2026-11-03"},
		{"12/12/85", "1985-12-12"},
		{"03/02/1988", "1988-02-03"},
		{"０３/１１/２０２６", "2026-11-03"},
		{"20/11", "2026-11-20"},
		{"11/11", "2026-11-11"},
		{"03–11–2026", "2026-11-03"},

		// With the month in words.
		{"3 November", "2026-11-03"},
		{"3 november 2026", "2026-11-03"},
		{"3 nov", "2026-11-03"},
		{"3 Nov.", "2026-11-03"},
		{"3nov", "2026-11-03"},
		{"3nov26", "2026-11-03"},
		{"3-Nov-2026", "2026-11-03"},
		{"3/Nov/26", "2026-11-03"},
		{"3rd November", "2026-11-03"},
		{"3rd of November", "2026-11-03"},
		{"3rd of November 2026", "2026-11-03"},
		{"the 3rd of november", "2026-11-03"},
		{"3rd nov 26", "2026-11-03"},
		{"3rd Nov '26", "2026-11-03"},
		{"November 3", "2026-11-03"},
		{"November 3rd", "2026-11-03"},
		{"November 3rd, 2026", "2026-11-03"},
		{"nov 3 2026", "2026-11-03"},
		{"nov the 3rd", "2026-11-03"},
		{"2026 November 3", "2026-11-03"},
		{"third of November", "2026-11-03"},
		{"twenty-first of October", "2026-10-21"},
		{"twenty first october 2026", "2026-10-21"},
		{"thirty first of october", "2026-10-31"},
		{"first november", "2026-11-01"},
		{"1st June", "2026-06-01"},
		{"22nd Nov", "2026-11-22"},
		{"12 sept 2026", "2026-09-12"},
		{"5 febuary 2026", "2026-02-05"},
		{"5 Aug 2026", "2026-08-05"},
		{"31st July", "2026-07-31"},
		{"21th october", "2026-10-21"},
		{"Tues 3rd Nov", "2026-11-03"},
		{"tue 3/11/26", "2026-11-03"},
		{"Tuesday the 3rd of November", "2026-11-03"},
		{"on 3 November", "2026-11-03"},
		{"since 3 November", "2026-11-03"},
		{"from 3rd nov", "2026-11-03"},
		{"it was 3 November", "2026-11-03"},
		{"it changed on 3 November, thanks", "2026-11-03"},
		{"My pay changed on the 3rd of November", "2026-11-03"},
		{"Hi it was 3 Nov x", "2026-11-03"},
		{"I lost my job on 3 November", "2026-11-03"},
		{"started 3 november 2026", "2026-11-03"},
		{"22 November, today", "2026-11-22"},

		// Ambiguous, or without the year that would settle it.
		{"3/4", "2026-04-03?"},
		{"3.4", "2026-04-03?"},
		{"4-11", "2026-11-04?"},
		{"13/4", "2026-04-13?"},
		{"4/25/2026", "2026-04-25?"},
		{"11/20", "2026-11-20?"},
		{"1st April", "2026-04-01?"},
		{"1 April", "2026-04-01?"},
		{"1 December", "2026-12-01?"},
		{"25 dec", "2026-12-25?"},
		{"14 January", "2027-01-14?"},
		{"1 march", "2026-03-01?"},
		{"29 Feb", "2024-02-29?"},
		{"03112026", "2026-11-03?"},
		{"031126", "2026-11-03?"},
		{"Tuesday 3 November", "2026-11-03"},
		{"about 3 November", "2026-11-03?"},
		{"3 november i think", "2026-11-03?"},
		{"around the 3rd of november", "2026-11-03?"},
		{"3 nov?", "2026-11-03?"},

		// From today.
		{"today", "2026-11-22?"},
		{"Today!", "2026-11-22?"},
		{"2day", "2026-11-22?"},
		{"this morning", "2026-11-22?"},
		{"yesterday", "2026-11-21?"},
		{"yesturday", "2026-11-21?"},
		{"last night", "2026-11-21?"},
		{"the day before yesterday", "2026-11-20?"},
		{"tomorrow", "2026-11-23?"},
		{"2moro", "2026-11-23?"},
		{"tmrw", "2026-11-23?"},
		{"day after tomorrow", "2026-11-24?"},
		{"yesterday, Saturday", "2026-11-21?"},
		{"3 days ago", "2026-11-19?"},
		{"three days ago", "2026-11-19?"},
		{"a week ago", "2026-11-15?"},
		{"1 week ago", "2026-11-15?"},
		{"2 weeks ago", "2026-11-08?"},
		{"two wks ago", "2026-11-08?"},
		{"a couple of weeks ago", "2026-11-08?"},
		{"a fortnight ago", "2026-11-08?"},
		{"about 3 weeks ago", "2026-11-01?"},
		{"6 weeks back", "2026-10-11?"},
		{"a month ago", "2026-10-22?"},
		{"2 months ago", "2026-09-22?"},
		{"a year ago", "2025-11-22?"},
		{"in 3 days", "2026-11-25?"},
		{"in a week", "2026-11-29?"},
		{"in two weeks time", "2026-12-06?"},
		{"a week today", "2026-11-29?"},

		// Weekdays.
		{"Friday", "2026-11-20?"},
		{"on friday", "2026-11-20?"},
		{"fri", "2026-11-20?"},
		{"last Friday", "2026-11-20?"},
		{"last fri", "2026-11-20?"},
		{"this Friday", "2026-11-20?"},
		{"friday just gone", "2026-11-20?"},
		{"this past friday", "2026-11-20?"},
		{"Sunday", "2026-11-15?"},
		{"last sunday", "2026-11-15?"},
		{"last Monday", "2026-11-16?"},
		{"Monday last week", "2026-11-09?"},
		{"last week monday", "2026-11-09?"},
		{"tuesday of last week", "2026-11-10?"},
		{"wendesday", "2026-11-18?"},
		{"next Friday", "2026-11-27?"},
		{"monday next week", "2026-11-23?"},
		{"friday this week", "2026-11-20?"},
		{"this coming friday", "2026-11-27?"},

		// Days of this and other months, edges, named days.
		{"the 3rd", "2026-11-03?"},
		{"3rd", "2026-11-03?"},
		{"on the 25th", "2026-10-25?"},
		{"3rd of last month", "2026-10-03?"},
		{"the 3rd of this month", "2026-11-03?"},
		{"3rd next month", "2026-12-03?"},
		{"1st of the month", "2026-11-01?"},
		{"3 march last year", "2025-03-03?"},
		{"3 march this year", "2026-03-03?"},
		{"last 3 march", "2026-03-03?"},
		{"end of March", "2026-03-31?"},
		{"the end of october", "2026-10-31?"},
		{"start of November", "2026-11-01?"},
		{"beginning of november", "2026-11-01?"},
		{"mid november", "2026-11-15?"},
		{"mid-november", "2026-11-15?"},
		{"end of last month", "2026-10-31?"},
		{"start of this month", "2026-11-01?"},
		{"start of november 2025", "2025-11-01?"},
		{"end of february 2024", "2024-02-29?"},
		{"first Monday in November", "2026-11-02?"},
		{"the second Tuesday of last month", "2026-10-13?"},
		{"last Friday of October", "2026-10-30?"},
		{"the last Friday in October 2025", "2025-10-31?"},
		{"fifth Sunday of November 2026", "2026-11-29?"},
		{"start of the year", "2026-01-01?"},
		{"end of last year", "2025-12-31?"},
		{"friday the 20th", "2026-11-20?"},
		{"last friday the 20th", "2026-11-20?"},
		{"fri 20", "2026-11-20?"},
		{"3 th november", "2026-11-03"},
		{"Nov-3", "2026-11-03"},
		{"three november", "2026-11-03"},
		{"20261103", "2026-11-03?"},
		{"earlier today", "2026-11-22?"},
		{"3 november onwards", "2026-11-03"},
		{"Christmas Day", "2026-12-25?"},
		{"boxing day 2025", "2025-12-26?"},
		{"new years day", "2027-01-01?"},
		{"halloween", "2026-10-31?"},

		// Asked again: the day is missing.
		{"November", "!no_day"},
		{"in March", "!no_day"},
		{"march 2026", "!no_day"},
		{"last week", "!no_day"},
		{"last month", "!no_day"},
		{"this year", "!no_day"},
		{"2026", "!no_day"},
		{"3", "!no_day"},
		{"11/2026", "!not_understood"},

		// Asked again: more than one.
		{"3 or 4 November", "!two_values"},
		{"3-4 November", "!two_values"},
		{"3/4 november", "!two_values"},
		{"3 nov or 4 nov", "!two_values"},
		{"3 to 5 november", "!two_values"},
		{"friday or saturday", "!two_values"},
		{"october/november", "!two_values"},
		{"yesterday or today", "!two_values"},
		{"3 november 2025 2026", "!two_values"},
		{"today 3 november", "!two_values"},

		// Asked again: no such date.
		{"31 June", "!no_such_date"},
		{"31/06/2026", "!no_such_date"},
		{"30 february 2026", "!no_such_date"},
		{"29/02/2026", "!no_such_date"},
		{"friday the 21st", "!two_values"},
		{"Friday 3 November", "!two_values"},
		{"Monday 3/11/2026", "!two_values"},
		{"last Friday, maybe 3 November", "!two_values"},
		{"fifth friday of november 2026", "!no_such_date"},
		{"32 march", "!no_such_date"},
		{"0 march", "!no_such_date"},
		{"13/13/2026", "!no_such_date"},
		{"3/11/1066", "!out_of_range"},
		{"3 november 2999", "!out_of_range"},
		{"3/11/202", "!not_understood"},
		{"3/11/2", "!not_understood"},
		{"1/2/3/4", "!not_understood"},
		{"123", "!not_understood"},
		{"07700900123", "!not_understood"},

		// Asked again: denied or bounded.
		{"not 3 november", "!not_understood"},
		{"before 3 november", "!not_understood"},
		{"after christmas", "!not_understood"},
		{"until 3 november", "!not_understood"},
		{"every friday", "!not_understood"},
		{"the other day", "!not_understood"},
		{"two fridays ago", "!not_understood"},
		{"3 hours ago", "!not_understood"},
		{"first monday", "!no_day"},
		{"a few weeks ago", "!not_understood"},
		{"ages ago", "!not_understood"},
		{"recently", "!not_understood"},
		{"3 november at 5pm", "!two_values"},
		{"2026-11-03T10:00", "!not_understood"},
		{"400 a week", "!not_understood"},
		{"i may start on the 3rd", "!not_understood"},
		{"hello", "!not_understood"},
		{"3 november\x00", "!not_understood"},
		{"3 november\xff", "!not_understood"},
		{"not sure", "!unsure"},
		{"cant remember", "!unsure"},
		{"idk", "!unsure"},
		{"", "!empty"},
		{"\u200b", "!empty"},
	}, date(inEnglish))
}

func TestReadDateLeans(t *testing.T) {
	for _, test := range []struct{ text, past, either, future string }{
		{"1 December", "2025-12-01", "2026-12-01?", "2026-12-01"},
		{"3 November", "2026-11-03", "2026-11-03", "2027-11-03"},
		{"1 April", "2026-04-01", "2026-04-01?", "2027-04-01"},
		{"22 November", "2026-11-22", "2026-11-22", "2026-11-22"},
		{"29 Feb", "2024-02-29?", "2024-02-29?", "2028-02-29?"},
		{"the 25th", "2026-10-25?", "2026-10-25?", "2026-11-25?"},
		{"the 3rd", "2026-11-03?", "2026-11-03?", "2026-12-03?"},
		{"Friday", "2026-11-20?", "2026-11-20?", "2026-11-27?"},
		{"last 1 December", "2025-12-01?", "2025-12-01?", "2025-12-01?"},
		{"1/12/30", "1930-12-01", "2030-12-01", "2030-12-01"},
	} {
		for lean, want := range map[Lean]string{Past: test.past, Either: test.either, Future: test.future} {
			if got := date(Context{Today: today, Lean: lean})(test.text); got != want {
				t.Errorf("%q leaning %d is %s, want %s", test.text, lean, got, want)
			}
		}
	}
}

func TestReadDateOnEveryWeekday(t *testing.T) {
	for _, test := range []struct {
		today Date
		want  map[string]string
	}{
		{Date{2026, 11, 20}, map[string]string{ // a Friday
			"Friday": "2026-11-13?", "last Friday": "2026-11-13?", "this Friday": "2026-11-20?", "next Friday": "2026-11-27?", "Thursday": "2026-11-19?", "Saturday": "2026-11-14?"}},
		{Date{2026, 11, 23}, map[string]string{ // a Monday
			"Friday": "2026-11-20?", "last Friday": "2026-11-20?", "this Friday": "2026-11-27?", "next Friday": "2026-12-04?", "Friday last week": "2026-11-20?"}},
		{Date{2026, 1, 1}, map[string]string{
			"yesterday": "2025-12-31?", "a month ago": "2025-12-01?", "the 3rd": "2025-12-03?", "end of last month": "2025-12-31?", "31 December": "2025-12-31"}},
		{Date{2024, 2, 29}, map[string]string{
			"a year ago": "2023-02-28?", "tomorrow": "2024-03-01?", "29 feb": "2024-02-29"}},
	} {
		for text, want := range test.want {
			if got := date(Context{Today: test.today})(text); got != want {
				t.Errorf("%q on %v is %s, want %s", text, test.today, got, want)
			}
		}
	}
}

func TestReadDateWithoutToday(t *testing.T) {
	checkRows(t, []row{
		{"3 November 2026", "2026-11-03"},
		{"3/11/2026", "2026-11-03"},
		{"3 November", "!not_understood"},
		{"yesterday", "!out_of_range"},
		{"2 weeks ago", "!out_of_range"},
		{"Friday", "!no_day"},
		{"the 3rd", "!no_day"},
		{"end of March", "!not_understood"},
	}, date(Context{}))
}

func FuzzReadDate(f *testing.F) {
	for _, seed := range []string{"3/4", "3ydd o Fawrth", "999 years ago", "last friday", "29 feb", "end of last month", "31 31 31", "03112026", "٣/٤"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, lean := range []Lean{Either, Past, Future} {
			d, err := ReadDate(text, Context{Today: today, Lean: lean})
			if err != nil {
				if d != (DateAnswer{}) {
					t.Errorf("%q is refused with %v", text, d)
				}
				continue
			}
			if !d.Date.Valid() || d.Date.Year < firstYear || d.Date.Year > lastYear {
				t.Errorf("%q is %v", text, d.Date)
			}
			for _, doubted := range []string{"not " + text, text + " or 17", "after " + text} {
				if read, err := ReadDate(doubted, Context{Today: today, Lean: lean}); err == nil {
					t.Errorf("%q is %v", doubted, read)
				}
			}
			if again, err := ReadDate(d.Date.String(), Context{}); err != nil || again.Date != d.Date || again.Confirm {
				t.Errorf("%q is %v, which is read as %v, %v", text, d.Date, again, err)
			}
		}
	})
}
