package gateway

import (
	"errors"
	"time"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
)

var errUndecided = errors.New("there is no decision from after today")

// reconsideration is the call reconsideration: by when a decision of a day can
// be asked to be looked at again, and whether that is past (CR 14). Whoever is
// late is asked why, and is heard all the same.
func reconsideration(call dialogs.Call, today answers.Date) (dialogs.Value, error) {
	decided := passed(call, "decided").Date
	if !decided.Valid() || decided.After(today) {
		return dialogs.Value{}, errUndecided
	}
	asked := calculation.ReconsiderationAsked(reckoned(decided), reckoned(today))
	return dialogs.Group(
		dialogs.Field{Name: "by", Value: dialogs.Day(answers.DateOf(asked.By.Time(), time.UTC))},
		dialogs.Field{Name: "late", Value: dialogs.YesNo(asked.Late)},
	), nil
}

// reckoned is a day as calculations count it.
func reckoned(d answers.Date) calculation.Date {
	return calculation.NewDate(d.Year, time.Month(d.Month), d.Day)
}
