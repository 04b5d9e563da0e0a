package evidence

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"

	"parley/gateway"
	"parley/internal/keyring"
)

// seal closes files, so that the folder tells nothing without the service's
// secret, and gives them names that say nothing.
type seal struct {
	files *keyring.Sealer
	names []byte // key of the hash
}

// newSeal makes a key for each purpose.
func newSeal(c *Config) (*seal, error) {
	lookup := c.Lookup
	if len(lookup) == 0 {
		lookup = c.Secret
	}
	names, err := keyring.Derive(lookup, "parley evidence: names")
	if err != nil {
		return nil, err
	}
	files, err := keyring.NewSealer("parley evidence", append([][]byte{c.Secret}, c.OtherSecrets...)...)
	if err != nil {
		return nil, err
	}
	return &seal{files: files, names: names}, nil
}

// close seals a file for its id: under another it does not open.
func (s *seal) close(id gateway.FileID, content []byte) []byte {
	return s.files.Seal(content, []byte(id))
}

func (s *seal) open(id gateway.FileID, sealed []byte) ([]byte, error) {
	return s.files.Open(sealed, []byte(id))
}

// name is what a file is called in the folder.
func (s *seal) name(id gateway.FileID) string {
	mac := hmac.New(sha256.New, s.names)
	mac.Write([]byte(id))
	return hex.EncodeToString(mac.Sum(nil)[:16])
}
