package main

import (
	"fmt"
	"os"
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
	Given    map[string]string `mapsep:"none" placeholder:"NAME=VALUE" help:"A fact already known. Can be given again."`
	Now      time.Time         `help:"The time it is, like 2026-11-22T10:00:00Z. Default: now."`
	Identity string            `enum:"unknown,known,confirmed,checked" default:"known" help:"How sure we are of who writes: unknown, known, confirmed or checked."`
	Role     string            `enum:",paying parent,receiving parent" default:"" placeholder:"ROLE" help:"Which parent writes, for a dialog that asks: paying parent or receiving parent. Default: nobody known."`
	Nation   string            `enum:",england,wales,scotland,northern ireland" default:"" placeholder:"NATION" help:"Where they live, for a dialog that asks: england, wales, scotland or northern ireland."`
	Discreet bool              `help:"The person is to be contacted discreetly."`
	ByPerson bool              `help:"The person begins, not us."`
	Record   string            `placeholder:"FILE" help:"Add the conversation to this file, as a transcript that tests the dialog."`

	rehearsal *dialogs.Rehearsal
}

func (chatCommand) Help() string {
	return "Each line you write is a message from the person. On a terminal the arrow keys bring earlier lines back; NO_COLOR turns colours off.\n\nExample:\n  printf 'down\\n410 a week\\nyesterday\\nlater\\nOK\\n' | parley chat income-change"
}

// Validate finds the dialog and reads what is given for it: a mistake in
// either is one of the command line.
func (c *chatCommand) Validate() error {
	d, err := findDialog(c.Dir, c.Dialog)
	if err != nil {
		return err
	}
	if c.Now.IsZero() {
		c.Now = time.Now()
	}
	example, err := gateway.NewExample(c.Now)
	if err != nil {
		return err
	}
	facts := example.Facts()
	facts.Channel, facts.Language = c.Channel, templates.Language(c.Language)
	facts.Identity, facts.Role, facts.Nation = c.Identity, c.Role, c.Nation
	facts.Discreet, facts.ByUs, facts.Given = c.Discreet, !c.ByPerson, c.Given
	c.rehearsal = &dialogs.Rehearsal{Dialog: d, Facts: facts, Carry: example.Carry}
	_, err = d.Given(facts)
	return err
}

// Run holds the conversation, and writes it down if that is asked for.
func (c *chatCommand) Run(s *streams) error {
	var recording *dialogs.Recording
	if c.Record != "" {
		recording = dialogs.Record(c.rehearsal)
	}
	desk, leave, err := newDesk(s)
	if err != nil {
		return err
	}
	err = chat(desk, c.rehearsal, recording)
	leave()
	if err != nil || recording == nil {
		return err
	}
	return c.keep(recording.Transcript("recorded", c.Now))
}

// keep adds a transcript to a file.
func (c *chatCommand) keep(transcript string) error {
	file, err := os.OpenFile(c.Record, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("recording: %w", err)
	}
	if info, err := file.Stat(); err == nil && info.Size() > 0 {
		transcript = "\n" + transcript
	}
	if _, err := file.WriteString(transcript); err != nil {
		_ = file.Close()
		return fmt.Errorf("recording: %w", err)
	}
	return file.Close()
}

// chat shows what the dialog says and reads what the person writes, until one
// of them ends.
func chat(d *desk, r *dialogs.Rehearsal, recording *dialogs.Recording) error {
	out, err := r.Begin()
	for {
		if err != nil {
			return err
		}
		for _, m := range out.Messages {
			d.says(m.Render(r.Facts.Channel))
		}
		if recording != nil {
			recording.Heard(out)
		}
		if out.End != nil {
			return d.ends(out.End.String(), string(r.Dialog.AnswersJSON(out.State)))
		}
		text, ok, err := d.read()
		if err != nil || !ok {
			return err
		}
		if recording != nil {
			recording.Wrote(text)
		}
		if out, err = r.Say(text); err != nil {
			return err
		}
	}
}
