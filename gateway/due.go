package gateway

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // Europe/London must be there on any machine

	"parley/dialogs/answers"
	"parley/gateway/directory"
)

// What we promise: to write about a report within reportWithin days, to answer
// a complaint, or to say when we will, within complaintWithin working days
// , and to contact somebody who was handed
// to a person within handoffWithin working days. A promise falls on a day that
// is worked in every nation, at closing.
const (
	reportWithin    = 28
	complaintWithin = 15
	handoffWithin   = 5
	closing         = 17 // o'clock
)

// calendar reckons days in Europe/London, and remembers what is promised
// today: every turn may need it.
type calendar struct {
	london *time.Location

	mu    sync.Mutex
	today answers.Date
	due   promises
}

// promises are the dates that are promised on one day.
type promises struct{ handoff, report, complaint time.Time }

// about is when we promise to have written about a report of a kind.
func (p promises) about(kind string) time.Time {
	if kind == complaintKind {
		return p.complaint
	}
	return p.report
}

func newCalendar() (*calendar, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("reckoning days: %w", err)
	}
	return &calendar{london: london}, nil
}

func (c *calendar) day(t time.Time) answers.Date { return answers.DateOf(t, c.london) }

// promised returns what is promised at a moment.
func (c *calendar) promised(now time.Time) promises {
	today := c.day(now)
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.today != today {
		c.today, c.due = today, c.reckon(now)
	}
	return c.due
}

func (c *calendar) reckon(now time.Time) promises {
	now = now.In(c.london)
	end := time.Date(now.Year(), now.Month(), now.Day(), closing, 0, 0, 0, c.london)
	return promises{
		handoff:   afterWorking(end, handoffWithin),
		report:    c.nextWorked(end.AddDate(0, 0, reportWithin)),
		complaint: afterWorking(end, complaintWithin),
	}
}

// afterWorking is the same hour so many worked days later.
func afterWorking(t time.Time, days int) time.Time {
	for days > 0 {
		t = t.AddDate(0, 0, 1)
		if worked(t) {
			days--
		}
	}
	return t
}

// nextWorked is a moment, or the first after it on a day that is worked.
func (c *calendar) nextWorked(t time.Time) time.Time {
	for t = t.In(c.london); !worked(t); {
		t = t.AddDate(0, 0, 1)
	}
	return t
}

// worked reports whether a day is worked in every nation.
func worked(t time.Time) bool {
	if t.Weekday() == time.Saturday || t.Weekday() == time.Sunday {
		return false
	}
	for _, nation := range []directory.Nation{directory.England, directory.Scotland, directory.NorthernIreland} {
		if directory.BankHoliday(nation, t) {
			return false
		}
	}
	return true
}
