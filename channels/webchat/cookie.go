package webchat

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
)

// cookieName is the name of the cookie that holds a visit's secret. The prefix
// makes browsers refuse one that another host or an unprotected page sets.
func (c *Chat) cookieName() string {
	if c.config.secure() {
		return "__Host-chat"
	}
	return "chat"
}

// keep has the browser keep a secret until it is closed; an empty one makes it
// forget. Lax, so that somebody who comes back from another site, or from a
// link in a message, finds their conversation again: Strict would hide it.
// Inside another site's frame only None is sent at all, and Partitioned keeps
// it to that site. What changes anything is guarded by guarded, not by this.
func (c *Chat) keep(w http.ResponseWriter, r *http.Request, secret string) {
	cookie := &http.Cookie{Name: c.cookieName(), Value: secret, Path: "/", HttpOnly: true, Secure: c.config.secure(), SameSite: http.SameSiteLaxMode}
	if framed(r) && c.config.secure() {
		cookie.SameSite, cookie.Partitioned = http.SameSiteNoneMode, true
	}
	if secret == "" {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
}

// secretOf is the visit's secret that a request brings, "" without one.
func (c *Chat) secretOf(r *http.Request) string {
	cookie, err := r.Cookie(c.cookieName())
	if err != nil {
		return ""
	}
	return cookie.Value
}

// framed reports whether a page is loaded into a frame (Fetch Metadata).
func framed(r *http.Request) bool { return r.Header.Get("Sec-Fetch-Dest") == "iframe" }

// formToken is what the forms of a visit carry to show that they are its own.
// It tells nothing of the secret.
func formToken(secret string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("form"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// isFormToken reports whether a form is one of the visit that a secret opens.
func isFormToken(token, secret string) bool {
	return secret != "" && hmac.Equal([]byte(token), []byte(formToken(secret)))
}

// fromHere reports whether a page of ours opens a WebSocket: browsers always
// send its Origin (RFC 6455 section 4.1), and not all of them Fetch Metadata.
// Pages in another site's frame are ours too, and their origin is our own.
func (c *Chat) fromHere(r *http.Request) bool {
	return r.Header.Get("Origin") == c.config.PublicURL
}
