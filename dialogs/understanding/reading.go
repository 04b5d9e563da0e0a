package understanding

// Reading is what a message is about.
type Reading struct {
	Intent       string   // one of Intents; None when unsure
	Confidence   float64  // how often such a reading is right, 0 to 1
	Alternatives []string // up to three other intents that it may be, the likelier first
	Doubt        bool     // the first alternative is nearly as likely: better to ask
	Others       []string // more that the message is about, in the order in which it says so
	Firm         bool     // it plainly is a matter of its own, even where an answer is waited for

	Danger   Danger // to act on at once
	Worry    Danger // what it may speak of, where that is too unsure to act on: for a person to look at
	Language string // en, cy; "" when the words tell too little
	Whose    Whose  // of a job, pay or benefit
	Wish     Wish
	Pointer  Pointer // whose matter it is, when it is none of ours
}

// Whose is the circumstance that a message tells of.
type Whose string

// Of whom it can be. The empty Whose was not said: it is the writer, mostly.
const (
	Own         Whose = "own"
	OtherPerson Whose = "other" // the other parent, a new partner, a child
)

// Wish is how the writer wants to be reached, or not. The empty Wish is none.
type Wish string

// The wishes.
const (
	ByLetter Wish = "letter"
	ByEmail  Wish = "email"
	ByText   Wish = "text"
	ByCall   Wish = "call"
	NoCalls  Wish = "no calls"
	NoTexts  Wish = "no texts"
)

// Pointer names who deals with what the service does not. The empty Pointer is
// nobody.
type Pointer string

// The pointers.
const (
	UniversalCredit Pointer = "universal credit"
	OtherBenefits   Pointer = "other benefits"
	CouncilTax      Pointer = "council tax"
	FamilyCourt     Pointer = "family court" // contact, residence, divorce
	HousingOffice   Pointer = "housing"
	TaxOffice       Pointer = "tax"
)
