package gateway

import (
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// statutory reports whether a message must reach the person: only a person may
// hold it.
func (m *Message) statutory() bool { return m.Notice != nil && m.Notice.Statutory }

// tooLate: what is not wanted any more is not sent, but what the law says must
// be said.
func (gate) tooLate(m Message, _ GateFacts, now time.Time) (Decision, bool) {
	if !m.SendBy.IsZero() && now.After(m.SendBy) && !m.statutory() {
		return refuse("too late to be sent", "")
	}
	return Decision{}, false
}

// visitOver: nobody is there any more. A question of a conversation that has gone
// on since was answered or is asked again; anything else of it would come out of
// order.
func (gate) visitOver(m Message, f GateFacts, now time.Time) (Decision, bool) {
	if !m.To.Channel.Visited() || !f.Visit.Over(now) {
		return Decision{}, false
	}
	goneOn := m.Turn > 0 && f.Missed.Turn > m.Turn
	work := DeliveryWork
	if m.Person == "" || goneOn && m.Ask != nil {
		work = ""
	}
	if goneOn {
		return refuse("the visit is over, and its conversation has gone on", work)
	}
	return elsewhere("the visit is over", work)
}

// addressUnsafe: a message to a person goes only to an address that identifies
// exactly that person; one to an unknown number only while nobody holds it.
// Post has no such standing: whether it is safe is the person's word alone.
func (gate) addressUnsafe(m Message, f GateFacts, now time.Time) (Decision, bool) {
	if m.To.Channel == directory.Letter {
		return Decision{}, false
	}
	if m.Notice != nil && m.Notice.Old {
		return oldAddressUnsafe(f)
	}
	person, reason := f.Standing.Identify(now)
	switch {
	case m.Person == "" && reason == directory.NotHeld:
		return Decision{}, false
	case m.Person == "":
		return refuse("the address is somebody's now", "")
	case reason == "" && person != m.Person:
		reason = "the address is not this person's any more"
	}
	switch {
	case reason == "":
		return Decision{}, false
	case m.Notice != nil:
		return elsewhere(string(reason), DeliveryWork)
	default:
		return refuse(string(reason), DeliveryWork)
	}
}

// oldAddressUnsafe: what is said to an address that was theirs may be read by
// whoever they have left it to. That nothing is said is nothing to work on.
func oldAddressUnsafe(f GateFacts) (Decision, bool) {
	switch {
	case f.Person.Risk != nil:
		return refuse("an old address, and there is a risk", "")
	case f.Standing.Suspended || len(f.Standing.Holders) > 0:
		return refuse("an old address that is somebody's now", "")
	}
	return Decision{}, false
}

// holdChecked is how often a message that must be sent looks whether the hold
// that it waits for was released.
const holdChecked = time.Hour

// held: a danger hold stops everything to the person but the answer to danger
// itself and what somebody of ours writes to them, and every dialog with the
// others on the case and every notice to them. Their messages need somebody: the
// hold's own work item tells nothing of them. What must be sent waits for the
// specialist.
func (gate) held(m Message, f GateFacts, now time.Time) (Decision, bool) {
	switch {
	case m.Subject == Safety, m.Subject == Stopped, m.Staff != "":
		return Decision{}, false
	case !f.PersonHeld && (!f.CaseHeld || m.Conversation == "" && m.Notice == nil):
		return Decision{}, false
	case m.statutory():
		return Decision{Action: WaitUntil, Until: now.Add(holdChecked), Reasons: []string{"held"}}, true
	case f.PersonHeld:
		return refuse("held: a specialist must release it", "")
	default:
		return refuse("held", DeliveryWork)
	}
}

// optedOut: only the confirmation of STOP itself may follow a STOP. Of post
// nobody opts out.
func (gate) optedOut(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if f.OptedOut && m.Subject != Stopped && m.To.Channel != directory.Letter {
		return elsewhere("has said STOP on this channel", DeliveryWork)
	}
	return Decision{}, false
}

// channelUnsafe: a message comes to the person only by a channel that is safe.
// To web chat they come themselves.
func (gate) channelUnsafe(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if m.Person != "" && !m.To.Channel.Visited() && !f.Person.Permits(m.To.Channel) {
		return elsewhere("not one of the person's safe channels", DeliveryWork)
	}
	return Decision{}, false
}

// unserved: what we begin must be of use to the person as they are. Whoever
// writes to us is answered as they write.
func (gate) unserved(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if m.Subject != Approach || m.Person == "" || m.To.Channel.Visited() {
		return Decision{}, false
	}
	switch {
	case f.Person.Has(directory.PhoneOnly):
		return elsewhere("needs to be called, not written to", DeliveryWork)
	case f.Person.Has(directory.Interpreter):
		return elsewhere("needs an interpreter", DeliveryWork)
	case f.Person.Has(directory.Braille) && m.To.Channel == directory.Letter:
		return elsewhere("needs letters in braille", DeliveryWork)
	}
	return Decision{}, false
}

// indiscreet: nothing that names the service, an amount or a person goes to
// somebody who is to be contacted discreetly, but into a visit to web chat once
// they have shown there who they are, and in a closed letter to where post is
// safe.
func (gate) indiscreet(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if m.Person == "" || !f.Person.Discreet() || f.Visit.shows() || m.To.Channel == directory.Letter {
		return Decision{}, false
	}
	seen := m.Title + "\n" + m.Text
	if templates.Telltale(seen) != "" {
		return refuse("not discreet: it would tell what it is about", DeliveryWork)
	}
	for _, name := range f.CloseFamily {
		if templates.ContainsWord(seen, name) {
			return refuse("not discreet: it names somebody", DeliveryWork)
		}
	}
	return Decision{}, false
}

// looping: when too much goes to one person a machine may be answering a
// machine, and somebody must look. What is shown in web chat, its visitor asks
// for.
func (gate) looping(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if m.Subject == Safety || m.Subject == Stopped || m.To.Channel.Visited() {
		return Decision{}, false
	}
	alike := 0
	for _, text := range f.SentTexts {
		if text == m.Text {
			alike++
		}
	}
	if f.Sent >= MostMessages || alike >= MostAlike {
		return refuse("too many messages to one person in an hour", LoopWork)
	}
	return Decision{}, false
}
