package main

import (
	"fmt"
	"time"

	"parley/dialogs"
	"parley/dialogs/understanding"
	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/routes"
)

type dialogsRoutesCommand struct {
	Check bool   `xor:"what" help:"Find gaps, overlaps and unknown names. Signposts past their day of review are told of, and are no problem."`
	Draw  bool   `xor:"what" help:"Draw the table as a Mermaid flowchart."`
	Dir   string `type:"existingdir" help:"A folder of dialogs. Default: Parley's own."`
	Now   string `help:"Today, for the days of review, like 2026-11-22. Default: the clock's."`
}

func (dialogsRoutesCommand) Help() string {
	return "Where what people write first leads: one row a line, with tabs between what it is about, for whom, and where to. " +
		"--check prints file:line: message for every problem and exits with status 1 when there is any.\n\nExample:\n  parley dialogs routes --check"
}

func (c *dialogsRoutesCommand) Run(s *streams) error {
	table, err := routes.Shipped()
	if err != nil {
		return err
	}
	switch {
	case c.Check:
		return c.check(s, table)
	case c.Draw:
		_, err = fmt.Fprint(s.Out, table.Draw())
		return err
	}
	for _, row := range table.Rows() {
		fmt.Fprintln(s.Out, row)
	}
	return nil
}

func (c *dialogsRoutesCommand) check(s *streams, table *routes.Table) error {
	today := calculation.DateOf(time.Now())
	if c.Now != "" {
		var err error
		if today, err = calculation.ParseDate(c.Now); err != nil {
			return fmt.Errorf("--now: %w", err)
		}
	}
	all, err := dialogs.Load(dialogFolder(c.Dir))
	if err != nil {
		return err
	}
	signposts, err := routes.ShippedSignposts()
	if err != nil {
		return err
	}
	for _, late := range signposts.Overdue(today) {
		fmt.Fprintln(s.Err, "warning:", late)
	}
	if err := table.Check(routable(all, signposts)); err != nil {
		fmt.Fprintln(s.Out, err)
		return errAnswerIsNo
	}
	return nil
}

// routable is all that the table of routes may name.
func routable(all []*dialogs.Dialog, signposts *routes.Signposts) routes.Known {
	known := routes.Known{Intents: understanding.Intents(), Dialogs: all, Signposts: signposts}
	for _, w := range []understanding.Wish{understanding.ByLetter, understanding.ByEmail, understanding.ByText, understanding.ByCall, understanding.NoCalls, understanding.NoTexts} {
		known.Wishes = append(known.Wishes, string(w))
	}
	for _, p := range []understanding.Pointer{understanding.UniversalCredit, understanding.OtherBenefits, understanding.CouncilTax, understanding.FamilyCourt,
		understanding.HousingOffice, understanding.TaxOffice} {
		known.Pointers = append(known.Pointers, string(p))
	}
	for _, kind := range gateway.WorkItemKinds() {
		known.Work = append(known.Work, string(kind))
	}
	return known
}
