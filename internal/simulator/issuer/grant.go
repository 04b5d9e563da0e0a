package issuer

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4/jwt"
)

// A grant is what a code stands for, once and for a minute (RFC 6749 section
// 4.1.2).
type grant struct {
	member    Member
	redirect  string
	nonce     string
	challenge string // of the verifier, S256
	lapses    time.Time
}

// How long codes and tokens live, and how many codes there are at once.
const (
	codeLife  = time.Minute
	tokenLife = 10 * time.Minute
	mostCodes = 1000
)

// keep makes a code for a grant.
func (i *Issuer) keep(g grant) (code string) {
	code = i.config.NewToken()
	g.lapses = i.config.Clock().Add(codeLife)
	i.mu.Lock()
	defer i.mu.Unlock()
	if len(i.order) >= mostCodes {
		delete(i.codes, i.order[0])
		i.order = i.order[1:]
	}
	i.codes[code], i.order = g, append(i.order, code)
	return code
}

// take is the grant that a code stands for, which it does once.
func (i *Issuer) take(code string) (grant, bool) {
	i.mu.Lock()
	defer i.mu.Unlock()
	g, ok := i.codes[code]
	delete(i.codes, code)
	return g, ok && i.config.Clock().Before(g.lapses)
}

// token gives tokens for a code (OpenID Connect Core section 3.1.3).
func (i *Issuer) token(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	id, secret, ok := r.BasicAuth()
	if !ok {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	if !same(id, i.config.ClientID) || !same(secret, i.config.ClientSecret) {
		answer(w, http.StatusUnauthorized, map[string]string{"error": "invalid_client"})
		return
	}
	g, ok := i.take(r.PostFormValue("code"))
	if !ok || r.PostFormValue("grant_type") != "authorization_code" || r.PostFormValue("redirect_uri") != g.redirect ||
		!same(challengeOf(r.PostFormValue("code_verifier")), g.challenge) {
		answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	signed, err := i.sign(g)
	if err != nil {
		answer(w, http.StatusInternalServerError, map[string]string{"error": "server_error"})
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"access_token": i.config.NewToken(), "token_type": "Bearer", "expires_in": int(tokenLife.Seconds()), "id_token": signed,
	})
}

// sign makes the token that says who somebody is (OpenID Connect Core sections
// 2 and 5.1).
func (i *Issuer) sign(g grant) (string, error) {
	now := i.config.Clock()
	return jwt.Signed(i.signer).Claims(jwt.Claims{
		Issuer: i.config.URL, Subject: g.member.ID, Audience: jwt.Audience{i.config.ClientID},
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(tokenLife)),
	}).Claims(map[string]any{
		"nonce": g.nonce, "email": g.member.Email, "email_verified": !g.member.Unverified, "name": g.member.Name,
	}).Serialize()
}

// challengeOf is what a verifier answers (RFC 7636 section 4.6).
func challengeOf(verifier string) string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

func same(one, other string) bool { return subtle.ConstantTimeCompare([]byte(one), []byte(other)) == 1 }
