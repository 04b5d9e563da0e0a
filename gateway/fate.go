package gateway

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Fate is what became of one message to a person, and why. It has no words of
// the message.
type Fate struct {
	Message      MessageID
	Case         directory.CaseReference
	Conversation ConversationID
	Notice       string // the name of the notice that it is; empty: of a conversation, or an answer outside any
	Occasion     string
	Channel      directory.Channel // that it went by, or is to go by
	Status       Status
	Code         string   // the provider's
	Reasons      []string // the gate's or the provider's
	Created      time.Time
	NotBefore    time.Time
	SendBy       time.Time // zero: no limit
	Settled      time.Time // when the status came; zero: nothing has happened yet
	Says         string    // all of it in a sentence, with times of Europe/London; added by Explain
}

// Explain answers why a person did or did not get the last messages to them, up
// to limit, the latest first, or with ErrNotFound when nobody is known by the id.
func (g *Gateway) Explain(ctx context.Context, person directory.PersonID, limit int) ([]Fate, error) {
	if _, _, err := g.Store.Person(ctx, person); err != nil {
		return nil, fmt.Errorf("looking for person %s: %w", person, err)
	}
	fates, err := g.Store.Fates(ctx, person, limit)
	if err != nil {
		return nil, fmt.Errorf("reading what became of messages: %w", err)
	}
	for i := range fates {
		fates[i].Says = fates[i].words(g.calendar.london)
	}
	return fates, nil
}

// statusWords are the statuses for people.
var statusWords = map[Status]string{
	Queued: "waits", Claimed: "is about to be sent", Sending: "is being sent", OutcomeLost: "nobody knows whether it left",
	Accepted: "the provider has it", Sent: "is on its way", Withheld: "was not sent", Failed: "was refused",
	Undelivered: "was not delivered", Delivered: "was delivered",
}

// words say a fate in a sentence, with times on the clock of a place.
func (f Fate) words(london *time.Location) string {
	said := statusWords[f.Status]
	switch {
	case f.Status == Queued && f.NotBefore.After(f.Created):
		said += " until " + timed(f.NotBefore, london)
	case f.Status != Queued && !f.Settled.IsZero():
		said += ", " + timed(f.Settled, london)
	}
	if len(f.Reasons) > 0 {
		said += ": " + strings.Join(f.Reasons, "; ")
	}
	return said
}

func timed(t time.Time, london *time.Location) string {
	t = t.In(london)
	return t.Format("15:04 on ") + templates.English.Date(t.Year(), int(t.Month()), t.Day())
}
