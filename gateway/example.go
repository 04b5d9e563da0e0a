package gateway

import (
	"context"
	"time"

	"parley/dialogs"
	"parley/dialogs/answers"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Example is an imagined case, on which a dialog can be tried without a
// gateway: parley chat runs on it.
type Example struct {
	now      time.Time
	calendar *calendar
	caseFile directory.Case
}

// NewExample makes the example as of a moment.
func NewExample(now time.Time) (*Example, error) {
	calendar, err := newCalendar()
	if err != nil {
		return nil, err
	}
	historic := calculation.Money(32_000_00)
	return &Example{now: now, calendar: calendar, caseFile: directory.Case{
		Reference:     "300012345678",
		Service:       directory.DirectPay,
		EffectiveDate: calculation.NewDate(2026, 4, 6),
		PayingParent:  directory.Person{ID: "P1"},
		ReceivingParents: []directory.ReceivingParent{{
			Person:   directory.Person{ID: "R1"},
			Children: []directory.Child{{ID: "C1", Name: "Jo", SharedCareNights: 60}},
		}},
		Income: directory.Income{HistoricAnnual: &historic, TaxYear: "2025-26"},
	}}, nil
}

// Facts are what is known around a turn of the example.
func (e *Example) Facts() dialogs.Facts {
	return dialogs.Facts{Today: e.calendar.day(e.now), HandoffBy: e.calendar.day(e.calendar.promised(e.now).handoff)}
}

// Carry answers a dialog's calls: what is worked out is worked out for the
// paying parent of the example case, and a report gets a reference that leads
// nowhere.
func (e *Example) Carry(c dialogs.Call) dialogs.Result {
	switch c.Name {
	case "estimate":
		v, err := estimate(e.caseFile, pay(c))
		return dialogs.Result{Failed: err != nil, Value: v}
	case "compare":
		known, _ := CaseRecord{}.Income(context.Background(), e.caseFile)
		v, err := compare(known, pay(c))
		return dialogs.Result{Failed: err != nil, Value: v}
	case "calculate":
		v, err := calculate(c)
		return dialogs.Result{Failed: err != nil, Value: v}
	case "explain":
		v, err := explain(e.caseFile, e.caseFile.PayingParent.ID)
		return dialogs.Result{Failed: err != nil, Value: v}
	case "nights_band":
		v, err := nightsBand(e.caseFile, e.caseFile.PayingParent.ID, c)
		return dialogs.Result{Failed: err != nil, Value: v}
	case "account":
		v, err := e.account()
		return dialogs.Result{Failed: err != nil, Value: v}
	case "progress":
		made := e.now.AddDate(0, 0, -6)
		told := Promise{WorkItem: "EXAMPLE", Person: e.caseFile.PayingParent.ID, Reference: "EXAMPLE-1", Made: made, Due: e.calendar.promised(made).report}
		return dialogs.Result{Value: progress([]Promise{told}, told.Person, e.now, e.calendar)}
	case "reconsideration":
		v, err := reconsideration(c, e.calendar.day(e.now))
		return dialogs.Result{Failed: err != nil, Value: v}
	case "report":
		due := e.calendar.promised(e.now).about(passed(c, "kind").Text)
		return dialogs.Result{Value: reported("EXAMPLE-1", e.calendar.day(due))}
	default:
		return dialogs.Result{Failed: true}
	}
}

// account is that of the example's paying parent when payments are collected,
// and all have come on their day.
func (e *Example) account() (dialogs.Value, error) {
	file, today := e.caseFile, calculation.DateOf(e.now.In(e.calendar.london))
	file.Service = directory.CollectAndPay
	file.Plan = directory.Plan{Frequency: string(calculation.Monthly), FirstDue: calculation.NewDate(2026, 4, 15)}
	owed, err := account(file, file.PayingParent.ID, nil, today)
	if err != nil {
		return owed, err
	}
	regular, _ := owed.Field("regular")
	var payments []directory.Payment
	for due := file.Plan.FirstDue; due <= today; due = due.AddMonths(1) {
		payments = append(payments, directory.Payment{Amount: calculation.Money(regular.Pence), Received: due, Method: directory.Collected})
	}
	return account(file, file.PayingParent.ID, payments, today)
}

// reported is what the call report gives back.
func reported(reference string, due answers.Date) dialogs.Value {
	return dialogs.Group(
		dialogs.Field{Name: "reference", Value: dialogs.Text(reference)},
		dialogs.Field{Name: "due", Value: dialogs.Day(due)},
	)
}
