package servertest

import (
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func TestARestartedRedisHasForgottenEverything(t *testing.T) {
	server := StartRedis(t)
	client := open(t, server.URL())
	if err := client.Set(t.Context(), "key", "value", time.Hour).Err(); err != nil {
		t.Fatal(err)
	}
	server.Restart()
	if got, err := open(t, server.URL()).Get(t.Context(), "key").Result(); err != redis.Nil {
		t.Errorf("after a restart: got %q, %v", got, err)
	}
}

func TestANamedRedisGivesEachTestAnEmptyDatabase(t *testing.T) {
	t.Setenv("PARLEY_TEST_REDIS_URL", StartRedis(t).URL())
	fill := func(t *testing.T) string {
		url := Redis(t)
		client := open(t, url)
		if keys, err := client.DBSize(t.Context()).Result(); err != nil || keys != 0 {
			t.Errorf("%s holds %d keys, %v", url, keys, err)
		}
		if err := client.Set(t.Context(), "key", "value", 0).Err(); err != nil {
			t.Fatal(err)
		}
		return url
	}
	t.Run("two at once have two", func(t *testing.T) {
		if first, second := fill(t), fill(t); first == second {
			t.Errorf("both have %s", first)
		}
	})
	t.Run("sixteen in turn fit into fifteen", func(t *testing.T) {
		for range 16 {
			t.Run("one", func(t *testing.T) { fill(t) })
		}
	})
	t.Run("sixteen at once do not", func(t *testing.T) {
		for range 15 {
			fill(t)
		}
		if outcome := during(func(tb testing.TB) { Redis(tb) }); !outcome.failed {
			t.Error("the sixteenth got one too")
		}
	})
}

func open(t *testing.T, url string) *redis.Client {
	t.Helper()
	options, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	client := redis.NewClient(options)
	t.Cleanup(func() { client.Close() })
	return client
}
