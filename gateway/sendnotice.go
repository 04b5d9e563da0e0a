package gateway

import (
	"strings"
	"time"

	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// consider puts a message through the gate and returns it as it goes out: a
// notice in words, by the first channel that may carry it.
func (g *Gateway) consider(m Message, f GateFacts, now time.Time) (Message, Decision) {
	m.Discreet = m.Person != "" && f.Person.Discreet()
	if m.Notice == nil {
		return m, g.pump.gate.decide(m, f, now)
	}
	template, ok := g.notices[m.Notice.Name]
	switch {
	case !ok:
		d, _ := refuse("there is no such notice", DeliveryWork)
		return m, d
	case template.ByPerson && m.Notice.By == "":
		d, _ := refuse("only a person may send this", DeliveryWork)
		return m, d
	}
	var tried []string
	for _, to := range g.ways(m, f) {
		d := Decision{Action: OtherChannel}
		out, err := g.worded(template, m, to, f)
		if err != nil {
			d.Reasons = []string{"it cannot be put into words: " + err.Error()}
		} else {
			d = g.pump.gate.decide(out, f.at(out), now)
		}
		if d.Action != OtherChannel {
			d.Reasons = append(tried, d.Reasons...)
			return out, d
		}
		tried = append(tried, string(to.Channel)+": "+d.Reasons[0])
	}
	if len(tried) == 0 {
		tried = []string{"no address that it may go to is known"}
	}
	return m, Decision{Action: DoNotSend, Reasons: tried, Work: DeliveryWork}
}

// at are the facts of a notice for the address that it goes to.
func (f GateFacts) at(m Message) GateFacts {
	if !m.Notice.Old {
		reach := f.Reach[m.To.Channel]
		f.Standing, f.OptedOut = reach.Standing, reach.OptedOut
	}
	return f
}

// ways are where a notice may go, best first: by the channel that the person
// prefers, by others, by post. What is statutory goes by post, or first by email
// when that was agreed and the email may say what it is about: a text, or a
// discreet word, serves no decision on anybody.
func (g *Gateway) ways(m Message, f GateFacts) []Address {
	if m.Notice.Old {
		return []Address{m.To}
	}
	order := []directory.Channel{f.Person.PreferredChannel, directory.SMS, directory.Email, directory.Letter}
	if m.Notice.Statutory {
		order = []directory.Channel{directory.Letter}
		if f.Person.ElectronicService && !f.Person.Discreet() {
			order = []directory.Channel{directory.Email, directory.Letter}
		}
	}
	var ways []Address
	for i, channel := range order {
		a, held := f.Person.Address(channel)
		if _, carried := g.channels[channel]; held && carried && (i == 0 || channel != order[0]) {
			ways = append(ways, Address{Channel: a.Channel, Value: a.Value})
		}
	}
	return without(ways, m.Notice.Failed)
}

// mostBilingual is how many text messages a notice in both languages may take;
// a longer one is said in its short form.
const mostBilingual = 6

// worded is a notice as one channel carries it: in the person's language, or in
// both where they live in Wales and have not said which, and without a word of
// what it is about where that might be seen. The error is the template's.
func (g *Gateway) worded(template *notices.Notice, m Message, to Address, f GateFacts) (Message, error) {
	m.To = to
	channel := g.channels[to.Channel]
	languages := languagesOf(f)
	form := formOf(to.Channel, f.Person)
	err := m.render(template, form, languages)
	if err == nil && form == notices.SMS && len(languages) > 1 && channel.Prepare(m.Text).Segments > mostBilingual {
		err = m.render(template, notices.Discreet, languages)
	}
	m.Text = channel.Prepare(m.Text).Text
	return m, err
}

// formOf is how a notice is written. A letter is closed: what it says is seen
// by whoever opens it, where the person has said that post is safe.
func formOf(channel directory.Channel, p directory.Person) notices.Form {
	switch {
	case channel == directory.Letter:
		return notices.Letter
	case p.Discreet():
		return notices.Discreet
	case channel == directory.Email:
		return notices.Email
	default:
		return notices.SMS
	}
}

// languagesOf are the languages to write to somebody in, Welsh first: both in
// Wales until it is known which they want (Welsh Language Standards
// Regulations).
func languagesOf(f GateFacts) []templates.Language {
	switch {
	case f.Person.Language != "":
		return []templates.Language{f.Person.Language}
	case f.Nation == directory.Wales:
		return []templates.Language{templates.Welsh, templates.English}
	default:
		return []templates.Language{templates.English}
	}
}

// render writes a notice into the message, in one language after another.
func (m *Message) render(template *notices.Notice, form notices.Form, languages []templates.Language) error {
	var texts, titles []string
	m.Language, m.Document = languages[0], nil
	for _, language := range languages {
		words, err := template.Render(form, language, m.Notice.Data)
		if err != nil {
			return err
		}
		texts = append(texts, words.Text)
		if words.Subject != "" {
			titles = append(titles, words.Subject)
		}
		m.Document = append(m.Document, words.Document...)
	}
	m.Text, m.Title = strings.Join(texts, "\n\n"), strings.Join(titles, " / ")
	return nil
}
