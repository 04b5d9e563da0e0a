package store

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"parley/gateway"
)

func testCodec(t testing.TB, secret string) *codec {
	t.Helper()
	c, err := newCodec([]byte(secret), []byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

const (
	firstSecret = "a secret key of thirty-two bytes"
	otherSecret = "a secret key of thirty-two bytes, another"
)

var here = place{"messages.sealed", "M1"}

func TestWhatIsSealedOpens(t *testing.T) {
	c := testCodec(t, firstSecret)
	rapid.Check(t, func(r *rapid.T) {
		value := rapid.SliceOf(rapid.Byte()).Draw(r, "value")
		opened, err := c.open(here, c.seal(here, value))
		if err != nil || !bytes.Equal(opened, value) {
			r.Errorf("opened %q, %v, want %q", opened, err, value)
		}
		a, b := rapid.String().Draw(r, "a"), rapid.String().Draw(r, "b")
		var gotA, gotB string
		if err := c.openTexts(here, c.sealTexts(here, a, b), &gotA, &gotB); err != nil || gotA != a || gotB != b {
			r.Errorf("opened %q and %q, %v, want %q and %q", gotA, gotB, err, a, b)
		}
	})
}

func TestWhatWasNotSealedHereDoesNotOpen(t *testing.T) {
	c := testCodec(t, firstSecret)
	sealed := c.seal(here, []byte("a parent's words"))
	tests := map[string]struct {
		codec  *codec
		place  place
		sealed []byte
	}{
		"another row":                      {c, place{"messages.sealed", "M2"}, sealed},
		"another column":                   {c, place{"turns.sealed", "M1"}, sealed},
		"columns and rows that join alike": {c, place{"messages.seale", "dM1"}, sealed},
		"another secret":                   {testCodec(t, otherSecret), here, sealed},
		"cut off":                          {c, here, sealed[:len(sealed)-1]},
		"nothing":                          {c, here, nil},
	}
	for name, test := range tests {
		if _, err := test.codec.open(test.place, test.sealed); !errors.Is(err, errSealed) {
			t.Errorf("%s: got error %v, want %v", name, err, errSealed)
		}
	}
	for i := range sealed {
		changed := bytes.Clone(sealed)
		changed[i] ^= 1
		if _, err := c.open(here, changed); !errors.Is(err, errSealed) {
			t.Errorf("byte %d changed: got error %v, want %v", i, err, errSealed)
		}
	}
}

func TestTheSameIsSealedDifferently(t *testing.T) {
	c := testCodec(t, firstSecret)
	if bytes.Equal(c.seal(here, []byte("yes")), c.seal(here, []byte("yes"))) {
		t.Error("two sealed values are equal: an answer can be guessed by comparing")
	}
}

func TestAddressesAreHashedUnderTheSecret(t *testing.T) {
	c := testCodec(t, firstSecret)
	phone := gateway.Address{Channel: "sms", Value: "+447700900101"}
	hash := c.hash(phone)
	if again := c.hash(phone); again != hash || len(hash) != 22 {
		t.Errorf("hash %q, again %q: want the same 22 characters", hash, again)
	}
	others := map[string]string{
		"another number":  c.hash(gateway.Address{Channel: "sms", Value: "+447700900102"}),
		"another channel": c.hash(gateway.Address{Channel: "voice", Value: "+447700900101"}),
		"another secret":  testCodec(t, otherSecret).hash(phone),
	}
	for name, other := range others {
		if other == hash {
			t.Errorf("%s has the same hash", name)
		}
	}
}

func TestAShortSecretIsRefused(t *testing.T) {
	long, short := make([]byte, minimumSecret), make([]byte, minimumSecret-1)
	for name, secrets := range map[string][3][]byte{"lookup": {short, long, nil}, "the first": {long, short, nil}, "another": {long, long, short}} {
		if _, err := newCodec(secrets[0], secrets[1], secrets[2]); err == nil {
			t.Errorf("%s: a secret of 31 bytes was accepted", name)
		}
	}
}

// FuzzOpen opens what somebody wrote into the database.
func FuzzOpen(f *testing.F) {
	c := testCodec(f, firstSecret)
	genuine := c.sealTexts(here, "+447700900101", "hello")
	f.Add(genuine)
	f.Add(genuine[:20])
	f.Add(genuine[:5])
	f.Fuzz(func(t *testing.T, sealed []byte) {
		var a, b string
		if err := c.openTexts(here, sealed, &a, &b); err == nil && (a != "+447700900101" || b != "hello") {
			t.Errorf("%x opened as %q and %q", sealed, a, b)
		}
		// Bytes that open but are not texts must not be read past their end.
		if err := c.openTexts(here, c.seal(here, sealed), &a, &b); err == nil && len(a)+len(b) > len(sealed) {
			t.Errorf("%x gave %q and %q", sealed, a, b)
		}
	})
}
