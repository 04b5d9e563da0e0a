package main

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/templates"
)

// dialogsCommands are for the people who write dialogs.
type dialogsCommands struct {
	Check dialogsCheckCommand `cmd:"" help:"Find what is wrong with dialogs, and run their transcripts."`
	List  dialogsListCommand  `cmd:"" help:"List the dialogs."`
}

type dialogsCheckCommand struct {
	Dir string `arg:"" optional:"" help:"A folder of dialogs. Default: Parley's own."`
}

func (dialogsCheckCommand) Help() string {
	return "Prints file:line: message for every problem. Exit status 1 when there is any.\n\nExample:\n  parley dialogs check ./my-dialogs"
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
	var folder fs.FS = scripts.FS
	if c.Dir != "" {
		folder = os.DirFS(c.Dir)
	}
	problems, err := dialogs.Check(folder)
	if err != nil {
		return err
	}
	for _, p := range problems {
		p.File = path.Join(c.Dir, p.File)
		fmt.Fprintln(s.Out, p)
	}
	if len(problems) > 0 {
		return errAnswerIsNo
	}
	return nil
}

type dialogsListCommand struct{}

func (dialogsListCommand) Help() string { return "Example:\n  parley dialogs list" }

func (dialogsListCommand) Run(s *streams) error {
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		return err
	}
	for _, d := range all {
		var languages []string
		for _, l := range d.Languages {
			languages = append(languages, string(l))
		}
		fmt.Fprintf(s.Out, "%s\t%s\t%s\t%s\t%s\n", d.Name, d.Version, d.Title(templates.English),
			strings.Join(languages, ","), strings.Join(dialogs.Channels(), ","))
	}
	return nil
}
