package main

import (
	"context"
	"fmt"
	"time"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
	"parley/gateway"
	"parley/internal/console"
	"parley/internal/telemetry"
)

// exportCommand prints what the service keeps, for use elsewhere.
type exportCommand struct {
	Labels   bool   `required:"" xor:"what" help:"What staff say that messages were about, as lines for the corpus that reading is learnt from."`
	OpenData string `required:"" xor:"what" placeholder:"QUARTER" help:"A quarter's figures as CSV, as everybody may see them: 2026-Q4."`
}

// Help shows how the command is used.
func (exportCommand) Help() string {
	return `A label is a line of two columns, with a tab between them: the file of the corpus that it belongs to, and the line itself. Email addresses, long numbers, postcodes and National Insurance numbers are blanked. Names of people and places are not: a person must read each line, and take out what tells of anybody, before it is added. Nothing is learnt from labels by itself.

Open data has no number under 5, nor what one could be reckoned from. While its figures can still change each row says provisional: do not publish those.

Settings come from the environment as for parley serve; a gateway may be running meanwhile.

Example:
  parley export --labels > labels.tsv
  parley export --open-data 2026-Q3 > open-data-2026-Q3.csv`
}

// Run prints what was asked for.
func (c *exportCommand) Run(s *streams) error {
	if c.Labels {
		return withStore(func(ctx context.Context, p *parts) error { return exportLabels(ctx, p, s) })
	}
	quarter, err := gateway.ParseQuarter(c.OpenData)
	if err != nil {
		return err
	}
	return withStore(func(ctx context.Context, p *parts) error {
		book, err := gateway.NewFigureBook(p.store, "", time.Now)
		if err != nil {
			return err
		}
		rows, final, err := book.OpenData(ctx, quarter)
		if err != nil {
			return err
		}
		return console.WriteOpenData(s.Out, quarter, rows, final)
	})
}

// labelsAtOnce is how many messages with labels are read together.
const labelsAtOnce = 200

// exportLabels prints the label that stands of each message that has any.
func exportLabels(ctx context.Context, p *parts, s *streams) error {
	var after gateway.MessageID
	lines, none := 0, 0
	for {
		list, err := p.store.AllLabelled(ctx, after, labelsAtOnce)
		if err != nil {
			return err
		}
		for _, m := range list {
			file, line, err := correction(m).Line()
			if err != nil { // it had no words, or there is no such intent any more
				none++
				fmt.Fprintf(s.Err, "message %s: %v\n", m.ID, err)
				continue
			}
			lines++
			if _, err := fmt.Fprintf(s.Out, "%s\t%s\n", file, line); err != nil {
				return fmt.Errorf("writing the labels: %w", err)
			}
		}
		if len(list) < labelsAtOnce {
			break
		}
		after = list[len(list)-1].ID
	}
	_, err := fmt.Fprintf(s.Err, "%d lines, %d messages passed over. Read each line before it is learnt from: names of people and places are still in it.\n", lines, none)
	return err
}

// correction is a message with what the latest label says of it, blanked as far
// as can be told without reading it.
func correction(m gateway.Labelled) corpus.Correction {
	l := m.Labels[len(m.Labels)-1]
	return corpus.Correction{
		Text: telemetry.Redact(m.Text), Intents: l.Intents, Danger: understanding.Danger(l.Danger), Language: string(l.Language),
	}
}
