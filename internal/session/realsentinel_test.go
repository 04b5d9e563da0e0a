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
	if err := sessions.Save(t.Context(), "C1", gateway.Live{Turn: 1, State: []byte("before")}); err != nil {
		t.Fatal(err)
	}
	one.Publish(t.Context(), "V1", []byte("before"))
	two.hears(t, "V1: before")

	redis.Master.Crash()
	inAMinute(t, "live state is kept again", func() bool {
		clock.advance(time.Second) // a call is tried each second while Redis is away
		return sessions.Save(t.Context(), "C1", gateway.Live{Turn: 2, State: []byte("after")}) == nil
	})
	inAMinute(t, "news is heard again", func() bool {
		one.Publish(t.Context(), "V1", []byte("after"))
		return len(two.heard) > 0
	})
	two.hears(t, "V1: after")
	if live, _, err := sessions.Load(t.Context(), "C1", "", ""); err != nil || live.Turn != 2 || string(live.State) != "after" {
		t.Errorf("got turn %d %q, %v", live.Turn, live.State, err)
	}
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
