package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

func TestReleaseLiftsWhatHoldsMessages(t *testing.T) {
	dir, secret := t.TempDir(), strings.Repeat("k", 32)
	t.Setenv("PARLEY_DATA_DIR", dir)
	t.Setenv("PARLEY_SECRET_KEY", secret)
	set, err := readSettings([]string{"PARLEY_DATA_DIR=" + dir, "PARLEY_SECRET_KEY=" + secret})
	if err != nil {
		t.Fatal(err)
	}
	s, err := openStore(t.Context(), set)
	if err != nil {
		t.Fatal(err)
	}
	hold := gateway.Turn{ID: "T1", At: time.Now(), Hold: &gateway.Hold{ID: "H1", Person: "P1", Kind: "abuse", At: time.Now()}}
	if err := s.Commit(t.Context(), hold); err != nil {
		t.Fatal(err)
	}
	escalated := gateway.WorkItem{ID: "W1", Key: "hold-unreleased/H1", Kind: gateway.HoldWork, Person: "P1", Urgent: true, Detail: "not looked at in time: abuse", Created: time.Now(), Due: time.Now()}
	if err := s.EscalateHold(t.Context(), "H1", escalated); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	release := func(person directory.PersonID) (int, string) {
		var out, problems bytes.Buffer
		status := run([]string{"release", "--person", string(person), "--by", "specialist-7"}, &streams{In: strings.NewReader(""), Out: &out, Err: &problems})
		return status, problems.String()
	}
	if status, said := release("P2"); status != 1 || !strings.Contains(said, "Nothing held") {
		t.Errorf("somebody who is not held: status %d, %q", status, said)
	}
	if status, said := release("P1"); status != 0 || !strings.Contains(said, "go out again") {
		t.Errorf("somebody who is: status %d, %q", status, said)
	}
	if s, err = openStore(t.Context(), set); err != nil {
		t.Fatal(err)
	}
	if left, _, err := s.Task(t.Context(), "W1"); err != nil || left.State != gateway.WorkDone || left.Outcome != "done" {
		t.Errorf("what was escalated: %+v, %v", left, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if status, _ := release("P1"); status != 1 {
		t.Errorf("once more: status %d", status)
	}
}
