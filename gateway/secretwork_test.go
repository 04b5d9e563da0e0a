package gateway_test

import (
	"errors"
	"runtime"
	"testing"

	"parley/gateway"
)

// hashed is what one PIN's hash takes, in bytes: directory.HashPIN.
const hashed = 19 << 20

// How long the answer takes must not tell whether somebody has a PIN. What takes
// the time is one hash, which is known by the memory that it takes.
func TestAGuessTakesTheSameWorkOfWhoHasNoPIN(t *testing.T) {
	for name, h := range map[string]*house{"with a PIN": newHouse(t, familyWithPINs(t)), "without": newHouse(t, family())} {
		page := h.visits("P1", payingPhone)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if err := page.confirms("0000000"); !errors.Is(err, gateway.ErrWrongSecret) {
			t.Errorf("%s: %v", name, err)
		}
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took < hashed || took >= 2*hashed {
			t.Errorf("%s: the guess took %d bytes, want one hash: %d and some", name, took, hashed)
		}
	}
}

// A library's computer is one client, whoever sits there.
func TestRightSecretsAreNotCounted(t *testing.T) {
	h := newHouse(t, familyWithPINs(t))
	h.useShelf()
	page := h.visits("P1", payingPhone)
	for n := range 2 * gateway.SecretTries {
		if err := page.confirms(pin); err != nil {
			t.Fatalf("right secret %d: %v", n+1, err)
		}
	}
}
