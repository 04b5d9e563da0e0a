package webhooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Secret is a key that signs what is sent to an endpoint. It shows as dots.
type Secret struct{ key []byte }

// String hides the key from logs.
func (Secret) String() string { return "whsec_…" }

// GoString hides it too.
func (s Secret) GoString() string { return s.String() }

const (
	secretPrefix = "whsec_"
	leastSecret  = 24 // bytes
	mostSecret   = 64
)

// ReadSecret reads a secret as Standard Webhooks writes it: whsec_ and the
// base64 of 24 to 64 bytes. The error does not repeat it.
func ReadSecret(text string) (Secret, error) {
	encoded, ok := strings.CutPrefix(text, secretPrefix)
	key, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(key) < leastSecret || len(key) > mostSecret {
		return Secret{}, errors.New("a secret must be whsec_ and 24 to 64 bytes in base64")
	}
	return Secret{key}, nil
}

// Sign returns the webhook-signature of a body that is sent at a time: one v1
// signature, HMAC-SHA-256 (RFC 2104) of id.timestamp.body, for each secret, so
// that whoever knows one of them can check it.
func Sign(secrets []Secret, id string, at time.Time, body []byte) string {
	var signatures []string
	for _, secret := range secrets {
		mac := hmac.New(sha256.New, secret.key)
		mac.Write([]byte(id + "." + timestamp(at) + "."))
		mac.Write(body)
		signatures = append(signatures, "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil)))
	}
	return strings.Join(signatures, " ")
}

// timestamp is the webhook-timestamp: seconds since 1970.
func timestamp(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }
