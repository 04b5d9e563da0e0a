package api

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"sync"

	"parley/gateway"
)

// idempotencyHeader is that of draft-ietf-httpapi-idempotency-key-header.
const idempotencyHeader = "Idempotency-Key"

const longestKey = 255

// leastSecret is the length in bytes below which a secret is refused.
const leastSecret = 32

// write is a call that changes something. do makes the change and returns the
// answer, which is stored with it when a key came; reply tells an answer, the
// first time and again.
type write struct {
	do    func(*call) (answer []byte, err error)
	reply func(answer []byte) (reply, error)
}

// once makes an endpoint of a write. With an Idempotency-Key the same call has
// one effect and one answer, however often and at however many nodes it
// arrives. Refusals are not stored: a call that was mended may keep its key.
func (a *API) once(w write) endpoint {
	return func(c *call) (reply, error) {
		key := c.Header.Get(idempotencyHeader)
		if key == "" {
			return replied(w, c)
		}
		if len(key) > longestKey {
			return reply{}, malformed("The Idempotency-Key is longer than 255 bytes.")
		}
		row := a.keys.row(c, key)
		if !a.keys.take(row.Key) {
			return reply{}, newProblem(http.StatusConflict, "idempotency-key-in-flight", "The same call is being answered now.")
		}
		defer a.keys.release(row.Key)
		answer, err := a.stored(c, w, row)
		if !errors.Is(err, gateway.ErrNotFound) {
			return answer, err
		}
		c.row = &row
		answer, err = replied(w, c)
		if errors.Is(err, gateway.ErrDuplicate) { // another node came first
			return a.stored(c, w, row)
		}
		return answer, err
	}
}

func replied(w write, c *call) (reply, error) {
	answer, err := w.do(c)
	if err != nil {
		return reply{}, err
	}
	return w.reply(answer)
}

// stored returns the answer that a call had before, or gateway.ErrNotFound.
func (a *API) stored(c *call, w write, row gateway.IdempotentRow) (reply, error) {
	before, err := a.Store.Idempotent(c.Context(), row.Key)
	if err != nil {
		return reply{}, fmt.Errorf("looking up an idempotency key: %w", err)
	}
	if before.BodyHash != row.BodyHash {
		return reply{}, newProblem(http.StatusUnprocessableEntity, "idempotency-key-reused", "This Idempotency-Key came with another request before.")
	}
	return w.reply(before.Answer)
}

// idempotencyKeys names calls by keyed hashes, which tell a reader of the
// database nothing (a body may hold a PIN), and knows which are being answered.
type idempotencyKeys struct {
	secret []byte

	mu       sync.Mutex
	inFlight map[string]bool
}

func newIdempotencyKeys(secret []byte) (*idempotencyKeys, error) {
	if len(secret) < leastSecret {
		return nil, fmt.Errorf("the secret key has %d bytes, at least %d are needed", len(secret), leastSecret)
	}
	key, err := hkdf.Key(sha256.New, secret, nil, "parley api: idempotency", 32)
	if err != nil {
		return nil, fmt.Errorf("derive the key for idempotency keys: %w", err)
	}
	return &idempotencyKeys{secret: key, inFlight: map[string]bool{}}, nil
}

// row is what will be stored of a call, yet without its answer. Each client has
// keys of their own; the body stands for the method and the path too.
func (k *idempotencyKeys) row(c *call, key string) gateway.IdempotentRow {
	return gateway.IdempotentRow{
		Key:      k.hash("key", c.client, key),
		BodyHash: k.hash("body", c.Method, c.URL.Path, string(c.body)),
	}
}

func (k *idempotencyKeys) hash(parts ...string) string {
	mac := hmac.New(sha256.New, k.secret)
	for _, part := range parts {
		fmt.Fprintf(mac, "%d:%s", len(part), part)
	}
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

func (k *idempotencyKeys) take(key string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.inFlight[key] {
		return false
	}
	k.inFlight[key] = true
	return true
}

func (k *idempotencyKeys) release(key string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.inFlight, key)
}
