package console

import (
	"reflect"
	"slices"

	"parley/gateway/accounts"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// money is what is worked out, due and paid on a case, as staff read it.
type money struct {
	result calculation.Result
	books  *accounts.Books // nil: there is no plan

	Weekly   calculation.Money
	Rate     calculation.Rate
	Direct   bool // what came is only what somebody told us
	Standing *accounts.Standing
	Next     string // the day
	Rows     []instalment
	Payments []payment
	Chart    *chart
}

// instalment is a row of the plan's table.
type instalment struct {
	accounts.Instalment
	Day   string
	State string // "paid", "part", "missed", "due" or "to come"
}

// payment is a row of the table of what was received.
type payment struct {
	Day    string
	Amount calculation.Money
	Method directory.PaymentMethod
	To     string
}

// How much of the plan and of what was received is shown.
const (
	rowsBefore   = 6
	rowsAfter    = 2
	paymentsSeen = 10
)

func (c *Console) fillMoney(r *request, v *caseView) error {
	m, err := c.moneyOf(r, &v.Case)
	if err != nil {
		return err
	}
	v.Money = m
	if m != nil {
		v.Steps = stepsOf(r, &v.Case, &m.result)
	}
	return nil
}

// moneyOf works out a case; nil when the record does not hold enough.
func (c *Console) moneyOf(r *request, of *directory.Case) (*money, error) {
	result, err := calculation.Explain(of.OnRecord())
	if err != nil {
		return nil, ignoreUnreckoned(err)
	}
	m := &money{result: result, Weekly: result.Fees.PayingTotal, Rate: result.Rate, Direct: of.Service == directory.DirectPay}
	payments, err := c.config.Case.Records.Payments(r.Context(), of.Reference, of.EffectiveDate)
	if err != nil {
		return nil, err
	}
	for _, p := range slices.Backward(payments[max(0, len(payments)-paymentsSeen):]) {
		m.Payments = append(m.Payments, payment{dayIn(r.Language, p.Received), p.Amount, p.Method, nameOn(of, p.To)})
	}
	books, err := accounts.Open(*of, payments, c.today())
	if err != nil {
		return m, ignoreUnreckoned(err)
	}
	m.books = books
	return m, c.account(r, of, m, payments)
}

func ignoreUnreckoned(err error) error {
	if unreckoned(err) {
		return nil
	}
	return err
}

// account adds what is due of the plan, and when.
func (c *Console) account(r *request, of *directory.Case, m *money, payments []directory.Payment) error {
	today := c.today()
	standing, err := m.books.Of(of.PayingParent.ID)
	if err != nil {
		return ignoreUnreckoned(err)
	}
	m.Standing, m.Next = &standing, dayIn(r.Language, standing.Next.Due)
	list, err := m.books.Instalments(of.PayingParent.ID, today.AddMonths(3))
	if err != nil {
		return ignoreUnreckoned(err)
	}
	m.Chart = newChart(r.Language, list, payments, today)
	after := slices.IndexFunc(list, func(i accounts.Instalment) bool { return i.Due >= today })
	if after < 0 {
		after = len(list)
	}
	for _, i := range slices.Backward(list[max(0, after-rowsBefore):min(len(list), after+rowsAfter)]) {
		m.Rows = append(m.Rows, instalment{i, dayIn(r.Language, i.Due), stateOf(i, today)})
	}
	return nil
}

func stateOf(i accounts.Instalment, today calculation.Date) string {
	switch {
	case i.Due > today:
		return "to come"
	case i.Missing() <= 0:
		return "paid"
	case i.Due == today:
		return "due"
	case i.Paid > 0:
		return "part"
	default:
		return "missed"
	}
}

// caseStep is a step of the calculation, with whom it may be told to.
type caseStep struct {
	Rule, Text string
	About      string   // the receiving parent whose part it is
	For        []string // names; none: it is for staff alone
}

// stepsOf are the steps of a calculation for staff.
func stepsOf(r *request, of *directory.Case, result *calculation.Result) []caseStep {
	steps := make([]caseStep, len(result.Steps))
	for i := range result.Steps {
		s := &result.Steps[i]
		steps[i] = caseStep{Rule: s.Rule(), Text: inLanguage(r.Language, s), About: nameOn(of, directory.PersonID(s.ReceivingParent))}
	}
	for i, p := range of.People() {
		who := calculation.PayingParent()
		if i > 0 {
			who = calculation.ReceivingParentNamed(string(p.ID))
		}
		next := 0 // For keeps the order
		for _, told := range result.For(who).Steps {
			for !reflect.DeepEqual(told, result.Steps[next]) {
				next++
			}
			steps[next].For = append(steps[next].For, p.Name)
			next++
		}
	}
	return steps
}
