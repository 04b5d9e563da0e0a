package main

import (
	"os/exec"
	"testing"
)

// The network is what this corpus gives, byte for byte. Machine code differs in
// the last bits between machines, so training is built without it.
func TestTheNetworkIsOfThisCorpus(t *testing.T) {
	if testing.Short() {
		t.Skip("trains for most of a minute")
	}
	train := exec.Command("go", "run", "-tags", "purego,noasm,safe", "./dialogs/understanding/train", "-check")
	train.Dir = "../../.."
	if out, err := train.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
