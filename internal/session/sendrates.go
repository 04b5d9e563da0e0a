package session

import (
	"context"
	"fmt"

	"github.com/redis/go-redis/v9"

	"parley/gateway"
	"parley/gateway/directory"
)

var _ gateway.Rates = (*Sessions)(nil)

// taking takes sends from a bucket that fills as time passes, by the clock of
// Redis, and counts the nodes that have come to it in the last ten seconds.
var taking = redis.NewScript(`
local rate, most, want = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local kept = redis.call('HMGET', KEYS[1], 'at', 'left')
local left = most
if kept[1] then
	left = math.min(most, tonumber(kept[2]) + math.max(0, now - tonumber(kept[1])) * rate / 1000000)
end
local got = math.min(want, math.floor(left))
redis.call('HSET', KEYS[1], 'at', string.format('%.0f', now), 'left', string.format('%.6f', left - got))
redis.call('EXPIRE', KEYS[1], 60)
redis.call('ZADD', KEYS[2], time[1], ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. string.format('%.0f', tonumber(time[1]) - 10))
redis.call('EXPIRE', KEYS[2], 60)
return {got, redis.call('ZCARD', KEYS[2])}
`)

// Take implements gateway.Rates.
func (s *Sessions) Take(ctx context.Context, channel directory.Channel, perSecond, want int) (gateway.Grant, error) {
	key := "parley:sends:{" + string(channel) + "}" // both keys on one node of a cluster
	var answer []int64
	err := s.call(ctx, "take sends in", func(ctx context.Context) (err error) {
		answer, err = taking.Run(ctx, s.redis, []string{key, key + ":nodes"}, perSecond, max(1, perSecond/10), want, s.node).Int64Slice()
		return err
	})
	if err != nil {
		return gateway.Grant{}, err
	}
	if len(answer) != 2 {
		return gateway.Grant{}, fmt.Errorf("take sends in a session: %d answers", len(answer))
	}
	return gateway.Grant{Sends: int(answer[0]), Nodes: int(answer[1])}, nil
}
