package schedule

import (
	"errors"
	"slices"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// happening is one thing that happens to one person on a case.
type happening struct {
	day    calculation.Date // that rules count from
	due    calculation.Date // of the payment that it is about; zero: of none
	id     string
	person directory.PersonID
	data   notices.Data
}

// happenings are those that a rule is about, from one day to another.
func (w *working) happenings(r *rule, first, last calculation.Date) ([]happening, error) {
	switch r.on {
	case paymentDue:
		return w.paymentsDue(r, first, last)
	case paymentMissed, paymentShort, paymentUnpaid, planBroken:
		if w.Case.Service == directory.DirectPay {
			return w.reported(r, first, last)
		}
		return w.unpaid(r, first, last)
	case paymentReceived:
		return w.received(r, first, last)
	case arrears:
		return w.arrears(r, first, last)
	case annualReview:
		return w.reviews(r, first, last), nil
	default: // the making of a plan, which does not wait for a day
		return nil, nil
	}
}

// people are those whom a rule is for; of work, only who it is about.
func (w *working) people(r *rule) []*directory.Person {
	people := w.Case.People()
	if r.role == directory.Receiving {
		return people[1:]
	}
	return people[:1]
}

// data is what is known of a case for any notice to somebody.
func (w *working) data(p *directory.Person) notices.Data {
	pays, direct := p.ID == w.Case.PayingParent.ID, w.Case.Service == directory.DirectPay
	return notices.Data{
		"name": notices.Text(p.Name), "pays": notices.Flag(pays), "receives": notices.Flag(!pays),
		"direct": notices.Flag(direct), "collected": notices.Flag(!direct),
	}
}

func pounds(m calculation.Money) notices.Value { return notices.Money(int64(m)) }

// open opens the books as of today, once.
func (w *working) open() (*accounts.Books, error) {
	if w.books == nil {
		books, err := accounts.Open(w.Case, w.Payments, w.today)
		if err != nil {
			return nil, err
		}
		w.books = books
	}
	return w.books, nil
}

// instalments are what falls due for somebody until the last day that is looked
// at.
func (w *working) instalments(p *directory.Person) ([]accounts.Instalment, error) {
	if list, known := w.owed[p.ID]; known {
		return list, nil
	}
	books, err := w.open()
	if err != nil {
		return nil, err
	}
	list, err := books.Instalments(p.ID, w.last.AddDays(mostDays))
	if err != nil {
		return nil, err
	}
	if w.owed == nil {
		w.owed = map[directory.PersonID][]accounts.Instalment{}
	}
	w.owed[p.ID] = list
	return list, nil
}

// instalment is what falls due for somebody on a day.
func (w *working) instalment(p *directory.Person, due calculation.Date) (accounts.Instalment, error) {
	list, err := w.instalments(p)
	if i := slices.IndexFunc(list, func(i accounts.Instalment) bool { return i.Due == due }); i >= 0 {
		return list[i], nil
	}
	return accounts.Instalment{Due: due}, err
}

// days are those from one to another on which a payment of the plan falls due.
// They are worked out once, for all rules.
func (w *working) days(first, last calculation.Date) ([]calculation.Date, error) {
	if w.dues == nil {
		all, err := accounts.Days(&w.Case, w.today.AddDays(-2*mostDays), w.last.AddDays(mostDays))
		if err != nil {
			return nil, err
		}
		w.dues = all
	}
	from, _ := slices.BinarySearch(w.dues, first)
	to, _ := slices.BinarySearch(w.dues, last+1)
	return w.dues[from:max(from, to)], nil
}

// paymentsDue are the payments of the plan, but those that were paid ahead.
func (w *working) paymentsDue(r *rule, first, last calculation.Date) ([]happening, error) {
	days, err := w.days(first, last)
	var list []happening
	for _, due := range days {
		for _, p := range w.people(r) {
			i, err := w.instalment(p, due)
			if err != nil {
				return nil, err
			}
			left := i.Amount
			if w.Case.Service == directory.CollectAndPay {
				left = i.Missing()
			}
			if left <= 0 {
				continue
			}
			data := w.data(p)
			data["due"], data["amount"] = dayOf(due), pounds(left)
			list = append(list, happening{day: due, due: due, id: due.String(), person: p.ID, data: data})
		}
	}
	return list, err
}

// received are the payments on record, with what is unpaid all the same: a
// payment pays the oldest debt first, so what is said of it must not contradict
// what is said of a later one.
func (w *working) received(r *rule, first, last calculation.Date) ([]happening, error) {
	var list []happening
	for _, payment := range w.Payments {
		if payment.Received < first || payment.Received > last || payment.Received > w.today {
			continue
		}
		for _, p := range w.people(r) {
			left, err := w.unpaidOf(p, w.today)
			if err != nil {
				return nil, err
			}
			data := w.data(p)
			data["amount"], data["received"] = pounds(payment.Amount), dayOf(payment.Received)
			data["behind"], data["clear"], data["left"] = notices.Flag(left > 0), notices.Flag(left == 0), pounds(left)
			list = append(list, happening{day: payment.Received, id: payment.Received.String() + " " + payment.ID, person: p.ID, data: data})
		}
	}
	return list, nil
}

// unpaidOf is what somebody has not paid of what was due by a day; nothing
// without a plan.
func (w *working) unpaidOf(p *directory.Person, day calculation.Date) (sum calculation.Money, err error) {
	list, err := w.instalments(p)
	if errors.Is(err, accounts.ErrNoPlan) {
		return 0, nil
	}
	for _, i := range list {
		if i.Due <= day {
			sum += i.Missing()
		}
	}
	return sum, err
}

// arrears are the first days of months on which something is unpaid.
func (w *working) arrears(r *rule, first, last calculation.Date) ([]happening, error) {
	var list []happening
	for day := first; day <= last; day++ {
		if day.Time().Day() != 1 || day > w.today {
			continue
		}
		for _, p := range w.people(r) {
			h, err := w.behind(p, day)
			if err != nil {
				return nil, err
			}
			if h != nil {
				list = append(list, *h)
			}
		}
	}
	return list, nil
}

// behind is what somebody has not paid of what was due before a day, when it is
// enough to be told of.
func (w *working) behind(p *directory.Person, day calculation.Date) (*happening, error) {
	list, err := w.instalments(p)
	if err != nil {
		return nil, err
	}
	var sum calculation.Money
	var rows []notices.Row
	for _, i := range list {
		if i.Due < day && i.Missing() > 0 {
			sum += i.Missing()
			rows = append(rows, unpaidRow(i))
		}
	}
	if sum < max(w.settings.Least, 1) {
		return nil, nil
	}
	data := w.data(p)
	data["amount"], data["day"], data["unpaid"] = pounds(sum), dayOf(w.today), notices.Table(rows...)
	return &happening{day: day, id: day.String(), person: p.ID, data: data}, nil
}

func unpaidRow(i accounts.Instalment) notices.Row {
	year, month, day := i.Due.Time().Date()
	return notices.Row{
		English: "Due on " + templates.English.Date(year, int(month), day),
		Welsh:   "Yn ddyledus ar " + templates.Welsh.Date(year, int(month), day),
		Figure:  i.Missing().String(),
	}
}

// reviews are the days on which an amount is looked at again: a year after the
// decision took effect, and every year (Child Support Maintenance Calculation
// Regulations 2012 reg 19).
func (w *working) reviews(r *rule, first, last calculation.Date) []happening {
	var list []happening
	for year := 1; w.Case.EffectiveDate != 0; year++ {
		day := w.Case.EffectiveDate.AddMonths(12 * year)
		if day > last {
			break
		}
		for _, p := range w.people(r) {
			if day >= first {
				data := w.data(p)
				data["review"] = dayOf(day)
				list = append(list, happening{day: day, id: day.String(), person: p.ID, data: data})
			}
		}
	}
	return list
}
