package servertest

import (
	"errors"
	"fmt"
	"os"
	"testing"
)

// A lack is something that this machine does not have installed.
type lack string

func (l lack) Error() string { return "this machine has no " + string(l) }

// unavailable ends a test that cannot have what it asked for. What is only not
// installed is a skip, recorded so that nobody takes it for a pass, unless
// PARLEY_TEST_ALL=1 promises that everything is there; anything else fails.
func unavailable(tb testing.TB, err error) {
	tb.Helper()
	var missing lack
	if !errors.As(err, &missing) {
		tb.Fatal(err)
	}
	if os.Getenv("PARLEY_TEST_ALL") == "1" {
		tb.Fatalf("PARLEY_TEST_ALL=1, but %v", err)
	}
	if err := recordSkip(os.Getenv("PARLEY_TEST_SKIPS"), tb.Name(), err); err != nil {
		tb.Fatal(err)
	}
	tb.Skip(err)
}

// recordSkip appends a line to the list of skipped tests, which the test
// processes of all packages share. No path means that nobody asked for a list.
func recordSkip(path, test string, reason error) error {
	if path == "" {
		return nil
	}
	list, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("record a skipped test: %w", err)
	}
	_, err = fmt.Fprintf(list, "%s: %v\n", test, reason)
	if err := errors.Join(err, list.Close()); err != nil {
		return fmt.Errorf("record a skipped test: %w", err)
	}
	return nil
}
