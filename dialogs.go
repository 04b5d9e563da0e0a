package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/templates"
)

// dialogsCommands are for the people who write dialogs.
type dialogsCommands struct {
	Check   dialogsCheckCommand   `cmd:"" help:"Find what is wrong with dialogs, and run their transcripts."`
	Draw    dialogsDrawCommand    `cmd:"" help:"Draw a dialog as a Mermaid flowchart."`
	Explore dialogsExploreCommand `cmd:"" help:"Walk every path of dialogs."`
	List    dialogsListCommand    `cmd:"" help:"List the dialogs."`
	Print   dialogsPrintCommand   `cmd:"" help:"Write a page about each dialog: its picture, and conversations to read aloud."`
	Replay  dialogsReplayCommand  `cmd:"" help:"Try drafts of dialogs on the conversations of the past."`
	Routes  dialogsRoutesCommand  `cmd:"" help:"Show, check or draw where what people write first leads."`
	Schema  dialogsSchemaCommand  `cmd:"" help:"Print a JSON Schema of a dialog's files, for editors."`
}

type dialogsListCommand struct {
	JSON bool   `help:"As JSON, with a schema of what each dialog collects."`
	Dir  string `type:"existingdir" help:"A folder of dialogs. Default: Parley's own."`
}

func (dialogsListCommand) Help() string {
	return "One dialog a line: name, version, title, languages, channels.\n\nExample:\n  parley dialogs list --json"
}

// listed is one dialog as the list shows it.
type listed struct {
	Name      string               `json:"name"`
	Version   string               `json:"version"`
	Title     string               `json:"title"`
	For       string               `json:"for"`
	Identity  string               `json:"identity"`
	Intents   []string             `json:"intents"`
	Languages []templates.Language `json:"languages"`
	Channels  []string             `json:"channels"`
	Outcomes  dialogs.Outcomes     `json:"outcomes"`
	Answers   *dialogs.Schema      `json:"answers"` // what a report and a hand-off hold
}

func (c *dialogsListCommand) Run(s *streams) error {
	all, err := dialogs.Load(dialogFolder(c.Dir))
	if err != nil {
		return err
	}
	list := make([]listed, len(all))
	for i, d := range all {
		list[i] = listed{
			Name: d.Name, Version: d.Version, Title: d.Title(templates.English), For: cmp.Or(d.For, "anyone"), Identity: d.Identity,
			Intents: d.Intents, Languages: d.Languages, Channels: dialogs.Channels(), Outcomes: d.Outcomes(), Answers: d.AnswersSchema(),
		}
	}
	if c.JSON {
		out := json.NewEncoder(s.Out)
		out.SetIndent("", "  ")
		return out.Encode(list)
	}
	for _, d := range list {
		var languages []string
		for _, l := range d.Languages {
			languages = append(languages, string(l))
		}
		fmt.Fprintf(s.Out, "%s\t%s\t%s\t%s\t%s\n", d.Name, d.Version, d.Title, strings.Join(languages, ","), strings.Join(d.Channels, ","))
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

type dialogsPrintCommand struct {
	Dialog string `arg:"" optional:"" help:"The dialog's name. Default: all of them."`
	Dir    string `type:"existingdir" help:"A folder of dialogs. Default: Parley's own."`
	Out    string `default:"docs/dialogs" help:"The folder to write to; it is made when there is none."`
}

func (dialogsPrintCommand) Help() string {
	return "Writes NAME.md for each dialog: what it is for, its drawing, and whole conversations from its transcripts, in each language.\n\n" +
		"Example:\n  parley dialogs print income-change --out docs/dialogs"
}

func (c *dialogsPrintCommand) Run(s *streams) error {
	all, err := dialogs.Load(dialogFolder(c.Dir))
	if c.Dialog != "" {
		var d *dialogs.Dialog
		d, err = findDialog(c.Dir, c.Dialog)
		all = []*dialogs.Dialog{d}
	}
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("making the folder for the pages: %w", err)
	}
	for _, d := range all {
		page, err := d.Page(dialogFolder(c.Dir))
		if err != nil {
			return err
		}
		file := filepath.Join(c.Out, d.Name+".md")
		if err := os.WriteFile(file, []byte(page), 0o644); err != nil {
			return fmt.Errorf("writing the page of %s: %w", d.Name, err)
		}
		fmt.Fprintln(s.Out, file)
	}
	return nil
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
