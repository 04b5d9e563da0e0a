package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"
)

// key makes the tokens that prove us to Notify.
type key struct{ service, secret string }

func newKey(text string) key {
	parts := apiKey.FindStringSubmatch(text)
	return key{service: parts[1], secret: parts[2]}
}

// token is a JSON Web Token by HS256 (RFC 7515 section 3.1). Notify takes it for
// 30 seconds from when it was issued.
func (k key) token(now time.Time) string {
	part := func(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
	signed := part(`{"typ":"JWT","alg":"HS256"}`) + "." + part(fmt.Sprintf(`{"iss":%q,"iat":%d}`, k.service, now.Unix()))
	mac := hmac.New(sha256.New, []byte(k.secret))
	_, _ = mac.Write([]byte(signed)) // a hash never fails
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
