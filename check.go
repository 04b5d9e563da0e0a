package main

import (
	"fmt"
	"os"
	"path"
	"strings"

	"parley/dialogs"
)

type dialogsCheckCommand struct {
	Dir string `arg:"" optional:"" help:"A folder of dialogs. Default: Parley's own."`
}

// Help lists what is looked for.
func (dialogsCheckCommand) Help() string {
	var b strings.Builder
	b.WriteString("Prints file:line:column: message for every problem, and what the transcripts walk on standard error. " +
		"Exit status 1 when there is any problem.\n\nExample:\n  parley dialogs check ./my-dialogs\n\nLooks for:\n")
	for _, lint := range dialogs.Lints() {
		fmt.Fprintf(&b, "  %-20s %s\n", lint.Name, lint.About)
	}
	return b.String()
}

// Validate looks whether there is such a folder.
func (c *dialogsCheckCommand) Validate() error {
	if c.Dir == "" {
		return nil
	}
	if f, err := os.Stat(c.Dir); err != nil || !f.IsDir() {
		return fmt.Errorf("there is no folder %s", c.Dir)
	}
	return nil
}

func (c *dialogsCheckCommand) Run(s *streams) error {
	reviews, err := dialogs.ReviewAll(dialogFolder(c.Dir))
	if err != nil {
		return err
	}
	found := false
	for _, review := range reviews {
		fmt.Fprintln(s.Err, review)
		for _, p := range review.Problems {
			p.File = path.Join(c.Dir, p.File)
			fmt.Fprintln(s.Out, p)
			found = true
		}
	}
	if found {
		return errAnswerIsNo
	}
	return nil
}
