package session

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/gateway"
)

// Config says how sessions are kept. Limit, Clock and SecretKey are needed.
type Config struct {
	Limit     gateway.Limit    // how many messages one sender may send; the window in whole seconds
	Clock     func() time.Time // for how long Redis has been away
	SecretKey []byte           // the service's; the same on every node

	// OtherKeys open what was sealed under them, while the secret key is being
	// replaced. Lookup is what senders are hashed under, which stays meanwhile;
	// without it, the secret key.
	OtherKeys [][]byte
	Lookup    []byte

	// Keep is for how long live state outlasts its last turn; zero is a day.
	// Later the store's copy serves.
	Keep time.Duration
	// Timeout bounds each call; zero is 100 ms.
	Timeout time.Duration
	// Rest is for how long calls fail at once after one has failed; zero is a
	// second. Then one call tries again on behalf of all.
	Rest time.Duration
}

// Sessions keeps live conversations in Redis. It is safe for concurrent use.
type Sessions struct {
	config Config
	redis  redis.UniversalClient
	seal   *seal
	rest   breaker
	node   string // among those that share sends
}

var _ gateway.Sessions = (*Sessions)(nil)

// New makes sessions on a client that Connect opened. It does not call Redis:
// a gateway starts without it.
func New(client redis.UniversalClient, c Config) (*Sessions, error) {
	if c.Limit.Messages < 1 || c.Limit.Window < time.Second {
		return nil, fmt.Errorf("make sessions: the inbound limit is %d messages in %v", c.Limit.Messages, c.Limit.Window)
	}
	if c.Keep == 0 {
		c.Keep = 24 * time.Hour
	}
	if c.Timeout == 0 {
		c.Timeout = 100 * time.Millisecond
	}
	if c.Rest == 0 {
		c.Rest = time.Second
	}
	seal, err := newSeal(&c)
	if err != nil {
		return nil, fmt.Errorf("make sessions: %w", err)
	}
	return &Sessions{config: c, redis: client, seal: seal, rest: breaker{clock: c.Clock, rest: c.Rest}, node: rand.Text()}, nil
}

// Load reads the live state and counts the sender's message, in one round trip
// unless there is a cluster: its two keys may be on two nodes, which no
// transaction spans.
func (s *Sessions) Load(ctx context.Context, id gateway.ConversationID, sender, message string) (gateway.Live, gateway.Allowance, error) {
	var state *redis.StringCmd
	var messages *redis.IntCmd
	err := s.call(ctx, "load", func(ctx context.Context) error {
		_, err := s.redis.TxPipelined(ctx, func(p redis.Pipeliner) error {
			var from redis.Cmdable = p
			if _, cluster := s.redis.(*redis.ClusterClient); cluster {
				from = s.redis
			}
			state = from.Get(ctx, stateKey(id))
			messages = s.count(ctx, p, sender, message)
			return nil
		})
		if err == nil {
			err = state.Err()
		}
		return err
	})
	if err != nil {
		return gateway.Live{}, gateway.Allowed, err
	}
	kept, _ := state.Bytes() // none is no live state
	return s.seal.open(id, kept), s.allowance(messages.Val()), nil
}

// count adds a message to its sender's in the present window, which begins with
// the first of them, and counts them; in a transaction, so that of many at once
// each has a number of its own. They are a set, for a message may come in
// many copies. Nobody (a turn that no message began) is not counted.
func (s *Sessions) count(ctx context.Context, p redis.Pipeliner, sender, message string) *redis.IntCmd {
	if sender == "" {
		return redis.NewIntResult(0, nil)
	}
	key := "parley:from:" + s.seal.sender(sender)
	p.SAdd(ctx, key, s.seal.sender(message))
	messages := p.SCard(ctx, key)
	p.ExpireNX(ctx, key, s.config.Limit.Window)
	return messages
}

func (s *Sessions) allowance(messages int64) gateway.Allowance {
	switch limit := int64(s.config.Limit.Messages); {
	case messages <= limit:
		return gateway.Allowed
	case messages == limit+1:
		return gateway.FirstOver
	default:
		return gateway.Over
	}
}

// saving writes a state unless one of a later turn is there. Each begins with
// its turn in ten digits.
var saving = redis.NewScript(`
local kept = redis.call('GETRANGE', KEYS[1], 0, 9)
if kept ~= '' and kept > string.sub(ARGV[1], 1, 10) then
	return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`)

// Save keeps the live state, sealed.
func (s *Sessions) Save(ctx context.Context, id gateway.ConversationID, live gateway.Live) error {
	return s.call(ctx, "save", func(ctx context.Context) error {
		return saving.Run(ctx, s.redis, []string{stateKey(id)}, s.seal.close(id, live), s.config.Keep.Milliseconds()).Err()
	})
}

// Drop forgets a conversation.
func (s *Sessions) Drop(ctx context.Context, id gateway.ConversationID) error {
	return s.call(ctx, "drop", func(ctx context.Context) error { return s.redis.Del(ctx, stateKey(id)).Err() })
}

// Try counts tries, each sender's in its own window.
func (s *Sessions) Try(ctx context.Context, limit gateway.Limit, senders ...string) (bool, error) {
	counts := make([]*redis.IntCmd, len(senders))
	err := s.call(ctx, "count tries in", func(ctx context.Context) error {
		_, err := s.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
			for i, sender := range senders {
				key := s.triesKey(sender)
				counts[i] = p.Incr(ctx, key)
				p.ExpireNX(ctx, key, limit.Window)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return false, err
	}
	return !slices.ContainsFunc(counts, func(c *redis.IntCmd) bool { return c.Val() > int64(limit.Messages) }), nil
}

// Untry takes tries back, unless their window is over.
func (s *Sessions) Untry(ctx context.Context, senders ...string) error {
	return s.call(ctx, "take back tries in", func(ctx context.Context) error {
		_, err := s.redis.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, sender := range senders {
				untrying.Eval(ctx, p, []string{s.triesKey(sender)})
			}
			return nil
		})
		return err
	})
}

// untrying leaves no count that would last for ever.
var untrying = redis.NewScript(`
if redis.call('EXISTS', KEYS[1]) == 1 then
	return redis.call('DECR', KEYS[1])
end
return 0
`)

// Once keeps who took something, sealed as senders are.
func (s *Sessions) Once(ctx context.Context, something, by string, window time.Duration) (bool, error) {
	first := false
	err := s.call(ctx, "take once in", func(ctx context.Context) error {
		key, by := "parley:once:"+s.seal.sender(something), s.seal.sender(by)
		taken, err := s.redis.SetNX(ctx, key, by, window).Result()
		if err != nil || taken {
			first = taken
			return err
		}
		before, err := s.redis.Get(ctx, key).Result()
		first = before == by
		if errors.Is(err, redis.Nil) { // its window has just ended
			return nil
		}
		return err
	})
	return first, err
}

func (s *Sessions) triesKey(sender string) string { return "parley:tries:" + s.seal.sender(sender) }

// call does one thing with Redis in bounded time, unless Redis is away.
func (s *Sessions) call(ctx context.Context, what string, do func(context.Context) error) error {
	if !s.rest.allows() {
		return gateway.ErrSessionsAway
	}
	bounded, cancel := context.WithTimeout(ctx, s.config.Timeout)
	defer cancel()
	err := do(bounded)
	switch {
	case err == nil, errors.Is(err, redis.Nil):
		s.rest.succeeded()
		return nil
	case errors.Is(ctx.Err(), context.Canceled): // the caller left; that tells nothing of Redis
		return fmt.Errorf("%s a session: %w", what, ctx.Err())
	default:
		s.rest.failed()
		return fmt.Errorf("%s a session: %w: %w", what, gateway.ErrSessionsAway, err)
	}
}

func stateKey(id gateway.ConversationID) string { return "parley:live:" + string(id) }
