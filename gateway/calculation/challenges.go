package calculation

// Days to challenge a decision. GOV.UK speaks of "one month" for a
// reconsideration; the regulation says 30 days, and that is the day to tell.
const (
	reconsiderationDays = 30 // CR 14(1)(a)
	linkedChangeDays    = 32 // the leaflet's count, with two days for the post
)

// ReconsiderationBy is the last day to ask for a mandatory reconsideration of
// a decision that was notified on a day.
func ReconsiderationBy(notified Date) Date { return notified.AddDays(reconsiderationDays) }

// Reconsideration is what becomes of a request made on a day.
type Reconsideration struct {
	By   Date
	Late bool // taken all the same: the reason is asked and a person decides (CR 15)
	Days int  // how many days late
}

// ReconsiderationAsked judges a request by its day.
func ReconsiderationAsked(notified, asked Date) Reconsideration {
	by := ReconsiderationBy(notified)
	late := max(int(asked-by), 0)
	return Reconsideration{By: by, Late: late > 0, Days: late}
}

// CountsAsReconsideration tells whether a change that bears on the decision,
// reported on a day, is treated as a request for reconsideration.
func CountsAsReconsideration(notified, reported Date) bool {
	return reported >= notified && reported <= notified.AddDays(linkedChangeDays)
}

// AppealBy is the last day to appeal, a month after the notice of the
// reconsideration. There is no appeal before one.
func AppealBy(reconsidered Date) Date { return reconsidered.AddMonths(1) }
