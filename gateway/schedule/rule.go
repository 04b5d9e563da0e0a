package schedule

import (
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// kind is what happens on a case that a rule is about.
type kind string

// The kinds, as rules.yaml names them.
const (
	paymentDue      kind = "payment due"
	paymentMissed   kind = "payment missed"
	paymentShort    kind = "payment short"
	paymentUnpaid   kind = "payment unpaid"
	paymentReceived kind = "payment received"
	arrears         kind = "arrears"
	annualReview    kind = "annual review"
	planIssued      kind = "plan issued"
	planChanged     kind = "plan changed"
)

// ids begin the ids of the occasions of each kind.
var ids = map[kind]string{
	paymentDue: "due", paymentMissed: "missed", paymentShort: "short", paymentUnpaid: "unpaid",
	paymentReceived: "received", arrears: "arrears", annualReview: "review",
	planIssued: "plan", planChanged: "plan",
}

// unpaid are the kinds that are about what is to be paid, which can come and
// stop them.
var unpaid = []kind{paymentDue, paymentMissed, paymentShort, paymentUnpaid, arrears}

// rule is one rule of rules.yaml.
type rule struct {
	notice  string
	work    string
	role    directory.Role
	on      kind
	days    int // after the day; below nought, before it
	at      clock
	within  span
	every   int // days between repeats
	times   int // repeats after the first
	by      int
	stops   bool
	service directory.Service // empty: both
}

// clock is a time on the clock of Europe/London.
type clock struct{ hour, minute int }

// on is the moment at which the clock shows the time on a day. In spring a time
// that the clock jumps over is the same time after midnight.
func (c clock) on(day calculation.Date, london *time.Location) time.Time {
	y, m, d := day.Time().Date()
	return time.Date(y, m, d, c.hour, c.minute, 0, 0, london)
}

// span is a length of time: days of the calendar, or hours.
type span struct{ days, hours int }

func (s span) after(t time.Time) time.Time {
	return t.AddDate(0, 0, s.days).Add(time.Duration(s.hours) * time.Hour)
}
