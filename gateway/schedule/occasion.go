package schedule

import (
	"errors"
	"fmt"
	"time"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates/notices"
)

// File is what is known of a case when its notices are worked out.
type File struct {
	Case     directory.Case
	Payments []directory.Payment // since the decision took effect
	Reports  []accounts.Report   // of direct payments, by parents for whom it is safe that we ask
}

// Occasion is a notice that is due, or work for a person.
type Occasion struct {
	Notice string // empty: work
	Work   string // what for
	Person directory.PersonID
	ID     string    // what it is about, by dates: "due 2026-12-15"
	Group  string    // what ends the need for it, see PaymentGroup and ArrearsGroup; empty: nothing
	At     time.Time // from when it may be sent
	SendBy time.Time // until when
	By     time.Time // when work is to be done; the end of a day
	Data   notices.Data
}

// PaymentGroup is the group of all that is said of one payment of the plan.
func PaymentGroup(due calculation.Date) string { return "due " + due.String() }

// ArrearsGroup is the group of what is said, in the month of a day, of all that
// is unpaid.
func ArrearsGroup(day calculation.Date) string { return "arrears " + day.Time().Format("2006-01") }

// Due are the occasions on a case that come before until and can still be sent
// at now. A case without a plan has none. The error is what is wrong with the
// record.
func (s *Schedule) Due(f File, now, until time.Time) ([]Occasion, error) {
	w := &working{
		Schedule: s, File: f, now: now, until: until,
		today: calculation.DateOf(now.In(s.london)), last: calculation.DateOf(until.In(s.london)),
	}
	for i := range s.rules {
		r := &s.rules[i]
		if r.service != "" && r.service != f.Case.Service {
			continue
		}
		for n := range r.times + 1 {
			if err := w.follow(r, n); err != nil && !errors.Is(err, accounts.ErrNoPlan) {
				return nil, fmt.Errorf("notices of case %s: %w", f.Case.Reference, err)
			}
		}
	}
	return w.occasions, nil
}

// working is the occasions of one case being worked out.
type working struct {
	*Schedule
	File
	now, until  time.Time
	today, last calculation.Date   // of now and until
	dues        []calculation.Date // once they were needed, and so the books
	books       *accounts.Books
	owed        map[directory.PersonID][]accounts.Instalment

	occasions []Occasion
}

// follow adds what a rule gives, the n-th time that it is repeated.
func (w *working) follow(r *rule, n int) error {
	days := r.days + n*r.every
	first := w.today.AddDays(-days - r.within.days - r.within.hours/24 - 1)
	list, err := w.happenings(r, first, w.last.AddDays(-days))
	if err != nil {
		return err
	}
	for _, h := range list {
		at := r.at.on(h.day.AddDays(days), w.london)
		sendBy := r.within.after(at)
		if !at.Before(w.until) || !sendBy.After(w.now) {
			continue
		}
		if n > 0 {
			h.id += fmt.Sprintf(" (%d)", n+1)
		}
		o := Occasion{Notice: r.notice, Work: r.work, Person: h.person, ID: ids[r.on] + " " + h.id, At: at.UTC(), SendBy: sendBy.UTC(), Data: h.data}
		switch {
		case r.stops && r.on == arrears:
			o.Group = ArrearsGroup(h.day)
		case r.stops:
			o.Group = PaymentGroup(h.due)
		}
		w.setBy(r, &o, h.day.AddDays(days))
		w.occasions = append(w.occasions, o)
	}
	return nil
}

// endOfWork is the hour at which a day's work is done.
const endOfWork = 17

// setBy sets the date by which something is promised: a day that is worked in
// the case's nation.
func (w *working) setBy(r *rule, o *Occasion, from calculation.Date) {
	day := from.AddDays(r.by)
	for t := day.Time(); t.Weekday() == time.Saturday || t.Weekday() == time.Sunday || directory.BankHoliday(w.Case.Nation, t); t = day.Time() {
		day++
	}
	o.By = clock{hour: endOfWork}.on(day, w.london).UTC()
	if o.Data != nil {
		o.Data["by"] = dayOf(day)
	}
}

func dayOf(d calculation.Date) notices.Value {
	year, month, day := d.Time().Date()
	return notices.Day(year, int(month), day)
}
