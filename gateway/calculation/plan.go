package calculation

// Frequency is how often an instalment falls due.
type Frequency string

// The frequencies of a payment plan.
const (
	Weekly      Frequency = "weekly"
	Fortnightly Frequency = "fortnightly"
	FourWeekly  Frequency = "four_weekly"
	Monthly     Frequency = "monthly"
)

// Instalments is how many instalments make up the reference period of 52
// weeks (section 29(3A) of the 1991 Act), 0 for an unknown frequency.
func (f Frequency) Instalments() int {
	switch f {
	case Weekly:
		return 52
	case Fortnightly:
		return 26
	case FourWeekly:
		return 13
	case Monthly:
		return 12
	}
	return 0
}

// due gives the day of the n-th instalment, counting from 0. Months keep the
// chosen day, and use the last day of a month that is too short for it.
func (f Frequency) due(first Date, n int) Date {
	switch f {
	case Weekly:
		return first.AddDays(7 * n)
	case Fortnightly:
		return first.AddDays(14 * n)
	case FourWeekly:
		return first.AddDays(28 * n)
	default:
		return first.AddMonths(n)
	}
}

const (
	weeksInPeriod = 52
	daysInPeriod  = 7 * weeksInPeriod
)

// PlanTerms are what a payment plan is made from.
type PlanTerms struct {
	Weekly             Money // what the paying parent pays a week, fees included
	Frequency          Frequency
	Start              Date  // of the reference period: the effective or review date
	FirstDue           Date  // zero: Start
	Arrears            Money // to be paid beside it
	ArrearsInstalments int   // over how many instalments; zero: over the whole period
}

// Plan is a payment plan for the reference period (C&E reg 4): the total at a
// constant weekly rate, in equal instalments.
type Plan struct {
	Frequency   Frequency
	Start       Date
	Total       Money // for the period, without arrears
	Instalments []Instalment
	ArrearsLeft Money // arrears that this period does not reach

	// Carried is what goes to the next period after a change: still owed, or
	// below nought a credit.
	Carried Money

	rates []weeklyRate
}

// Instalment is one payment.
type Instalment struct {
	Due     Date  // zero when the plan has no dates
	Regular Money // for the period
	Arrears Money
}

// Amount is all that is to be paid that day.
func (i Instalment) Amount() Money { return i.Regular + i.Arrears }

// Instalment is the equal amount of the plan as it was made.
func (p *Plan) Instalment() Money {
	return p.Total / Money(p.Frequency.Instalments())
}

// weeklyRate is what is owed a week from a day on.
type weeklyRate struct {
	from   Date
	weekly Money
}

// NewPlan makes a payment plan. Odd pennies go on the last instalment, for
// the total and for the arrears alike. The error is an *InputError.
func NewPlan(t PlanTerms) (Plan, error) {
	n := t.Frequency.Instalments()
	switch {
	case n == 0:
		return Plan{}, &InputError{"frequency", "must be weekly, fortnightly, four_weekly or monthly"}
	case t.Weekly < 0 || t.Weekly > mostMoney:
		return Plan{}, &InputError{"weekly_amount", errMoneyLarge.Error()}
	case t.Arrears < 0 || t.Arrears > mostMoney:
		return Plan{}, &InputError{"arrears", errMoneyLarge.Error()}
	case t.ArrearsInstalments < 0 || t.ArrearsInstalments > mostArrearsInstalments:
		return Plan{}, &InputError{"arrears_instalments", "must be from 1 to 1040"}
	case t.FirstDue != 0 && t.FirstDue < t.Start:
		return Plan{}, &InputError{"first_due", "cannot be before the effective date"}
	}
	p := Plan{
		Frequency:   t.Frequency,
		Start:       t.Start,
		Total:       t.Weekly * weeksInPeriod,
		Instalments: make([]Instalment, n),
		rates:       []weeklyRate{{t.Start, t.Weekly}},
	}
	if first := max(t.FirstDue, t.Start); first != 0 {
		for i := range p.Instalments {
			p.Instalments[i].Due = t.Frequency.due(first, i)
		}
	}
	for i, amount := range equally(p.Total, n) {
		p.Instalments[i].Regular = amount
	}
	p.spreadArrears(t.Arrears, t.ArrearsInstalments)
	return p, nil
}

// mostArrearsInstalments is twenty years of weeks.
const mostArrearsInstalments = 1040

func (p *Plan) spreadArrears(arrears Money, over int) {
	if over == 0 {
		over = len(p.Instalments)
	}
	p.ArrearsLeft = arrears
	for i, amount := range equally(arrears, over) {
		if i == len(p.Instalments) {
			return
		}
		p.Instalments[i].Arrears = amount
		p.ArrearsLeft -= amount
	}
}

// equally divides an amount into n equal parts; odd pennies go on the last.
func equally(amount Money, n int) []Money {
	parts := make([]Money, n)
	for i := range parts {
		parts[i] = amount / Money(n)
	}
	parts[n-1] += amount % Money(n)
	return parts
}
