package answers

import "testing"

func period(text string) string {
	p, err := ReadPeriod(text, inEnglish)
	return outcome(string(p), false, err)
}

func TestReadPeriod(t *testing.T) {
	checkRows(t, rows("week", `week | a week | weekly | Weekly. | every week | each week | per week | pw | p/w | wk | 1 week | wythnos | yr wythnos | bob wythnos | wythnosol | I get paid weekly | its weekly thanks`), period)
	checkRows(t, rows("fortnight", `fortnight | a fortnight | fortnightly | every fortnight | 2 weeks | every 2 weeks | every two weeks | 2 weekly | every other week | fortnite | 4tnight | pythefnos | bob pythefnos | bob yn ail wythnos`), period)
	checkRows(t, rows("four_weeks", `4 weeks | every 4 weeks | four weekly | 4 weekly | 4-weekly | every four weeks | bob 4 wythnos | bob pedair wythnos | lunar month`), period)
	checkRows(t, rows("month", `month | a month | monthly | every month | per month | pm | pcm | calendar month | mnth | mthly | mis | y mis | bob mis | misol | im paid monthly`), period)
	checkRows(t, rows("year", `year | a year | yearly | annually | per annum | pa | p.a. | per year | every year | 12 months | blwyddyn | y flwyddyn | blynyddol`), period)
	checkRows(t, rows("!unknown_period", `hourly | an hour | a day | every 3 weeks | twice a month | quarterly | every other month | bi-weekly | yr awr`), period)
	checkRows(t, rows("!two_values", `weekly monthly | a week a month`), period)
	checkRows(t, rows("!not_understood", `400 | not weekly | weekly or monthly | sometimes | about weekly | weekly? | 400 a week | every | 2 | last week`), period)
	checkRows(t, rows("!unsure", `not sure | idk | it varies | dim syniad`), period)
	checkRows(t, rows("!empty", ``), period)
}

func FuzzReadPeriod(f *testing.F) {
	f.Add("every 4 weeks")
	f.Add("p.c.m")
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ReadPeriod(text, inEnglish)
		if numerator, _ := p.weeks(); (numerator > 0) != (err == nil) {
			t.Errorf("%q is %q, %v", text, p, err)
		}
	})
}
