package main

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// What the tests' settings and people have that no log may hold: the secrets of
// worlds and demos, telephone numbers, addresses, names and what parents say.
var canaries = regexp.MustCompile(strings.Join([]string{
	regexp.QuoteMeta(strings.Repeat("k", 32)), demoToken, regexp.QuoteMeta(demoSecret), `\b` + demoAPI + `\b`, `planted-[a-z-]{8}`,
	`447700 ?90\d ?\d{3}`, `07700 ?90\d ?\d{3}`, `(?i)[\w.+-]+@example\.(com|org)`, `(Sam|Ali|Jo|Gwen) (Example|Enghraifft)`, `£\d`, `(?i)1 March 2026`,
}, "|"))

// canariesIn are the canaries in what was logged, each once.
func canariesIn(log string) []string {
	seen := map[string]bool{}
	var found []string
	for _, canary := range canaries.FindAllString(log, -1) {
		if !seen[canary] {
			seen[canary], found = true, append(found, canary)
		}
	}
	return found
}

// watched is a log in which a canary fails the test.
type watched struct {
	t  testing.TB
	to io.Writer
}

func (w watched) Write(line []byte) (int, error) {
	for _, canary := range canariesIn(string(line)) {
		w.t.Errorf("%q is in a log: %s", canary, line)
	}
	return w.to.Write(line)
}

func TestCanariesAreFoundWhereTheyAre(t *testing.T) {
	for _, secret := range []string{
		"key=" + strings.Repeat("k", 32), demoToken, demoSecret, "Bearer " + demoAPI, "to " + parentPhone(3), "07700 900123", "sam@example.com", "Sam Example", "£410 a week",
	} {
		if len(canariesIn(`{"level":"WARN","msg":"x","error":"`+secret+`"}`)) != 1 {
			t.Errorf("%q is not found", secret)
		}
	}
	if found := canariesIn(`{"level":"INFO","msg":"listening","listen":"127.0.0.1:8080","dialog":"income-change","message":"01a205fa-9d02-7c48-a8c1-5829a8797a1a"}`); len(found) > 0 {
		t.Errorf("%q are none", found)
	}
}

// All that any test of any package writes goes through the tally of make test,
// which fails when a line of a log among it holds a canary.
func TestTheTallyLooksForCanaries(t *testing.T) {
	for _, c := range []struct {
		line   string
		passes bool
	}{
		{`    {"time":"2026-11-23T01:02:03Z","level":"INFO","msg":"a mail came","provider_id":"ab12"}`, true},
		{`    {"time":"2026-11-23T01:02:03Z","level":"WARN","msg":"` + parentPhone(1) + `"}`, false},
		{`{"time":"2026-11-23T01:02:03Z","level":"WARN","error":"from sam@example.com"}`, false},
		{`{"time":"2026-11-23T01:02:03Z","level":"DEBUG","key":"` + strings.Repeat("k", 32) + `"}`, false},
		{"    world_test.go:12: P1 hears a text of " + parentPhone(1), true}, // what a test itself says
	} {
		tally := exec.Command("awk", "-f", ".ci/tally.awk")
		tally.Stdin = strings.NewReader("=== RUN   TestX\n" + c.line + "\n--- PASS: TestX (0.00s)\nPASS\nok  \tparley\t0.1s\n")
		var out bytes.Buffer
		tally.Stdout, tally.Stderr = &out, os.Stderr
		if err := tally.Run(); err == nil != c.passes {
			t.Errorf("%s: %v, %s", c.line, err, &out)
		}
	}
}
