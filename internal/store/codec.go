package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash"
	"io"

	"parley/gateway"
	"parley/internal/keyring"
)

// minimumSecret is the length in bytes below which a secret is refused: that
// of the keys derived from it (RFC 5869 section 4 asks for enough entropy).
const minimumSecret = 32

// errSealed says that sealed bytes cannot be opened: they were sealed under
// another secret, for another place, or were changed.
var errSealed = keyring.ErrSealed

// codec seals what is personal and hashes addresses. The place that a value is
// kept in (column and row) is authenticated with it, so that a value moved to
// another row does not open.
type codec struct {
	seals   *keyring.Sealer
	hashKey []byte
}

// newCodec seals under the first of the secrets and opens under all; what it
// hashes depends on lookup alone.
func newCodec(lookup []byte, secrets ...[]byte) (*codec, error) {
	for _, secret := range append(secrets, lookup) {
		if len(secret) < minimumSecret {
			return nil, fmt.Errorf("a secret key has %d bytes, at least %d are needed", len(secret), minimumSecret)
		}
	}
	seals, err := keyring.NewSealer("parley store", secrets...)
	if err != nil {
		return nil, err
	}
	hashKey, err := keyring.Derive(lookup, "parley store: address hash")
	if err != nil {
		return nil, fmt.Errorf("derive the hashing key: %w", err)
	}
	return &codec{seals: seals, hashKey: hashKey}, nil
}

// place is where a sealed value is kept: a column and the id of its row.
type place struct{ column, row string }

func (p place) bytes() []byte {
	b := make([]byte, 0, len(p.column)+1+len(p.row))
	b = append(b, p.column...)
	b = append(b, 0)
	return append(b, p.row...)
}

// seal encrypts a value for a place. What is too large for that is nil, which
// no column takes.
func (c *codec) seal(at place, value []byte) []byte { return c.seals.Seal(value, at.bytes()) }

// open decrypts what seal made for the same place.
func (c *codec) open(at place, sealed []byte) ([]byte, error) {
	value, err := c.seals.Open(sealed, at.bytes())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", at.column, err)
	}
	return value, nil
}

// sealTexts seals several texts as one value, each with its length before it.
func (c *codec) sealTexts(at place, texts ...string) []byte {
	size := 0
	for _, text := range texts {
		size += binary.MaxVarintLen32 + len(text)
	}
	joined := make([]byte, 0, size)
	for _, text := range texts {
		joined = binary.AppendUvarint(joined, uint64(len(text)))
		joined = append(joined, text...)
	}
	return c.seal(at, joined)
}

// openTexts opens what sealTexts made. Texts beyond those that were sealed are
// left as they are: an earlier version knew fewer.
func (c *codec) openTexts(at place, sealed []byte, texts ...*string) error {
	joined, err := c.open(at, sealed)
	if err != nil {
		return err
	}
	for _, text := range texts {
		if len(joined) == 0 {
			return nil
		}
		length, n := binary.Uvarint(joined)
		if n <= 0 || length > uint64(len(joined)-n) {
			return fmt.Errorf("open %s: %w", at.column, errSealed)
		}
		*text = string(joined[n : n+int(length)])
		joined = joined[n+int(length):]
	}
	return nil
}

// hash is the keyed hash by which an address is found: HMAC-SHA-256 over the
// channel and the value, cut to 16 bytes (RFC 2104 section 5), in base64url.
func (c *codec) hash(a gateway.Address) string { return c.hashText(string(a.Channel), a.Value) }

// auditMAC is the keyed hash that seals the audit.
func (c *codec) auditMAC() hash.Hash {
	return c.mac("audit")
}

// mac begins a keyed hash of one kind of thing.
func (c *codec) mac(kind string) hash.Hash {
	mac := hmac.New(sha256.New, c.hashKey)
	io.WriteString(mac, kind)
	mac.Write([]byte{0})
	return mac
}

// hashText is the same of any text, by what kind of text it is.
func (c *codec) hashText(kind, text string) string {
	sum := c.sum(kind, text)
	return base64.RawURLEncoding.EncodeToString(sum[:16])
}

// sum is the whole of that hash.
func (c *codec) sum(kind, text string) (sum [sha256.Size]byte) {
	mac := c.mac(kind)
	io.WriteString(mac, text)
	mac.Sum(sum[:0])
	return sum
}
