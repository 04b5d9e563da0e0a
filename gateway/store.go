package gateway

import (
	"context"
	"errors"
	"time"

	"parley/gateway/directory"
)

// What a Store answers when it cannot do what was asked. Any other error means
// that the store is away or broken, and that nothing was changed.
var (
	// ErrNotFound: there is no such row.
	ErrNotFound = errors.New("not found")
	// ErrDuplicate: the inbound message, or the idempotency key, was taken
	// before. Nothing was changed.
	ErrDuplicate = errors.New("already taken")
	// ErrConflict: another turn was committed first, or the person already has
	// an open conversation. Nothing was changed; load again and advance again.
	ErrConflict = errors.New("another turn came first")
	// ErrCancelled: the campaign was cancelled, and stays so. Nothing was changed.
	ErrCancelled = errors.New("the campaign was cancelled")
)

// Store is the system of record. Every method is one round of reading or one
// transaction; the heart never sees a transaction. Texts, answers and state
// are sealed by the store and addresses are found by a keyed hash, so that a
// copy of the database tells nothing.
//
// gatewaytest.Store is the suite that proves an implementation.
type Store interface {
	Directory
	Conversations
	Payments
	Plans
	Past
	Outbox
	Losses
	Notices
	Rounds
	Visits
	Files
	Work
	Checks
	Releases
	Timelines
	Searcher
	CaseNotes
	Labels
}

// Directory is what the heart reads of people and cases.
type Directory interface {
	// Person returns a person and their parts in cases, or ErrNotFound.
	Person(ctx context.Context, id directory.PersonID) (directory.Person, []directory.Party, error)

	// Case returns a case, or ErrNotFound.
	Case(ctx context.Context, reference directory.CaseReference) (directory.Case, error)
}

// Conversations loads what a turn needs and commits what it did.
type Conversations interface {
	// Sender returns who holds an address, as of now, and the conversation that
	// is open with them when it is held by exactly one. An address that nobody
	// holds gives a Sender without holders and no error.
	Sender(ctx context.Context, from Address) (Sender, error)

	// Arrival is Sender for a message that has just come, or ErrDuplicate when
	// that was taken before: finding a copy costs no more than one reading.
	Arrival(ctx context.Context, in Inbound) (Sender, error)

	// Conversation returns a conversation with its state, or ErrNotFound.
	Conversation(ctx context.Context, id ConversationID) (Conversation, error)

	// OpenConversation returns the open conversation of a person, or of a
	// visitor whom nobody knows, with its state, or ErrNotFound.
	OpenConversation(ctx context.Context, of Partner) (Conversation, error)

	// ConversationView returns a conversation with its state and its messages in both
	// directions, oldest first, or ErrNotFound. Answers is left to the heart.
	ConversationView(ctx context.Context, id ConversationID) (ConversationView, error)

	// Queue returns the waiting conversations of a person or visitor with their
	// states: those that were begun and are put off first, then those of their
	// own asking, then ours, each as they came.
	Queue(ctx context.Context, of Partner) ([]Conversation, error)

	// Commit makes a turn and all that it caused durable, in one transaction,
	// or returns ErrDuplicate or ErrConflict having changed nothing. The
	// compare-and-set is the turn's number: there is one turn of each number in
	// a conversation.
	Commit(ctx context.Context, t Turn) error

	// Keep stores an inbound message whose turn could not be made, together
	// with the timer that will finish it. ErrDuplicate when it is stored
	// already, which is found out without writing.
	Keep(ctx context.Context, m Kept, finish Timer) error

	// Kept returns a message that Keep stored and that no turn has taken yet,
	// or ErrNotFound.
	Kept(ctx context.Context, id MessageID) (Kept, error)

	// DialogSource returns the source of a dialog version that a conversation
	// began on, or ErrNotFound; KeepDialogSource stores one, and storing it
	// again is no error.
	DialogSource(ctx context.Context, version string) ([]byte, error)
	KeepDialogSource(ctx context.Context, version, name string, source []byte, at time.Time) error
}

// Outbox is the queue of outgoing messages and what became of them.
type Outbox interface {
	// Claim leases up to limit messages that are due at now, best priority
	// first and then in order, at most one for each person and channel, none
	// for a person and channel that has an earlier one in flight. A message
	// whose lease ran out is claimed again within a second if it was Claimed; if it was Sending
	// it becomes OutcomeLost instead and is not returned. With parts it leases
	// from each of them up to its own limit, and nothing else.
	Claim(ctx context.Context, now time.Time, limit int, lease time.Duration, parts ...Part) ([]Message, error)

	// GateFacts returns what the safety gate must know of each message, in the
	// same order, read now.
	GateFacts(ctx context.Context, messages []Message, now time.Time) ([]GateFacts, error)

	// Word keeps what claimed messages say, as they are about to be sent: their
	// To, Language, Text, Title and Document. One that this node has not claimed
	// is left alone.
	Word(ctx context.Context, messages []Message) error

	// MarkSending records, before a message is handed to its channel, that the
	// request may leave. Only a message in ids that is still Claimed moves; the
	// ids that did are returned.
	MarkSending(ctx context.Context, ids []MessageID) ([]MessageID, error)

	// Record moves messages forward, each in one row, all in one transaction. A
	// settlement of lower rank than the message has is ignored; a Release puts
	// a claimed message back to Queued, not before a time. Settlements may name
	// a message by its ID or by channel and provider's id.
	Record(ctx context.Context, settlements []Settlement) error

	// NextDue returns the earliest time at which a queued message may be sent,
	// or ErrNotFound.
	NextDue(ctx context.Context) (time.Time, error)

	// TraceOf returns the Trace that an outgoing message was kept with; empty
	// when it has none, or there is no such message.
	TraceOf(ctx context.Context, id MessageID) (string, error)

	// Fates returns what became of the last messages to a person, up to limit,
	// the latest first.
	Fates(ctx context.Context, person directory.PersonID, limit int) ([]Fate, error)
}

// Part is a part of the outbox: what goes by one channel and is of a priority or
// a better one.
type Part struct {
	Channel directory.Channel
	Lowest  Priority
	Limit   int
}

// Losses are the messages of which nobody knows whether they left. One comes
// among them when it becomes OutcomeLost.
type Losses interface {
	// Lost leases up to limit lost messages that are due to be looked for at
	// now, those first that were due first. The first time is FirstLook after
	// the loss. What has been heard of since is no loss any more.
	Lost(ctx context.Context, now time.Time, limit int, lease time.Duration) ([]Loss, error)

	// Looked records what came of looking for a message, unless it has been
	// heard of.
	Looked(ctx context.Context, l Look) error

	// Attributed returns those of a provider's ids that messages have already.
	Attributed(ctx context.Context, channel directory.Channel, providerIDs []string) ([]string, error)
}

// Sender is who wrote, as far as their address tells.
type Sender struct {
	Standing directory.Standing
	OptedOut bool             // the address has said STOP on this channel
	Person   directory.Person // the only holder; zero when there is not exactly one
	Nation   directory.Nation // of a case of the only holder
	// Visit is the visit to web chat that the address is of; nil on every other
	// channel. Its person is the only holder of its address until it ends.
	Visit *Visit
	Held  string // the kind of danger hold that lies on the only holder; empty: none
	// Open is the conversation open with the only holder, or with a visitor
	// whom nobody knows, without its state; nil when there is none.
	Open *Conversation
}

// Conversation is one run of a dialog with one person.
type Conversation struct {
	ID      ConversationID
	Person  directory.PersonID
	Case    directory.CaseReference
	Dialog  string
	Version string // what the dialog hashes to, see dialogs.Dialog.Version
	Address Address
	Phase   Phase
	Turn    int    // the number of its last turn; 0 when queued
	State   []byte // dialogs.State as bytes; nil when it was not asked for
	ByUs    bool   // we began it
	By      string // who had us begin it: a caseworker or an API client; empty: nobody
	// Keeper talks to the person instead of the dialog, which waits; empty: nobody.
	Keeper   directory.StaffID
	Nudges   int    // reminders sent since the person last wrote
	Outcome  string // how it ended, once it has
	Created  time.Time
	LastSaid time.Time // when the person last wrote, or when it began
}

// Partner is whom a conversation is with: a person, or else the visitor of a
// visit to web chat whom nobody knows.
type Partner struct {
	Person directory.PersonID
	Visit  VisitID
}

// Partner is whom the conversation is with.
func (c *Conversation) Partner() Partner {
	if c.Person == "" && c.Address.Channel.Visited() {
		return Partner{Visit: VisitID(c.Address.Value)}
	}
	return Partner{Person: c.Person}
}

// Phase is where a conversation is in its life.
type Phase string

// A person has at most one Open conversation; others wait, among them one that
// was begun and is put off for a question in between.
const (
	Waiting Phase = "queued"
	Open    Phase = "open"
	Ended   Phase = "ended"
)

// Settlement is one step forward of one outgoing message.
type Settlement struct {
	Message    MessageID // or, when empty:
	Channel    directory.Channel
	ProviderID string
	Status     Status
	Code       string
	Reasons    []string  // in plain words; the gate's or the provider's
	Segments   int       // parts sent, when known
	Release    time.Time // with Status Queued: put back until then
	OptedOut   bool      // record an opt-out of the message's address
	Gone       bool      // the carrier signalled the message's address
	Instead    *Message  // a notice that goes in this one's place, unless the message has come further
	Moved      *Message  // with Status Queued: the message as it goes out instead, to another address
	WorkItem   *WorkItem // for a person to see to; whose message it is, the store adds
	At         time.Time
}
