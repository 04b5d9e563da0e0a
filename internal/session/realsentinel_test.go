package session

import (
	"testing"
	"time"

	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
	"parley/internal/servertest"
)

// When the master dies, a sentinel makes its replica the master, and sessions
// and news go on there by themselves.
func TestTheMasterDiesUnderARealSentinel(t *testing.T) {
	redislogging.Disable() // it would tell of every try meanwhile
	t.Cleanup(redislogging.Enable)
	redis := servertest.StartRedisSentinel(t)
	clock := newClock()
	sessions := open(t, connect(t, redis.URL()), clock, "secret")
	one, two := listen(t, redis.URL(), "one", "secret"), listen(t, redis.URL(), "two", "secret")
	save := func(turn int, state string) {
		inAMinute(t, state+" is kept", func() bool {
			clock.advance(time.Second) // a call is tried each second while Redis is away
			return sessions.Save(t.Context(), "C1", gateway.Live{Turn: turn, State: []byte(state)}) == nil
		})
	}
	tell := func(news string) {
		inAMinute(t, news+" is heard", func() bool {
			one.Publish(t.Context(), "V1", []byte(news))
			for len(two.heard) > 0 {
				if <-two.heard == "V1: "+news {
					return true
				}
			}
			return false
		})
	}
	save(1, "before")
	tell("before")
	redis.Master.Crash()
	save(2, "after")
	tell("after")
	inAMinute(t, "the state after is loaded", func() bool {
		clock.advance(time.Second)
		live, _, err := sessions.Load(t.Context(), "C1", "", "")
		return err == nil && live.Turn == 2 && string(live.State) == "after"
	})
}

// inAMinute waits for something to be so.
func inAMinute(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !so(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("a minute later it is not so that %s", what)
		}
	}
}
