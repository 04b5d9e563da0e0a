package main

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/dialogs/scripts"
	"parley/internal/simulator"
)

// aCopy is a folder of Parley's own dialogs, with a text of income-change
// replaced.
func aCopy(t *testing.T, text, with string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, scripts.FS); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "income-change", "dialog.yaml")
	content, err := fs.ReadFile(scripts.FS, "income-change/dialog.yaml")
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(content), text, with, 1)
	if text != "" && changed == string(content) {
		t.Fatalf("the script has no %q", text)
	}
	if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// A draft is tried on what a running gateway has recorded, and how a
// conversation stood after a turn can be seen.
func TestThePastCanBeHeldAgain(t *testing.T) {
	w := newWorld(t, onSQLite(t), 1, simulator.TwilioConfig{}, "PARLEY_API_TOKENS=test:"+demoAPI)
	n := w.begin(plan{})
	w.interviewed(0, 0, len(interview))
	for _, setting := range w.setting {
		name, value, _ := strings.Cut(setting, "=")
		t.Setenv(name, value)
	}

	status, out, problems := parley("", "dialogs", "replay", aCopy(t, "", ""))
	if status != 0 || !strings.HasPrefix(out, "income-change: 1 conversations, 0 would go otherwise\n") {
		t.Errorf("the same dialogs: status %d, %s%s", status, out, problems)
	}
	draft := aCopy(t, `answer: date, not after today`, `answer: date, after today`)
	status, out, problems = parley("", "dialogs", "replay", "--json", draft)
	var d struct{ Conversation, Step, Kind string }
	if err := json.NewDecoder(strings.NewReader(out)).Decode(&d); err != nil || status != 1 || d.Step != "since" || d.Kind != "understands differently" {
		t.Errorf("another date: status %d, %s%s", status, out, problems)
	}

	status, out, problems = parley("", "conversation", "--url", n.url, "--token", demoAPI, "--turn", "3", d.Conversation)
	var stood struct {
		Waits   string
		Answers struct{ Direction, Since string }
	}
	if err := json.Unmarshal([]byte(out), &stood); err != nil || status != 0 || stood.Waits != "since" || stood.Answers.Direction != "down" || stood.Answers.Since != "" {
		t.Errorf("after turn 3: status %d, %s%s", status, out, problems)
	}
	if status, _, _ := parley("", "conversation", "--url", n.url, "--token", demoAPI, "--turn", "99", d.Conversation); status == 0 {
		t.Error("there is a turn 99")
	}
}
