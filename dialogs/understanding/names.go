package understanding

// What a message can be about. Each leads to a dialog or to a team.
const (
	ReportIncomeChange   = "report-income-change"   // pay before tax, hours, overtime
	LostJob              = "lost-job"               // or on sick pay only
	NewJob               = "new-job"                // or another employer
	SelfEmployment       = "self-employment"        // begun, ended, other profit
	BenefitsChange       = "benefits-change"        // begun or ended
	ChangeAddress        = "change-address"         // moved, or about to
	ChangeContactDetails = "change-contact-details" // telephone or email
	ChangeBankDetails    = "change-bank-details"    // for paying or being paid
	OvernightStays       = "overnight-stays"        // nights, main carer
	ChildLeft            = "child-left"             // education, home, the UK; 20; adopted
	NewChild             = "new-child"              // born, moved in, to be added
	MissedPayment        = "missed-payment"         // of the other parent
	CannotPay            = "cannot-pay"             // or wants more time
	PaymentMade          = "payment-made"           // says so
	PaymentQuery         = "payment-query"          // how much, when, balance, statement
	CalculationQuery     = "calculation-query"      // how it is worked out
	ChallengeDecision    = "challenge-decision"     // wants it looked at again
	Complaint            = "complaint"              // about the service
	Apply                = "apply"                  // wants to begin
	ApplicationResponse  = "application-response"   // was told the other parent applied
	ArrangementHelp      = "arrangement-help"       // which kind suits, private ones
	CloseCase            = "close-case"             // wants it closed
	SwitchService        = "switch-service"         // Direct Pay, Collect and Pay
	EnforcementQuery     = "enforcement-query"      // deduction from wages, bailiffs, court
	ParentageDispute     = "parentage-dispute"      // not the parent, DNA test
	Variation            = "variation"              // expenses, or hidden income
	Death                = "death"                  // of someone on the case
	Representative       = "representative"         // someone else to act for them
	SendEvidence         = "send-evidence"          // how and where to
	ProgressUpdate       = "progress-update"        // what happens, what was received
	SpeakToPerson        = "speak-to-person"        // or be called back
	WantsWelsh           = "welsh"                  // the language
	OptOut               = "opt-out"                // no more messages
	WrongPerson          = "wrong-person"           // not whom we think
	InDanger             = "danger"                 // see Danger
	SmallTalk            = "small-talk"             // hello, thanks
	None                 = "none"                   // anything else, or not sure
)

// Intents are all of them.
func Intents() []string {
	return []string{
		ReportIncomeChange, LostJob, NewJob, SelfEmployment, BenefitsChange, ChangeAddress, ChangeContactDetails, ChangeBankDetails,
		OvernightStays, ChildLeft, NewChild, MissedPayment, CannotPay, PaymentMade, PaymentQuery, CalculationQuery, ChallengeDecision,
		Complaint, Apply, ApplicationResponse, ArrangementHelp, CloseCase, SwitchService, EnforcementQuery, ParentageDispute, Variation,
		Death, Representative, SendEvidence, ProgressUpdate, SpeakToPerson, WantsWelsh, OptOut, WrongPerson, InDanger, SmallTalk, None,
	}
}

// Danger is a kind of danger that words suggest. The empty Danger is none.
type Danger string

// The kinds of danger. Each has an answer and a work item of its own.
const (
	NoDanger    Danger = ""
	Watched     Danger = "watched"       // somebody else reads this phone
	Abuse       Danger = "abuse"         // violence, fear, control
	ChildAtRisk Danger = "child at risk" // harm to a child
	SelfHarm    Danger = "self-harm"     // harm to themselves
	Threat      Danger = "threat"        // the writer threatens somebody
)

// Dangers are all kinds, none first.
func Dangers() []Danger {
	return []Danger{NoDanger, Watched, Abuse, ChildAtRisk, SelfHarm, Threat}
}

// The heads of the network that reads messages.
const (
	IntentHead   = "intent"
	DangerHead   = "danger"
	LanguageHead = "language"
)
