package calculation

// Happening is a kind of change of circumstances.
type Happening string

// The happenings, by the rule that dates their effect (CR 18).
const (
	ChildStopsQualifying  Happening = "child_stops_qualifying"
	OtherChildStops       Happening = "other_child_stops"
	ArrangementChildStops Happening = "arrangement_child_stops"
	ReceivingParentStops  Happening = "receiving_parent_stops" // dies, or no longer cares for the child
	LeavesUnitedKingdom   Happening = "leaves_united_kingdom"
	BenefitStarts         Happening = "benefit_starts" // one of CR 44
	BenefitStops          Happening = "benefit_stops"
	ReportableIncomeRise  Happening = "reportable_income_rise" // one that had to be reported
	NewQualifyingChild    Happening = "new_qualifying_child"
	AnyOtherChange        Happening = "other" // income, nights, other children, variations
)

// ChangeDates are the days that date the effect of a change.
type ChangeDates struct {
	Happened Date // or is expected to happen
	Notified Date // when the service was told
	Notice   Date // for a new qualifying child: the day named in the notice to the paying parent (CR 12)
}

// EffectiveDate is the day from which a change counts (CR 18): the day itself
// for a change that is still expected and for those the regulation names, the
// day given in the notice for a new child, and otherwise the day the service
// was told.
func (h Happening) EffectiveDate(d ChangeDates) Date {
	switch h {
	case ChildStopsQualifying, OtherChildStops, ArrangementChildStops, ReceivingParentStops,
		LeavesUnitedKingdom, BenefitStarts, BenefitStops, ReportableIncomeRise:
		return d.Happened
	case NewQualifyingChild:
		return d.Notice
	}
	return max(d.Happened, d.Notified)
}

// NoticeBy is how the paying parent is told of a first calculation.
type NoticeBy string

// The ways of giving notice.
const (
	ByPost            NoticeBy = "post"
	ByTelephone       NoticeBy = "telephone" // with a letter after it
	ByElectronicMeans NoticeBy = "electronic"
)

// EarliestEffectiveDate is the first day a notice may name as the initial
// effective date (CR 12): two days after posting, a day after sending
// electronically, the day of a telephone call.
func EarliestEffectiveDate(given Date, by NoticeBy) Date {
	switch by {
	case ByPost:
		return given.AddDays(2)
	case ByElectronicMeans:
		return given.AddDays(1)
	}
	return given
}

// NextReview is the first review date after a day: a yearly anniversary of the
// initial effective date (CR 19). An anniversary of 29 February is the last
// day of February.
func NextReview(initial, after Date) Date {
	years := max(after.Time().Year()-initial.Time().Year(), 1)
	for {
		if review := initial.AddMonths(12 * years); review > after {
			return review
		}
		years++
	}
}
