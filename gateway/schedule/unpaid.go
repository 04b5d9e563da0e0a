package schedule

import (
	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// unpaid are the collected payments of which something has not come once the
// days of grace are over. Of one of which part has come, the days count from
// the latest payment.
func (w *working) unpaid(r *rule, first, last calculation.Date) ([]happening, error) {
	grace := w.settings.Grace
	days, err := w.days(first.AddDays(-grace-w.reach(r)), last.AddDays(-grace))
	var list []happening
	for _, due := range days {
		whole, err := w.instalment(&w.Case.PayingParent, due)
		if err != nil {
			return nil, err
		}
		counted := due.AddDays(grace)
		if r.on == paymentShort {
			counted = max(counted, w.latest(due))
		}
		if !w.worth(r, whole) || counted < first || counted > last {
			continue
		}
		for _, p := range w.people(r) {
			own, err := w.instalment(p, due)
			if err != nil {
				return nil, err
			}
			if own.Missing() > 0 {
				list = append(list, w.missing(r, p, own, counted, due.String()))
			}
		}
	}
	return list, err
}

// longestShort is for how long after its day the part of a payment is told of.
const longestShort = 31

// reach is how much earlier than the day that is counted from a payment can
// have been due.
func (w *working) reach(r *rule) int {
	if r.on == paymentShort {
		return longestShort
	}
	return 0
}

// latest is the day of the latest payment since a day.
func (w *working) latest(since calculation.Date) (day calculation.Date) {
	for _, p := range w.Payments {
		if p.Received >= since && p.Received <= w.today {
			day = max(day, p.Received)
		}
	}
	return day
}

// worth reports whether a payment is of the rule's kind, and enough is missing
// to be told of.
func (w *working) worth(r *rule, i accounts.Instalment) bool {
	if i.Missing() < max(w.settings.Least, 1) {
		return false
	}
	switch agreed := i.Missing() <= i.Agreed; r.on {
	case paymentUnpaid:
		return true
	case planBroken:
		return agreed
	default:
		return !agreed && (r.on == paymentMissed) == (i.Paid == 0)
	}
}

// missing is a payment that has not come, or not all of it.
func (w *working) missing(r *rule, p *directory.Person, i accounts.Instalment, counted calculation.Date, id string) happening {
	data := w.data(p)
	data["due"], data["paid"], data["left"], data["amount"] = dayOf(i.Due), pounds(i.Paid), pounds(i.Missing()), pounds(i.Missing())
	if r.on == paymentShort {
		data["amount"] = pounds(i.Amount)
	}
	return happening{day: counted, due: i.Due, id: id, person: p.ID, data: data}
}

// reported are the direct payments that are reported not to have come, once the
// days of grace are over. The days count from the report, when that was later.
// A report is known by who is paid, which no notice says.
func (w *working) reported(r *rule, first, last calculation.Date) ([]happening, error) {
	var list []happening
	for _, report := range w.Reports {
		counted := max(report.Due.AddDays(w.settings.Grace), report.On)
		if counted < first || counted > last {
			continue
		}
		books, err := w.open()
		if err != nil {
			return nil, err
		}
		i, ok := books.Reported(report)
		if !ok || !w.worth(r, i) {
			continue
		}
		for _, p := range w.people(r) {
			if r.role != directory.Receiving || p.ID == report.By {
				list = append(list, w.missing(r, p, i, counted, i.Due.String()+" "+string(report.By)))
			}
		}
	}
	return list, nil
}
