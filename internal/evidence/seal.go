package evidence

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"parley/gateway"
)

// seal closes files, so that the folder tells nothing without the service's
// secret, and gives them names that say nothing.
type seal struct {
	files cipher.AEAD
	names []byte // key of the hash
}

var errSealed = errors.New("sealed under another key or changed since")

// newSeal derives a key for each purpose from the service's secret.
func newSeal(secret []byte) (*seal, error) {
	if len(secret) == 0 {
		return nil, errors.New("the secret key is empty")
	}
	files, err := hkdf.Key(sha256.New, secret, nil, "parley evidence: files", 32)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	names, err := hkdf.Key(sha256.New, secret, nil, "parley evidence: names", 32)
	if err != nil {
		return nil, fmt.Errorf("derive a key: %w", err)
	}
	block, err := aes.NewCipher(files)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, fmt.Errorf("make a cipher: %w", err)
	}
	return &seal{files: aead, names: names}, nil
}

// close seals a file for its id: under another it does not open.
func (s *seal) close(id gateway.FileID, content []byte) []byte {
	return s.files.Seal(nil, nil, content, []byte(id))
}

func (s *seal) open(id gateway.FileID, sealed []byte) ([]byte, error) {
	content, err := s.files.Open(nil, nil, sealed, []byte(id))
	if err != nil {
		return nil, errSealed
	}
	return content, nil
}

// name is what a file is called in the folder.
func (s *seal) name(id gateway.FileID) string {
	mac := hmac.New(sha256.New, s.names)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
