package directory_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"golang.org/x/crypto/argon2"

	"parley/gateway/directory"
)

func pinKey(t testing.TB, secret string) []byte {
	t.Helper()
	key, err := directory.PINKey(bytes.Repeat([]byte(secret), 32))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestAPINIsVerifiedUnderItsKeyOnly(t *testing.T) {
	key := pinKey(t, "k")
	hash, err := directory.HashPIN("1234567", key, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name, pin string
		key       []byte
		want      bool
	}{
		{"the PIN", "1234567", key, true},
		{"another PIN", "1234568", key, false},
		{"the PIN and more", "12345670", key, false},
		{"nothing", "", key, false},
		{"the PIN under another key", "1234567", pinKey(t, "j"), false},
	}
	for _, test := range tests {
		if got, err := directory.VerifyPIN(test.pin, hash, test.key); got != test.want || err != nil {
			t.Errorf("%s: %v, %v; want %v", test.name, got, err, test.want)
		}
	}
}

func TestAPINHashTellsNothing(t *testing.T) {
	key := pinKey(t, "k")
	one, err := directory.HashPIN("1234567", key, rand.Reader)
	two, err2 := directory.HashPIN("1234567", key, rand.Reader)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if one == two || strings.Contains(one, "1234567") {
		t.Errorf("%s and %s: want another salt each time and no PIN", one, two)
	}
	if !strings.HasPrefix(one, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("%s does not say how it was made", one)
	}
}

// What a hash says of itself is what it cost: argon2id (RFC 9106) over the PIN's
// HMAC with at least the memory and passes of the OWASP Password Storage Cheat
// Sheet.
func TestAPINHashCostsWhatItSays(t *testing.T) {
	key := pinKey(t, "k")
	const salt = "sixteen bytes..."
	got, err := directory.HashPIN("1234567", key, strings.NewReader(salt))
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte("1234567"))
	sum := argon2.IDKey(mac.Sum(nil), []byte(salt), 2, 19*1024, 1, 32)
	encoding := base64.RawStdEncoding
	if want := "$argon2id$v=19$m=19456,t=2,p=1$" + encoding.EncodeToString([]byte(salt)) + "$" + encoding.EncodeToString(sum); got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestWhatIsNoPINHashIsAnError(t *testing.T) {
	key := pinKey(t, "k")
	for _, hash := range []string{"", "1234567", "$argon2id$v=19$m=19456,t=2,p=1$", "$argon2id$v=19$m=19456,t=2,p=1$AAAA$AAAA",
		"$argon2id$v=19$m=1,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"} {
		if ok, err := directory.VerifyPIN("1234567", hash, key); ok || err == nil {
			t.Errorf("%q: %v, %v; want an error", hash, ok, err)
		}
	}
}

func TestAShortSecretIsRefused(t *testing.T) {
	if _, err := directory.PINKey(make([]byte, 31)); err == nil {
		t.Error("31 bytes were enough")
	}
}

func TestSealLeavesNoPINInTheCase(t *testing.T) {
	c, err := directory.Decode([]byte(oneCase))
	if err != nil {
		t.Fatal(err)
	}
	c.ReceivingParents[0].PIN = "7654321"
	if err := directory.Seal(&c, pinKey(t, "k"), rand.Reader); err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, pin := range []string{`"1234567"`, `"7654321"`, `"pin"`} {
		if bytes.Contains(document, []byte(pin)) {
			t.Errorf("the sealed case holds %s", pin)
		}
	}
	for _, p := range c.People() {
		pin := map[directory.PersonID]string{"P1": "1234567", "R1": "7654321"}[p.ID]
		if ok, err := directory.VerifyPIN(pin, p.PINHash, pinKey(t, "k")); !ok || err != nil {
			t.Errorf("%s: the hash is not of their PIN: %v", p.ID, err)
		}
	}
	if err := directory.Seal(&c, nil, iotest.ErrReader(errors.New("no more"))); err != nil {
		t.Errorf("a case without PINs needs no salt: %v", err)
	}
}

func TestSealFailsWithoutChance(t *testing.T) {
	c, err := directory.Decode([]byte(oneCase))
	if err != nil {
		t.Fatal(err)
	}
	if err := directory.Seal(&c, pinKey(t, "k"), iotest.ErrReader(errors.New("no more"))); err == nil || c.PayingParent.PINHash != "" {
		t.Errorf("error %v, hash %q", err, c.PayingParent.PINHash)
	}
}

func BenchmarkHashPIN(b *testing.B) {
	key := pinKey(b, "k")
	for b.Loop() {
		if _, err := directory.HashPIN("1234567", key, rand.Reader); err != nil {
			b.Fatal(err)
		}
	}
}
