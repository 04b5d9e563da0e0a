package gateway

import (
	"time"

	"parley/gateway/directory"
)

// Event is that something happened which other systems may want to hear of. It
// names what it is about and tells nothing: who hears of it asks the API, so
// that what they learn is what is so then.
//
// The store writes events in the transaction of their cause, one delivery for
// each endpoint that wants them, and none when nobody does.
type Event struct {
	ID           string // the same however often it is delivered
	Type         EventType
	At           time.Time
	Subject      string // the id of the report, work item, message, conversation or payment
	Case         directory.CaseReference
	Person       directory.PersonID
	Conversation ConversationID
}

// EventType is what happened.
type EventType string

// What endpoints can ask to hear of.
const (
	ReportCreated       EventType = "report.created"
	ChangeSimple        EventType = "change.simple" // a report that may be acted on before a caseworker has looked
	WorkItemCreated     EventType = "work_item.created"
	WorkItemChanged     EventType = "work_item.changed" // routed, accepted, returned, transferred, late, noted; not each offer
	WorkItemClosed      EventType = "work_item.closed"
	MessageStatus       EventType = "message.status" // accepted, sent, delivered or not, or withheld
	ConversationStarted EventType = "conversation.started"
	ConversationEnded   EventType = "conversation.ended"
	PaymentReceived     EventType = "payment.received"
)

// EventTypes are all of them.
func EventTypes() []EventType {
	return []EventType{
		ReportCreated, ChangeSimple, WorkItemCreated, WorkItemChanged, WorkItemClosed, MessageStatus, ConversationStarted, ConversationEnded, PaymentReceived,
	}
}

// Delivery is an event on its way to one endpoint.
type Delivery struct {
	Event
	Endpoint string // its name in the settings
	State    DeliveryState
	Tries    int
	Next     time.Time // waiting: when it is tried next, or again if the node that tries it now dies
	Tried    time.Time // the last time; zero: not yet
	Status   int       // of the last answer (RFC 9110); 0: there was none
	Failure  DeliveryFailure
}

// DeliveryState is how far a delivery has come.
type DeliveryState string

// A delivery waits for its next try until it is done or given up.
const (
	DeliveryWaiting DeliveryState = "waiting"
	DeliveryDone    DeliveryState = "done"
	DeliveryGivenUp DeliveryState = "given-up"
)

// DeliveryFailure is why a try came to nothing.
type DeliveryFailure string

// The ways to fail. Gone is the answer 410: the endpoint wants no more.
const (
	EndpointTimedOut    DeliveryFailure = "timed-out"
	EndpointUnreachable DeliveryFailure = "unreachable" // no connection, or no name, or a certificate that does not hold
	EndpointPrivate     DeliveryFailure = "private-address"
	EndpointRedirects   DeliveryFailure = "redirected"
	EndpointRefuses     DeliveryFailure = "refused"
	EndpointGone        DeliveryFailure = "gone"
)

// DeliveryQuery chooses deliveries. What it leaves empty may be anything.
type DeliveryQuery struct {
	Endpoint string
	State    DeliveryState
	Before   *Delivery // the last of the page before: its ID and Endpoint
	Limit    int
}
