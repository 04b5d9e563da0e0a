package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// desk is where a writer of dialogs tries one: a terminal with colours and a
// history of lines, or a pipe.
type desk struct {
	out    io.Writer
	read   func() (line string, ok bool, err error)
	colour func(code, text string) string
}

// The colours of what the dialog says, and of how it ends (ECMA-48).
const (
	saysColour = "\x1b[36m"
	endsColour = "\x1b[1;32m"
	noColour   = "\x1b[0m"
)

// newDesk makes a desk of the streams. leave gives the terminal back.
func newDesk(s *streams) (d *desk, leave func(), err error) {
	in, ok := s.In.(*os.File)
	if !ok || !term.IsTerminal(int(in.Fd())) || !isTerminal(s.Out) {
		return pipedDesk(s), func() {}, nil
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, nil, fmt.Errorf("using the terminal: %w", err)
	}
	return terminalDesk(in, s.Out, os.Getenv("NO_COLOR") == ""), func() { _ = term.Restore(int(in.Fd()), before) }, nil
}

func pipedDesk(s *streams) *desk {
	lines := bufio.NewScanner(s.In)
	lines.Buffer(nil, longestLine)
	return &desk{out: s.Out, colour: plainly, read: func() (string, bool, error) {
		ok := lines.Scan()
		return lines.Text(), ok, lines.Err()
	}}
}

func plainly(_, text string) string { return text }

// terminalDesk edits lines on a raw terminal. Control-D and Control-C leave.
func terminalDesk(in io.Reader, out io.Writer, colours bool) *desk {
	terminal := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{in, out}, "> ")
	d := &desk{out: terminal, colour: plainly, read: func() (string, bool, error) {
		line, err := terminal.ReadLine()
		if errors.Is(err, io.EOF) {
			return "", false, nil
		}
		return line, err == nil, err
	}}
	if colours {
		d.colour = func(code, text string) string { return code + text + noColour }
	}
	return d
}

// says shows what the dialog says.
func (d *desk) says(text string) {
	fmt.Fprintln(d.out, d.colour(saysColour, "< "+strings.ReplaceAll(text, "\n", "\n  ")))
}

// ends shows how the dialog ended, and what was answered.
func (d *desk) ends(outcome, answers string) error {
	_, err := fmt.Fprintln(d.out, d.colour(endsColour, "= "+outcome)+" "+answers)
	return err
}
