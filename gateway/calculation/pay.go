package calculation

// Period is how often an amount is paid.
type Period string

// The periods an amount may be for.
const (
	PerWeek      Period = "week"
	PerFortnight Period = "fortnight"
	PerFourWeeks Period = "four_weeks"
	PerMonth     Period = "month"
	PerYear      Period = "year"
)

// Pay is an amount for a period: £450 a week. The zero Pay, which has no
// period, is "not known", and differs from nothing a week.
type Pay struct {
	Amount Money
	Per    Period
}

// Known tells whether the pay is known at all.
func (p Pay) Known() bool { return p.Per != "" }

// weekly turns an amount into a weekly one. A year is ÷ 365 × 7 in leap years
// too (CR 35(1)(c)). No source says how a month becomes weekly: a month is
// taken as a twelfth of a year, so that £1,000 a month and £12,000 a year are
// the same income.
func (p Pay) weekly(w *worksheet) working {
	start := w.start(pence(p.Amount), UnitMoney)
	switch p.Per {
	case PerYear:
		return start.dividedBy(365).times(7)
	case PerMonth:
		return start.times(12).dividedBy(365).times(7)
	case PerFourWeeks:
		return start.dividedBy(4)
	case PerFortnight:
		return start.dividedBy(2)
	default:
		return start
	}
}

func (p Period) valid() bool {
	switch p {
	case PerWeek, PerFortnight, PerFourWeeks, PerMonth, PerYear:
		return true
	}
	return false
}
