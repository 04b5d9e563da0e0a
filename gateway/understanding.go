package gateway

// Understanding reads what a message is about, before any dialog reads it as
// an answer. It is pure, quick and safe for concurrent use, and takes any text.
type Understanding interface {
	Read(text string) Reading
}

// Reading is what a message is about. It is recorded with the turn.
type Reading struct {
	Intent       string   `json:"intent"`                 // "none" when unsure
	Confidence   float64  `json:"confidence,omitempty"`   // 0 to 1
	Alternatives []string `json:"alternatives,omitempty"` // other intents that it may be, the likelier first
	Doubt        bool     `json:"doubt,omitempty"`        // the first of them is nearly as likely: better to ask
	Others       []string `json:"others,omitempty"`       // more that the message is about
	Passing      bool     `json:"passing,omitempty"`      // where an answer is waited for, it may as well be a part of one
	Elsewhere    bool     `json:"elsewhere,omitempty"`    // it tells of somebody else's job, pay or home
	Language     string   `json:"language,omitempty"`     // en, cy; empty when the words tell too little
	Wish         string   `json:"wish,omitempty"`         // how the writer wants to be reached, such as "letter" or "no calls"
	Pointer      string   `json:"pointer,omitempty"`      // who deals with what the service does not, such as "council tax"
	Danger       Danger   `json:"danger,omitempty"`       // interrupts everything
	Worry        Danger   `json:"worry,omitempty"`        // may be danger, too unsure to interrupt: for a person to look at
}

// begins is the intent by which a dialog begins: none when it is told of
// somebody else, whose change is not this person's to report.
func (r Reading) begins() string {
	if r.Elsewhere || r.Intent == wrongPerson && !r.strangers() {
		return noIntent
	}
	return r.Intent
}

// strangersFrom is the confidence from which somebody is taken for another than
// the person whom we meant: it closes their address, and "who is this?" may be
// asked by anybody.
const strangersFrom = 0.85

// strangers reports whether the writer is surely not the person whom we meant.
func (r Reading) strangers() bool { return r.Intent == wrongPerson && r.Confidence >= strangersFrom }

// leads is the intent that leads away from a dialog which waits for an answer.
func (r Reading) leads() string {
	if r.Passing {
		return noIntent
	}
	return r.begins()
}

const noIntent = "none"

// Danger is a kind of danger; see danger.go for what each leads to.
type Danger string

// The kinds. The empty Danger is none.
const (
	NoDanger    Danger = ""
	Watched     Danger = "watched"
	Abuse       Danger = "abuse"
	ChildAtRisk Danger = "child at risk"
	SelfHarm    Danger = "self-harm"
	Threat      Danger = "threat"
)
