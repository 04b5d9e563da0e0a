package gateway

import (
	"context"
	"time"

	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

// Promise is what somebody was promised who told us something: that we write, or
// get in touch, by a day. The work item is its keeping.
type Promise struct {
	WorkItem  string // its id
	Kind      WorkItemKind
	Report    string // the kind of the report that it is about; empty: of none
	Reference string // that they were told; empty: none
	Case      directory.CaseReference
	Person    directory.PersonID
	Channel   directory.Channel // on which they told us; empty: not in a conversation
	Detail    string            // of the work item
	Made      time.Time
	Due       time.Time
}

// A promise is told of for a few days after it was made; that it was broken,
// again and again while nobody keeps it, for half a year.
const (
	promiseTold = 7 * 24 * time.Hour
	promiseLate = 183 * 24 * time.Hour
)

// complaintKind is the kind of a report that is a complaint.
const complaintKind = "complaint"

// promised are the events of a case's promises: that we have what they told us,
// and that we are late.
func (g *Gateway) promised(c *directory.Case, promises []Promise, now time.Time) (events []event) {
	for i := range promises {
		p := &promises[i]
		if p.toNobody() {
			continue
		}
		if now.Sub(p.Made) < promiseTold {
			events = append(events, g.taken(p)...)
		}
		if e, late := g.broken(c, p, now); late {
			events = append(events, event{Event: e})
		}
	}
	return events
}

// toNobody reports whether nobody was promised anything: they wanted no more.
func (p *Promise) toNobody() bool { return p.Detail == "stopped" || p.Detail == "wrong person" }

// taken says that we have what somebody told us. Whoever wrote by text or email
// has been answered there, where the words stay; web chat and the telephone keep
// none.
func (g *Gateway) taken(p *Promise) []event {
	e := schedule.Event{
		On: schedule.ReportTaken, ID: p.WorkItem, Person: p.Person, Day: g.today(p.Made),
		Data: notices.Data{"reference": notices.Text(p.reference()), "by": dated(g.today(p.Due))},
	}
	switch {
	case p.Kind == ComplaintWork, p.Report == complaintKind:
		e.On = schedule.ComplaintTaken
	case p.Report == "", p.Channel != directory.WebChat && p.Channel != directory.Voice:
		return nil
	}
	return []event{{Event: e}}
}

// reference is what the person knows it by.
func (p *Promise) reference() string {
	if p.Reference != "" {
		return p.Reference
	}
	return reference(p.WorkItem)
}

// broken is the last promise about a work item that was not kept: each time that
// we are late we promise again, by the rule.
func (g *Gateway) broken(c *directory.Case, p *Promise, now time.Time) (e schedule.Event, late bool) {
	today := g.today(now)
	for day := g.today(p.Due); day < today && day != 0; {
		e = schedule.Event{
			On: schedule.PromiseBroken, ID: p.WorkItem + " " + day.String(), Person: p.Person, Day: day,
			Data: notices.Data{"promised": dated(day), "reference": notices.Text(p.reference())},
		}
		late, day = true, g.again(c, e)
	}
	return e, late
}

// again is the day that is promised next; none when the rules have nobody told.
func (g *Gateway) again(c *directory.Case, e schedule.Event) calculation.Date {
	told := g.Schedule.Told(c, e, e.Day.Time())
	if len(told) == 0 {
		return 0
	}
	return g.today(told[0].By)
}

// eventsOf are the events of a page of cases that are found by looking: what was
// promised, and how people are reached. They are by case.
func (g *Gateway) eventsOf(ctx context.Context, cases []directory.Case, now time.Time) ([][]event, error) {
	first, last := cases[0].Reference, cases[len(cases)-1].Reference
	promises, err := g.Store.PromisesBetween(ctx, first, last, now.Add(-promiseTold), now.Add(-promiseLate), now)
	if err != nil {
		return nil, err
	}
	changes, err := g.Store.ContactChangesBetween(ctx, first, last, now.Add(-changeTold))
	if err != nil {
		return nil, err
	}
	events := make([][]event, len(cases))
	for i := range cases {
		c := &cases[i]
		var made []Promise
		var changed []ContactChange
		promises, made = ofCase(promises, c.Reference, func(p *Promise) directory.CaseReference { return p.Case })
		changes, changed = ofCase(changes, c.Reference, func(p *ContactChange) directory.CaseReference { return p.Case })
		events[i] = append(g.promised(c, made, now), g.changed(c, changed)...)
	}
	return events, nil
}
