package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// The four steps of parley keys rotate --help, as commands: at the end the first
// key is gone, and everybody is still found and read.
func TestKeysAreReplacedByCommands(t *testing.T) {
	ownEnvironment(t)
	first, next := os.Getenv("PARLEY_SECRET_KEY"), strings.Repeat("n", 40)
	if status, _, problems := parley(aCase(1, "leeds-2"), "import", "-"); status != 0 {
		t.Fatal(problems)
	}
	plantFile(t)
	status, lookup, problems := parley("", "keys", "lookup")
	if status != 0 || len(strings.TrimSpace(lookup)) < 32 || strings.Contains(lookup, first) {
		t.Fatalf("the lookup key is %q, %s", lookup, problems)
	}
	t.Setenv("PARLEY_SECRET_KEY", next)
	if status, _, problems := parley("", "keys", "rotate"); status != 1 || !strings.Contains(problems, "none of the secret keys") {
		t.Errorf("without the earlier key: status %d, %s", status, problems)
	}
	t.Setenv("PARLEY_OTHER_SECRET_KEYS", first)
	if status, _, problems := parley("", "keys", "rotate"); status != 1 || !strings.Contains(problems, "lookup key") {
		t.Errorf("without the lookup key: status %d, %s", status, problems)
	}
	t.Setenv("PARLEY_LOOKUP_KEY", strings.TrimSpace(lookup))
	status, out, problems := parley("", "keys", "rotate")
	if status != 0 || !strings.Contains(out, "people.sealed: 2 sealed again, 0 already were, 0 open under no key") || !strings.Contains(out, "evidence: 1 sealed again") {
		t.Errorf("status %d, out %s, problems %s", status, out, problems)
	}
	t.Setenv("PARLEY_OTHER_SECRET_KEYS", "")
	status, out, problems = parley("", "keys", "rotate")
	if status != 0 || strings.Contains(out, " 1 sealed again") || !strings.Contains(out, "evidence: 0 sealed again, 1 already were") {
		t.Errorf("a second time: status %d, out %s, problems %s", status, out, problems)
	}
	if status, out, problems := parley("", "subject", "export", "--person", "P1", "--by", "ann", "--reason", "SAR-1"); status != 0 || !strings.Contains(out, "+447700900001") {
		t.Errorf("status %d, out %s, problems %s", status, out, problems)
	}
}

// What is held of a person is printed, then erased with their file; both are
// written down, and the other parent is as before.
func TestSubjectByCommands(t *testing.T) {
	ownEnvironment(t)
	if status, _, problems := parley(aCase(1, "leeds-2"), "import", "-"); status != 0 {
		t.Fatal(problems)
	}
	folder := plantFile(t)
	command := func(what string) (int, string) {
		status, out, problems := parley("", "subject", what, "--person", "P1", "--by", "ann", "--reason", "because 42")
		return status, out + problems
	}
	status, out := command("export")
	var subject struct{ Held map[string][]map[string]any }
	if err := json.Unmarshal([]byte(out), &subject); status != 0 || err != nil || len(subject.Held["people"]) != 1 || len(subject.Held["files"]) != 1 || strings.Contains(out, "R1") {
		t.Errorf("export: status %d, %v, %s", status, err, out)
	}
	if status, out := command("erase"); status != 0 || !strings.Contains(out, "people: 1") || !strings.Contains(out, "files: 1") {
		t.Errorf("erase: status %d, %s", status, out)
	}
	if left := filesUnder(t, folder); len(left) > 0 {
		t.Errorf("of the evidence is left %q", left)
	}
	for _, what := range []string{"export", "erase"} {
		if status, out := command(what); status != 1 {
			t.Errorf("%s of nobody: status %d, %s", what, status, out)
		}
	}
	checkWrittenDown(t)
	if status, out, _ := parley("", "subject", "retention"); status != 0 || !strings.Contains(out, "messages: 2190 days, ") {
		t.Errorf("retention: status %d, %s", status, out)
	}
}

// checkWrittenDown looks for what was done in the audit, and for the other
// parent.
func checkWrittenDown(t *testing.T) {
	t.Helper()
	set, err := readEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	entries, err := s.AuditEntries(t.Context(), gateway.AuditQuery{Person: "P1"})
	did := map[string]bool{}
	for _, e := range entries {
		did[e.Action+" by "+string(e.Staff)] = true
	}
	if err != nil || !did["exported person by ann"] || !did["erased person by ann"] {
		t.Errorf("the audit has %+v, %v", entries, err)
	}
	if _, parts, err := s.Person(t.Context(), "R1"); err != nil || len(parts) != 1 {
		t.Errorf("the other parent: %+v, %v", parts, err)
	}
}

// plantFile keeps a photo of P1's, and returns the folder of evidence.
func plantFile(t *testing.T) (folder string) {
	t.Helper()
	set, err := readEnvironment()
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	files, err := newEvidence(set, s)
	if err != nil {
		t.Fatal(err)
	}
	from := gateway.Address{Channel: directory.SMS, Value: "+447700900001"}
	if _, err := files.Take(t.Context(), from, "P1", "payslip.pdf", strings.NewReader("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n")); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(set.DataDir, "evidence")
}

func filesUnder(t *testing.T, folder string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			files = append(files, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
