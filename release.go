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
