package calculation

// Case is all that a calculation rests on. The zero value of a field is "no"
// or "none".
type Case struct {
	EffectiveDate  Date // chooses the fees in force; not needed for the amount
	Service        Service
	MissedPayments bool       // the paying parent has missed payments; for the fees
	FeeTable       []FeeRates // nil for FeesInForce

	Income          Income
	Benefit         Benefit         // a benefit for which the flat rate is paid
	BenefitIncome   Pay             // how much of it; counts for the nil rate only (CR 45(2))
	NilCircumstance NilCircumstance // a circumstance in which nothing is paid
	PartnerAlsoPays bool            // the paying parent's partner is a paying parent too
	DefaultDecision bool            // too little is known: the default rates apply
	Variations      []Variation     // those that were agreed to

	ReceivingParents      []ReceivingParent
	RelevantOtherChildren int // children the paying parent or partner gets child benefit for
	ChildrenAbroad        int // children abroad whom the paying parent must maintain

	// FamilyArrangementChildren are maintained under a family-based
	// arrangement.
	FamilyArrangementChildren int

	EqualCare      bool // the day-to-day care of every child is shared equally
	NightsDisputed bool // shared care is agreed in principle, the nights are not
}

// ReceivingParent is a person with care of one or more qualifying children.
type ReceivingParent struct {
	ID       string
	Children []Child
}

// Child is a child for whom maintenance was applied for.
type Child struct {
	ID                   string // may be empty; lets Compare follow a child
	Nights               int    // a year with the paying parent
	LocalAuthorityNights int    // a year in the care of a local authority
	EqualCare            bool   // day-to-day care is shared equally
}

// Result is what a calculation found.
type Result struct {
	Liable            bool // false when the paying parent need not pay for any child at all
	Rate              Rate
	EffectiveDate     Date
	Basis             IncomeBasis
	GrossWeeklyIncome Money // CR 34: before variations and the cap, to the nearest penny
	IncomeCounted     Money // the income that the rate was applied to
	Weekly            Money // what the paying parent pays a week: the sum of Shares
	Shares            []Share
	Fees              Fees
	Steps             []Step // only from Explain

	QualifyingChildren    int
	RelevantOtherChildren int

	incomeCounts bool // the rate rests on the income
}

// Share is one receiving parent's part of a week's maintenance, and the fees
// on it.
type Share struct {
	ReceivingParent string
	Weekly          Money
	PayingFee       Money
	ReceivingFee    Money
}

// Rate names the rule that gave the amount.
type Rate string

// The rates of Schedule 1 to the 1991 Act, and two more outcomes.
const (
	NoLiability Rate = "none"       // CR 50: care is shared equally
	DefaultRate Rate = "default"    // CR 49
	NilRate     Rate = "nil"        // paragraph 5
	FlatRate    Rate = "flat"       // paragraph 4
	ReducedRate Rate = "reduced"    // paragraph 3
	BasicRate   Rate = "basic"      // paragraph 2(1)
	BasicPlus   Rate = "basic_plus" // paragraph 2(2)
)

// IncomeBasis says where the gross weekly income came from.
type IncomeBasis string

// The bases of CR 34, a figure that was decided elsewhere, and no income at
// all, where the rate does not depend on it.
const (
	BasisNone     IncomeBasis = ""
	BasisHistoric IncomeBasis = "historic"
	BasisCurrent  IncomeBasis = "current"
	BasisGiven    IncomeBasis = "given"
)
