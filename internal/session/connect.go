package session

import (
	"errors"
	"fmt"
	"net/url"

	"github.com/redis/go-redis/v9"
)

// Connect makes a client for the Redis at a URL, redis:// or rediss:// (TLS).
// A URL with addr parameters names a cluster by some of its nodes, as in
// redis://a:6379?addr=b:6379&addr=c:6379; one with a master_name names sentinels,
// who know which Redis of that name is the master
// (https://redis.io/docs/latest/develop/reference/sentinel-clients/). It does not
// call Redis. The client keeps to the deadlines of its callers and does not try
// again on its own.
func Connect(address string) (redis.UniversalClient, error) {
	parsed, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("read the Redis URL: %w", withoutURL(err))
	}
	if parsed.Query().Has("master_name") {
		options, err := redis.ParseFailoverURL(address)
		if err != nil {
			return nil, fmt.Errorf("read the Redis URL: %w", withoutURL(err))
		}
		options.ContextTimeoutEnabled, options.MaxRetries, options.DialerRetries = true, -1, 1
		options.RouteByLatency, options.RouteRandomly = false, false // they are for clusters of masters alone
		return redis.NewFailoverClient(options), nil
	}
	if parsed.Query().Has("addr") {
		options, err := redis.ParseClusterURL(address)
		if err != nil {
			return nil, fmt.Errorf("read the Redis URL: %w", withoutURL(err))
		}
		options.ContextTimeoutEnabled, options.MaxRetries, options.DialerRetries = true, -1, 1
		return redis.NewClusterClient(options), nil
	}
	options, err := redis.ParseURL(address)
	if err != nil {
		return nil, fmt.Errorf("read the Redis URL: %w", withoutURL(err))
	}
	options.ContextTimeoutEnabled, options.MaxRetries, options.DialerRetries = true, -1, 1
	return redis.NewClient(options), nil
}

// withoutURL keeps the password in a URL out of the error about it.
func withoutURL(err error) error {
	var parsing *url.Error
	if errors.As(err, &parsing) {
		return parsing.Err
	}
	return err
}
