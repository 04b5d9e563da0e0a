package income

import (
	"context"
	"net/http"
	"sync"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// tokens keeps the access token until it expires or the service refuses it.
type tokens struct {
	credentials clientcredentials.Config

	mu      sync.Mutex
	current *oauth2.Token
}

// get gives the current token, or fetches one. Callers who wait for the same
// token wait behind each other, so that one request serves them all.
func (t *tokens) get(ctx context.Context, client *http.Client) (*oauth2.Token, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current.Valid() {
		return t.current, nil
	}
	fetched, err := t.credentials.Token(context.WithValue(ctx, oauth2.HTTPClient, client))
	if err != nil {
		return nil, err
	}
	t.current = fetched
	return fetched, nil
}

// refused forgets a token that the service no longer takes.
func (t *tokens) refused(token *oauth2.Token) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.current == token {
		t.current = nil
	}
}
