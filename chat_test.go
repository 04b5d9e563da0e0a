package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/dialogs"
)

// On a terminal the dialog's words have a colour, the arrow brings an earlier
// line back, and the outcome is told.
func TestChatOnATerminal(t *testing.T) {
	const up, enter = "\x1b[A", "\r"
	for _, colours := range []bool{true, false} {
		c := chatCommand{Dialog: "income-change", Channel: "sms", Language: "en", Identity: "known"}
		if err := c.Validate(); err != nil {
			t.Fatal(err)
		}
		var screen strings.Builder
		d := terminalDesk(strings.NewReader("same"+enter+"newid"+enter+up+up+enter+"OK"+enter), &screen, colours)
		if err := chat(d, c.rehearsal, nil); err != nil {
			t.Fatal(err)
		}
		shown := screen.String()
		if n := strings.Count(shown, "same"); n < 2 {
			t.Errorf("the line is brought back %d times:\n%q", n, shown)
		}
		if !strings.Contains(shown, `reported`) || strings.Contains(shown, saysColour) != colours {
			t.Errorf("colours %t:\n%q", colours, shown)
		}
	}
}

// What was typed becomes a transcript that passes, with what was given and what
// the calls gave.
func TestARecordedChatIsATranscript(t *testing.T) {
	dir := aCopy(t, "", "")
	recorded := 0
	for _, c := range []struct {
		dialog, says string
		args         []string
	}{
		{"income-change", "down\n410 a week\nyesterday\nlater\nOK\n", nil},
		{"income-change", "HELP\ni lawr\n£500 y mis\nddoe\nwedyn\nnewid 2\n£600 y mis\niawn\n", []string{"--language", "cy", "--identity", "confirmed", "--channel", "webchat"}},
		{"income-change", "OK\n", []string{"--given", "direction=same", "--discreet", "--by-person"}},
		{"income-change", "up\n", nil},                                // left in the middle
		{"calculator", "no\n£400 a week\n2\nnone\n1\nyes\nok\n", nil}, // what the call gives is in words of both languages
		{"calculator", "na\n£400 yr wythnos\n2\ndim\n1\nie\niawn\n", []string{"--language", "cy"}},
		{"how-worked-out", "1, 2, 3, 4\nnone\n", []string{"--identity", "confirmed"}},
		{"my-payments", "dim byd arall\n", []string{"--identity", "confirmed", "--language", "cy", "--role", "paying parent"}},
		{"welcome", "cannot pay\n", []string{"--by-person", "--role", "paying parent", "--nation", "northern ireland"}},
	} {
		file := filepath.Join(dir, c.dialog, "transcripts.txt")
		status, _, problems := parley(c.says, append([]string{"chat", c.dialog, "--record", file, "--now", "2026-12-23T09:00:00Z"}, c.args...)...)
		recorded++
		if status != 0 {
			t.Fatalf("%q: %s", c.says, problems)
		}
	}
	found, err := dialogs.Check(os.DirFS(dir))
	if err != nil || len(found) > 0 {
		t.Errorf("recorded transcripts: %v, %v", found, err)
	}
	written := 0
	for _, dialog := range []string{"income-change", "calculator", "how-worked-out", "my-payments", "welcome"} {
		content, err := os.ReadFile(filepath.Join(dir, dialog, "transcripts.txt"))
		if err != nil {
			t.Fatal(err)
		}
		written += strings.Count(string(content), "# recorded")
	}
	if written != recorded {
		t.Errorf("%d written, want %d", written, recorded)
	}
}
