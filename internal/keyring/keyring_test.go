package keyring_test

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"parley/internal/keyring"
)

var (
	first  = []byte("the first secret of the service, long")
	second = []byte("the second secret of the service")
	place  = []byte("messages 1")
)

func sealer(t testing.TB, secrets ...[]byte) *keyring.Sealer {
	t.Helper()
	s, err := keyring.NewSealer("test", secrets...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// A secret is replaced in three steps, during each of which some nodes are a
// step ahead of the others: what any of them seals, all of them open.
func TestASecretIsReplacedWhileNodesRun(t *testing.T) {
	steps := []*keyring.Sealer{sealer(t, first), sealer(t, first, second), sealer(t, second, first), sealer(t, second)}
	rapid.Check(t, func(r *rapid.T) {
		value := rapid.SliceOf(rapid.Byte()).Draw(r, "value")
		for i := range len(steps) - 1 {
			for _, pair := range [][2]*keyring.Sealer{{steps[i], steps[i+1]}, {steps[i+1], steps[i]}} {
				if i == 2 { // sealed again by now, under the second secret alone
					pair[0] = steps[3]
				}
				if opened, err := pair[1].Open(pair[0].Seal(value, place), place); err != nil || !bytes.Equal(opened, value) {
					r.Errorf("step %d: opened %q, %v, want %q", i, opened, err, value)
				}
			}
		}
	})
}

func TestWhatDoesNotOpen(t *testing.T) {
	s := sealer(t, first)
	other, err := keyring.NewSealer("another purpose", first)
	if err != nil {
		t.Fatal(err)
	}
	sealed := s.Seal([]byte("a parent's words"), place)
	tests := map[string]struct {
		by     *keyring.Sealer
		sealed []byte
		place  string
	}{
		"a dead secret":   {sealer(t, second), sealed, "messages 1"},
		"another purpose": {other, sealed, "messages 1"},
		"another place":   {s, sealed, "messages 2"},
		"cut off":         {s, sealed[:len(sealed)-1], "messages 1"},
		"too short":       {s, sealed[:5], "messages 1"},
		"nothing":         {s, nil, "messages 1"},
	}
	for name, test := range tests {
		if opened, err := test.by.Open(test.sealed, []byte(test.place)); !errors.Is(err, keyring.ErrSealed) {
			t.Errorf("%s: opened %q, %v", name, opened, err)
		}
	}
}

func TestWhatHasToBeSealedAgain(t *testing.T) {
	before, after := sealer(t, first, second), sealer(t, second, first)
	old := before.Seal([]byte("words"), place)
	if !before.Current(old) || after.Current(old) || after.Current(nil) {
		t.Error("what the earlier secret sealed is taken for current")
	}
}

func TestSecretsThatMakeNoSealer(t *testing.T) {
	for name, secrets := range map[string][][]byte{"none": nil, "an empty one": {nil}, "one twice": {first, second, first}} {
		if _, err := keyring.NewSealer("test", secrets...); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzOpen(f *testing.F) {
	s := sealer(f, first, second)
	f.Add(s.Seal([]byte("words"), place))
	f.Add([]byte{1, 2, 3, 4, 5})
	f.Fuzz(func(t *testing.T, sealed []byte) {
		if opened, err := s.Open(sealed, place); err == nil && string(opened) != "words" {
			t.Errorf("%x opened as %q", sealed, opened)
		}
	})
}

func BenchmarkSealOpen(b *testing.B) {
	s := sealer(b, first, second)
	value := make([]byte, 200)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Open(s.Seal(value, place), place); err != nil {
			b.Fatal(err)
		}
	}
}

// The service's secret is replaced: the first seals, both open.
func Example() {
	before, _ := keyring.NewSealer("letters", first)
	sealed := before.Seal([]byte("dear parent"), []byte("letter 7"))

	after, _ := keyring.NewSealer("letters", second, first)
	opened, err := after.Open(sealed, []byte("letter 7"))
	fmt.Println(string(opened), err, after.Current(sealed))
	// Output: dear parent <nil> false
}
