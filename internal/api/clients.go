package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"
	"strings"
)

// clients are those who may call, each with the hash of their token: hashes
// have one length, so that comparing them tells nothing of a token's.
type clients []client

type client struct {
	name  string
	token [sha256.Size]byte
}

func newClients(tokens map[string]string) (clients, error) {
	var list clients
	for name, token := range tokens {
		if name == "" || token == "" {
			return nil, fmt.Errorf("the API client %q needs a name and a token", name)
		}
		list = append(list, client{name, sha256.Sum256([]byte(token))})
	}
	return list, nil
}

// authorize returns the name of the client whose token a request bears (RFC
// 6750 section 2.1). It compares with every token, in constant time.
func (all clients) authorize(r *http.Request) (name string, ok bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return "", false
	}
	shown := sha256.Sum256([]byte(strings.TrimSpace(token)))
	for _, c := range all {
		if subtle.ConstantTimeCompare(shown[:], c.token[:]) == 1 {
			name, ok = c.name, true
		}
	}
	return name, ok
}
