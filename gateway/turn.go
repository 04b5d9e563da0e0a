package gateway

import (
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Turn is everything that one turn changed. Commit writes it in one
// transaction. What has no conversation (a text from an unknown number, STOP
// outside any dialog) is a Turn without one.
type Turn struct {
	ID           string
	At           time.Time
	Conversation *Conversation // as it is after the turn; Turn is this turn's number
	Begins       bool          // the conversation's row is new
	Inbound      *InboundRecord
	Finishes     MessageID // a kept message that this turn takes
	Record       []byte    // input, reading, facts and results, as JSON: see Record
	Outgoing     []Message
	Next         ConversationID // a waiting one that comes next, in answer to this turn's message and where that came from
	Queues       []Conversation // new conversations that wait behind the turn's own
	Reports      []Report
	WorkItems    []WorkItem
	Timers       []Timer
	OptOut       *OptOut
	Hold         *Hold
	Language     templates.Language // that the person, or the visitor, has asked for
	Ends         VisitID            // a visit to web chat that ends with this turn
	Suspend      *Address           // an address that identifies nobody from now on
	Heard        bool               // the sender's address was last confirmed a while ago: refresh it
	Idempotency  *IdempotentRow     // the API call that this turn answers
}

// InboundRecord is a person's message as it is stored.
type InboundRecord struct {
	ID     MessageID
	Person directory.PersonID // empty: nobody was identified
	Inbound
	Kind string // what was done with it: "turn", "kept", "stop", "unknown sender", …
	At   time.Time
}

// Kept is an inbound message that is stored and waits for its turn.
type Kept struct {
	ID MessageID
	Inbound
	At time.Time
}

// Report is what a dialog collected, for the team that owns the case.
type Report struct {
	ID           string
	Key          string // conversation and step path: written once, whatever is retried
	Case         directory.CaseReference
	Person       directory.PersonID
	Conversation ConversationID
	Dialog       string
	Kind         string
	Simple       bool      // the case system may act on it before a caseworker has looked; not kept
	Reference    string    // what the person was told
	Due          time.Time // when we said that we would write by
	Answers      []byte    // JSON object, in the dialog's order
	Results      []byte    // JSON object of saved results, the estimate among them
	Created      time.Time
}

// WorkItem is something for a person to see to.
type WorkItem struct {
	ID           string
	Key          string // written once for each key
	Kind         WorkItemKind
	Case         directory.CaseReference
	Person       directory.PersonID
	Conversation ConversationID
	Message      MessageID
	Team         directory.TeamID
	Urgent       bool
	Due          time.Time
	Detail       string // names of steps and reasons, never what a person said
	Created      time.Time
}

// WorkItemKind says what a work item asks for.
type WorkItemKind string

// The kinds of work items.
const (
	ReportWork         WorkItemKind = "report"              // a report to act on
	HandoffWork        WorkItemKind = "handoff"             // the dialog gave up, or the person asked for somebody
	UnknownSenderWork  WorkItemKind = "unknown-sender"      // a message from an address that identifies nobody
	AddressWork        WorkItemKind = "address-unsafe"      // shared, just changed, silent or signalled
	UnansweredWork     WorkItemKind = "unanswered"          // a message that no dialog takes
	DangerWork         WorkItemKind = "danger"              // words that suggest danger, for specialists
	WorryWork          WorkItemKind = "worry"               // words that may: somebody reads the message
	DeliveryWork       WorkItemKind = "not-delivered"       // a message that no channel may or can carry
	FailedTurnWork     WorkItemKind = "turn-failed"         // a message that Parley could not answer
	LoopWork           WorkItemKind = "loop"                // too many messages to one person
	SecretWork         WorkItemKind = "wrong-secrets"       // somebody tries a person's PIN or passphrase
	PaymentWork        WorkItemKind = "payment-missed"      // a payment that has not come after all that was said
	ConversationEnding WorkItemKind = "conversation-lapsed" // it ran out before it was finished

	BounceWork          WorkItemKind = "bounce"            // an address that takes no more mail
	CallWork            WorkItemKind = "call"              // somebody is on the line now
	MissedCallWork      WorkItemKind = "missed-call"       // somebody rang off before they were answered
	VoicemailWork       WorkItemKind = "voicemail"         // a message to listen to
	CallbackWork        WorkItemKind = "callback"          // somebody to call, at a safe number
	ComplaintWork       WorkItemKind = "complaint"         // to be answered within 15 working days
	ReconsiderationWork WorkItemKind = "reconsideration"   // a decision to look at again
	CalculationWork     WorkItemKind = "first-calculation" // an application that waits for its first amount
	MPWork              WorkItemKind = "mp-letter"         // a Member of Parliament writes or calls
	ThirdPartyWork      WorkItemKind = "third-party"       // somebody writes or calls for a parent
	HoldWork            WorkItemKind = "hold-unreleased"   // danger that no specialist has looked at in time
)

// Timer asks for Wake or Finish at a time. Timers are durable before the turn
// that sets them is answered.
type Timer struct {
	Kind         TimerKind
	Conversation ConversationID
	Message      MessageID
	At           time.Time // zero: at once, by whichever node is there
}

// TimerKind is what a timer calls.
type TimerKind string

// Timers call Wake on a conversation or Finish on a kept message.
const (
	WakeTimer   TimerKind = "wake"
	FinishTimer TimerKind = "finish"
)

// OptOut records STOP (or START, which takes it back) with its source.
type OptOut struct {
	Address Address
	Out     bool
	Source  string // "keyword", also one in plain words; the store itself writes "provider"
	At      time.Time
}

// Hold stops automated messages: all to Person, and those about payments,
// changes or closure to everyone else on Case. A specialist releases it.
type Hold struct {
	ID     string
	Person directory.PersonID
	Case   directory.CaseReference
	Kind   string // the kind of danger
	At     time.Time
}

// IdempotentRow remembers the answer to an API call, so that the same call
// again has the same effect and the same answer.
type IdempotentRow struct {
	Key      string // caller and Idempotency-Key, hashed
	BodyHash string
	Answer   []byte
}
