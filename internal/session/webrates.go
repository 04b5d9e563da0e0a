package session

import (
	"context"
	"time"

	"github.com/redis/go-redis/v9"
)

// Count adds one to what a key has counted on all nodes in the present window
// (whole seconds, from the first of its events on), and returns the sum, or
// gateway.ErrSessionsAway. The key is kept as a keyed hash only.
func (s *Sessions) Count(ctx context.Context, key string, window time.Duration) (int, error) {
	var events *redis.IntCmd
	err := s.call(ctx, "count for", func(ctx context.Context) error {
		_, err := s.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
			name := "parley:rate:" + s.seal.sender(key)
			events = p.Incr(ctx, name)
			p.ExpireNX(ctx, name, window)
			return nil
		})
		return err
	})
	if err != nil {
		return 0, err
	}
	return int(events.Val()), nil
}
