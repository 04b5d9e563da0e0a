package gateway

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/gateway/directory"
)

// GateFacts is what the safety gate must know of a message and of the person
// it goes to, read at the moment of sending.
type GateFacts struct {
	Person      directory.Person   // zero for an address that identifies nobody
	Nation      directory.Nation   // of the message's case, else of any case of theirs
	Standing    directory.Standing // of the address that it goes to
	OptedOut    bool               // that address has said STOP on that channel
	Visit       *Visit             // to web chat, that it goes to; nil on every other channel, and when there is none
	PersonHeld  bool               // a danger hold lies on the person
	CaseHeld    bool               // a danger hold of somebody else lies on one of their cases
	CloseFamily []string           // names that a discreet message may not hold: theirs, their children's and the other parents'
}

// Action is what the safety gate lets happen to a message.
type Action string

// The four answers of the gate.
const (
	Send         Action = "send"
	WaitUntil    Action = "wait until"
	OtherChannel Action = "use another channel"
	DoNotSend    Action = "do not send"
)

// Decision is the gate's answer, with its reasons, which are kept and shown.
type Decision struct {
	Action  Action
	Until   time.Time // for WaitUntil
	Reasons []string
	// ToPerson: somebody must see to it, because no other message will. A hold
	// on the person has its own work item already.
	ToPerson bool
}

// liveReply is how long an answer counts as one inside a live conversation.
const liveReply = time.Hour

// gate is the one function that every outgoing message passes. It is pure.
type gate struct {
	open   directory.Hours // when we may begin or remind
	anyDay bool            // Sundays and bank holidays too
	london *time.Location
}

// decide answers whether a message may go out at a moment.
func (g gate) decide(m Message, f GateFacts, now time.Time) Decision {
	for _, rule := range []func(Message, GateFacts, time.Time) (Decision, bool){
		g.tooLate, g.visitOver, g.addressUnsafe, g.held, g.optedOut, g.indiscreet, g.channelUnsafe, g.hours,
	} {
		if d, stops := rule(m, f, now); stops {
			return d
		}
	}
	return Decision{Action: Send}
}

func refuse(reason string, toPerson bool) (Decision, bool) {
	return Decision{Action: DoNotSend, Reasons: []string{reason}, ToPerson: toPerson}, true
}

func (gate) tooLate(m Message, _ GateFacts, now time.Time) (Decision, bool) {
	if !m.SendBy.IsZero() && now.After(m.SendBy) {
		return refuse("too late to be sent", false)
	}
	return Decision{}, false
}

// visitOver: nobody is there any more.
func (gate) visitOver(m Message, f GateFacts, now time.Time) (Decision, bool) {
	if m.To.Channel == directory.WebChat && f.Visit.Over(now) {
		return Decision{Action: OtherChannel, Reasons: []string{"the visit to web chat is over"}, ToPerson: m.Person != ""}, true
	}
	return Decision{}, false
}

// addressUnsafe: a message to a person goes only to an address that identifies
// exactly that person; one to an unknown number only while nobody holds it.
func (gate) addressUnsafe(m Message, f GateFacts, now time.Time) (Decision, bool) {
	person, reason := f.Standing.Identify(now)
	switch {
	case m.Person == "" && reason == directory.NotHeld:
		return Decision{}, false
	case m.Person == "":
		return refuse("the address is somebody's now", false)
	case reason != "":
		return refuse(string(reason), true)
	case person != m.Person:
		return refuse("the address is not this person's any more", true)
	}
	return Decision{}, false
}

// held: a danger hold stops everything to the person but the answer to danger
// itself, and every dialog with the others on the case. Their messages need
// somebody: the hold's own work item tells nothing of them.
func (gate) held(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	switch {
	case m.Subject == Safety, m.Subject == Stopped:
		return Decision{}, false
	case f.PersonHeld:
		return refuse("held: a specialist must release it", false)
	case f.CaseHeld && m.Conversation != "":
		return refuse("held", true)
	}
	return Decision{}, false
}

// optedOut: only the confirmation of STOP itself may follow a STOP.
func (gate) optedOut(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if f.OptedOut && m.Subject != Stopped {
		return Decision{Action: OtherChannel, Reasons: []string{"has said STOP on this channel"}, ToPerson: true}, true
	}
	return Decision{}, false
}

// telltales are words that tell a bystander who writes or what about, in Welsh
// with the forms that their first letter takes after other words.
var telltales = []string{
	"maintenance", "child support", "cms", "csa", "£",
	"cynhaliaeth", "gynhaliaeth", "chynhaliaeth", "nghynhaliaeth",
}

// indiscreet: nothing that names the service, an amount or a person goes to
// somebody who is to be contacted discreetly, but into a visit to web chat once
// they have shown there who they are.
func (gate) indiscreet(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if m.Person == "" || !f.Person.Discreet() || f.Visit.shows() {
		return Decision{}, false
	}
	lower := strings.ToLower(m.Text)
	for _, word := range telltales {
		if containsWord(lower, word) {
			return refuse("not discreet: it would tell what it is about", true)
		}
	}
	if amountInWords(lower) {
		return refuse("not discreet: it would tell what it is about", true)
	}
	for _, name := range f.CloseFamily {
		if containsWord(m.Text, name) {
			return refuse("not discreet: it names somebody", true)
		}
	}
	return Decision{}, false
}

// amountInWords reports whether a text has an amount without the pound sign:
// "410 pounds", "410 o bunnoedd".
func amountInWords(lower string) bool {
	for _, pounds := range []string{"pound", "punt", "bunt", "bunnoedd", "punnoedd", "quid"} {
		for rest := lower; ; {
			before, after, found := strings.Cut(rest, pounds)
			if !found {
				break
			}
			before = strings.TrimSuffix(strings.TrimRight(before, " "), " o")
			if n := len(before); n > 0 && before[n-1] >= '0' && before[n-1] <= '9' {
				return true
			}
			rest = after
		}
	}
	return false
}

// containsWord reports whether a word stands in a text on its own: no letter of
// the text runs on into a letter of the word.
func containsWord(text, word string) bool {
	if word == "" {
		return false
	}
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		before, _ := utf8.DecodeLastRuneInString(text[:from+i])
		after, _ := utf8.DecodeRuneInString(text[from+i+len(word):])
		if !(unicode.IsLetter(before) && unicode.IsLetter(first)) && !(unicode.IsLetter(last) && unicode.IsLetter(after)) {
			return true
		}
		from += i + 1
	}
}

// channelUnsafe: a message comes to the person only by a channel that is safe.
// To web chat they come themselves.
func (gate) channelUnsafe(m Message, f GateFacts, _ time.Time) (Decision, bool) {
	if m.Person != "" && m.To.Channel != directory.WebChat && !f.Person.Permits(m.To.Channel) {
		return Decision{Action: OtherChannel, Reasons: []string{"not one of the person's safe channels"}, ToPerson: true}, true
	}
	return Decision{}, false
}

// soonest bounds how far ahead a moment is looked for that is within the
// person's hours and ours.
const soonest = 31 * 24 * time.Hour

// hours: nothing leaves outside the person's own safe hours, and only an
// answer inside a live conversation leaves outside ours.
func (g gate) hours(m Message, f GateFacts, now time.Time) (Decision, bool) {
	ours := m.Person != "" && (m.Subject == Approach || m.Subject == Reply && now.Sub(m.Created) > liveReply)
	safe := directory.Hours{}
	if m.Person != "" {
		safe = f.Person.SafeHours()
	}
	local := now.In(g.london)
	for t := local; t.Sub(local) < soonest; {
		next := safe.Next(t)
		if ours {
			next = g.openFrom(next, f.Nation)
		}
		switch {
		case next.Equal(t) && t.Equal(local):
			return Decision{}, false
		case next.Equal(t):
			return Decision{Action: WaitUntil, Until: t.UTC(), Reasons: []string{"outside the hours in which it may be sent"}}, true
		}
		t = next
	}
	return refuse("the person's safe hours and ours never meet", true)
}

// openFrom is the first moment from t on that is within our hours on a day on
// which we may begin or remind.
func (g gate) openFrom(t time.Time, nation directory.Nation) time.Time {
	for {
		t = g.open.Next(t)
		if g.anyDay || !restDay(t, nation) {
			return t
		}
		t = time.Date(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, 0, t.Location())
	}
}

// restDay is a Sunday, a bank holiday, or Christmas Day also when another day
// is the holiday for it.
func restDay(t time.Time, nation directory.Nation) bool {
	_, month, day := t.Date()
	return t.Weekday() == time.Sunday || month == time.December && day == 25 || directory.BankHoliday(nation, t)
}
