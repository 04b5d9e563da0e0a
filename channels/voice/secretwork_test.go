package voice_test

import (
	"runtime"
	"testing"
)

// hashed is what one PIN's hash takes, in bytes: directory.HashPIN.
const hashed = 19 << 20

// How long a caller waits must not tell whether there is such a reference. What
// takes the time is the hash of what they guess, which is known by the memory
// that it takes.
func TestAGuessTakesTheSameWorkOfNoReference(t *testing.T) {
	w := newWorld(t)
	for _, reference := range []string{samReference, "300099999999"} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		w.calls("+447700900555", "> 1\n> "+reference+"\n> 0000000#\n> (hangs up)")
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took < hashed || took >= 2*hashed {
			t.Errorf("%s: the guess took %d bytes, want one hash: %d and some", reference, took, hashed)
		}
	}
}
