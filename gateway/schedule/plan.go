package schedule

import (
	"fmt"
	"time"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// Change is a payment plan that is made for a case.
type Change struct {
	Number int               // of the case's plans
	Before *calculation.Case // what the plan before was worked out from; nil: this is the first
}

// Plan are the occasions on the making of a case's plan. The error is what is
// wrong with the record.
func (s *Schedule) Plan(f File, change Change, now time.Time) ([]Occasion, error) {
	on := planIssued
	if change.Before != nil {
		on = planChanged
	}
	w := &working{Schedule: s, File: f, now: now, until: now, today: calculation.DateOf(now.In(s.london))}
	w.last = max(w.today, f.Case.Plan.FirstDue)
	for i := range s.rules {
		r := &s.rules[i]
		if r.on != on || r.service != "" && r.service != f.Case.Service {
			continue
		}
		for _, p := range w.people(r) {
			data, err := w.planned(p, change)
			if err != nil {
				return nil, fmt.Errorf("the plan of case %s: %w", f.Case.Reference, err)
			}
			at := r.at.on(w.today.AddDays(r.days), s.london)
			w.occasions = append(w.occasions, Occasion{
				Notice: r.notice, Person: p.ID, ID: fmt.Sprintf("%s %d", ids[on], change.Number),
				At: at.UTC(), SendBy: r.within.after(at).UTC(), Data: data,
			})
		}
	}
	return w.occasions, nil
}

// frequencies are how often a payment is made, after its amount.
var frequencies = map[string]notices.Value{
	string(calculation.Weekly):      notices.Words("a week", "yr wythnos"),
	string(calculation.Fortnightly): notices.Words("every 2 weeks", "bob pythefnos"),
	string(calculation.FourWeekly):  notices.Words("every 4 weeks", "bob 4 wythnos"),
	string(calculation.Monthly):     notices.Words("a month", "y mis"),
}

// planned is what one parent is told of a plan: their own payments, and of what
// changed only what they may be told (Child Support Maintenance Calculation
// Regulations 2012 reg 25).
func (w *working) planned(p *directory.Person, change Change) (notices.Data, error) {
	books, err := accounts.Open(w.Case, w.Payments, w.last)
	if err != nil {
		return nil, err
	}
	standing, err := books.Of(p.ID)
	if err != nil {
		return nil, err
	}
	list, err := books.Instalments(p.ID, w.last.AddMonths(12))
	if err != nil {
		return nil, err
	}
	var rows []notices.Row
	for _, i := range list {
		if i.Due >= standing.Next.Due {
			rows = append(rows, instalmentRow(i))
		}
	}
	data := w.data(p)
	data["amount"], data["frequency"] = pounds(standing.Regular), frequencies[w.Case.Plan.Frequency]
	data["first_due"], data["schedule"] = dayOf(standing.Next.Due), notices.Table(rows...)
	data["effective_date"] = dayOf(w.Case.EffectiveDate)
	if change.Before == nil {
		return data, nil
	}
	changes, err := w.changes(p, *change.Before)
	if err != nil {
		return nil, err
	}
	if len(changes) == 0 { // the same decision, paid on other days
		data["effective_date"] = data["first_due"]
		changes = otherDays
	}
	data["adjustments"] = notices.Table(changes...)
	return data, nil
}

func instalmentRow(i accounts.Instalment) notices.Row {
	year, month, day := i.Due.Time().Date()
	return notices.Row{English: templates.English.Date(year, int(month), day), Welsh: templates.Welsh.Date(year, int(month), day), Figure: i.Amount.String()}
}

// otherDays is why a plan has changed when the amount a week has not.
var otherDays = []notices.Row{{
	English: "The amount a week is the same. The days or how often it is paid have changed.",
	Welsh:   "Mae'r swm yr wythnos yr un fath. Mae'r dyddiau neu ba mor aml y telir wedi newid.",
}}

// changes are what has changed since the plan before, as somebody may be told.
func (w *working) changes(p *directory.Person, before calculation.Case) ([]notices.Row, error) {
	who := calculation.PayingParent()
	if p.ID != w.Case.PayingParent.ID {
		who = calculation.ReceivingParentNamed(string(p.ID))
	}
	comparison, err := calculation.Compare(before, w.Case.OnRecord(), who)
	if err != nil {
		return nil, err
	}
	var rows []notices.Row
	for _, change := range comparison.Changes {
		rows = append(rows, notices.Row{English: change.English(), Welsh: change.Welsh()})
	}
	return rows, nil
}
