package gateway

import (
	"time"

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
	Missed      Missed             // when that visit is over and the message is of a conversation
	CloseFamily []string           // names that a discreet message may not hold: theirs, their children's and the other parents'

	// Reach is, of a notice, what is known of each address of the person's that
	// has a standing.
	Reach map[directory.Channel]Reach

	// Sent is how many messages left for the person in the LoopWindow before,
	// web chat apart. SentTexts are theirs, once there are MostAlike.
	Sent      int
	SentTexts []string
}

// Missed is what is known of a conversation whose message came too late for its
// visit: its last turn, and what was said or is to be said in it to the person's
// own addresses in the LoopWindow before.
type Missed struct {
	Turn  int
	Texts []string
}

// Reach is how an address of somebody's stands.
type Reach struct {
	Standing directory.Standing
	OptedOut bool
}

// LoopWindow is in how much time more than MostAlike messages with one text, or
// MostMessages of any, are taken for a machine that talks to a machine. Mobile
// networks block a number that sends as much.
const (
	LoopWindow   = time.Hour
	MostAlike    = 20
	MostMessages = 60
)

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
	// Work is what it gives somebody to do, because no other message will reach
	// the person; empty: nothing. A hold on the person has its own work item.
	Work WorkItemKind
}

// gate is the one function that every outgoing message passes. It is pure.
type gate struct {
	open   directory.Hours // when we may begin or remind
	anyDay bool            // Sundays and bank holidays too
	london *time.Location
}

// decide answers whether a message may go out at a moment.
func (g gate) decide(m Message, f GateFacts, now time.Time) Decision {
	for _, rule := range []func(Message, GateFacts, time.Time) (Decision, bool){
		g.tooLate, g.visitOver, g.addressUnsafe, g.held, g.optedOut, g.channelUnsafe, g.unserved, g.indiscreet, g.looping, g.hours,
	} {
		if d, stops := rule(m, f, now); stops {
			return d
		}
	}
	return Decision{Action: Send}
}

func refuse(reason string, work WorkItemKind) (Decision, bool) {
	return Decision{Action: DoNotSend, Reasons: []string{reason}, Work: work}, true
}

func elsewhere(reason string, work WorkItemKind) (Decision, bool) {
	return Decision{Action: OtherChannel, Reasons: []string{reason}, Work: work}, true
}
