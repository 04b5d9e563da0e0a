package dialogs

// Ask is what a message asks for, beside its words: what a channel that draws
// needs to offer the right input for it. It holds nothing that the words, or
// the person's own answers, do not.
type Ask struct {
	Step    string   `json:"step"` // the step that asks, as reports name it
	Kind    AskKind  `json:"kind"`
	Options []Option `json:"options,omitempty"` // to choose from, in order: ForChoice, ForMany, ForYesNo, ForPeriod
	Rows    []Row    `json:"rows,omitempty"`    // ForCheck: the answers that are to be checked
	Words   []Option `json:"words,omitempty"`   // words that are taken as they are, like "later"
	Longest int      `json:"longest,omitempty"` // characters that an answer in words may have
	Least   int      `json:"least,omitempty"`   // ForNumber: the range; both are 0 when there is none
	Most    int      `json:"most,omitempty"`
	Help    string   `json:"help,omitempty"`    // what HELP would say of the question itself
	Problem string   `json:"problem,omitempty"` // why the last answer could not be taken
	Left    int      `json:"left,omitempty"`    // about how many questions follow this one
	Back    bool     `json:"back,omitempty"`    // BACK leads to an earlier answer
	Private bool     `json:"private,omitempty"` // the answer is not to be kept where somebody else may look
}

// Option is one thing to choose.
type Option struct {
	Value string `json:"value"`
	Label string `json:"label"`
}

// AskKind is what kind of answer is asked for.
type AskKind string

// The kinds of answers. What a channel sends back is text, as a person would
// write it, whatever it drew.
const (
	ForChoice         AskKind = "choice"
	ForMany           AskKind = "many"
	ForYesNo          AskKind = "yes-no"
	ForPeriod         AskKind = "period" // how often an amount is paid
	ForMoney          AskKind = "money"
	ForMoneyPerPeriod AskKind = "money-per-period"
	ForDate           AskKind = "date"
	ForNumber         AskKind = "number"
	ForNights         AskKind = "nights"
	ForName           AskKind = "name"
	ForAddress        AskKind = "address"
	ForPostcode       AskKind = "postcode"
	ForPhone          AskKind = "phone"
	ForEmail          AskKind = "email"
	ForNI             AskKind = "national-insurance"
	ForCase           AskKind = "case-reference"
	ForText           AskKind = "text"
	ForFile           AskKind = "file"
	ForCheck          AskKind = "check"
	ForIdentity       AskKind = "identity" // a PIN or passphrase, entered on a page and never as a message
)

// Row is one answer of a check.
type Row struct {
	Number int    `json:"number"` // what CHANGE takes
	Label  string `json:"label"`
	Value  string `json:"value"`
}
