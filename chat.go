package main

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/templates"
)

// chatCommand talks to a dialog in the terminal, without a gateway around it.
type chatCommand struct {
	Dialog   string            `arg:"" help:"The dialog's name, see parley dialogs list."`
	Dir      string            `type:"existingdir" help:"A folder of dialogs. Default: Parley's own."`
	Channel  string            `enum:"sms,webchat,email,voice" default:"sms" help:"The channel to show it on: sms, webchat, email or voice."`
	Language string            `enum:"en,cy" default:"en" help:"en or cy."`
	Given    map[string]string `placeholder:"NAME=VALUE" help:"A fact already known. Can be given again."`
	Now      time.Time         `help:"The time it is, like 2026-11-22T10:00:00Z. Default: now."`
	Identity string            `enum:"unknown,known,confirmed,checked" default:"known" help:"How sure we are of who writes: unknown, known, confirmed or checked."`
	Discreet bool              `help:"The person is to be contacted discreetly."`
	ByPerson bool              `help:"The person begins, not us."`

	rehearsal *dialogs.Rehearsal
}

func (chatCommand) Help() string {
	return "Each line you write is a message from the person.\n\nExample:\n  printf 'down\\n410 a week\\nyesterday\\nlater\\nOK\\n' | parley chat income-change"
}

// Validate finds the dialog and reads what is given for it: a mistake in
// either is one of the command line.
func (c *chatCommand) Validate() error {
	d, err := findDialog(c.Dir, c.Dialog)
	if err != nil {
		return err
	}
	now := c.Now
	if now.IsZero() {
		now = time.Now()
	}
	example, err := gateway.NewExample(now)
	if err != nil {
		return err
	}
	facts := example.Facts()
	facts.Channel, facts.Language = c.Channel, templates.Language(c.Language)
	facts.Identity, facts.Discreet, facts.ByUs, facts.Given = c.Identity, c.Discreet, !c.ByPerson, c.Given
	c.rehearsal = &dialogs.Rehearsal{Dialog: d, Facts: facts, Carry: example.Carry}
	_, err = d.Given(facts)
	return err
}

func (c *chatCommand) Run(s *streams) error { return chat(s, c.rehearsal) }

// chat shows what the dialog says and reads what the person writes, until one
// of them ends.
func chat(s *streams, r *dialogs.Rehearsal) error {
	out, err := r.Begin()
	lines := bufio.NewScanner(s.In)
	lines.Buffer(nil, longestLine)
	for {
		if err != nil {
			return err
		}
		for _, m := range out.Messages {
			fmt.Fprintln(s.Out, "< "+strings.ReplaceAll(m.Render(r.Facts.Channel), "\n", "\n  "))
		}
		if out.End != nil {
			_, err := fmt.Fprintf(s.Out, "= %s %s\n", out.End.Outcome, r.Dialog.AnswersJSON(out.State))
			return err
		}
		if !lines.Scan() {
			return lines.Err()
		}
		out, err = r.Say(lines.Text())
	}
}
