package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/dialogs"
	"parley/internal/store"
)

// seedCommand fills a database with made-up cases and their past, to measure
// with. Nobody in them can be reached: telephone numbers are those that Ofcom
// keeps for drama, and email addresses those of RFC 2606.
type seedCommand struct {
	Cases    int       `default:"100000" help:"How many cases, each of two or three parents."`
	Messages int       `default:"1000000" help:"About how many messages to and from them."`
	Workers  int       `default:"2" help:"How many fill it at once."`
	Seed     uint64    `default:"1" help:"The same seed and day make the same people and the same words."`
	Until    time.Time `placeholder:"TIME" help:"When the past ends, like 2026-11-22T10:00:00Z. Default: now."`
	Anyway   bool      `help:"Also where there are cases already."`
}

// Help shows how the command is used.
func (seedCommand) Help() string {
	return "For measuring only, on a database of its own that has been migrated. Standard output gets {\"cases\": …, \"messages\": …}.\n\nExample:\n  PARLEY_DATABASE_URL=postgres://… parley seed --cases 5000 --messages 50000"
}

// Run fills the database that the environment names.
func (c *seedCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		messages, err := c.fill(ctx, p, s.Err)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(s.Out, "{\"cases\": %d, \"messages\": %d}\n", c.Cases, messages)
		return err
	})
}

// errHasCases refuses to mix made-up cases with others.
var errHasCases = errors.New("the database holds cases: give one of its own, or say --anyway")

// seedChunk is how many cases go in together with their past.
const seedChunk = 50

// fill stores chunk after chunk, several at once, and returns how many messages
// there are.
func (c *seedCommand) fill(ctx context.Context, p *parts, progress io.Writer) (messages int64, err error) {
	if c.Cases < 1 || c.Messages < 0 || c.Workers < 1 {
		return 0, errors.New("cases and workers must be at least 1")
	}
	held, err := p.store.CasesAfter(ctx, "", 1)
	if err != nil {
		return 0, err
	}
	if len(held) > 0 && !c.Anyway {
		return 0, errHasCases
	}
	made, err := c.world(p.settings)
	if err != nil {
		return 0, err
	}
	for _, d := range made.dialogs {
		if err := keepSource(ctx, p.store, d, made.until); err != nil {
			return 0, err
		}
	}
	var filling errgroup.Group
	filling.SetLimit(c.Workers)
	var cases, said atomic.Int64
	for first := 0; first < c.Cases; first += seedChunk {
		filling.Go(func() error {
			past := made.chunk(first, min(seedChunk, c.Cases-first))
			if err := p.store.PutPast(ctx, past, made.until); err != nil {
				return err
			}
			said.Add(int64(messagesIn(past)))
			if done := cases.Add(int64(len(past.Cases))); isTerminal(progress) {
				fmt.Fprintf(progress, "\r%d of %d cases ", done, c.Cases)
			}
			return nil
		})
	}
	if err := filling.Wait(); err != nil {
		return said.Load(), err
	}
	return said.Load(), p.store.Measure(ctx)
}

// world is what all chunks share.
func (c *seedCommand) world(set settings) (*seedWorld, error) {
	until := c.Until
	if until.IsZero() {
		until = time.Now()
	}
	roster, err := readTeams(set.Teams)
	if err != nil {
		return nil, err
	}
	all, err := dialogs.Load(dialogFolder(""))
	if err != nil {
		return nil, err
	}
	w := &seedWorld{
		seed: c.Seed, until: until.UTC().Truncate(time.Second), roster: roster, dialogs: all,
		perCase: float64(c.Messages) / float64(c.Cases), vocabulary: newSeedVocabulary(c.Seed),
	}
	w.moulds, err = seedMoulds(all, w.until)
	return w, err
}

func messagesIn(p *store.Past) (n int) {
	for i := range p.Turns {
		n += len(p.Turns[i].Outgoing)
		if p.Turns[i].Inbound != nil {
			n++
		}
	}
	return n
}
