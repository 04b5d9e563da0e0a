package gateway

import (
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

// IDs are injected text (UUIDv7 in production), so that they sort by time.
type (
	MessageID      string
	ConversationID string
)

// Address is where a message comes from or goes to on a channel, in the
// channel's normal form: E.164 for sms.
type Address struct {
	Channel directory.Channel
	Value   string
}

// Inbound is a message from a person, as its channel verified it.
type Inbound struct {
	ProviderID string // the provider's id of the message, unique within the channel
	From       Address
	To         string   // our own address that it was sent to
	Text       string   // any text at all: Receive cleans it
	Media      int      // how many pictures or files came with it that could not be taken
	Files      []FileID // those that were taken, see Evidence
	Keyword    Keyword
	Answered   bool // the carrier has answered the keyword itself: we send no reply

	// Unverified says why the sender's address cannot be believed, for staff to
	// read and without anything personal: "spf=fail dkim=none". Empty: the
	// channel has verified it.
	Unverified string
}

// Keyword is an opt-out or opt-in word, which belongs to the channel and comes
// before any dialog.
type Keyword string

// The keywords. Help is here because carriers answer it themselves unless told
// otherwise.
const (
	NoKeyword Keyword = ""
	Stop      Keyword = "stop"
	Begin     Keyword = "start"
	Help      Keyword = "help"
)

// Message is an outgoing message, as the outbox keeps it.
type Message struct {
	ID           MessageID
	Conversation ConversationID // empty outside any conversation
	Turn         int            // the turn that made it
	Person       directory.PersonID
	Case         directory.CaseReference
	To           Address
	Language     templates.Language
	Text         string
	Ask          *dialogs.Ask // what it asks for, for channels that draw it; nil when it asks for nothing
	Notice       *Notice      // what it says when it is a notice: Text, Title and Document are then written as it is sent
	Title        string       // of an email or a letter; empty: the channel's own
	Document     notices.Document
	Discreet     bool // set as it is sent: nothing beside its words may tell who writes, not even the sender
	Private      bool // may hold what is for somebody confirmed alone
	Subject      Subject
	Staff        directory.StaffID // who wrote it; empty: the gateway itself
	Priority     Priority
	NotBefore    time.Time // when it may first be sent
	SendBy       time.Time // not sent later than this; zero: no limit
	Created      time.Time
	Trace        string // where it came from, see Tracer; empty: it is not followed
}

// Subject is what a message is about, as far as the safety gate must know.
type Subject string

// The subjects. Only Approach keeps to the hours in which we may begin; only
// Safety and Stopped may leave while a danger hold lies on the person, and only
// Stopped after STOP.
const (
	Reply    Subject = "reply"    // an answer inside a live conversation
	Approach Subject = "approach" // we begin, or remind
	Safety   Subject = "safety"   // the one answer to danger
	Stopped  Subject = "stopped"  // the one answer to STOP
)

// Priority orders the outbox: lower first.
type Priority int

// Replies come before alerts, alerts before reminders and what else we begin,
// and all of that before bulk.
const (
	Urgent Priority = 0
	Alert  Priority = 5
	Normal Priority = 10
	Bulk   Priority = 20
)

// Status is how far an outgoing message has come. It only ever moves forward,
// to a status of higher Rank, so that callbacks in any order end alike.
type Status string

// The statuses, in rank order.
const (
	Queued      Status = "queued"      // in the outbox
	Claimed     Status = "claimed"     // leased by one node, not yet handed to the channel
	Sending     Status = "sending"     // handed to the channel; the outcome is not known yet
	OutcomeLost Status = "unknown"     // no answer came back; never sent again blindly
	Accepted    Status = "accepted"    // the provider has it
	Sent        Status = "sent"        // the provider has passed it on
	Withheld    Status = "withheld"    // the safety gate said no
	Failed      Status = "failed"      // refused for good
	Undelivered Status = "undelivered" // passed on and not delivered
	Delivered   Status = "delivered"   // on the person's device
)

// Rank orders statuses. A status is recorded only over one of lower rank. The
// last four end a message; delivery, once claimed by the provider, stands.
func (s Status) Rank() int {
	switch s {
	case Queued:
		return 0
	case Claimed:
		return 10
	case Sending:
		return 20
	case OutcomeLost:
		return 30
	case Accepted:
		return 40
	case Sent:
		return 50
	case Withheld:
		return 90
	case Failed:
		return 91
	case Undelivered:
		return 92
	case Delivered:
		return 93
	default:
		return -1
	}
}
