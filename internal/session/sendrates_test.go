package session

import (
	"errors"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
)

func TestSendsAreSharedByAllNodes(t *testing.T) {
	redislogging.Disable() // it would tell of the Redis that is cut off
	t.Cleanup(redislogging.Enable)
	server := miniredis.RunT(t)
	at := time.Unix(1_800_000_000, 0)
	server.SetTime(at)
	address := "redis://" + server.Addr()
	nodes := []*Sessions{open(t, connect(t, address), newClock(), "secret"), open(t, connect(t, address), newClock(), "secret")}
	for _, step := range []struct {
		name    string
		node    int
		channel directory.Channel
		pass    time.Duration
		want    int
		grant   gateway.Grant
	}{
		{"some", 0, directory.SMS, 0, 7, gateway.Grant{Sends: 7, Nodes: 1}},
		{"what is left of a tenth of a second", 1, directory.SMS, 0, 7, gateway.Grant{Sends: 3, Nodes: 2}},
		{"none are left", 0, directory.SMS, 0, 7, gateway.Grant{Sends: 0, Nodes: 2}},
		{"another channel has its own", 0, directory.Email, 0, 7, gateway.Grant{Sends: 7, Nodes: 1}},
		{"not a whole one yet", 0, directory.SMS, 9 * time.Millisecond, 7, gateway.Grant{Sends: 0, Nodes: 2}},
		{"one, with the part before", 0, directory.SMS, time.Millisecond, 7, gateway.Grant{Sends: 1, Nodes: 2}},
		{"no more than a tenth is saved up, and one node has gone", 0, directory.SMS, 20 * time.Second, 99, gateway.Grant{Sends: 10, Nodes: 1}},
	} {
		at = at.Add(step.pass)
		server.SetTime(at)
		if got, err := nodes[step.node].Take(t.Context(), step.channel, 100, step.want); got != step.grant || err != nil {
			t.Errorf("%s: %+v, %v; want %+v", step.name, got, err, step.grant)
		}
	}
	server.Close()
	if _, err := nodes[0].Take(t.Context(), directory.SMS, 100, 1); !errors.Is(err, gateway.ErrSessionsAway) {
		t.Errorf("away: %v", err)
	}
}

func TestRealRedisFillsTheBucket(t *testing.T) {
	s := open(t, connect(t, servertest.Redis(t)), newClock(), "secret")
	taken := 0
	for begun := time.Now(); time.Since(begun) < 300*time.Millisecond; time.Sleep(time.Millisecond) {
		grant, err := s.Take(t.Context(), directory.SMS, 1000, 50)
		if err != nil {
			t.Fatal(err)
		}
		taken += grant.Sends
	}
	if taken < 300 || taken > 600 {
		t.Errorf("took %d in 0.3 seconds, of 1000 a second", taken)
	}
}
