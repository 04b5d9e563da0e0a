package dialogs

import (
	"strconv"
	"strings"

	"parley/templates"
)

// Message is one thing to say to the person. What it asks for is kept beside
// the words, so that each channel shows it its own way.
type Message struct {
	Step     string // the step it comes from
	Words    string // what is said or asked, without what the Ask holds
	Language templates.Language
	Private  bool // holds what is for this person only
	Ask      *Ask // what it asks for; nil when it asks for nothing
	Link     bool // a link goes with it, by which the person can go on in web chat
}

// begin puts words before all others.
func (m *Message) begin(before string) {
	if m.Ask != nil && m.Ask.Problem != "" {
		m.Ask.Problem = before + " " + m.Ask.Problem
		return
	}
	m.Words = before + " " + m.Words
}

// Text is what goes out on a channel: the words alone where the channel draws
// what they ask for, all of Render elsewhere.
func (m Message) Text(channel string) string {
	if channel == onWebChat || channel == onVoice {
		return m.Words
	}
	return m.Render(channel)
}

// Render writes all of the message as text: why the last answer could not be
// taken, the words, and how to answer on the channel. That is numbers to reply
// with in a text message, buttons in web chat, a list in email, keys on the
// telephone.
func (m Message) Render(channel string) string {
	if m.Ask == nil {
		return m.Words
	}
	var b strings.Builder
	if m.Ask.Problem != "" {
		b.WriteString(m.Ask.Problem + " ")
	}
	b.WriteString(m.Words)
	for _, r := range m.Ask.Rows {
		b.WriteString("\n" + r.line())
	}
	switch channel {
	case onWebChat:
		m.buttons(&b)
	case onEmail:
		m.list(&b)
	case onVoice:
		m.keys(&b)
	default:
		m.numbers(&b)
	}
	return b.String()
}

func (m Message) numbers(b *strings.Builder) {
	switch m.Ask.Kind {
	case ForCheck:
		b.WriteString("\n" + standing(m.Language, sayCheckReply))
	case ForMany:
		b.WriteString(" " + standing(m.Language, sayReplyMany, "choices", numbered(m.Ask.Options)))
	case ForYesNo:
		b.WriteString(" " + standing(m.Language, sayYesOrNo))
	case ForChoice, ForPeriod:
		b.WriteString(" " + standing(m.Language, sayReply, "choices", numbered(m.Ask.Options)))
	}
}

// numbered is "1 up, 2 down, 3 about the same".
func numbered(options []Option) string {
	parts := make([]string, len(options))
	for i, o := range options {
		parts[i] = strconv.Itoa(i+1) + " " + o.Label
	}
	return strings.Join(parts, ", ")
}

func (m Message) buttons(b *strings.Builder) {
	if m.Ask.Kind == ForCheck {
		b.WriteString("\n" + standing(m.Language, sayCheckChange) + "\n[" + standing(m.Language, sayCheckRight) + "]")
	}
	for i, o := range m.Ask.Options {
		before := " "
		if i == 0 {
			before = "\n"
		}
		b.WriteString(before + "[" + o.Label + "]")
	}
}

func (m Message) list(b *strings.Builder) {
	for i, o := range m.Ask.Options {
		b.WriteString("\n" + strconv.Itoa(i+1) + ". " + o.Label)
	}
	switch m.Ask.Kind {
	case ForCheck:
		b.WriteString("\n" + standing(m.Language, sayCheckReply))
	case ForMany:
		b.WriteString("\n" + standing(m.Language, sayReplyManyList))
	case ForYesNo, ForChoice, ForPeriod:
		b.WriteString("\n" + standing(m.Language, sayReplyList))
	}
}

// byTelephone is how each kind of answer is given with keys or by speech.
var byTelephone = map[AskKind]phraseName{
	ForChoice: sayOrSay, ForYesNo: sayOrSay, ForPeriod: sayOrSay, ForMany: sayManyKeys, ForCheck: sayCheckSay,
	ForMoney: sayKeyAmount, ForMoneyPerPeriod: sayKeyAmount, ForDate: sayKeyDate, ForNumber: sayKeyNumber,
}

func (m Message) keys(b *strings.Builder) {
	for i, o := range m.Ask.Options {
		b.WriteString(" " + standing(m.Language, sayPress, "key", strconv.Itoa(i+1), "choice", o.Label))
	}
	before := " "
	if len(m.Ask.Rows) > 0 {
		before = "\n"
	}
	if how, ok := byTelephone[m.Ask.Kind]; ok {
		b.WriteString(before + standing(m.Language, how))
	}
}
