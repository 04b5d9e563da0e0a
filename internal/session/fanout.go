package session

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"

	"parley/gateway"
	"parley/internal/keyring"
)

// newsChannel is where nodes publish. There is one for all visits, so that a
// visit that idles costs nothing in Redis, and none is ever subscribed to too
// late; every node opens what is published and leaves what it has no page for.
const newsChannel = "parley:news"

// FanoutConfig says how news of visits travels. All but the times is needed.
type FanoutConfig struct {
	Node      string // this node's name, unlike any other's
	SecretKey []byte // the service's; the same on every node
	Clock     func() time.Time

	OtherKeys [][]byte // that open what was sealed under them, while the secret key is being replaced

	Timeout time.Duration // of one publishing; zero is 100 ms
	// Quiet is how long Redis may say nothing before it is asked whether it is
	// still there, and how long it then has to answer; zero is 2 seconds.
	Quiet time.Duration
}

// Fanout carries news of visits between nodes by Redis' publish and subscribe,
// which delivers at most once: what is lost is found in the store. It is safe
// for concurrent use.
type Fanout struct {
	config  FanoutConfig
	channel string // of Redis
	redis   redis.UniversalClient
	sealed  *keyring.Sealer
	rest    breaker
	lost    atomic.Bool // something was not published, and nobody was told
}

// NewFanout makes a fan-out on a client that Connect opened. It does not call
// Redis.
func NewFanout(client redis.UniversalClient, c FanoutConfig) (*Fanout, error) {
	return newFanout(client, c, newsChannel, "parley news of visits")
}

// newFanout makes one that publishes on a channel, sealed with a key of its own.
func newFanout(client redis.UniversalClient, c FanoutConfig, channel, key string) (*Fanout, error) {
	if c.Node == "" || len(c.SecretKey) == 0 || c.Clock == nil {
		return nil, errors.New("make a fan-out: the configuration is incomplete")
	}
	if c.Timeout == 0 {
		c.Timeout = 100 * time.Millisecond
	}
	if c.Quiet == 0 {
		c.Quiet = 2 * time.Second
	}
	sealed, err := newSealer(key, c.SecretKey, c.OtherKeys)
	if err != nil {
		return nil, fmt.Errorf("make a fan-out: %w", err)
	}
	return &Fanout{config: c, channel: channel, redis: client, sealed: sealed, rest: breaker{clock: c.Clock, rest: time.Second}}, nil
}

// Publish hands news of a visit to the other nodes. When it cannot, they are
// told that something was lost as soon as that can be told.
func (f *Fanout) Publish(ctx context.Context, visit gateway.VisitID, news []byte) {
	if f.rest.allows() && f.publish(ctx, visit, news) == nil {
		f.tellOfLoss(ctx)
		return
	}
	f.lost.Store(true)
}

// tellOfLoss publishes news of no visit.
func (f *Fanout) tellOfLoss(ctx context.Context) {
	if f.lost.CompareAndSwap(true, false) && f.publish(ctx, "", nil) != nil {
		f.lost.Store(true)
	}
}

func (f *Fanout) publish(ctx context.Context, visit gateway.VisitID, news []byte) error {
	content := bytes.Join([][]byte{[]byte(f.config.Node), []byte(visit), news}, []byte{0})
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), f.config.Timeout)
	defer cancel()
	if err := f.redis.Publish(ctx, f.channel, f.sealed.Seal(content, nil)).Err(); err != nil {
		f.rest.failed()
		return err
	}
	f.rest.succeeded()
	return nil
}

// Listen calls heard with what other nodes publish, one after the other, until
// ctx ends; connected(true) when news can be heard from now on, also when some
// may have been lost before; and connected(false) when none can.
func (f *Fanout) Listen(ctx context.Context, heard func(visit gateway.VisitID, news []byte), connected func(bool)) {
	for ctx.Err() == nil {
		subscription := f.redis.Subscribe(ctx, f.channel)
		stop := context.AfterFunc(ctx, func() { subscription.Close() })
		f.hear(ctx, subscription, heard, connected)
		stop()
		subscription.Close()
		connected(false)
		select {
		case <-ctx.Done():
		case <-time.After(f.config.Quiet / 2):
		}
	}
}

// hear reads a subscription until it fails, or says nothing even when asked.
func (f *Fanout) hear(ctx context.Context, s *redis.PubSub, heard func(gateway.VisitID, []byte), connected func(bool)) {
	asked := false
	for {
		received, err := s.ReceiveTimeout(ctx, f.config.Quiet)
		var waited net.Error
		if errors.As(err, &waited) && waited.Timeout() && !asked && ctx.Err() == nil {
			f.tellOfLoss(ctx)
			asked = s.Ping(ctx) == nil
			if asked {
				continue
			}
		}
		if err != nil {
			return
		}
		asked = false
		switch r := received.(type) {
		case *redis.Subscription:
			connected(true)
		case *redis.Message:
			f.open([]byte(r.Payload), heard, connected)
		}
	}
}

// open passes on what another node published. What nobody with the service's
// secret can have sealed is nothing.
func (f *Fanout) open(payload []byte, heard func(gateway.VisitID, []byte), connected func(bool)) {
	content, err := f.sealed.Open(payload, nil)
	if err != nil {
		return
	}
	parts := bytes.SplitN(content, []byte{0}, 3)
	switch {
	case len(parts) < 3 || string(parts[0]) == f.config.Node:
	case len(parts[1]) == 0:
		connected(true)
	default:
		heard(gateway.VisitID(parts[1]), parts[2])
	}
}
