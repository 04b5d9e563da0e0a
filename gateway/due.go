package gateway

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // Europe/London must be there on any machine

	"parley/dialogs/answers"
	"parley/gateway/directory"
)

// What we promise: to write about a report by when its target says, and to
// contact somebody who was handed to a person within handoffWithin working days.
// A promise falls on a day that is worked in every nation, at closing.
const (
	handoffWithin = 5
	closing       = 17 // o'clock
)

// calendar reckons days in Europe/London, and remembers what is promised
// today: every turn may need it.
type calendar struct {
	london  *time.Location
	targets targets

	mu    sync.Mutex
	today answers.Date
	due   promises
}

// promises are the dates that are promised on one day, for reports by their kind.
type promises struct {
	handoff time.Time
	report  time.Time // of a kind that has no date of its own
	kinds   map[string]time.Time
}

// about is when we promise to have written about a report of a kind.
func (p promises) about(kind string) time.Time {
	if due, ok := p.kinds[kind]; ok {
		return due
	}
	return p.report
}

func newCalendar() (*calendar, error) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("reckoning days: %w", err)
	}
	targets, err := readTargets(shippedTargets)
	if err != nil {
		return nil, err
	}
	return &calendar{london: london, targets: targets}, nil
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
	p := promises{handoff: afterWorking(end, handoffWithin), kinds: map[string]time.Time{}}
	p.report = c.end(c.targets[matter{kind: ReportWork}].Due, end)
	for m, t := range c.targets {
		switch {
		case m.kind == ReportWork && m.about != "":
			p.kinds[m.about] = c.end(t.Due, end)
		case m.about == "":
			p.kinds[string(m.kind)] = c.end(t.Due, end)
		}
	}
	return p
}

// end is when a term that begins on a day has passed, on a day that is worked in
// every nation. One of hours is the next such day.
func (c *calendar) end(t Term, day time.Time) time.Time {
	switch t.Unit {
	case workingDays:
		return afterWorking(day, t.Count)
	case calendarDays:
		return c.nextWorked(day.AddDate(0, 0, t.Count))
	case calendarWeeks:
		return c.nextWorked(day.AddDate(0, 0, 7*t.Count))
	default:
		return afterWorking(day, 1)
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
