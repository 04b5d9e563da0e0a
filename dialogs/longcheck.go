package dialogs

import (
	"strconv"
	"strings"

	"parley/templates"
)

// parts is the message as it is sent on a channel: in one, or a check of many
// answers in as many text messages as it takes. The last of them asks.
func (m Message) parts(channel string) []Message {
	if channel != onSMS || m.Ask == nil || m.Ask.Kind != ForCheck || m.fits() {
		return []Message{m}
	}
	ask, rows := *m.Ask, m.Ask.Rows
	m.Words = strings.TrimSpace(ask.Problem + " " + m.Words)
	m.Ask, ask.Rows, ask.Problem = &ask, nil, ""
	var list []Message
	for _, r := range rows {
		longer := m
		longer.Words += "\n" + r.line()
		if !longer.fits() {
			list = append(list, Message{Step: m.Step, Words: m.Words, Language: m.Language, Private: m.Private})
			longer.Words = r.line()
		}
		m = longer
	}
	return append(list, m)
}

// fits reports whether a message can go out as one text message.
func (m Message) fits() bool {
	return templates.PrepareSMS(m.Render(onSMS)).Segments <= templates.MaxSegments
}

// line is one answer of a check as text: "2. Pay now: £410 a week".
func (r Row) line() string {
	text := strconv.Itoa(r.Number) + ". "
	if r.Label != "" {
		text += r.Label + ": "
	}
	return text + r.Value
}
