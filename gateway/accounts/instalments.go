package accounts

import (
	"slices"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// Instalment is what falls due on a day, for one person, and what has come of
// it by the day of the books.
type Instalment struct {
	Due    calculation.Date
	Amount calculation.Money // with fees, or less them
	Paid   calculation.Money
	Agreed calculation.Money // of the amount, towards arrears; told to who pays
}

// Missing is what has not come.
func (i Instalment) Missing() calculation.Money { return i.Amount - i.Paid }

// Instalments are what falls due for a person up to a day, which may be later
// than that of the books: what was paid ahead pays for it. Paid means nothing
// where parents pay each other, see Reported. The error is ErrNotTheirs.
func (b *Books) Instalments(person directory.PersonID, until calculation.Date) ([]Instalment, error) {
	share, err := b.share(person)
	if err != nil {
		return nil, err
	}
	statement := b.ledger.Statement(until)
	byDay := map[calculation.Date]*Instalment{}
	for _, a := range statement.Accounts {
		if share != nil && a.Name != share.ReceivingParent {
			continue
		}
		for _, line := range a.Lines {
			if byDay[line.Due] == nil {
				byDay[line.Due] = &Instalment{Due: line.Due}
			}
			byDay[line.Due].Amount += line.Amount
			byDay[line.Due].Paid += line.Paid
		}
	}
	var list []Instalment
	for _, day := range b.days(until) {
		i := byDay[day]
		if i == nil {
			continue
		}
		if share == nil {
			i.Agreed = b.agreed[day]
		} else {
			i.Amount, i.Paid = afterFee(i.Amount, share), afterFee(i.Paid, share)
		}
		list = append(list, *i)
	}
	return list, nil
}

// Report is what a receiving parent says came of a direct payment.
type Report struct {
	By   directory.PersonID
	Due  calculation.Date
	Came calculation.Money // less than was due
	On   calculation.Date  // when they said so
}

// Reported is a direct payment that is reported not to have come, with what is
// on record of it. ok is false where none was due to them on that day.
func (b *Books) Reported(r Report) (i Instalment, ok bool) {
	i.Due = r.Due
	for _, charge := range b.ledger.Charges {
		if charge.Account == string(r.By) && charge.Due == r.Due {
			i.Amount, ok = charge.Amount, true
		}
	}
	var before, after calculation.Money // what they said counts once
	for _, p := range b.direct {
		switch {
		case p.To != r.By || p.Received < r.Due:
		case p.Received <= r.On:
			before += p.Amount
		default:
			after += p.Amount
		}
	}
	i.Paid = min(i.Amount, max(before, r.Came)+after)
	return i, ok
}

// days are those on which something is charged, in order, up to a day.
func (b *Books) days(until calculation.Date) []calculation.Date {
	var days []calculation.Date
	for _, charge := range b.ledger.Charges {
		if charge.Due <= until && (len(days) == 0 || days[len(days)-1] != charge.Due) {
			days = append(days, charge.Due)
		}
	}
	slices.Sort(days)
	return slices.Compact(days)
}
