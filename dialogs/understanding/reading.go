package understanding

import "strings"

// Reading is what a message is about.
type Reading struct {
	Intent string   // a name such as "report-income-change"; "none" when unsure
	Others []string // intents that it may have beside, the likelier first
	Danger Danger
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

// Intents that the lists know.
const (
	WrongPerson        = "wrong-person"
	SpeakToPerson      = "speak-to-person"
	MissedPayment      = "missed-payment" // of the other parent
	CannotPay          = "cannot-pay"
	PaymentMade        = "payment-made"
	CalculationQuery   = "calculation-query"
	PaymentQuery       = "payment-query"
	ProgressUpdate     = "progress-update"
	SendEvidence       = "send-evidence"
	LostJob            = "lost-job"
	NewJob             = "new-job"
	SelfEmployment     = "self-employment"
	OvernightStays     = "overnight-stays"
	ChildLeft          = "child-left"
	NewChild           = "new-child"
	ReportIncomeChange = "report-income-change"
	SmallTalk          = "small-talk"
	None               = "none"
)

// Words reads by lists of words. Its zero value is ready and it is safe for
// concurrent use.
type Words struct{}

// Read reads one message, of any text and length.
func (Words) Read(text string) Reading {
	words := normalise(text)
	r := Reading{Intent: None}
	if found := dangers.find(words); len(found) > 0 {
		r.Danger = Danger(found[0])
	}
	if found := intents.find(words); len(found) > 0 {
		r.Intent, r.Others = found[0], found[1:]
	}
	return r
}

// normalise gives the words of a text in small letters and figures, without
// accents, after "^" and before "$". An apostrophe is left out ("don't" is
// "dont", "dwi'n" is "dwin"), anything else separates words.
func normalise(text string) []string {
	var b strings.Builder
	b.Grow(len(text) + 4)
	b.WriteString("^ ")
	for _, r := range strings.ToLower(text) {
		switch {
		case r == '\'' || r == '’' || r == '‘':
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case strings.ContainsRune(accented, r):
			b.WriteString(unaccented[r])
		default:
			b.WriteByte(' ')
		}
	}
	b.WriteString(" $")
	return strings.Fields(b.String())
}

const accented = "àáâäèéêëìíîïòóôöùúûüŵŷ"

var unaccented = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ò': "o", 'ó': "o", 'ô': "o", 'ö': "o",
	'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ŵ': "w", 'ŷ': "y",
}
