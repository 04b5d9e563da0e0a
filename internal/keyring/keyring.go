// Package keyring makes the keys with which what is stored is sealed, so that
// the service's secret can be replaced while the service runs.
//
// A value is sealed under the first secret, for one purpose and one place, and
// opens under any: AES-256-GCM by Tink (NIST SP 800-38D; the key's name stands
// before the value, https://developers.google.com/tink/wire-format), under keys
// that are derived from the secrets (HKDF, RFC 5869). Nonces are random: one
// secret serves 2³² values of a purpose (NIST SP 800-38D section 8.3).
//
// What has to stay the same while secrets come and go (the hashes by which
// addresses are found, those of PINs, the seals of the audit) has a secret of
// its own, see Lookup. The package leaves to others where values are kept, and
// to seal them again after the first secret was replaced.
package keyring

import (
	"bytes"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"

	"github.com/tink-crypto/tink-go/v2/aead"
	"github.com/tink-crypto/tink-go/v2/aead/aesgcm"
	"github.com/tink-crypto/tink-go/v2/insecuresecretdataaccess"
	"github.com/tink-crypto/tink-go/v2/keyset"
	"github.com/tink-crypto/tink-go/v2/secretdata"
	"github.com/tink-crypto/tink-go/v2/tink"
)

// ErrSealed says that sealed bytes cannot be opened: they were sealed under a
// secret that is not among ours, for another purpose or place, or were changed.
var ErrSealed = errors.New("sealed under a key that is not here, or changed since")

const (
	keySize   = 32 // bytes: AES-256
	nonceSize = 12 // NIST SP 800-38D section 5.2.1.1
	tagSize   = 16
)

// Sealer seals the values of one purpose. It is safe for concurrent use.
type Sealer struct {
	keys    tink.AEAD
	current []byte // what the values begin with that the first secret sealed
}

// NewSealer makes a sealer of one purpose: the first of the secrets seals, each
// of them opens. The same secret twice, or none, is an error.
func NewSealer(purpose string, secrets ...[]byte) (*Sealer, error) {
	if len(secrets) == 0 {
		return nil, errors.New("make a sealer: there is no secret key")
	}
	keys := keyset.NewManager()
	var s Sealer
	for i, secret := range secrets {
		key, err := newKey(purpose, secret)
		if err != nil {
			return nil, fmt.Errorf("make a sealer: %w", err)
		}
		id, err := keys.AddKey(key)
		if err == nil && i == 0 {
			s.current = key.OutputPrefix()
			err = keys.SetPrimary(id)
		}
		if err != nil {
			return nil, fmt.Errorf("make a sealer of secret key %d: %w", i+1, err)
		}
	}
	handle, err := keys.Handle()
	if err == nil {
		s.keys, err = aead.New(handle)
	}
	if err != nil {
		return nil, fmt.Errorf("make a sealer: %w", err)
	}
	return &s, nil
}

// newKey derives a secret's key of one purpose, and its name.
func newKey(purpose string, secret []byte) (*aesgcm.Key, error) {
	key, err := Derive(secret, purpose+": seal")
	if err != nil {
		return nil, err
	}
	name, err := Derive(secret, purpose+": name of the seal")
	if err != nil {
		return nil, err
	}
	parameters, err := aesgcm.NewParameters(aesgcm.ParametersOpts{
		KeySizeInBytes: keySize, IVSizeInBytes: nonceSize, TagSizeInBytes: tagSize, Variant: aesgcm.VariantTink,
	})
	if err != nil {
		return nil, err
	}
	return aesgcm.NewKey(secretdata.NewBytesFromData(key, insecuresecretdataaccess.Token{}), binary.BigEndian.Uint32(name), parameters)
}

// Seal encrypts a value for a place, which is authenticated with it: elsewhere
// it does not open. A value of more than 64 GiB cannot be sealed, and gives nil.
func (s *Sealer) Seal(value, place []byte) []byte {
	sealed, err := s.keys.Encrypt(value, place)
	if err != nil {
		return nil
	}
	return sealed
}

// Open decrypts what Seal made for the same place, or returns ErrSealed.
func (s *Sealer) Open(sealed, place []byte) ([]byte, error) {
	value, err := s.keys.Decrypt(sealed, place)
	if err != nil {
		return nil, ErrSealed
	}
	return value, nil
}

// Current reports whether a value claims to be sealed under the first secret.
func (s *Sealer) Current(sealed []byte) bool { return bytes.HasPrefix(sealed, s.current) }

// Lookup is the secret, in characters, that has to stay when the service's
// secret is replaced. From it that secret cannot be told.
func Lookup(secret []byte) (string, error) {
	key, err := Derive(secret, "parley: lookup")
	return base64.RawURLEncoding.EncodeToString(key), err
}

// Derive makes a key of 32 bytes for one purpose.
func Derive(secret []byte, purpose string) ([]byte, error) {
	if len(secret) == 0 {
		return nil, errors.New("the secret key is empty")
	}
	key, err := hkdf.Key(sha256.New, secret, nil, purpose, keySize)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	return key, nil
}
