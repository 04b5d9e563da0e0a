package servertest

import "testing"

// Program returns the path of a program that the test cannot do without.
func Program(tb testing.TB, name string) string {
	tb.Helper()
	path, err := findProgram(name)
	if err != nil {
		unavailable(tb, err)
	}
	return path
}
