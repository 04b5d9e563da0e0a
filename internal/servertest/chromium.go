package servertest

import (
	"os/exec"
	"strings"
	"testing"
)

// Chromium returns the path of a Chromium for the test to drive.
func Chromium(tb testing.TB) string {
	tb.Helper()
	path, err := findProgram("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
	if err != nil {
		unavailable(tb, err)
	}
	return path
}

// findProgram returns the path of the first of the names that is in PATH, or a
// lack.
func findProgram(names ...string) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", lack(strings.Join(names, " or ") + " in PATH")
}
