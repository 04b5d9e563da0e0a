package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path"
	"strings"

	"golang.org/x/sync/errgroup"

	"parley/dialogs"
)

type dialogsCheckCommand struct {
	Dir     string `arg:"" optional:"" help:"A folder of dialogs. Default: Parley's own."`
	Explore bool   `help:"Walk every path too, as parley dialogs explore does."`
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
	found := 0
	for _, review := range reviews {
		fmt.Fprintln(s.Err, review)
		found += s.problems(c.Dir, review.Problems)
	}
	if c.Explore && found == 0 {
		return explore(s, c.Dir, "")
	}
	if found > 0 {
		return errAnswerIsNo
	}
	return nil
}

// problems prints problems of a folder, and counts them.
func (s *streams) problems(dir string, list dialogs.Problems) int {
	for _, p := range list {
		p.File = path.Join(dir, p.File)
		fmt.Fprintln(s.Out, p)
	}
	return len(list)
}

type dialogsExploreCommand struct {
	Dialog string `arg:"" optional:"" help:"The dialog's name. Default: all of them."`
	Dir    string `type:"existingdir" help:"A folder of dialogs. Default: Parley's own."`
}

func (dialogsExploreCommand) Help() string {
	return "Walks every path that the conditions of a dialog can tell apart, with the longest answers, in every language. " +
		"Prints file:line:column: message for every problem; on standard error how many paths there were, and which branches none of them took. " +
		"Exit status 1 when there is any problem.\n\nExample:\n  parley dialogs explore income-change"
}

func (c *dialogsExploreCommand) Run(s *streams) error { return explore(s, c.Dir, c.Dialog) }

// explore walks a dialog of a folder, or all of them.
func explore(s *streams, dir, name string) error {
	all, err := dialogs.Load(dialogFolder(dir))
	var wrong dialogs.Problems
	switch {
	case errors.As(err, &wrong):
		s.problems(dir, wrong)
		return errAnswerIsNo
	case err != nil:
		return err
	}
	if name != "" {
		d, err := findDialog(dir, name)
		if err != nil {
			return err
		}
		all = []*dialogs.Dialog{d}
	}
	found := make([]dialogs.Problems, len(all))
	explored := make([]dialogs.Explored, len(all))
	var each errgroup.Group
	for i, d := range all {
		each.Go(func() (err error) {
			explored[i], found[i], err = d.Explore(dialogs.EveryPath)
			return err
		})
	}
	if err := each.Wait(); err != nil {
		return err
	}
	problems := 0
	for i := range all {
		fmt.Fprintln(s.Err, explored[i])
		for _, missed := range explored[i].Missed {
			fmt.Fprintf(s.Err, "%s: %s\n", explored[i].Dialog, missed)
		}
		problems += s.problems(dir, found[i])
	}
	if problems > 0 {
		return errAnswerIsNo
	}
	return nil
}

type dialogsSchemaCommand struct {
	Of string `arg:"" optional:"" enum:"script,words" default:"script" help:"script for dialog.yaml, words for cy.yaml."`
}

func (dialogsSchemaCommand) Help() string {
	return "Prints a JSON Schema by which an editor completes and checks a file as it is written.\n\nExample:\n  parley dialogs schema script > dialog.schema.json"
}

func (c *dialogsSchemaCommand) Run(s *streams) error {
	schema := dialogs.ScriptSchema()
	if c.Of == "words" {
		schema = dialogs.WordsSchema()
	}
	out := json.NewEncoder(s.Out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(schema)
}
