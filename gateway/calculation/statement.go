package calculation

import (
	"cmp"
	"slices"
)

// Statement is where a ledger stands at the end of a day.
type Statement struct {
	On       Date
	Accounts []Account // by name
	Credit   Money     // collected for all accounts and not yet owed to any
}

// Account is one receiving parent's side of a statement, or the service's own.
// Charged = Paid + Arrears + DueToday; Credit is paid beyond that.
type Account struct {
	Name     string
	Charged  Money
	Paid     Money // of what was charged
	Arrears  Money // unpaid from days before
	DueToday Money // unpaid, and due on the day itself
	Credit   Money
	Lines    []Line // by day
}

// Line is one charge and what became of it.
type Line struct {
	Charge
	Paid    Money
	Settled Date // the day the last of it was paid; zero while it is not
	State   State
}

// State is what became of a charge.
type State string

// The states. No leeway of days or pennies is known to any published rule.
const (
	Paid     State = "paid"
	Late     State = "late" // paid after its day
	PartPaid State = "part_paid"
	Missed   State = "missed"
	Due      State = "due" // today, and not paid yet
)

// Statement works out the ledger day by day up to and including a day. Money
// pays what is owed at the time, the oldest first, charges of one day in
// proportion; what is left over waits for the next charge. What was paid for
// what never changes with later days.
func (l *Ledger) Statement(on Date) Statement {
	book := newBook(l, on)
	payments := l.received(on)
	slices.SortStableFunc(payments, func(a, b Payment) int { return cmp.Compare(a.On, b.On) })
	for _, day := range days(book.lines, payments) {
		for len(payments) > 0 && payments[0].On == day {
			book.receive(payments[0])
			payments = payments[1:]
		}
		book.settle(day)
	}
	return book.statement(on)
}

// days lists, in order, the days on which something falls due or is paid.
func days(lines []Line, payments []Payment) []Date {
	var list []Date
	for i := range lines {
		list = append(list, lines[i].Due)
	}
	for _, payment := range payments {
		list = append(list, payment.On)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Arrears is what was due before the day and is unpaid, of all accounts.
func (s *Statement) Arrears() Money {
	var sum Money
	for i := range s.Accounts {
		sum += s.Accounts[i].Arrears
	}
	return sum
}

// Account finds an account by name; one that was never charged is empty.
func (s *Statement) Account(name string) Account {
	for i := range s.Accounts {
		if s.Accounts[i].Name == name {
			return s.Accounts[i]
		}
	}
	return Account{Name: name}
}
