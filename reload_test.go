package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/dialogs"
)

// What a writer saves is in use at the next look; what is broken is told, and
// what was there stays.
func TestSavedDialogsAreInUse(t *testing.T) {
	dir := aCopy(t, "", "")
	var used []*dialogs.Dialog
	var told strings.Builder
	w := dialogWatch{folder: os.DirFS(dir), out: &told, replace: func(list []*dialogs.Dialog) error { used = list; return nil }}
	w.seen = w.looks()
	if w.look(); used != nil || told.Len() > 0 {
		t.Fatalf("nothing was saved, and %q", told.String())
	}
	save := func(content string, at time.Time) {
		t.Helper()
		file := filepath.Join(dir, "income-change", "dialog.yaml")
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(file, at, at); err != nil {
			t.Fatal(err)
		}
		told.Reset()
		w.look()
	}
	good, err := os.ReadFile(filepath.Join(dir, "income-change", "dialog.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	save(strings.Replace(string(good), "gone up or down?", "risen or fallen?", 1), at.Add(time.Second))
	version := func() string {
		for _, d := range used {
			if d.Name == "income-change" {
				return d.Version
			}
		}
		return ""
	}
	changed := version()
	if changed == "" || !strings.Contains(told.String(), "in use as they are now") {
		t.Fatalf("a change: %q", told.String())
	}
	save("dialog: income-change\nsteps: []\n", at.Add(2*time.Second))
	if version() != changed || !strings.Contains(told.String(), "income-change/dialog.yaml:") {
		t.Errorf("a broken script: %q", told.String())
	}
	save(string(good), at.Add(3*time.Second))
	if v := version(); v == changed || v == "" {
		t.Errorf("mended: version %s, %q", v, told.String())
	}
}
