package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

// releaseCommand lifts the danger holds on a person and opens their suspended
// addresses again.
type releaseCommand struct {
	Person string `required:"" help:"The person's id."`
	By     string `required:"" help:"The specialist whose word it is."`
}

// Help shows how the command is used.
func (releaseCommand) Help() string {
	return "A danger hold, and an address that was suspended, stay until a specialist has looked. A gateway may be running meanwhile; messages that were withheld are not sent. The exit status is 1 when nothing was held. Settings come from the environment as for parley serve.\n\nExample:\n  parley release --person P1 --by specialist-7"
}

// Run releases the person.
func (c *releaseCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		err := p.store.Release(ctx, directory.PersonID(c.Person), c.By, time.Now())
		if err == nil || errors.Is(err, gateway.ErrNotFound) {
			err = errors.Join(err, endEscalated(ctx, p.store, directory.PersonID(c.Person), time.Now()))
		}
		if errors.Is(err, gateway.ErrNotFound) {
			fmt.Fprintln(s.Err, "Nothing held messages to this person.")
			return errAnswerIsNo
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(s.Err, "Messages to this person go out again.")
		return err
	})
}

// endEscalated closes the work that was made because nobody had released a
// person's holds in time. What somebody changes at the same moment stays theirs.
func endEscalated(ctx context.Context, s gateway.Store, person directory.PersonID, now time.Time) error {
	escalated, err := s.Tasks(ctx, gateway.TaskSearch{Person: person, Kind: gateway.HoldWork, Limit: mostEscalated})
	if err != nil {
		return fmt.Errorf("looking for what was escalated: %w", err)
	}
	var changes []gateway.TaskChange
	for _, t := range escalated {
		changes = append(changes, t.Ended("done", now))
	}
	if len(changes) == 0 {
		return nil
	}
	if _, err := s.ChangeTasks(ctx, changes); err != nil {
		return fmt.Errorf("closing what was escalated: %w", err)
	}
	return nil
}

// mostEscalated is more than one person's holds can have made.
const mostEscalated = 100
