package gateway

import (
	"cmp"
	"context"
	"errors"
	"time"

	"parley/dialogs"
	"parley/gateway/directory"
	"parley/templates"
)

// VisitID names one visit to web chat, and is the value of its address there.
// It opens nothing: what opens a visit is its secret, which only the visitor's
// browser has.
type VisitID string

// Visit is one browser's use of web chat, or one call. It begins with nobody
// known, or from a one-time link that was sent to an address of exactly one
// person.
type Visit struct {
	ID           VisitID
	Channel      directory.Channel  // Voice: it is a call; empty: web chat
	Person       directory.PersonID // empty: nobody is known
	Conversation ConversationID     // that its link was sent in; empty: none
	Level        directory.Identity // Unknown; Known from a link; Confirmed with the person's PIN
	Language     templates.Language
	Discreet     bool // the person's: neutral titles at all times
	Began        time.Time
	Seen         time.Time // when the visitor last did something
	Ended        time.Time // zero while it goes on
}

// Address is where messages to the visitor go.
func (v Visit) Address() Address {
	return Address{Channel: cmp.Or(v.Channel, directory.WebChat), Value: string(v.ID)}
}

// Holders are who holds a visit's address: its person, until it ends.
func (v Visit) Holders() []directory.Holder {
	if v.Person == "" || !v.Ended.IsZero() {
		return nil
	}
	return []directory.Holder{{Person: v.Person, Confirmed: v.Began}}
}

// heldAt are who held it when something was said there. Nothing is said in a
// call that is over; of a page the clocks of two nodes tell.
func (v Visit) heldAt(said time.Time) []directory.Holder {
	if v.Channel == directory.Voice || !said.After(v.Ended) {
		v.Ended = time.Time{}
	}
	return v.Holders()
}

// How long a visit goes on without a word from its visitor, and how long a
// link can be followed.
const (
	VisitIdle = 30 * time.Minute
	LinkLife  = 24 * time.Hour
)

// Entry is one thing that is shown in a visit.
type Entry struct {
	Sequence int64     // from 1, without gaps within the visit
	Message  MessageID // ours; of what the visitor wrote, the id that their browser gave it
	ByUs     bool
	Text     string
	Ask      *dialogs.Ask
	Language templates.Language
	Private  bool // shown only while the visit is confirmed
	At       time.Time
}

// Why a visit cannot be opened or confirmed.
var (
	ErrNoVisit     = errors.New("there is no such visit, or it has ended")
	ErrLinkUsed    = errors.New("the link was followed before, or is too old")
	ErrWrongSecret = errors.New("this is not the person's PIN or passphrase")
	ErrBlocked     = errors.New("too many wrong secrets: try again later")
)

// Visits keeps visits to web chat, the links to them, and what is shown in
// them. Secrets are found by a keyed hash and are never kept.
type Visits interface {
	// BeginVisit keeps a new visit that its secret opens. With a link it takes
	// the link, whose person and conversation the visit gets, or returns
	// ErrLinkUsed. A visit without a language gets its person's.
	BeginVisit(ctx context.Context, v Visit, secret, link string) (Visit, error)

	// Visit returns the visit that a secret opens, or ErrNoVisit; so it does
	// once the visit has ended. SeeVisit
	// writes down that its visitor did something, no more than once a minute.
	Visit(ctx context.Context, secret string) (Visit, error)
	SeeVisit(ctx context.Context, id VisitID, at time.Time) error

	// VisitByID returns a visit, also one that has ended, for whoever sends to
	// it, or ErrNoVisit.
	VisitByID(ctx context.Context, id VisitID) (Visit, error)

	// ConfirmVisit raises a visit of somebody known to Confirmed, or returns
	// ErrNoVisit. EndVisit ends it, for good, and forgets what it shows; ending
	// it again is no error.
	ConfirmVisit(ctx context.Context, id VisitID, at time.Time) error
	EndVisit(ctx context.Context, id VisitID, at time.Time) error

	// KeepLink keeps a one-time link to a person's conversation. It can be
	// followed while the address that it is sent to is that person's alone.
	KeepLink(ctx context.Context, link string, to Address, person directory.PersonID, conversation ConversationID, until time.Time) error

	// Show adds an entry to what is shown in a visit, and returns it with its
	// sequence. The same message again is returned as it was shown. ErrNoVisit
	// when the visit has ended.
	Show(ctx context.Context, id VisitID, e Entry) (Entry, error)

	// Shown returns what is shown in a visit after a sequence, in order.
	Shown(ctx context.Context, id VisitID, after int64) ([]Entry, error)
}
