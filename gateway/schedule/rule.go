package schedule

import (
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Kind is what happens on a case that a rule is about, as rules.yaml names it.
type Kind string

// The kinds that time brings about, or a plan.
const (
	paymentDue      Kind = "payment due"
	paymentMissed   Kind = "payment missed"
	paymentShort    Kind = "payment short"
	paymentUnpaid   Kind = "payment unpaid"
	planBroken      Kind = "arrears plan broken"
	paymentReceived Kind = "payment received"
	arrears         Kind = "arrears"
	annualReview    Kind = "annual review"
	planIssued      Kind = "plan issued"
	planChanged     Kind = "plan changed"
)

// The kinds that somebody causes, or that run out: see Event.
const (
	ApplicationReceived  Kind = "application received"
	OtherParentContacted Kind = "other parent contacted"
	WaitingForIncome     Kind = "waiting for income"
	Calculated           Kind = "calculated"
	Decided              Kind = "decided"
	Reconsidered         Kind = "reconsidered"
	ChangeMade           Kind = "change made"
	InformationRequested Kind = "information requested"
	ReportTaken          Kind = "report taken"
	ComplaintTaken       Kind = "complaint taken"
	PromiseBroken        Kind = "promise broken"
	ConversationLeft     Kind = "conversation left"
	ConversationEnding   Kind = "conversation ending"
	ContactChanged       Kind = "contact changed"
)

// ids begin the ids of the occasions of each kind.
var ids = map[Kind]string{
	paymentDue: "due", paymentMissed: "missed", paymentShort: "short", paymentUnpaid: "unpaid", planBroken: "broken",
	paymentReceived: "received", arrears: "arrears", annualReview: "review",
	planIssued: "plan", planChanged: "plan",
	ApplicationReceived: "application", OtherParentContacted: "other parent", WaitingForIncome: "income",
	Calculated: "calculated", Decided: "decision", Reconsidered: "reconsidered", ChangeMade: "change", InformationRequested: "information",
	ReportTaken: "report", ComplaintTaken: "complaint", PromiseBroken: "promise",
	ConversationLeft: "left", ConversationEnding: "ending", ContactChanged: "changed",
}

// events are the kinds of an Event. Their rules may be for either parent.
var events = []Kind{
	ApplicationReceived, OtherParentContacted, WaitingForIncome, Calculated, Decided, Reconsidered, ChangeMade, InformationRequested,
	ReportTaken, ComplaintTaken, PromiseBroken, ConversationLeft, ConversationEnding, ContactChanged,
}

// unpaid are the kinds that are about what is to be paid, which can come and
// stop them.
var unpaid = []Kind{paymentDue, paymentMissed, paymentShort, paymentUnpaid, planBroken, arrears}

// rule is one rule of rules.yaml.
type rule struct {
	notice  string
	work    string
	role    directory.Role // empty: either parent
	on      Kind
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
