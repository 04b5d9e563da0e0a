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
	Draw  dialogsDrawCommand  `cmd:"" help:"Draw a dialog as a Mermaid flowchart."`
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
	problems, err := dialogs.Check(dialogFolder(c.Dir))
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

type dialogsDrawCommand struct {
	Dialog string `arg:"" help:"The dialog's name."`
	Dir    string `type:"existingdir" help:"A folder of dialogs. Default: Parley's own."`
}

func (dialogsDrawCommand) Help() string {
	return "The picture can be pasted wherever Mermaid is understood.\n\nExample:\n  parley dialogs draw income-change"
}

func (c *dialogsDrawCommand) Run(s *streams) error {
	d, err := findDialog(c.Dir, c.Dialog)
	if err != nil {
		return err
	}
	_, err = fmt.Fprint(s.Out, d.Draw())
	return err
}

// findDialog loads one dialog of a folder, or of Parley's own.
func findDialog(dir, name string) (*dialogs.Dialog, error) {
	all, err := dialogs.Load(dialogFolder(dir))
	if err != nil {
		return nil, err
	}
	for _, d := range all {
		if d.Name == name {
			return d, nil
		}
	}
	return nil, fmt.Errorf("there is no dialog %q: parley dialogs list names them", name)
}

// dialogFolder is a folder of dialogs, or Parley's own.
func dialogFolder(dir string) fs.FS {
	if dir == "" {
		return scripts.FS
	}
	return os.DirFS(dir)
}
