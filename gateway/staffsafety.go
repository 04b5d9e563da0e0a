package gateway

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/gateway/directory"
)

// CallBackDays is how long a number must have been held for a call back to it
// to show who answers.
const CallBackDays = 30

// CheckLife is how long a call back counts: for what is asked in that call.
const CheckLife = 24 * time.Hour

// Check is a call back by a member of staff that showed who somebody is.
type Check struct {
	ID     string
	Person directory.PersonID
	By     directory.StaffID
	Number string // E.164, that was called; kept sealed
	At     time.Time
}

// Checks keeps call backs.
type Checks interface {
	// KeepCheck keeps a call back. LastCheck returns a person's latest, or
	// ErrNotFound.
	KeepCheck(ctx context.Context, c Check) error
	LastCheck(ctx context.Context, person directory.PersonID) (Check, error)
}

// Releases lets go what danger holds.
type Releases interface {
	// Release lifts every hold on a person and opens their suspended addresses,
	// on the word of whoever is named, or returns ErrNotFound.
	Release(ctx context.Context, person directory.PersonID, specialist string, at time.Time) error
}

// Why a call back shows nothing.
var (
	ErrNoNumber  = errors.New("there is no number on record that is safe to call")
	ErrNewNumber = errors.New("the number on record has not been held for long enough")
	ErrUnchecked = errors.New("the person must first be called back")
)

// CallBackNumber is the number to which a call back shows who answers:
// ErrNoNumber when none is safe, ErrNewNumber when it was changed lately.
func (g *Gateway) CallBackNumber(ctx context.Context, person directory.PersonID) (string, error) {
	p, _, err := g.Store.Person(ctx, person)
	if err != nil {
		return "", fmt.Errorf("loading person: %w", err)
	}
	phone, ok := p.Address(directory.SMS)
	if !ok || !p.Permits(directory.Voice) {
		return "", ErrNoNumber
	}
	holds, err := g.Store.Sender(ctx, Address{Channel: directory.SMS, Value: phone.Value})
	if err != nil {
		return "", fmt.Errorf("looking up a number: %w", err)
	}
	_, reason := holds.Standing.Identify(g.Clock())
	switch {
	case reason == directory.RecentlyChanged:
		return "", ErrNewNumber
	case reason != "" && reason != directory.Silent, holds.Person.ID != person:
		return "", ErrNoNumber
	case g.Clock().Sub(holds.Standing.Holders[0].Since) < CallBackDays*24*time.Hour:
		return "", ErrNewNumber
	}
	return phone.Value, nil
}

// RecordCheck records that a member of staff has called somebody back and knows
// who they are (L3). It counts for CheckLife.
func (g *Gateway) RecordCheck(ctx context.Context, person directory.PersonID, by directory.StaffID) error {
	number, err := g.CallBackNumber(ctx, person)
	if err != nil {
		return err
	}
	return g.Store.KeepCheck(ctx, Check{ID: g.NewID(), Person: person, By: by, Number: number, At: g.Clock()})
}

// checked is ErrUnchecked unless somebody has lately called the person back.
func (g *Gateway) checked(ctx context.Context, person directory.PersonID) error {
	c, err := g.Store.LastCheck(ctx, person)
	if errors.Is(err, ErrNotFound) || err == nil && g.Clock().Sub(c.At) > CheckLife {
		return ErrUnchecked
	}
	return err
}

// TakeBackStop lets messages go to somebody's address again on which they had
// said STOP, as they asked in a call back.
func (g *Gateway) TakeBackStop(ctx context.Context, person directory.PersonID, channel directory.Channel, by directory.StaffID) error {
	if err := g.checked(ctx, person); err != nil {
		return err
	}
	p, _, err := g.Store.Person(ctx, person)
	if err != nil {
		return fmt.Errorf("loading person: %w", err)
	}
	a, ok := p.Address(channel)
	if !ok {
		return ErrNoAddress
	}
	t := g.newTurn(g.Clock())
	t.turn.OptOut = &OptOut{Address: Address{Channel: a.Channel, Value: a.Value}, Source: "staff " + string(by), At: t.now}
	return t.commit(ctx)
}

// MarkDanger has what is sent automatically to somebody held, as if they had
// written of danger, and calls a specialist. Nothing is said to the person.
func (g *Gateway) MarkDanger(ctx context.Context, person directory.PersonID, of directory.CaseReference, kind Danger, by directory.StaffID) error {
	switch kind {
	case Watched, Abuse, ChildAtRisk, SelfHarm, Threat:
	default:
		return fmt.Errorf("there is no danger of the kind %q", kind)
	}
	t := g.newTurn(g.Clock())
	t.person = person
	t.work(WorkItem{Kind: DangerWork, Urgent: true, Case: of, Key: string(DangerWork) + "/" + t.turn.ID, Detail: "marked by " + string(by) + ": " + string(kind)})
	t.turn.Hold = &Hold{ID: t.g.NewID(), Person: person, Case: of, Kind: string(kind), At: t.now}
	return t.commit(ctx)
}

// ReleaseDanger lets go what is held on somebody, and ends the work of looking
// at it that was escalated. Only a specialist may. ErrNotFound when nothing was
// held any more.
func (g *Gateway) ReleaseDanger(ctx context.Context, person directory.PersonID, by directory.Staff) error {
	if by.Role != directory.Specialist {
		return ErrForbidden
	}
	released := g.Store.Release(ctx, person, string(by.ID), g.Clock())
	if released != nil && !errors.Is(released, ErrNotFound) {
		return released
	}
	escalated, err := g.Store.Tasks(ctx, TaskSearch{Person: person, Kind: HoldWork, Limit: deskBatch})
	if err != nil {
		return fmt.Errorf("looking for what was escalated: %w", err)
	}
	for _, t := range escalated {
		if err := g.EndWork(ctx, t.ID, "done"); err != nil {
			return err
		}
	}
	return released
}
