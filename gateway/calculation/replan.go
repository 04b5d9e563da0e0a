package calculation

import "errors"

// ErrOutsidePlan is a change on a day that the plan does not cover.
var ErrOutsidePlan = errors.New("the day is outside the plan's 52 weeks")

// Change makes the plan anew when the weekly amount changes part-way. What is
// owed runs by the day, a seventh of the weekly amount. Instalments due before
// the change stay as they are; the rest of what is owed for the period is
// divided equally over those that remain. What cannot be, because none
// remains or too much was asked already, is carried to the next period. The
// change comes after any earlier one, or takes its place.
func (p Plan) Change(from Date, weekly Money) (Plan, error) {
	if p.Start == 0 || from < p.Start || from >= p.Start.AddDays(daysInPeriod) || from < p.rates[len(p.rates)-1].from {
		return Plan{}, ErrOutsidePlan
	}
	if weekly < 0 || weekly > mostMoney {
		return Plan{}, &InputError{"weekly_amount", errMoneyLarge.Error()}
	}
	changed := p
	changed.rates = append(p.rates[:len(p.rates):len(p.rates)], weeklyRate{from, weekly})
	changed.Instalments = append([]Instalment(nil), p.Instalments...)
	changed.Total = changed.owed()
	changed.Carried = changed.Total

	first := len(changed.Instalments)
	for i, instalment := range changed.Instalments {
		if instalment.Due >= from {
			first = i
			break
		}
		changed.Carried -= instalment.Regular
	}
	remaining := changed.Instalments[first:]
	if len(remaining) == 0 {
		return changed, nil
	}
	left := max(changed.Carried, 0)
	for i, amount := range equally(left, len(remaining)) {
		remaining[i].Regular = amount
	}
	changed.Carried -= left
	return changed, nil
}

// owed is what is owed for the whole period, to the nearest penny.
func (p *Plan) owed() Money {
	sum := exact{0, 1}
	for i, rate := range p.rates {
		until := p.Start.AddDays(daysInPeriod)
		if i+1 < len(p.rates) {
			until = p.rates[i+1].from
		}
		sum = sum.plus(pence(rate.weekly).times(int64(until-rate.from), 7))
	}
	return sum.rounded()
}
