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
	Words    string
	Language templates.Language
	Options  []Option // to choose from, in order
	YesNo    bool     // the options are yes and no
	Many     bool     // as many of the options as apply can be chosen
	Checks   bool     // "check your answers"
	Private  bool     // holds what is for this person only
	Ask      *Ask     // what it asks for; nil when it asks for nothing
	Link     bool     // a link goes with it, by which the person can go on in web chat
}

// Option is one thing to choose.
type Option struct {
	Value string
	Label string
}

// Render writes the message as text on a channel: numbers to reply with in a
// text message, buttons in web chat, a list in email, keys on the telephone.
func (m Message) Render(channel string) string {
	var b strings.Builder
	b.WriteString(m.Words)
	switch {
	case m.Checks && channel == "webchat":
		b.WriteString("\n" + standing(m.Language, sayCheckChange) + "\n[" + standing(m.Language, sayCheckRight) + "]")
	case m.Checks:
		b.WriteString("\n" + standing(m.Language, sayCheckReply))
	case len(m.Options) == 0:
	case channel == "webchat":
		m.buttons(&b)
	case channel == "email":
		for i, o := range m.Options {
			b.WriteString("\n" + strconv.Itoa(i+1) + ". " + o.Label)
		}
	case channel == "voice":
		for i, o := range m.Options {
			b.WriteString(" " + standing(m.Language, sayPress, "key", strconv.Itoa(i+1), "choice", o.Label))
		}
	case m.Many:
		b.WriteString(" " + standing(m.Language, sayReplyMany, "choices", numbered(m.Options)))
	case m.YesNo:
		b.WriteString(" " + standing(m.Language, sayYesOrNo))
	default:
		b.WriteString(" " + standing(m.Language, sayReply, "choices", numbered(m.Options)))
	}
	return b.String()
}

func (m Message) buttons(b *strings.Builder) {
	b.WriteByte('\n')
	for i, o := range m.Options {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString("[" + o.Label + "]")
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
