package answers

import (
	"errors"
	"strings"
	"testing"

	"parley/templates"
)

// The words for people are there in both languages, fit one part of a text
// message, and never name what was written.
func TestEveryRefusalHasWords(t *testing.T) {
	for _, text := range []string{"", "xyzzy", "idk", "1 2", "yes no", "12 an hour", "march", "31 june", "9 nights a week", "99999999 a week", strings.Repeat("x", 1000), "LS1 1AA", "12 High Street", "3000"} {
		for name, err := range readAll(text) {
			if err == nil {
				continue
			}
			var problem *Error
			if !errors.As(err, &problem) {
				t.Errorf("%s refuses %q with %T", name, text, err)
				continue
			}
			english, welsh := problem.Words(templates.English), problem.Words(templates.Welsh)
			if english == welsh || !strings.HasSuffix(english, ".") || !strings.HasSuffix(welsh, ".") {
				t.Errorf("%s, %s: %q and %q", name, problem.Code, english, welsh)
			}
			for _, sms := range []templates.SMS{templates.PrepareSMS(english), templates.PrepareSMS(welsh)} {
				if sms.Segments != 1 {
					t.Errorf("%s, %s: %q has %d parts", name, problem.Code, sms.Text, sms.Segments)
				}
			}
			if text != "" && strings.Contains(err.Error(), text) {
				t.Errorf("%s: %q holds what was written", name, err)
			}
		}
	}
}

func TestWordsSayWhatWasWrong(t *testing.T) {
	for _, test := range []struct {
		problem        Error
		english, welsh string
	}{
		{Error{KindMoney, NotUnderstood}, "Write an amount in pounds, like 410 a week.", "Ysgrifennwch swm mewn punnoedd, fel 410 yr wythnos."},
		{Error{KindMoney, TwoValues}, "I read more than one amount. Give one, like 410 a week.", "Gwelais fwy nag un swm. Rhowch un, fel 410 yr wythnos."},
		{Error{KindNights, UnknownPeriod}, "Say how many nights a week, fortnight or year.", "Dywedwch sawl noson yr wythnos, y bythefnos neu'r flwyddyn."},
		{Error{KindDate, NoDay}, "Give the day too, like 3 November.", "Rhowch y diwrnod hefyd, fel 3 Tachwedd."},
		{Error{KindYesNo, Unsure}, "Answer yes or no.", "Atebwch ie neu na."},
	} {
		if got := test.problem.Words(templates.English); got != test.english {
			t.Errorf("%v: %q", test.problem, got)
		}
		if got := test.problem.Words(templates.Welsh); got != test.welsh {
			t.Errorf("%v: %q", test.problem, got)
		}
	}
}
