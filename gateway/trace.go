package gateway

import (
	"context"
	"time"

	"parley/gateway/directory"
)

// Tracer follows a message from the webhook that brought it to the word that its
// answer has arrived. A trace context is W3C's traceparent
// (https://www.w3.org/TR/trace-context/, section 3.2); what is not followed has
// none, the empty text. All methods are quick and safe for concurrent use.
type Tracer interface {
	// Begin begins a step of what ctx goes on from, and returns the context of
	// what happens within it and what ends it, with what came of it.
	Begin(ctx context.Context, step Step, f Facts) (context.Context, func(error, Facts))

	// Over records a step that began a while ago and has just ended.
	Over(ctx context.Context, step Step, took time.Duration, f Facts)

	// Context returns the trace context of ctx, to be kept with a message.
	Context(ctx context.Context) string

	// Follow returns a context that goes on from a trace context that was kept.
	// What ctx goes on from, if anything, is linked with what is begun there.
	Follow(ctx context.Context, kept string) context.Context
}

// Step is what a part of a message's way is called.
type Step string

// The steps of a message's way through the heart.
const (
	TurnStep     Step = "turn"     // what a person wrote is taken
	CommitStep   Step = "commit"   // the turn becomes durable, and with it its messages
	ClaimStep    Step = "claim"    // a message is taken from the outbox
	GateStep     Step = "gate"     // the safety gate decides on it
	SendStep     Step = "send"     // it is handed to its channel
	CallbackStep Step = "callback" // its provider has a word on it
)

// Facts are what a trace tells of a step: ids and names that the program and its
// scripts define, never anything of a person. What is empty is not told.
type Facts struct {
	Message      MessageID
	Conversation ConversationID
	Channel      directory.Channel
	Dialog       string
	Outcome      string // how the conversation stands, what the gate decided, or the message's status
	Code         string // the provider's
}

// begin begins a step, if there is a Tracer.
func (g *Gateway) begin(ctx context.Context, step Step, f Facts) (context.Context, func(error, Facts)) {
	if g.Tracer == nil {
		return ctx, func(error, Facts) {}
	}
	return g.Tracer.Begin(ctx, step, f)
}

// passed records a step of a message's way that is over. Messages that were
// planned for many are not followed.
func (g *Gateway) passed(ctx context.Context, m *Message, step Step, took time.Duration, outcome string) {
	if g.Tracer == nil || m.Trace == "" {
		return
	}
	g.Tracer.Over(g.Tracer.Follow(ctx, m.Trace), step, took, Facts{Message: m.ID, Channel: m.To.Channel, Outcome: outcome})
}

// mark keeps with messages where they come from.
func (g *Gateway) mark(ctx context.Context, messages []Message) {
	if g.Tracer == nil {
		return
	}
	kept := g.Tracer.Context(ctx)
	for i := range messages {
		messages[i].Trace = kept
	}
}

// follow returns a context that goes on from where a message came from.
func (g *Gateway) follow(ctx context.Context, kept string) context.Context {
	if g.Tracer == nil || kept == "" {
		return ctx
	}
	return g.Tracer.Follow(ctx, kept)
}

// followMessage does the same for one of which only the id is known. That its
// context cannot be read is nothing that the message should wait for.
func (g *Gateway) followMessage(ctx context.Context, id MessageID) context.Context {
	if g.Tracer == nil || id == "" {
		return ctx
	}
	kept, err := g.Store.TraceOf(ctx, id)
	if err != nil {
		g.Log.DebugContext(ctx, "where a message came from is not known", "message", id, "error", err)
	}
	return g.follow(ctx, kept)
}
