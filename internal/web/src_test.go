package web

import (
	"os/exec"
	"testing"

	"parley/internal/servertest"
)

// The pages' scripts have tests of their own, which Node.js runs.
func TestScripts(t *testing.T) {
	output, err := exec.CommandContext(t.Context(), servertest.Program(t, "node"), "--test", "src/").CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, output)
	}
}
