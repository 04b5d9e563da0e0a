package directory

import "time"

// longestBreak is more days than any team is closed for on end.
const longestBreak = 14

// Works reports whether a team works at a moment: in its hours, Monday to
// Friday, but for the bank holidays of its nation. A team of the whole day works
// every day.
func (r *Roster) Works(team *Team, at time.Time) bool {
	opens, closes := r.day(team, at.In(r.london))
	return !at.Before(opens) && at.Before(closes)
}

// Opens is the first moment, now or later, at which a team works.
func (r *Roster) Opens(team *Team, at time.Time) time.Time {
	return r.After(team, at, 0)
}

// After is when a team will have worked for a while, from a moment on. It is in
// the team's hours, or at their end.
func (r *Roster) After(team *Team, from time.Time, work time.Duration) time.Time {
	day := from.In(r.london)
	for closed := 0; closed < longestBreak; {
		opens, closes := r.day(team, day)
		begin := opens
		if from.After(begin) {
			begin = from
		}
		if left := closes.Sub(begin); left > 0 {
			if work < left || work == left && work > 0 {
				return begin.Add(work).UTC()
			}
			work -= left
			closed = 0
		} else {
			closed++
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, r.london)
	}
	return from.Add(work)
}

// Days is the close of a team's day so many of its working days after a moment's
// own day.
func (r *Roster) Days(team *Team, from time.Time, days int) time.Time {
	day, closed := from.In(r.london), 0
	for {
		opens, closes := r.day(team, day)
		works := closes.After(opens)
		if works && days <= 0 || closed > longestBreak {
			return closes.UTC()
		}
		day = time.Date(day.Year(), day.Month(), day.Day()+1, 0, 0, 0, 0, r.london)
		if next, ends := r.day(team, day); ends.After(next) {
			days, closed = days-1, 0
		} else {
			closed++
		}
	}
}

// LastBy is the close of the last of a team's working days that is not after a
// day.
func (r *Roster) LastBy(team *Team, by time.Time) time.Time {
	day := by.In(r.london)
	for range longestBreak {
		if opens, closes := r.day(team, day); closes.After(opens) {
			return closes.UTC()
		}
		day = time.Date(day.Year(), day.Month(), day.Day()-1, 0, 0, 0, 0, r.london)
	}
	return by
}

// day is when a team begins and ends on a day, London's; on a day on which it
// does not work it ends when it begins.
func (r *Roster) day(team *Team, t time.Time) (opens, closes time.Time) {
	at := func(minute int) time.Time {
		return time.Date(t.Year(), t.Month(), t.Day(), 0, minute, 0, 0, r.london)
	}
	switch {
	case team.Hours == (Hours{}):
		return at(0), at(wholeDay)
	case t.Weekday() == time.Saturday, t.Weekday() == time.Sunday, BankHoliday(team.Nation, t):
		return at(team.Hours.From), at(team.Hours.From)
	}
	return at(team.Hours.From), at(team.Hours.To)
}
