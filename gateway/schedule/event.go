package schedule

import (
	"fmt"
	"maps"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates/notices"
)

// Event is something that somebody did about one person on a case, or that ran
// out: what the record and the calendar alone do not tell.
type Event struct {
	On     Kind               // one of the exported kinds
	ID     string             // tells it from others of its kind, by dates and ids
	Person directory.PersonID // whom it is to be told
	Day    calculation.Date   // that its rules count from, also the date in its words
	Group  string             // what ends the need to tell of it; empty: nothing
	Data   notices.Data       // beside what is known of the case
}

// Told are the occasions on an event that can still be sent at now, those that
// come later among them.
func (s *Schedule) Told(c *directory.Case, e Event, now time.Time) []Occasion {
	w := &working{Schedule: s, File: File{Case: *c}}
	var told []Occasion
	for i := range s.rules {
		r := &s.rules[i]
		p := w.concerned(r, &e)
		if p == nil {
			continue
		}
		for n := range r.times + 1 {
			at := r.at.on(e.Day.AddDays(r.days+n*r.every), s.london)
			sendBy := r.within.after(at)
			if !sendBy.After(now) {
				continue
			}
			o := Occasion{Notice: r.notice, Person: e.Person, ID: ids[r.on] + " " + e.ID, Group: e.Group, At: at.UTC(), SendBy: sendBy.UTC(), Data: w.data(p)}
			if n > 0 {
				o.ID += fmt.Sprintf(" (%d)", n+1)
			}
			w.setBy(r, &o, e.Day)
			maps.Copy(o.Data, e.Data)
			told = append(told, o)
		}
	}
	return told
}

// concerned is the person whom a rule has be told of an event; nil when it is
// none, or not on the case.
func (w *working) concerned(r *rule, e *Event) *directory.Person {
	if r.on != e.On || r.service != "" && r.service != w.Case.Service {
		return nil
	}
	for i, p := range w.Case.People() {
		role := directory.Receiving
		if i == 0 {
			role = directory.Paying
		}
		if p.ID == e.Person && (r.role == "" || r.role == role) {
			return p
		}
	}
	return nil
}

// Of names the notices that the rules send of a kind.
func (s *Schedule) Of(on Kind) []string {
	var names []string
	for _, r := range s.rules {
		if r.on == on && r.notice != "" {
			names = append(names, r.notice)
		}
	}
	return names
}
