package servertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// An outcome is how a test ended that was run by during.
type outcome struct {
	testing.TB
	failed, skipped bool
	message         string
	cleanups        []func()
}

func (o *outcome) Helper()                  {}
func (o *outcome) Name() string             { return "TestOfAnOutcome" }
func (o *outcome) Context() context.Context { return context.Background() }
func (o *outcome) Cleanup(f func())         { o.cleanups = append(o.cleanups, f) }
func (o *outcome) Error(args ...any) {
	o.failed, o.message = true, fmt.Sprint(args...)
}
func (o *outcome) Fatal(args ...any) { o.Error(args...); panic(o) }
func (o *outcome) Fatalf(format string, args ...any) {
	o.Fatal(fmt.Sprintf(format, args...))
}
func (o *outcome) Skip(args ...any) {
	o.skipped, o.message = true, fmt.Sprint(args...)
	panic(o)
}

// during runs a test body and returns how it ended.
func during(body func(testing.TB)) (ended outcome) {
	defer func() {
		for _, cleanup := range slices.Backward(ended.cleanups) {
			cleanup()
		}
		if stopped := recover(); stopped != nil && stopped != any(&ended) {
			panic(stopped)
		}
	}()
	body(&ended)
	return ended
}

func TestAMissingServerIsASkipThatIsRecorded(t *testing.T) {
	const reason = "this machine has no abacus in PATH"
	list := filepath.Join(t.TempDir(), "skips")
	for _, c := range []struct {
		name, all, list string
		err             error
		want            outcome
		recorded        string
	}{
		{"a lack", "", list, lack("abacus in PATH"),
			outcome{skipped: true, message: reason}, "TestOfAnOutcome: " + reason + "\n"},
		{"another lack, on the same list", "", list, fmt.Errorf("find: %w", lack("abacus in PATH")),
			outcome{skipped: true, message: "find: " + reason},
			"TestOfAnOutcome: " + reason + "\nTestOfAnOutcome: find: " + reason + "\n"},
		{"a lack that nobody lists", "", "", lack("abacus in PATH"),
			outcome{skipped: true, message: reason}, ""},
		{"a lack where all is promised", "1", list, lack("abacus in PATH"),
			outcome{failed: true, message: "PARLEY_TEST_ALL=1, but " + reason}, ""},
		{"not a lack", "", list, errors.New("port taken"),
			outcome{failed: true, message: "port taken"}, ""},
		{"a list that cannot be written", "", t.TempDir(), lack("abacus in PATH"),
			outcome{failed: true}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Setenv("PARLEY_TEST_ALL", c.all)
			t.Setenv("PARLEY_TEST_SKIPS", c.list)
			got := during(func(tb testing.TB) { unavailable(tb, c.err) })
			if got.failed != c.want.failed || got.skipped != c.want.skipped ||
				c.want.message != "" && got.message != c.want.message {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			if c.recorded == "" {
				return
			}
			recorded, err := os.ReadFile(c.list)
			if err != nil || string(recorded) != c.recorded {
				t.Errorf("recorded %q, %v; want %q", recorded, err, c.recorded)
			}
		})
	}
}

func TestProgramsAreLookedUpInOrder(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("PATH", folder)
	if _, err := findProgram("first", "second"); !errors.As(err, new(lack)) {
		t.Errorf("nothing there: got %v, want a lack", err)
	}
	for _, name := range []string{"second", "first"} {
		program := filepath.Join(folder, name)
		if err := os.WriteFile(program, nil, 0o700); err != nil {
			t.Fatal(err)
		}
		if got, err := findProgram("first", "second"); err != nil || got != program {
			t.Errorf("with %s: got %s, %v", name, got, err)
		}
	}
}

func TestChromiumIsAProgram(t *testing.T) {
	if info, err := os.Stat(Chromium(t)); err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("Chromium: %v, %v", info, err)
	}
}
