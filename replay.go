package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"parley/dialogs"
	"parley/gateway"
)

// dialogsReplayCommand holds past conversations once more, on drafts.
type dialogsReplayCommand struct {
	Dir  string `arg:"" type:"existingdir" help:"A folder of dialogs: the drafts."`
	Days int    `default:"30" help:"How far back: conversations that began in the last so many days."`
	JSON bool   `help:"One JSON object a line: each difference, then each dialog's counts."`
}

// Help shows how the command is used.
func (dialogsReplayCommand) Help() string {
	return `Each conversation of the past is held again on the draft of its dialog, with what the person wrote then. Told are the differences: where the draft would ask differently, understand differently, end elsewhere, or ask again what was answered; never what was said. The exit status is 1 when anything would be otherwise. Settings come from the environment as for parley serve (for a demo: PARLEY_DATA_DIR=data/demo and the key that docs/operating.md names); a gateway may be running meanwhile, and nothing is changed or sent.

Example:
  parley dialogs replay ./my-dialogs --days 7`
}

// Run tries every draft that loads.
func (c *dialogsReplayCommand) Run(s *streams) error {
	drafts, err := dialogs.Load(dialogFolder(c.Dir))
	if err != nil {
		return err
	}
	return withStore(func(ctx context.Context, p *parts) error {
		out := replayPrinter{json: c.JSON, out: s.Out, progress: s.Err, live: isTerminal(s.Err)}
		trials, since := gateway.NewTrials(p.store), time.Now().AddDate(0, 0, -c.Days)
		for _, draft := range drafts {
			tried, err := trials.Run(ctx, draft, since, out.difference, out.done)
			if err == nil {
				err = out.tried(tried)
			}
			if err != nil {
				return fmt.Errorf("trying %s: %w", draft.Name, err)
			}
		}
		if out.conversations == 0 {
			fmt.Fprintf(s.Err, "No conversations on these dialogs began in the last %d days here.\n", c.Days)
		}
		if out.otherwise {
			return errAnswerIsNo
		}
		return nil
	})
}

// replayPrinter tells what became of trials, for people or for programs.
type replayPrinter struct {
	json          bool
	out           io.Writer
	progress      io.Writer
	live          bool // progress goes to a terminal
	otherwise     bool
	conversations int
}

func (p *replayPrinter) difference(d gateway.Difference) error {
	p.otherwise = true
	if p.json {
		return json.NewEncoder(p.out).Encode(d)
	}
	_, err := fmt.Fprintf(p.out, "%s turn %d, %s: %s: %s\n", d.Conversation, d.Turn, d.Step, d.Kind, d.Detail)
	return err
}

func (p *replayPrinter) done(n, of int) {
	if p.live {
		fmt.Fprintf(p.progress, "\r%d of %d ", n, of)
		if n == of {
			fmt.Fprint(p.progress, "\r\x1b[K")
		}
	}
}

func (p *replayPrinter) tried(t gateway.Tried) error {
	p.conversations += t.Conversations
	if t.Conversations == 0 {
		return nil
	}
	if p.json {
		return json.NewEncoder(p.out).Encode(t)
	}
	fmt.Fprintf(p.out, "%s: %d conversations, %d would go otherwise", t.Dialog, t.Conversations, t.Otherwise)
	for _, kind := range gateway.DifferenceKinds() {
		if n := t.Kinds[kind]; n > 0 {
			fmt.Fprintf(p.out, ", %d × %s", n, kind)
		}
	}
	if t.Unrepeatable > 0 {
		fmt.Fprintf(p.out, ", %d cannot be repeated", t.Unrepeatable)
	}
	_, err := fmt.Fprintln(p.out)
	return err
}
