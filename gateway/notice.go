package gateway

import (
	"context"
	"time"

	"parley/gateway/directory"
	"parley/templates/notices"
)

// Notice is what a message says that we send of ourselves: a reminder, an
// alert, a decision. It is put into words when it is sent, by the channel, the
// language and the form that are then right for the person.
type Notice struct {
	Name     string       `json:"name"`     // of the template, see templates/notices
	Occasion string       `json:"occasion"` // what it is about, like "due 2026-12-15": once for a person, name and occasion
	Data     notices.Data `json:"data"`
	// Group names what ends the need for it: notices of a case whose group has
	// ended are not sent any more. Empty: nothing ends it.
	Group string `json:"group,omitempty"`
	// Campaign is the sending to many that it is one of; empty: none.
	Campaign CampaignID `json:"campaign,omitempty"`
	// Statutory notices must reach the person: neither an opt-out of a channel,
	// nor lateness, nor a cancelled campaign drops them (see the gate).
	Statutory bool `json:"statutory,omitempty"`
	// By is the caseworker who sends it; empty: nobody, it is sent of itself. Some
	// notices only a person may send.
	By string `json:"by,omitempty"`
	// Old: it goes to the address that it names, which was the person's, to say
	// that something was changed. Not for one that they have lost.
	Old bool `json:"old,omitempty"`
	// Failed is the channel by which it was not delivered: it goes once more, by
	// another. Empty: it has not gone yet.
	Failed directory.Channel `json:"failed,omitempty"`
}

// CampaignID names one sending to many.
type CampaignID string

// Campaign is one sending to many people: who asked for it, and how far it is.
type Campaign struct {
	ID      CampaignID
	Name    string // of the notice, or of the day's schedule
	By      string // who asked for it
	State   CampaignState
	Planned int            // messages
	Counts  map[Status]int // of them, by status
	Created time.Time
	Began   time.Time // when the first was settled; zero while none is
	Ended   time.Time // when the last was settled; zero while any waits
}

// CampaignState is whether a campaign's messages go out.
type CampaignState string

// A paused campaign goes on when it is resumed; a cancelled one never, but for
// its statutory notices. One that runs and has nothing left that waits is
// Finished, until more of it is planned.
const (
	Running   CampaignState = "running"
	Finished  CampaignState = "ended"
	Paused    CampaignState = "paused"
	Cancelled CampaignState = "cancelled"
)

// Notices keeps the notices that are decided on. They are messages of the
// Outbox from then on.
type Notices interface {
	// PlanNotices puts notices into the outbox, each once for its person, case,
	// name and occasion: those that were planned before are passed over, and so
	// are those whose group has ended since they were made (Created). It returns
	// how many were new. A batch is one transaction, with what it gives people
	// to do.
	PlanNotices(ctx context.Context, batch []Message, work ...WorkItem) (planned int, err error)

	// EndGroup withholds what still waits of a case's group, and returns how
	// many messages that were. One that is being sent is not called back. What
	// was decided on before at is not planned afterwards either; what is decided
	// on later is, if it was not sent before.
	EndGroup(ctx context.Context, of directory.CaseReference, group, reason string, at time.Time) (int, error)

	// LastNotice returns the notice that a person was last sent since a time, so
	// that their reply is taken in its light, or ErrNotFound.
	LastNotice(ctx context.Context, person directory.PersonID, since time.Time) (Message, error)

	// SentNotice returns a notice by its id or by channel and provider's id, if it
	// was handed to its channel and is not known to have come; else ErrNotFound.
	SentNotice(ctx context.Context, id MessageID, channel directory.Channel, providerID string) (Message, error)

	// CasesAfter returns up to limit cases in the order of their references,
	// from after one on, so that all can be gone through in bounded memory.
	CasesAfter(ctx context.Context, after directory.CaseReference, limit int) ([]directory.Case, error)

	// ReportsBetween returns the reports of a kind since a time on the cases
	// from one reference to another, both included, by case, oldest first.
	ReportsBetween(ctx context.Context, first, last directory.CaseReference, kind string, since time.Time) ([]Report, error)

	// NotYetSent returns those notices of a batch that were not planned, or that
	// wait still, in the same order.
	NotYetSent(ctx context.Context, batch []Message) ([]Message, error)

	// PromisesBetween returns what was promised to people on the cases from one
	// reference to another, both included, by case: what was promised since made,
	// and what was to be kept between from and to and is not done.
	PromisesBetween(ctx context.Context, first, last directory.CaseReference, made, from, to time.Time) ([]Promise, error)

	// ContactChangesBetween returns which addresses were replaced since a time, of
	// people whose first case is from one reference to another, by case.
	ContactChangesBetween(ctx context.Context, first, last directory.CaseReference, since time.Time) ([]ContactChange, error)

	// StartCampaign keeps a campaign, or returns ErrDuplicate. SetCampaign
	// changes its state, or returns ErrNotFound, or ErrCancelled when it was
	// cancelled and is to be anything else. Campaign returns one with its
	// counts, or ErrNotFound, Campaigns the latest ones without.
	StartCampaign(ctx context.Context, c Campaign) error
	SetCampaign(ctx context.Context, id CampaignID, state CampaignState, at time.Time) error
	Campaign(ctx context.Context, id CampaignID) (Campaign, error)
	Campaigns(ctx context.Context, limit int) ([]Campaign, error)
}
