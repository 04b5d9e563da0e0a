package understanding

import "strings"

// Reading is what a message is about.
type Reading struct {
	Intent string // a name such as "report-income-change"; "none" when unsure
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
	ReportIncomeChange = "report-income-change"
	LostJob            = "lost-job"
	SpeakToPerson      = "speak-to-person"
	WrongPerson        = "wrong-person"
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
	for _, list := range dangers {
		if list.in(words) {
			r.Danger = list.danger
			break
		}
	}
	if intent, ok := keywords[words]; ok {
		r.Intent = intent
		return r
	}
	for _, list := range intents {
		if list.in(words) {
			r.Intent = list.intent
			break
		}
	}
	return r
}

// normalise gives small letters and figures with one space between words and
// at both ends; an apostrophe is left out ("don't" is "dont"), anything else
// separates words.
func normalise(text string) string {
	var b strings.Builder
	b.Grow(len(text) + 2)
	b.WriteByte(' ')
	space := true
	for _, r := range strings.ToLower(text) {
		switch {
		case r == '\'' || r == '’' || r == '‘':
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
			space = false
		case strings.ContainsRune(accented, r):
			b.WriteString(unaccented[r])
			space = false
		case !space:
			b.WriteByte(' ')
			space = true
		}
	}
	if !space {
		b.WriteByte(' ')
	}
	return b.String()
}

const accented = "àáâäèéêëìíîïòóôöùúûüŵŷ"

var unaccented = map[rune]string{
	'à': "a", 'á': "a", 'â': "a", 'ä': "a", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'î': "i", 'ï': "i", 'ò': "o", 'ó': "o", 'ô': "o", 'ö': "o",
	'ù': "u", 'ú': "u", 'û': "u", 'ü': "u", 'ŵ': "w", 'ŷ': "y",
}
