package console

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"parley/gateway/directory"
)

// An issuer is the OpenID Connect provider, asked what it offers when somebody
// first signs in: the console starts without it.
type issuer struct {
	mu       sync.Mutex
	provider *oidc.Provider // nil: it has not answered yet
}

// provided returns the provider, whose keys it fetches anew as they change.
func (c *Console) provided(ctx context.Context) (*oidc.Provider, error) {
	c.issuer.mu.Lock()
	defer c.issuer.mu.Unlock()
	if c.issuer.provider != nil {
		return c.issuer.provider, nil
	}
	provider, err := oidc.NewProvider(c.withClient(ctx), c.config.SignIn.Issuer)
	if err != nil {
		return nil, fmt.Errorf("ask the issuer what it offers: %w", err)
	}
	c.issuer.provider = provider
	return provider, nil
}

// withClient has OpenID Connect's calls made by our client.
func (c *Console) withClient(ctx context.Context) context.Context {
	return oidc.ClientContext(ctx, c.config.SignIn.Client)
}

func (c *Console) oauth(provider *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: c.config.SignIn.ClientID, ClientSecret: c.config.SignIn.ClientSecret,
		Endpoint: provider.Endpoint(), RedirectURL: c.config.PublicURL + "/console/signed-in",
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// signIn leads to the issuer. What comes back must answer this request: it
// carries its state (RFC 6749 section 10.12), its nonce (OpenID Connect Core
// section 3.1.2.1) and what only its verifier opens (RFC 7636).
func (c *Console) signIn(w http.ResponseWriter, plain *http.Request) {
	r := c.newRequest(plain, nil)
	ctx := r.Context()
	provider, err := c.provided(ctx)
	if err != nil {
		c.config.Log.WarnContext(ctx, "nobody can sign in", "error", err)
		c.notice(w, r, http.StatusServiceUnavailable, "sign-in.away")
		return
	}
	state, nonce, verifier := c.config.NewSecret(), c.config.NewSecret(), oauth2.GenerateVerifier()
	for key, value := range map[string]string{
		stateKey: state, nonceKey: nonce, verifierKey: verifier, returnKey: localPath(r.FormValue("to")),
	} {
		c.sessions.Put(ctx, key, value)
	}
	http.Redirect(w, plain, c.oauth(provider).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), http.StatusFound)
}

// Why nobody was signed in.
var (
	errSignIn       = errors.New("it answers no sign-in of this browser")
	errUnknownStaff = errors.New("they are not on the roster")
)

// signedIn takes the issuer's answer, and begins a session whose token nobody
// can have known before.
func (c *Console) signedIn(w http.ResponseWriter, plain *http.Request) {
	r := c.newRequest(plain, nil)
	ctx := r.Context()
	staff, err := c.whoSignedIn(r)
	switch {
	case errors.Is(err, errUnknownStaff):
		c.notice(w, r, http.StatusForbidden, "unknown-staff")
		return
	case err != nil:
		c.config.Log.WarnContext(ctx, "a sign-in failed", "error", err)
		c.notice(w, r, http.StatusBadRequest, "sign-in.failed")
		return
	}
	to := c.sessions.GetString(ctx, returnKey)
	err = c.config.Audit.Record(ctx, AuditEntry{At: c.config.Clock(), Staff: staff.ID, Action: "signed in"})
	if err == nil {
		err = c.sessions.RenewToken(ctx)
	}
	if err == nil {
		err = c.sessions.Clear(ctx)
	}
	if err != nil {
		c.broken(w, r, err)
		return
	}
	c.sessions.Put(ctx, staffKey, string(staff.ID))
	c.sessions.Put(ctx, tokenKey, c.config.NewSecret())
	http.Redirect(w, plain, localPath(to), http.StatusSeeOther)
}

// whoSignedIn checks the issuer's answer and finds of whom it speaks.
func (c *Console) whoSignedIn(r *request) (*directory.Staff, error) {
	ctx := r.Context()
	state, nonce := c.sessions.PopString(ctx, stateKey), c.sessions.PopString(ctx, nonceKey)
	verifier := c.sessions.PopString(ctx, verifierKey)
	switch {
	case state == "" || subtle.ConstantTimeCompare([]byte(r.FormValue("state")), []byte(state)) != 1:
		return nil, errSignIn
	case r.FormValue("error") != "":
		return nil, fmt.Errorf("the issuer refused: %q", r.FormValue("error"))
	}
	provider, err := c.provided(ctx)
	if err != nil {
		return nil, err
	}
	tokens, err := c.oauth(provider).Exchange(c.withClient(ctx), r.FormValue("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		return nil, fmt.Errorf("exchange the code: %w", withoutAnswer(err))
	}
	raw, _ := tokens.Extra("id_token").(string) // none is no token: it does not verify
	token, err := provider.Verifier(&oidc.Config{ClientID: c.config.SignIn.ClientID}).Verify(c.withClient(ctx), raw)
	if err != nil {
		return nil, fmt.Errorf("verify the token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(nonce)) != 1 {
		return nil, errSignIn
	}
	var claims struct {
		Email    string `json:"email"`
		Verified *bool  `json:"email_verified"` // some issuers only know verified ones, and do not say
	}
	if err := token.Claims(&claims); err != nil {
		return nil, fmt.Errorf("read the token: %w", err)
	}
	staff := c.config.Roster.ByEmail(claims.Email)
	if staff == nil || claims.Verified != nil && !*claims.Verified {
		return nil, errUnknownStaff
	}
	return staff, nil
}

// withoutAnswer keeps what the issuer answered out of the log: it may hold
// tokens.
func withoutAnswer(err error) error {
	var refused *oauth2.RetrieveError
	if errors.As(err, &refused) && refused.Response != nil {
		return fmt.Errorf("the issuer answered %d %q", refused.Response.StatusCode, refused.ErrorCode)
	}
	return err
}

// signOut ends the session here. Whoever wants to leave the issuer too is led
// there by a link: a form may not lead to other sites.
func (c *Console) signOut(w http.ResponseWriter, plain *http.Request) {
	r := c.newRequest(plain, nil)
	plain.Body = http.MaxBytesReader(w, plain.Body, maxForm)
	if r.Staff != nil && !r.isOurForm() {
		c.fail(w, r, errForm)
		return
	}
	ctx := r.Context()
	if r.Staff != nil {
		if err := c.leave(ctx, r.Staff); err != nil {
			c.config.Log.WarnContext(ctx, "somebody who left still seems to be there", "error", err)
		}
	}
	if err := c.sessions.Destroy(ctx); err != nil {
		c.broken(w, r, err)
		return
	}
	http.Redirect(w, plain, "/console/signed-out?"+url.Values{"language": {string(r.Language)}}.Encode(), http.StatusSeeOther)
}

// signedOut says so, and leads back.
func (c *Console) signedOut(w http.ResponseWriter, plain *http.Request) {
	r := c.newRequest(plain, nil)
	if r.Staff != nil {
		http.Redirect(w, plain, "/console/", http.StatusSeeOther)
		return
	}
	if err := c.page(w, r, http.StatusOK, "signed-out", r.say("signed-out"), nil); err != nil {
		c.broken(w, r, err)
	}
}
