package gateway

import (
	"time"

	"parley/gateway/directory"
)

// liveReply is how long an answer counts as one inside a live conversation.
const liveReply = time.Hour

// soonest bounds how far ahead a moment is looked for that is within the
// person's hours and ours.
const soonest = 31 * 24 * time.Hour

// hours: nothing leaves outside the person's own safe hours, and only an
// answer inside a live conversation leaves outside ours.
func (g gate) hours(m Message, f GateFacts, now time.Time) (Decision, bool) {
	if m.To.Channel == directory.Letter { // wakes nobody
		return Decision{}, false
	}
	ours := m.Person != "" && (m.Subject == Approach || m.Subject == Reply && now.Sub(m.Created) > liveReply)
	safe := directory.Hours{}
	if m.Person != "" {
		safe = f.Person.SafeHours()
	}
	local := now.In(g.london)
	for t := local; t.Sub(local) < soonest; {
		next := safe.Next(t)
		if ours {
			next = g.openFrom(next, f.Nation)
		}
		switch {
		case next.Equal(t) && t.Equal(local):
			return Decision{}, false
		case next.Equal(t):
			return Decision{Action: WaitUntil, Until: t.UTC(), Reasons: []string{"outside the hours in which it may be sent"}}, true
		}
		t = next
	}
	return refuse("the person's safe hours and ours never meet", DeliveryWork)
}

// openFrom is the first moment from t on that is within our hours on a day on
// which we may begin or remind.
func (g gate) openFrom(t time.Time, nation directory.Nation) time.Time {
	for {
		t = g.open.Next(t)
		if g.anyDay || !restDay(t, nation) {
			return t
		}
		t = time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
	}
}

// restDay is a Sunday, a bank holiday, or Christmas Day also when another day
// is the holiday for it.
func restDay(t time.Time, nation directory.Nation) bool {
	_, month, day := t.Date()
	return t.Weekday() == time.Sunday || month == time.December && day == 25 || directory.BankHoliday(nation, t)
}
