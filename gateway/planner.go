package gateway

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/gateway/schedule"
	"parley/templates/notices"
)

// Notices are planned planAhead before they may be sent, and worked out for
// casesAtOnce cases at a time, which is all that is in memory of them.
const (
	planAhead   = 24 * time.Hour
	casesAtOnce = 500
)

// notReceived is the kind of a report that a direct payment has not come, which
// only somebody makes who has said that it is safe. It counts for reportedWithin
// after it was made.
const (
	notReceived    = "payment-not-received"
	reportedWithin = 60 * 24 * time.Hour
)

// Planned is what one going through all cases came to.
type Planned struct {
	Cases   int // gone through
	Notices int // new ones
	Failed  int // cases whose record cannot be worked with
}

// PlanDay goes through all cases and puts into the outbox what is due on them
// within a day. It may be called at any time, any number of times, on any number
// of nodes: each notice is planned once, and what could not be planned while the
// gateway was away is planned while it still can be sent. One that was stopped is
// gone on with by the next.
func (g *Gateway) PlanDay(ctx context.Context) (Planned, error) {
	var sum Planned
	if g.Schedule == nil {
		return sum, nil
	}
	p := &planner{g: g, campaigns: map[CampaignID]bool{}}
	err := p.round(ctx, &sum)
	g.Log.InfoContext(ctx, "notices are planned", "cases", sum.Cases, "notices", sum.Notices, "failed", sum.Failed, "all", err == nil)
	if err != nil {
		return sum, fmt.Errorf("planning notices: %w", err)
	}
	return sum, nil
}

// planner plans one day.
type planner struct {
	g         *Gateway
	campaigns map[CampaignID]bool // that are known to be there
}

// page plans what is due on some cases, in one transaction. Its moment is taken
// before the payments are read: what comes after that withholds what they say.
func (p *planner) page(ctx context.Context, cases []directory.Case, sum *Planned) error {
	now := p.g.Clock()
	batch, work, failed, err := p.g.dueOn(ctx, cases, now, now.Add(planAhead))
	if err != nil {
		return err
	}
	sum.Failed += failed
	sum.Cases += len(cases)
	if len(batch)+len(work) == 0 {
		return nil
	}
	if err := p.begin(ctx, batch, now); err != nil {
		return err
	}
	planned, err := p.g.Store.PlanNotices(ctx, batch, work...)
	sum.Notices += planned
	return err
}

// dueOn is what is to be said, and to be seen to by a person, on some cases
// before a moment; failed counts those whose record cannot be worked with.
func (g *Gateway) dueOn(ctx context.Context, cases []directory.Case, now, until time.Time) (batch []Message, work []WorkItem, failed int, err error) {
	files, err := g.files(ctx, cases, now)
	if err != nil {
		return nil, nil, 0, err
	}
	events, err := g.eventsOf(ctx, cases, now)
	if err != nil {
		return nil, nil, 0, err
	}
	for i := range files {
		c := &files[i].Case
		occasions, err := g.Schedule.Due(files[i], now, until)
		if err != nil {
			failed++
			g.Log.WarnContext(ctx, "the notices of a case cannot be worked out", "case", c.Reference, "error", err)
		}
		for i := range occasions {
			if o := &occasions[i]; o.Work != "" {
				work = append(work, g.workOn(c, o, now))
			} else {
				batch = append(batch, g.noticeOf(c, o, now))
			}
		}
		for _, e := range events[i] {
			batch = append(batch, g.told(c, e, now)...)
		}
	}
	return batch, work, failed, nil
}

// begin starts the campaigns of a batch: one for each notice and day.
func (p *planner) begin(ctx context.Context, batch []Message, now time.Time) error {
	for _, m := range batch {
		id := m.Notice.Campaign
		if p.campaigns[id] {
			continue
		}
		err := p.g.Store.StartCampaign(ctx, Campaign{ID: id, Name: m.Notice.Name, By: "schedule", State: Running, Created: now})
		if err != nil && !errors.Is(err, ErrDuplicate) {
			return err
		}
		p.campaigns[id] = true
	}
	return nil
}

// files puts together what is known of cases that follow each other.
func (g *Gateway) files(ctx context.Context, cases []directory.Case, now time.Time) ([]schedule.File, error) {
	first, last := cases[0].Reference, cases[len(cases)-1].Reference
	payments, err := g.Store.PaymentsBetween(ctx, first, last)
	if err != nil {
		return nil, err
	}
	reports, err := g.Store.ReportsBetween(ctx, first, last, notReceived, now.Add(-reportedWithin))
	if err != nil {
		return nil, err
	}
	files := make([]schedule.File, len(cases))
	for i, c := range cases {
		f := &files[i]
		f.Case = c
		var own []Report
		payments, f.Payments = ofCase(payments, c.Reference, func(p *directory.Payment) directory.CaseReference { return p.Case })
		// What came before the decision took effect was for another plan.
		f.Payments = slices.DeleteFunc(f.Payments, func(p directory.Payment) bool { return p.Received < c.EffectiveDate })
		reports, own = ofCase(reports, c.Reference, func(r *Report) directory.CaseReference { return r.Case })
		f.Reports = reportsOf(own, g.calendar.london)
	}
	return files, nil
}

// ofCase takes the rows of a case off the front of rows in the order of cases.
// What is of no case that is asked for is passed over.
func ofCase[T any](rows []T, of directory.CaseReference, by func(*T) directory.CaseReference) (rest, own []T) {
	for len(rows) > 0 && by(&rows[0]) < of {
		rows = rows[1:]
	}
	n := 0
	for n < len(rows) && by(&rows[n]) == of {
		n++
	}
	return rows[n:], rows[:n:n]
}

// reportsOf reads what parents said of payments that did not come. A report that
// cannot be read is for its team alone, which has it anyway.
func reportsOf(reports []Report, london *time.Location) []accounts.Report {
	var list []accounts.Report
	for i := range reports {
		var said struct {
			Safe string            `json:"safe"`
			Due  calculation.Date  `json:"due"`
			Came calculation.Money `json:"came"`
		}
		if json.Unmarshal(reports[i].Answers, &said) != nil || said.Safe != "yes" {
			continue
		}
		list = append(list, accounts.Report{
			By: reports[i].Person, Due: said.Due, Came: said.Came, On: calculation.DateOf(reports[i].Created.In(london)),
		})
	}
	return list
}

// noticeOf is an occasion as the outbox keeps it.
func (g *Gateway) noticeOf(c *directory.Case, o *schedule.Occasion, now time.Time) Message {
	template := g.notices[o.Notice]
	m := g.noticeTo(c, personOn(c, o.Person), template, now)
	m.NotBefore, m.SendBy = o.At, o.SendBy
	m.Notice.Occasion, m.Notice.Group = o.ID, o.Group
	m.Notice.Campaign = CampaignID(o.Notice + "-" + o.At.In(g.calendar.london).Format(time.DateOnly))
	for _, field := range template.Fields {
		if v, known := o.Data[field.Name]; known {
			m.Notice.Data[field.Name] = v
		}
	}
	return m
}

// noticeTo is a notice to somebody about a case, without what it is about. The
// channel is chosen again when it is sent.
func (g *Gateway) noticeTo(c *directory.Case, person *directory.Person, template *notices.Notice, now time.Time) Message {
	to, ok := g.reachable(*person)
	if !ok {
		to.Channel = cmp.Or(person.PreferredChannel, directory.SMS)
	}
	return Message{
		ID: MessageID(g.NewID()), Person: person.ID, Case: c.Reference, To: to, Language: person.Language,
		Subject: Approach, Priority: priorities[template.Priority], Created: now,
		Notice: &Notice{Name: template.Name, Data: notices.Data{}, Statutory: template.Statutory},
	}
}

// priorities are those of the outbox for those of notices.
var priorities = map[string]Priority{"alert": Alert, "reminder": Normal, "bulk": Bulk}

// personOn is a person on a case.
func personOn(c *directory.Case, id directory.PersonID) *directory.Person {
	for _, p := range c.People() {
		if p.ID == id {
			return p
		}
	}
	return &directory.Person{}
}

// workOn is an occasion that is for a person of the team to see to.
func (g *Gateway) workOn(c *directory.Case, o *schedule.Occasion, now time.Time) WorkItem {
	return WorkItem{
		ID: g.NewID(), Key: o.Work + "/" + string(c.Reference) + "/" + o.ID, Kind: WorkItemKind(o.Work), Case: c.Reference, Person: o.Person,
		Team: c.Team, Due: o.By, Detail: o.ID, Created: now,
	}
}
