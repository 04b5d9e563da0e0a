package channeltest

import (
	"context"
	"sync"
	"testing"

	"parley/gateway"
)

// Harness is a channel on the bench.
type Harness struct {
	Channel gateway.Channel

	// Person is somebody who can be reached, and who writes to us.
	Person gateway.Address

	// Behave makes the provider treat what is sent from now on in one way. It
	// reports false when a provider of this kind cannot behave so.
	Behave func(Behaviour) bool

	// Taken lists the texts of the messages that the provider has, in any
	// order, whatever it answered.
	Taken func() []string

	// Door is how the provider and strangers call us; nil for a channel that
	// nobody answers on.
	Door *Door
}

// Behaviour is what a provider does with a message.
type Behaviour int

// The behaviours. Where the answer is missing the provider has the message.
const (
	Accepts     Behaviour = iota // takes it and says so
	Refuses                      // says that it will never take it
	Postpones                    // says that it will take it later
	Unreachable                  // nobody answers the door
	Hangs                        // takes it and never answers
	CutsOff                      // takes it and breaks the connection
	Garbles                      // takes it and answers what nobody can read
	Breaks                       // fails inside, without saying how far it came
)

// outcomes are what Send must make of each behaviour.
var outcomes = []struct {
	name      string
	behaviour Behaviour
	want      gateway.Outcome
}{
	{"refused for good", Refuses, gateway.Refused},
	{"refused for now", Postpones, gateway.Retry},
	{"unreachable", Unreachable, gateway.Retry},
	{"no answer", Hangs, gateway.Lost},
	{"cut off", CutsOff, gateway.Lost},
	{"an answer that cannot be read", Garbles, gateway.Lost},
	{"a provider that broke", Breaks, gateway.Lost},
}

// Door is how the outside calls a channel. Each func reports whether the
// channel told its caller that it has taken what was said.
type Door struct {
	// Say is the person writing to us, as the provider passes it on; nil, as
	// ForgeWords is, when it passes nothing on.
	Say func(Words) bool
	// ForgeWords is the same by somebody who is not the provider.
	ForgeWords func(Words) bool

	// Report is the provider's word that a message was delivered. Both are nil
	// on a channel whose provider never says.
	Report func(Delivery) bool
	// ForgeReport is the same by somebody who is not the provider.
	ForgeReport func(Delivery) bool
}

// Words are what a person writes, under the provider's id for it.
type Words struct{ ProviderID, Text string }

// Delivery is a message that arrived, by our id and by the provider's.
type Delivery struct {
	Message    gateway.MessageID
	ProviderID string
}

// Receiver stands for the gateway: it keeps what a door hands over, or fails.
type Receiver struct {
	mu      sync.Mutex
	failure error
	inbound []gateway.Inbound
	updates []gateway.StatusUpdate
}

// Fail makes everything fail from now on, having kept nothing.
func (r *Receiver) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failure = err
}

// Receive keeps an inbound message.
func (r *Receiver) Receive(_ context.Context, in gateway.Inbound) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failure == nil {
		r.inbound = append(r.inbound, in)
	}
	return r.failure
}

// Settle keeps a status update.
func (r *Receiver) Settle(_ context.Context, u gateway.StatusUpdate) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failure == nil {
		r.updates = append(r.updates, u)
	}
	return r.failure
}

// Inbound lists the messages kept so far.
func (r *Receiver) Inbound() []gateway.Inbound {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]gateway.Inbound(nil), r.inbound...)
}

// Updates lists the status updates kept so far.
func (r *Receiver) Updates() []gateway.StatusUpdate {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]gateway.StatusUpdate(nil), r.updates...)
}

// Bench builds a harness for one test; what the channel's door hears goes to r.
type Bench func(t *testing.T, r *Receiver) Harness
