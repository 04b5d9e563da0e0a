package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/templates"
	"parley/templates/notices"
)

// previewCommand shows a notice before anybody gets it.
type previewCommand struct {
	Template string             `arg:"" help:"The notice's name."`
	Data     string             `type:"existingfile" help:"A JSON file with the notice's data. Default: made up."`
	Language templates.Language `enum:"en,cy," default:"" help:"Only in this language: en or cy."`
	Form     notices.Form       `enum:"sms,email,letter,discreet," default:"" help:"Only as this: sms, email, letter or discreet."`
	Dir      string             `type:"existingdir" help:"A folder of notices. Default: Parley's own."`
}

func (previewCommand) Help() string {
	return "Prints a notice as each channel and language would carry it.\n\n" +
		`The data is an object of values by name, like {"amount": "178.50", "due": "2026-12-15", "direct": true}.` +
		"\n\nExample:\n  parley preview payment-due --language cy --form sms"
}

func (c *previewCommand) Run(s *streams) error {
	n, err := findNotice(c.Dir, c.Template)
	if err != nil {
		return err
	}
	data := n.MadeUp()
	if c.Data != "" {
		content, err := os.ReadFile(c.Data)
		if err != nil {
			return fmt.Errorf("reading the data: %w", err)
		}
		if data, err = notices.ReadData(n, content); err != nil {
			return fmt.Errorf("reading %s:\n%w", c.Data, err)
		}
	}
	for _, language := range templates.Languages() {
		for _, form := range []notices.Form{notices.SMS, notices.Discreet, notices.Email, notices.Letter} {
			if c.Language != "" && c.Language != language || c.Form != "" && c.Form != form {
				continue
			}
			r, err := n.Render(form, language, data)
			if err != nil {
				return err
			}
			fmt.Fprintf(s.Out, "== %s %s: %s\n\n", form, language, carried(form, r))
		}
	}
	return nil
}

// carried is a notice as a channel carries it: the rest of its heading line,
// and its words. A discreet one must fit a text message too.
func carried(form notices.Form, r notices.Rendered) string {
	switch form {
	case notices.SMS, notices.Discreet:
		sms := templates.PrepareSMS(r.Text)
		parts := "parts"
		if sms.Segments == 1 {
			parts = "part"
		}
		return fmt.Sprintf("%d characters, %d %s, %s\n%s", sms.Characters, sms.Segments, parts, sms.Encoding, sms.Text)
	}
	return fmt.Sprintf("%s\n%s", r.Subject, r.Text)
}

// noticesCommands are for the people who write notices.
type noticesCommands struct {
	Check noticesCheckCommand `cmd:"" help:"Find what is wrong with notices."`
	List  noticesListCommand  `cmd:"" help:"List the notices."`
}

type noticesListCommand struct {
	Dir string `type:"existingdir" help:"A folder of notices. Default: Parley's own."`
}

func (noticesListCommand) Help() string {
	return "One notice a line: name, title, for, priority, dialog that takes up the reply.\n\nExample:\n  parley notices list"
}

func (c *noticesListCommand) Run(s *streams) error {
	all, err := notices.Load(noticeFolder(c.Dir))
	if err != nil {
		return err
	}
	for _, n := range all {
		fmt.Fprintf(s.Out, "%s\t%s\t%s\t%s\t%s\n", n.Name, n.Title, cmp.Or(n.For, "anyone"), n.Priority, n.Dialog)
	}
	return nil
}

type noticesCheckCommand struct {
	Dir string `arg:"" optional:"" type:"existingdir" help:"A folder of notices. Default: Parley's own."`
}

func (noticesCheckCommand) Help() string {
	return "Prints file:line: message for every problem. Exit status 1 when there is any.\n\nExample:\n  parley notices check ./my-notices"
}

func (c *noticesCheckCommand) Run(s *streams) error {
	all, err := notices.Load(noticeFolder(c.Dir))
	problems, wrong := errors.AsType[notices.Problems](err)
	if err != nil && !wrong {
		return err
	}
	if !wrong {
		if problems, err = replyProblems(all); err != nil {
			return err
		}
	}
	for _, p := range problems {
		p.File = path.Join(c.Dir, p.File)
		fmt.Fprintln(s.Out, p)
	}
	if len(problems) > 0 {
		return errAnswerIsNo
	}
	fmt.Fprintf(s.Err, "clean notices: %d\n", len(all))
	return nil
}

// replyProblems reports notices whose reply no dialog of Parley's takes up, or
// one that is not for everybody who may get the notice.
func replyProblems(all []*notices.Notice) (notices.Problems, error) {
	list, err := dialogs.Load(scripts.FS)
	if err != nil {
		return nil, err
	}
	known := map[string]*dialogs.Dialog{"": {}} // none of its own
	for _, d := range list {
		known[d.Name] = d
	}
	var problems notices.Problems
	problem := func(n *notices.Notice, message string) {
		problems = append(problems, notices.Problem{Lint: "dialog", File: path.Join(n.Name, "notice.yaml"), Line: 1, Message: message})
	}
	for _, n := range all {
		switch d := known[n.Dialog]; {
		case d == nil:
			problem(n, fmt.Sprintf("there is no dialog %q: parley dialogs list names them", n.Dialog))
		case d.For != "" && d.For != n.For:
			problem(n, fmt.Sprintf("this is for %s, and the dialog %s for a %s", cmp.Or(n.For, "anyone"), n.Dialog, d.For))
		}
	}
	return problems, nil
}

// findNotice loads one notice of a folder, or of Parley's own.
func findNotice(dir, name string) (*notices.Notice, error) {
	all, err := notices.Load(noticeFolder(dir))
	if err != nil {
		return nil, err
	}
	for _, n := range all {
		if n.Name == name {
			return n, nil
		}
	}
	return nil, fmt.Errorf("there is no notice %q: parley notices list names them", name)
}

// noticeFolder is a folder of notices, or Parley's own.
func noticeFolder(dir string) fs.FS {
	if dir == "" {
		return notices.FS
	}
	return os.DirFS(dir)
}
