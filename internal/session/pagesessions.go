package session

import (
	"context"
	"fmt"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/redis/go-redis/v9"

	"parley/internal/keyring"
)

// PageSessions keeps the sessions of browsers that staff have signed in with,
// as Sessions keeps conversations: sealed, under a keyed hash of their token,
// and lost with Redis, after which staff sign in again. It is safe for
// concurrent use.
type PageSessions struct {
	of     *Sessions
	sealed *keyring.Sealer
}

var _ scs.CtxStore = (*PageSessions)(nil)

// NewPageSessions makes them on the same client, and with the same rest when
// Redis is away.
func NewPageSessions(of *Sessions) (*PageSessions, error) {
	sealed, err := newSealer("parley page sessions", of.config.SecretKey, of.config.OtherKeys)
	if err != nil {
		return nil, fmt.Errorf("make page sessions: %w", err)
	}
	return &PageSessions{of, sealed}, nil
}

// ended stands where a session was, for as long as a request that read it
// before can take, so that its commit does not bring the session back.
const (
	ended     = "-"
	endedLife = time.Minute
)

// FindCtx returns what CommitCtx has kept. What is gone, or sealed under an
// earlier secret, is not found.
func (p *PageSessions) FindCtx(ctx context.Context, token string) ([]byte, bool, error) {
	key := p.key(token)
	var kept *redis.StringCmd
	err := p.of.call(ctx, "find", func(ctx context.Context) error {
		kept = p.of.redis.Get(ctx, key)
		return kept.Err()
	})
	if err != nil {
		return nil, false, err
	}
	content, _ := kept.Bytes() // none is no session
	if len(content) <= len(ended) {
		return nil, false, nil
	}
	opened, err := p.sealed.Open(content, []byte(key))
	if err != nil {
		return nil, false, nil
	}
	return opened, true, nil
}

// committing writes a session unless it has been ended.
var committing = redis.NewScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then
	return 0
end
redis.call('SET', KEYS[1], ARGV[2], 'PXAT', ARGV[3])
return 1
`)

// CommitCtx keeps a session until its expiry.
func (p *PageSessions) CommitCtx(ctx context.Context, token string, content []byte, expiry time.Time) error {
	key := p.key(token)
	sealed := p.sealed.Seal(content, []byte(key))
	return p.of.call(ctx, "commit", func(ctx context.Context) error {
		return committing.Run(ctx, p.of.redis, []string{key}, ended, sealed, expiry.UnixMilli()).Err()
	})
}

// DeleteCtx ends a session. None is no error.
func (p *PageSessions) DeleteCtx(ctx context.Context, token string) error {
	return p.of.call(ctx, "end", func(ctx context.Context) error {
		return p.of.redis.Set(ctx, p.key(token), ended, endedLife).Err()
	})
}

// Find is FindCtx for who has no context, as scs.Store demands.
func (p *PageSessions) Find(token string) ([]byte, bool, error) {
	return p.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for who has no context.
func (p *PageSessions) Commit(token string, content []byte, expiry time.Time) error {
	return p.CommitCtx(context.Background(), token, content, expiry)
}

// Delete is DeleteCtx for who has no context.
func (p *PageSessions) Delete(token string) error { return p.DeleteCtx(context.Background(), token) }

func (p *PageSessions) key(token string) string { return "parley:page:" + p.of.seal.sender(token) }
