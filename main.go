// Parley is a conversation gateway: it runs scripted dialogs with parents by
// text, email, web chat and telephone, and calls an embedded calculation core.
//
// This file dispatches to the commands, one file for each group of them.
package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/alecthomas/kong"
)

// streams are where a command reads and writes. Machine-readable output goes
// to Out, everything else to Err.
type streams struct {
	In       io.Reader
	Out, Err io.Writer
}

// errAnswerIsNo ends a command whose answer is no (a check failed): exit
// status 1, and nothing more to print than what the command has printed.
var errAnswerIsNo = errors.New("the answer is no")

// commands is the whole command line.
type commands struct {
	Calculate    calculateCommand    `cmd:"" help:"Work out child maintenance, one JSON case a line."`
	Campaign     campaignCommands    `cmd:"" help:"Look at sendings to many, and pause or cancel them."`
	Chat         chatCommand         `cmd:"" help:"Talk to a dialog in the terminal."`
	Conversation conversationCommand `cmd:"" help:"Print a conversation of a running gateway."`
	Demo         demoCommand         `cmd:"" help:"Run the whole gateway here, with imagined cases and a simulated carrier."`
	Dialogs      dialogsCommands     `cmd:"" help:"Check and list dialogs."`
	Doctor       doctorCommand       `cmd:"" help:"Look whether everything a gateway needs is there."`
	Export       exportCommand       `cmd:"" help:"Print what staff corrected, or figures to publish."`
	Import       importCommand       `cmd:"" help:"Put the cases of a file into the store."`
	Inspect      inspectCommand      `cmd:"" help:"Show how a value is read, one a line."`
	Keys         keysCommands        `cmd:"" help:"Look after the keys under which what is stored is sealed."`
	Migrate      migrateCommand      `cmd:"" help:"Bring the database up to date."`
	Notices      noticesCommands     `cmd:"" help:"Check and list notices."`
	Openapi      openapiCommand      `cmd:"" help:"Print the document of the JSON API."`
	Preview      previewCommand      `cmd:"" help:"Show a notice as each channel and language would carry it."`
	Audit        auditCommand        `cmd:"" help:"Look after the record of what staff saw and did."`
	Release      releaseCommand      `cmd:"" help:"Lift what holds messages to a person, on a specialist's word."`
	Seed         seedCommand         `cmd:"" hidden:"" help:"Fill a database with made-up cases, to measure with."`
	Serve        serveCommand        `cmd:"" help:"Run the gateway."`
	Start        startCommand        `cmd:"" help:"Start a conversation at a running gateway."`
	Subject      subjectCommands     `cmd:"" help:"Answer a person who asks what is held of them, or that it be erased."`
	Version      versionCommand      `cmd:"" help:"Print the version."`
	Why          whyCommand          `cmd:"" help:"Tell what became of the last messages to a person, and why."`
}

type versionCommand struct{}

func (versionCommand) Help() string { return "Example:\n  parley version" }

func (versionCommand) Run(s *streams) error {
	_, err := fmt.Fprintln(s.Out, "parley", version())
	return err
}

func main() {
	os.Exit(run(os.Args[1:], &streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

// run parses and runs one command line and returns its exit status: 0 done,
// 1 the answer is no, 2 used wrongly.
func run(args []string, s *streams) int {
	var line commands
	exited := -1
	parser, err := kong.New(&line,
		kong.Name("parley"),
		kong.Description("A conversation gateway for child maintenance."),
		kong.Writers(s.Out, s.Err),
		kong.Exit(func(status int) { exited = status }),
		kong.Bind(s),
	)
	if err != nil {
		fmt.Fprintln(s.Err, "parley:", err)
		return 2
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	switch {
	case exited >= 0: // --help
		return exited
	case err != nil:
		fmt.Fprintln(s.Err, "parley:", err)
		return 2
	}
	switch err := command.Run(); {
	case err == nil:
		return 0
	case errors.Is(err, errAnswerIsNo):
		return 1
	default:
		fmt.Fprintln(s.Err, "parley:", err)
		return 1
	}
}
