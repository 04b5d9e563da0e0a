package gateway

import (
	"cmp"
	"strings"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates/notices"
)

// decisionData is what a parent is told of a decision, as the record now is: what
// the Child Support Maintenance Calculation Regulations 2012 say (reg 25), and by
// when it can be challenged.
func decisionData(c *directory.Case, person directory.PersonID, on calculation.Date) (notices.Data, error) {
	who, _, err := recipient(*c, person)
	if err != nil {
		return nil, err
	}
	whole, err := calculation.Explain(c.OnRecord())
	if err != nil {
		return nil, err
	}
	r := whole.For(who)
	var adjustments []notices.Row
	for i := range r.Steps {
		if s := &r.Steps[i]; isAdjustment(s.Rule()) {
			adjustments = append(adjustments, notices.Row{English: s.English(), Welsh: s.Welsh()})
		}
	}
	counts := r.Basis != calculation.BasisNone
	return notices.Data{
		"amount": notices.Money(int64(r.Weekly)), "effective_date": dated(cmp.Or(r.EffectiveDate, on)),
		"income_counts": notices.Flag(counts), "gross_weekly_income": notices.Money(int64(r.GrossWeeklyIncome)),
		"income_basis":        basisWords(r.Basis, c.Income.TaxYear),
		"qualifying_children": notices.Number(int64(r.QualifyingChildren)), "other_children": notices.Number(int64(r.RelevantOtherChildren)),
		"rate": inNotice(rateInWords(r.Rate)), "adjusted": notices.Flag(len(adjustments) > 0), "adjustments": notices.Table(adjustments...),
		"by_default":    notices.Flag(r.Rate == calculation.DefaultRate),
		"facts_needed":  notices.Words("payslips or a tax return", "slipiau cyflog neu ffurflen dreth"),
		"reconsider_by": dated(calculation.ReconsiderationBy(on)), "appeal_by": dated(calculation.AppealBy(on)),
	}, nil
}

// isAdjustment reports whether a provision is about what changes an amount:
// variations, other arrangements, nights, council care, and sharing among parents (reg 25(1)(f) to
// (h)).
func isAdjustment(rule string) bool {
	switch rule {
	case "CR 68 to 71", "CR 72(1)", "CR 73(1)", "CR 74", "Sch 1 para 5A", "Sch 1 para 6":
		return true
	}
	return topicOf(rule) == "nights"
}

// basisWords say where the income comes from, like "2025-26" of HMRC.
func basisWords(basis calculation.IncomeBasis, taxYear string) notices.Value {
	first, last, ok := strings.Cut(taxYear, "-")
	switch {
	case basis == calculation.BasisHistoric && ok && len(first) == 4 && len(last) == 2:
		last = first[:2] + last
		return notices.Words("income for the tax year "+first+" to "+last+", from HMRC", "incwm ar gyfer blwyddyn dreth "+first+" i "+last+", gan CThEF")
	case basis == calculation.BasisHistoric:
		return notices.Words("income for the last full tax year, from HMRC", "incwm ar gyfer y flwyddyn dreth lawn ddiwethaf, gan CThEF")
	default:
		return notices.Words("income now", "incwm nawr")
	}
}

// inNotice is words of a dialog in a notice.
func inNotice(v dialogs.Value) notices.Value { return notices.Words(v.Many[0], v.Many[1]) }

func dated(d calculation.Date) notices.Value {
	year, month, day := d.Time().Date()
	return notices.Day(year, int(month), day)
}
