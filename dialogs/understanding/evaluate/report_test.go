package main

import (
	"os"
	"path/filepath"
	"testing"

	"parley/dialogs/understanding"
	"parley/dialogs/understanding/corpus"
)

// The committed report is what the shipped model reaches, and that is no less
// than the floors: a little below what it reached when they were set.
func TestTheReportIsTrue(t *testing.T) {
	reader, err := understanding.New()
	if err != nil {
		t.Fatal(err)
	}
	scores, err := os.ReadFile("public.md")
	if err != nil {
		t.Fatal(err)
	}
	files, m, err := evaluate(reader, corpus.FS(), string(scores))
	if err != nil {
		t.Fatal(err)
	}
	for path, content := range files {
		committed, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", path))
		if err != nil || string(committed) != content {
			t.Errorf("docs/%s is not of this model (%v): go run ./dialogs/understanding/evaluate", path, err)
		}
	}
	found, alarms := m.dangers()
	read, worries := m.looked()
	_, figures := m.where(func(o outcome) bool { return o.Kind == corpus.Innocent }).dangers()
	en, _ := m.single("en").macro()
	cy, _ := m.single("cy").macro()
	for _, floor := range []struct {
		name           string
		reached, least float64
	}{
		{"macro F1, English", en, 0.855}, {"macro F1, Welsh", cy, 0.84}, {"danger acted on", found.recall(), 0.82},
		{"danger acted on or read", read.recall(), 0.965}, {"quiet where there is no danger", 1 - alarms.recall(), 0.989},
		{"nothing to read where there is no danger", 1 - worries.recall(), 0.895}, {"quiet at figures of speech", 1 - figures.recall(), 0.93},
		{"both of two matters", m.both().recall(), 0.64},
	} {
		if floor.reached < floor.least {
			t.Errorf("%s: %.3f, floor %.3f", floor.name, floor.reached, floor.least)
		}
	}
}
