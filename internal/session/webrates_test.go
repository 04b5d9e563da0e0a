package session

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
)

func TestCountIsOfAllNodesInAWindow(t *testing.T) {
	redislogging.Disable() // it would tell of the Redis that is cut off
	t.Cleanup(redislogging.Enable)
	const client = "203.0.113.7"
	server := miniredis.RunT(t)
	address := "redis://" + server.Addr()
	nodes := []*Sessions{open(t, connect(t, address), newClock(), "secret"), open(t, connect(t, address), newClock(), "secret")}
	for _, step := range []struct {
		name string
		node int
		pass time.Duration
		want int
	}{
		{"the first", 0, 0, 1},
		{"on another node", 1, 0, 2},
		{"later in the window", 0, 59 * time.Second, 3},
		{"in the next window", 1, time.Second, 1},
	} {
		server.FastForward(step.pass)
		if got, err := nodes[step.node].Count(t.Context(), client, time.Minute); got != step.want || err != nil {
			t.Errorf("%s: %d, %v; want %d", step.name, got, err, step.want)
		}
	}
	if dump := server.Dump(); strings.Contains(dump, client) {
		t.Errorf("Redis holds\n%s", dump)
	}
	server.Close()
	if _, err := nodes[0].Count(t.Context(), client, time.Minute); !errors.Is(err, gateway.ErrSessionsAway) {
		t.Errorf("away: %v", err)
	}
}
