package chaos

import "time"

// Address is where somebody is reached: a phone number on "sms", a mailbox on
// "email", a visit on "webchat".
type Address struct{ Channel, Value string }

// Parent is somebody who is simulated, and what may be said to them.
type Parent struct {
	Person    string    // as the gateway knows them
	Addresses []Address // all of theirs
	Safe      []string  // the channels on which they may be reached
	Asleep    bool      // this is no safe hour of theirs: nothing may come
	Stopped   time.Time // when their STOP by text was taken; zero: never
	Secrets   []string  // words that nobody else may ever read
	Left      bool      // went silent in the middle: one nudge is due, no more
	Wants     bool      // asked for a person
	Slow      bool      // had not finished when nudges were due: one may have come
	Waits     bool      // for a message that never came: it must be somebody's work
	Case      string    // the other parent of it has the same
	Held      Hold      // while they were in danger
	Owed      []string  // the campaigns that were to reach them, each once
}

// Hold is when a parent had heard that their words of danger were read, and when
// a specialist let the gateway speak again. Both zero: never.
type Hold struct{ From, Until time.Time }

// Said is a message from a parent that the gateway took: it answered 200 or
// 250, acknowledged it, or went on with the call.
type Said struct {
	Person  string
	Channel string
	Unsure  bool // the call broke off before they knew
}

// Heard is a message that reached a parent, or the carrier that would pass it
// on. The record has them in the order in which each address got them.
type Heard struct {
	To      Address
	Message string // the gateway's id of it; empty in a call, which tells none
	Text    string
	At      time.Time
}

// Record is all that was seen from outside, with what the database holds.
type Record struct {
	Parents []Parent
	Said    []Said
	Heard   []Heard
	Ledger  Ledger
}

// Ledger is what the database holds in the end.
type Ledger struct {
	Inbound       []Inbound
	Outgoing      []Outgoing
	Conversations []Conversation
	Reports       []Report
	Timers        []Timer
	Work          []Work
}

// Inbound is a stored message from somebody.
type Inbound struct {
	ID, ProviderID, Person, Channel, Conversation string
	Turn                                          int
	Kind                                          string // what was done with it
}

// Outgoing is a message to somebody.
type Outgoing struct {
	ID, Person, Channel, Conversation string
	Turn                              int
	Subject, Status                   string
	Campaign                          string // that it is a notice of; empty: of none
	Priority                          int    // lower goes first
}

// Conversation is one with a person.
type Conversation struct{ ID, Phase, Outcome string }

// led reports whether it ended with leading on to another.
func (c Conversation) led() bool { return c.Outcome == "chosen" || c.Outcome == "led" }

// Report is what a conversation led to.
type Report struct{ ID, Conversation, Kind string }

// Timer is a job of the queue.
type Timer struct {
	Kind    string // "wake" or "finish"
	Of      string // the conversation or the message
	State   string
	Overdue bool // by more than the queue ever needs
}

// Work is a work item.
type Work struct{ ID, Person, Message, Kind, Owner, State string }
