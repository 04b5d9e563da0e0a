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
	file := filepath.Join(dir, "income-change", "transcripts.txt")
	for _, c := range []struct {
		says string
		args []string
	}{
		{"down\n410 a week\nyesterday\nlater\nOK\n", nil},
		{"HELP\ni lawr\n£500 y mis\nddoe\nwedyn\nnewid 2\n£600 y mis\niawn\n", []string{"--language", "cy", "--identity", "confirmed", "--channel", "webchat"}},
		{"OK\n", []string{"--given", "direction=same", "--discreet", "--by-person"}},
		{"up\n", nil}, // left in the middle
	} {
		status, _, problems := parley(c.says, append([]string{"chat", "income-change", "--record", file, "--now", "2026-12-23T09:00:00Z"}, c.args...)...)
		if status != 0 {
			t.Fatalf("%q: %s", c.says, problems)
		}
	}
	found, err := dialogs.Check(os.DirFS(dir))
	if err != nil || len(found) > 0 {
		t.Errorf("recorded transcripts: %v, %v", found, err)
	}
	content, err := os.ReadFile(file)
	if err != nil || strings.Count(string(content), "# recorded") != 4 {
		t.Errorf("%d recorded, %v", strings.Count(string(content), "# recorded"), err)
	}
}
