package directory

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/crypto/argon2"
)

// What one hash costs: the least memory that the OWASP Password Storage Cheat
// Sheet allows for two passes of argon2id (RFC 9106). A PIN has few digits, so
// what protects it is the key; the cost is for the day the key is lost too.
const (
	pinMemory  = 19 * 1024 // KiB
	pinPasses  = 2
	pinThreads = 1
	pinSalt    = 16 // bytes
	pinSum     = 32 // bytes
)

// leastPINKey is the length of a secret below which it is refused.
const leastPINKey = 32

var errPINHash = errors.New("not a PIN hash of a known form")

// PINKey derives the key for hashing PINs from the service's secret, at least
// 32 bytes (HKDF, RFC 5869). Another secret makes all PINs wrong.
func PINKey(secret []byte) ([]byte, error) {
	if len(secret) < leastPINKey {
		return nil, fmt.Errorf("the secret key has %d bytes, at least %d are needed", len(secret), leastPINKey)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "parley directory: PIN", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key for PINs: %w", err)
	}
	return key, nil
}

// HashPIN returns what is kept of a PIN: argon2id, with a salt from random,
// over the PIN's HMAC-SHA-256 under a key from PINKey. It has the form
// $argon2id$v=19$m=19456,t=2,p=1$SALT$HASH, both in base64 without padding.
func HashPIN(pin string, key []byte, random io.Reader) (string, error) {
	salt := make([]byte, pinSalt)
	if _, err := io.ReadFull(random, salt); err != nil {
		return "", fmt.Errorf("salt a PIN: %w", err)
	}
	sum := argon2.IDKey(keyed(pin, key), salt, pinPasses, pinMemory, pinThreads, pinSum)
	return fmt.Sprintf("%s%s$%s", pinPrefix(), encode(salt), encode(sum)), nil
}

// VerifyPIN reports whether a hash that HashPIN made under the same key is of
// this PIN. It takes the same time for every PIN. The error says that the hash
// is none; a person without a PIN has no hash, and is not to be asked.
func VerifyPIN(pin, hash string, key []byte) (bool, error) {
	rest, ok := strings.CutPrefix(hash, pinPrefix())
	salt, sum, _ := strings.Cut(rest, "$")
	saltBytes, err := base64.RawStdEncoding.DecodeString(salt)
	want, err2 := base64.RawStdEncoding.DecodeString(sum)
	if !ok || err != nil || err2 != nil || len(saltBytes) != pinSalt || len(want) != pinSum {
		return false, errPINHash
	}
	got := argon2.IDKey(keyed(pin, key), saltBytes, pinPasses, pinMemory, pinThreads, pinSum)
	return subtle.ConstantTimeCompare(got, want) == 1, nil
}

// Seal replaces the PINs of a case by their hashes, so that it can be stored.
func Seal(c *Case, key []byte, random io.Reader) error {
	for _, p := range c.People() {
		if p.PIN == "" {
			continue
		}
		hash, err := HashPIN(p.PIN, key, random)
		if err != nil {
			return fmt.Errorf("seal case %s: %w", c.Reference, err)
		}
		p.PIN, p.PINHash = "", hash
	}
	return nil
}

// pinPrefix is what every hash of the present cost begins with.
func pinPrefix() string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$", argon2.Version, pinMemory, pinPasses, pinThreads)
}

func keyed(pin string, key []byte) []byte {
	mac := hmac.New(sha256.New, key)
	io.WriteString(mac, pin)
	return mac.Sum(nil)
}

func encode(b []byte) string { return base64.RawStdEncoding.EncodeToString(b) }
