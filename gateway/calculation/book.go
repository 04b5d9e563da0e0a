package calculation

import (
	"cmp"
	"maps"
	"slices"
)

// book is a ledger being worked out.
type book struct {
	lines  []Line           // maintenance and fees by day, then enforcement charges by day
	credit map[string]Money // of each account
	shared Money            // credit for all of them
}

func newBook(l *Ledger, until Date) *book {
	b := &book{credit: make(map[string]Money)}
	for _, charge := range l.Charges {
		if charge.Due <= until {
			b.lines = append(b.lines, Line{Charge: charge})
		}
	}
	slices.SortStableFunc(b.lines, func(x, y Line) int {
		return cmp.Or(x.order()-y.order(), cmp.Compare(x.Due, y.Due))
	})
	return b
}

// order puts enforcement charges after maintenance and its fees.
func (l *Line) order() int {
	if l.Purpose == ForEnforcement {
		return 1
	}
	return 0
}

func (b *book) receive(p Payment) {
	if p.Shared {
		b.shared += p.Amount
	} else {
		b.credit[p.Account] += p.Amount
	}
}

// settle pays what is owed on a day out of the credit there is: each account's
// own, then the shared.
func (b *book) settle(day Date) {
	for i := range b.lines {
		line := &b.lines[i]
		if line.Due <= day {
			b.credit[line.Account] -= line.pay(min(b.credit[line.Account], line.Amount-line.Paid), day)
		}
	}
	for from := 0; from < len(b.lines) && b.shared > 0; {
		group := b.sameDay(from)
		if group[0].Due <= day {
			b.share(group, day)
		}
		from += len(group)
	}
}

// sameDay is the run of lines from a place on that fall due together.
func (b *book) sameDay(from int) []Line {
	to := from + 1
	for to < len(b.lines) && b.lines[to].Due == b.lines[from].Due && b.lines[to].order() == b.lines[from].order() {
		to++
	}
	return b.lines[from:to]
}

// share pays lines of one day out of the shared credit, in proportion to what
// is unpaid of each.
func (b *book) share(lines []Line, day Date) {
	unpaid, all := make([]Money, len(lines)), Money(0)
	for i := range lines {
		unpaid[i] = lines[i].Amount - lines[i].Paid
		all += unpaid[i]
	}
	if all == 0 {
		return
	}
	for i, part := range Split(min(b.shared, all), unpaid) {
		b.shared -= lines[i].pay(part, day)
	}
}

// pay puts an amount to the line and gives it back for the subtraction.
func (l *Line) pay(amount Money, day Date) Money {
	l.Paid += amount
	if l.Paid == l.Amount && l.Settled == 0 {
		l.Settled = day
	}
	return amount
}

// statement sums up each account.
func (b *book) statement(on Date) Statement {
	s := Statement{On: on, Credit: b.shared}
	accounts := make(map[string]*Account)
	account := func(name string) *Account {
		if accounts[name] == nil {
			accounts[name] = &Account{Name: name}
		}
		return accounts[name]
	}
	for _, line := range b.lines {
		line.State = line.state(on)
		a := account(line.Account)
		a.Charged += line.Amount
		a.Paid += line.Paid
		if line.Due < on {
			a.Arrears += line.Amount - line.Paid
		} else {
			a.DueToday += line.Amount - line.Paid
		}
		a.Lines = append(a.Lines, line)
	}
	for name, credit := range b.credit {
		if credit > 0 {
			account(name).Credit = credit
		}
	}
	for _, name := range slices.Sorted(maps.Keys(accounts)) {
		a := accounts[name]
		slices.SortStableFunc(a.Lines, func(x, y Line) int { return cmp.Compare(x.Due, y.Due) })
		s.Accounts = append(s.Accounts, *a)
	}
	return s
}

func (l *Line) state(on Date) State {
	switch {
	case l.Settled != 0 && l.Settled <= l.Due:
		return Paid
	case l.Settled != 0:
		return Late
	case l.Due >= on:
		return Due
	case l.Paid > 0:
		return PartPaid
	}
	return Missed
}
