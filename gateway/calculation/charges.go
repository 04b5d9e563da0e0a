package calculation

// Enforcement is an action for which the paying parent is charged.
type Enforcement string

// The actions of FR 10.
const (
	DeductionFromEarningsOrder   Enforcement = "deduction_from_earnings_order"
	DeductionFromEarningsRequest Enforcement = "deduction_from_earnings_request" // armed forces
	RegularDeductionOrder        Enforcement = "regular_deduction_order"
	LumpSumDeductionOrder        Enforcement = "lump_sum_deduction_order"
	LiabilityOrder               Enforcement = "liability_order"
)

// EnforcementCharge is the charge for an action (FR 10), 0 before charges
// began. A charge may be waived (FR 12); that is a person's decision.
func EnforcementCharge(action Enforcement, on Date) Money {
	if on < NewDate(2014, 6, 30) {
		return 0
	}
	switch action {
	case DeductionFromEarningsOrder, DeductionFromEarningsRequest, RegularDeductionOrder:
		return 50_00
	case LumpSumDeductionOrder:
		return 200_00
	case LiabilityOrder:
		return 300_00
	}
	return 0
}
