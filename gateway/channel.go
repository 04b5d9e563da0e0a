package gateway

import (
	"context"
	"time"

	"parley/gateway/directory"
)

// Channel is a way to reach a person. channels/doc.go tells how to add one and
// channels/channeltest proves it.
type Channel interface {
	// Name is the channel's name in the directory, for instance "sms".
	Name() directory.Channel

	// Prepare renders a turn's outgoing text as the channel carries it and
	// counts the parts that it will be billed as. It is pure.
	Prepare(text string) Prepared

	// Send hands one message to the provider and waits for its answer. The
	// message's ID goes with it so that status callbacks can carry it back.
	//
	// A nil error means that the provider accepted the message. Otherwise the
	// error is a *SendError whose Outcome says whether the message can have
	// left: Refused (it has not and never will), Retry (it has not; try again
	// after RetryAfter) or Lost (nobody knows: it is looked for, see Finder).
	// Any other error counts as Lost. Send is safe for concurrent use and
	// returns soon after ctx ends.
	Send(ctx context.Context, m Message) (Receipt, error)
}

// Bounded is a Channel that carries only so many messages at the same time. No
// more are let out for it: what waited inside the channel would leave though its
// parent has said STOP since.
type Bounded interface {
	AtOnce() int
}

// Prepared is a text as a channel carries it.
type Prepared struct {
	Text     string
	Segments int // parts, 1 where the channel has no parts
}

// Receipt is the provider's word that it has a message.
type Receipt struct {
	ProviderID string
	Status     Status // Accepted, or further when the provider already says so
}

// Outcome is what is known of a send that failed.
type Outcome int

// The outcomes of a failed send.
const (
	Lost    Outcome = iota // no answer, or none that can be read
	Refused                // the provider refused it for good
	Retry                  // the provider will take it later
)

// SendError is a failed send.
type SendError struct {
	Outcome    Outcome
	Code       string        // the provider's code, kept on the message
	Reason     string        // the same in plain words
	RetryAfter time.Duration // for this message or, with Busy, for the channel
	OptedOut   bool          // the person has opted out with the provider
	Gone       bool          // the address no longer reaches the person (carrier signal)
	Suspended  bool          // our own account is suspended: everything pauses
	Busy       bool          // the provider takes nothing from us now, or does not answer: its channel waits
	Err        error
}

// Error names the provider's code and reason; it never holds an address or a
// text.
func (e *SendError) Error() string { return "send: " + e.Code + " " + e.Reason }

// Unwrap returns the error underneath.
func (e *SendError) Unwrap() error { return e.Err }

// StatusUpdate is a provider's later word on a message.
type StatusUpdate struct {
	Message    MessageID // ours, carried by the callback; empty when it is not
	Channel    directory.Channel
	ProviderID string
	Status     Status
	Code       string
	Reason     string
	OptedOut   bool
	Gone       bool
	Suspended  bool // our own account is: everything pauses
}
