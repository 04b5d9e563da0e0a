package session

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
	redislogging "github.com/redis/go-redis/v9/logging"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/gateway/gatewaytest"
	"parley/internal/servertest"
)

// On a real cluster a command fails whose keys are on two nodes (CROSSSLOT),
// which neither one Redis nor the stand-in for a cluster shows.
func TestSessionsOnARealCluster(t *testing.T) {
	if os.Getenv("PARLEY_TEST_ALL") == "" {
		t.Skip("each property has a cluster of its own: make cluster, or PARLEY_TEST_ALL=1")
	}
	redislogging.Disable() // it would tell of every Redis that is cut off
	t.Cleanup(redislogging.Enable)
	gatewaytest.Sessions(t, func(t *testing.T) gatewaytest.SessionsUnderTest {
		cluster := servertest.StartRedisCluster(t)
		under := underTest(t, cluster.URL(), time.Sleep, func() { cluster.Each((*servertest.Server).Pause) },
			func() { cluster.Each((*servertest.Server).Resume); cluster.Whole() })
		under.Lose = func() { flushCluster(t, cluster.URL()) }
		return under
	})
}

func flushCluster(t *testing.T, address string) {
	t.Helper()
	client, ok := connect(t, address).(*redis.ClusterClient)
	if !ok {
		t.Fatalf("%s is no cluster", address)
	}
	err := client.ForEachMaster(t.Context(), func(ctx context.Context, node *redis.Client) error { return node.FlushAll(ctx).Err() })
	if err != nil {
		t.Fatal(err)
	}
}

// What else is kept in Redis: sends of all nodes, counts, and signed-in staff.
func TestTheRestOnARealCluster(t *testing.T) {
	address := servertest.StartRedisCluster(t).URL()
	sessions := open(t, connect(t, address), newClock(), "secret")
	for _, channel := range []directory.Channel{directory.SMS, directory.Email, directory.WebChat} {
		if grant, err := sessions.Take(t.Context(), channel, 100, 5); err != nil || grant != (gateway.Grant{Sends: 5, Nodes: 1}) {
			t.Errorf("%s: take %+v, %v", channel, grant, err)
		}
	}
	for i, sender := range []string{"a", "b", "c", "d"} {
		if n, err := sessions.Count(t.Context(), sender, time.Minute); err != nil || n != 1 {
			t.Errorf("%s is counted %d, %v", sender, n, err)
		}
		if ok, err := sessions.Try(t.Context(), gateway.Limit{Messages: 9, Window: time.Minute}, "a", "b", "c", "d"); err != nil || !ok {
			t.Errorf("try %d: %v, %v", i, ok, err)
		}
	}
	pages := newPages(t, address, "secret")
	for _, token := range []string{"one", "two", "three", "four"} {
		if err := pages.Commit(token, []byte(token), time.Now().Add(time.Minute)); err != nil {
			t.Fatal(err)
		}
		if got := pages.finds(t, token); got != token {
			t.Errorf("found %q under %q", got, token)
		}
	}
}

// News crosses a real cluster from any node to any other.
func TestNewsOnARealCluster(t *testing.T) {
	address := servertest.StartRedisCluster(t).URL()
	one, two := listen(t, address, "one", "secret"), listen(t, address, "two", "secret")
	for _, news := range []string{"first", "second"} {
		one.Publish(t.Context(), "V1", []byte(news))
		two.hears(t, "V1: "+news)
		two.Publish(t.Context(), "V2", []byte(news))
		one.hears(t, "V2: "+news)
	}
}
