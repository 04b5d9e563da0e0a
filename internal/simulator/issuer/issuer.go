package issuer

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Member is somebody who can sign in.
type Member struct {
	ID, Name, Email string
	About           string // role and team, in words
	Unverified      bool   // their email address is not
}

// Config is what an issuer knows. All of it is needed.
type Config struct {
	URL          string // below which it is served, and its name
	ClientID     string
	ClientSecret string
	RedirectURLs []string // where it may lead back to

	Members  []Member
	Clock    func() time.Time
	NewToken func() string // what nobody can guess
}

// Issuer is the provider. It is safe for concurrent use.
type Issuer struct {
	config Config
	path   string // of its URL
	key    jose.JSONWebKey
	signer jose.Signer
	routes *http.ServeMux

	mu    sync.Mutex
	codes map[string]grant
	order []string // of the codes, oldest first
}

// keyID names the one key that there is.
const keyID = "demo"

// New makes an issuer with a new key.
func New(c Config) (*Issuer, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Host == "" || c.ClientID == "" || c.ClientSecret == "" || c.Clock == nil || c.NewToken == nil {
		return nil, errors.New("make an issuer: the configuration is incomplete")
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make an issuer: %w", err)
	}
	i := &Issuer{config: c, path: strings.TrimRight(u.Path, "/"), codes: map[string]grant{}}
	i.key = jose.JSONWebKey{Key: private, KeyID: keyID, Algorithm: string(jose.ES256), Use: "sig"}
	i.signer, err = jose.NewSigner(jose.SigningKey{Algorithm: jose.ES256, Key: i.key}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return nil, fmt.Errorf("make an issuer: %w", err)
	}
	i.routes = http.NewServeMux()
	i.routes.HandleFunc("GET "+i.path+"/.well-known/openid-configuration", i.discovery)
	i.routes.HandleFunc("GET "+i.path+"/keys", i.keys)
	i.routes.HandleFunc("GET "+i.path+"/authorize", i.choose)
	i.routes.HandleFunc("GET "+i.path+"/authorize.css", style)
	i.routes.HandleFunc("POST "+i.path+"/authorize", i.chosen)
	i.routes.HandleFunc("POST "+i.path+"/token", i.token)
	return i, nil
}

// ServeHTTP serves everything below the issuer's URL.
func (i *Issuer) ServeHTTP(w http.ResponseWriter, r *http.Request) { i.routes.ServeHTTP(w, r) }

// discovery is what OpenID Connect Discovery 1.0 section 3 asks for.
func (i *Issuer) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]any{
		"issuer": i.config.URL, "authorization_endpoint": i.config.URL + "/authorize",
		"token_endpoint": i.config.URL + "/token", "jwks_uri": i.config.URL + "/keys",
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"id_token_signing_alg_values_supported": []string{string(jose.ES256)},
		"scopes_supported":                      []string{"openid", "email", "profile"},
		"code_challenge_methods_supported":      []string{"S256"},
	})
}

// keys are the public ones (RFC 7517).
func (i *Issuer) keys(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{i.key.Public()}})
}

func answer(w http.ResponseWriter, status int, content any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(content) // a caller who has gone is no fault of ours
}
